"""Where long work is, on stderr: a line that is replaced on a terminal, else a line a step."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from types import TracebackType
from typing import Self

from ..text import visible

AFTER = 2.0
"""Seconds of work after which it is shown where it is."""


class Progress:
    """Called with each step; of work that is soon done nothing is shown."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._step = ""
        self._start = time.monotonic()
        self._timer = threading.Timer(AFTER, self._show)  # A step may itself take long.
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __call__(self, step: str) -> None:
        """Say what is done from now on."""
        self._step = step
        if time.monotonic() - self._start >= AFTER:
            self._show()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            if sys.stderr.isatty():
                print("\r\x1b[K", end="", file=sys.stderr, flush=True)

    def _show(self) -> None:
        with self._lock:
            step, self._step = visible(self._step), ""
            if step and sys.stderr.isatty():
                step = step[: shutil.get_terminal_size().columns - 1]
                print(f"\r\x1b[K{step}", end="", file=sys.stderr, flush=True)
            elif step:
                print(step, file=sys.stderr, flush=True)
