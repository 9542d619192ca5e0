"""Writing a folder so that an interruption leaves the old one or the new one, never a mixture."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from .errors import DestinationError

_MARK = ".gaza-stabilization-"


def write_folder(
    destination: Path, build: Callable[[Path], None], is_earlier: Callable[[Path], str | None]
) -> None:
    """Let `build` fill a new folder, and put it at `destination` in one step.

    The destination must be absent, empty, or an earlier result: `is_earlier` says None where it
    is one, else what speaks against it, and then nothing is touched. What an interrupted run left
    beside the destination is cleared. Raises `DestinationError`.
    """
    destination = _resolved(destination)
    try:
        _allow(destination, is_earlier)
        destination.parent.mkdir(parents=True, exist_ok=True)
        _recover(destination)
        _allow(destination, is_earlier)
        prefix = f"{_MARK}{destination.name}-new-"
        new = Path(tempfile.mkdtemp(prefix=prefix, dir=destination.parent))
        try:
            new.chmod(0o755)  # mkdtemp makes it private; an export is for others to read.
            build(new)
            _put(new, destination)
        finally:
            shutil.rmtree(new, ignore_errors=True)
    except OSError as error:
        raise DestinationError(
            f"cannot write to {destination}: {error.strerror or error}; nothing was changed there"
        ) from None


def _resolved(destination: Path) -> Path:
    try:
        return destination.resolve()
    except (OSError, RuntimeError) as error:
        raise DestinationError(f"cannot write to {destination}: {error}") from None


def _allow(destination: Path, is_earlier: Callable[[Path], str | None]) -> None:
    if not destination.exists():
        return
    if not destination.is_dir():
        raise DestinationError(f"{destination} is a file; give a folder that is absent or empty")
    against = is_earlier(destination) if any(destination.iterdir()) else None
    if against is not None:
        raise DestinationError(
            f"{destination} is not empty and not an earlier export ({against}); nothing was "
            "changed there. Give another folder, or move what is in it"
        )


def _put(new: Path, destination: Path) -> None:
    """Make `new` the destination; an earlier one is gone only when the new one is in place."""
    if not destination.exists():
        new.rename(destination)
    elif _exchange(new, destination):
        shutil.rmtree(new)  # This is the old folder now.
    else:
        old = destination.with_name(f"{_MARK}{destination.name}-old")
        destination.rename(old)
        try:
            new.rename(destination)
        except BaseException:
            old.rename(destination)
            raise
        shutil.rmtree(old)


def _recover(destination: Path) -> None:
    """Clear what interrupted runs left; where only the old folder was moved, put it back."""
    old = destination.with_name(f"{_MARK}{destination.name}-old")
    if old.is_dir() and not destination.exists():
        old.rename(destination)
    for left in destination.parent.glob(f"{_MARK}{_escaped(destination.name)}-*"):
        shutil.rmtree(left)


def _escaped(name: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in name)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, where the system can; there is then no moment without one."""
    with contextlib.suppress(AttributeError, OSError):
        library = ctypes.CDLL(None, use_errno=True)
        first, second = os.fsencode(one), os.fsencode(other)
        if sys.platform == "linux":
            here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
            return bool(library.renameat2(here, first, here, second, swap) == 0)
        if sys.platform == "darwin":
            return bool(library.renamex_np(first, second, 2) == 0)  # RENAME_SWAP
    return False
