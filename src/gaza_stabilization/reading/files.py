"""The files of a folder, read when they are asked for; problems of level 1 with a whole file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path

from ..errors import nearest
from .problems import Problem


def whole(file: str, rule: str, found: str | None, expected: str, hint: str = "") -> Problem:
    """A problem of level 1 with a whole file."""
    return Problem(1, rule, file, None, None, found, expected, hint)


def unknown_files(names: Sequence[str], known: Set[str], expected: str) -> Iterator[Problem]:
    """Files and folders that have none of the known names."""
    for name in sorted(set(names) - known):
        yield whole(name, "unknown-file", name, expected, nearest(name, known))


class FolderFiles(Mapping[str, bytes]):
    """The files of a folder by their path below it; each is read when it is asked for, and once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[Path, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        path = self.folder / name
        if path not in self._read:
            try:
                if path.exists() and not path.is_file() and not path.is_dir():
                    raise OSError("something that is no file")  # Reading a pipe would never end.
                self._read[path] = path.read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                if path.is_symlink():
                    raise OSError("a link that leads nowhere") from None
                raise KeyError(name) from None
        return self._read[path]

    def below(self, place: str) -> FolderFiles:
        """The files of a folder below it, of which none is read again."""
        files = FolderFiles(self.folder / place)
        files._read = self._read
        return files

    def __contains__(self, name: object) -> bool:
        return os.path.isfile(self.folder / str(name))  # Unlike that of Path, it never raises.

    def __iter__(self) -> Iterator[str]:
        below = (path for path in self.folder.rglob("*") if path.is_file())
        return iter(sorted(path.relative_to(self.folder).as_posix() for path in below))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def below(files: Mapping[str, bytes], place: str) -> Mapping[str, bytes]:
    """The files below a place that ends with a slash."""
    if isinstance(files, FolderFiles):
        return files.below(place)
    return {name.removeprefix(place): files[name] for name in files if name.startswith(place)}
