"""What is made of files is kept while they stay as they are, which is seen without reading them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Generic, TypeVar

V = TypeVar("V")
State = tuple[str, int, int, int]


class Kept(Generic[V]):
    """A value made of files: made when it is first asked for, and again when one of them changed.

    `places` are the files, and folders of which all files count that lie in them directly. What
    `make` raises is raised, and nothing is kept.
    """

    def __init__(self, make: Callable[[], V], places: Callable[[], Iterable[Path]]) -> None:
        self._make, self._places = make, places
        self._kept: tuple[list[State], V] | None = None

    def __call__(self) -> V:
        """The value of the files as they are now."""
        # Before they are read: what changes in between is seen the next time.
        states = [state for place in self._places() for state in _states(place)]
        if self._kept is None or self._kept[0] != states:
            self._kept = states, self._make()
        return self._kept[1]


def _states(place: Path) -> Iterator[State]:
    """Path, size and times of a file, or of a folder and what lies in it; nothing of none."""
    paths = [str(place)]
    with contextlib.suppress(OSError):
        paths += sorted(os.path.join(place, name) for name in os.listdir(place))
    for path in paths:
        with contextlib.suppress(OSError):  # A link may lead nowhere.
            stat = os.stat(path)
            # An export sets the first of the times; the second tells so, where systems have one.
            yield path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
