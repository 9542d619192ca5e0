"""The last step of an export: digests of its files, by which a later run knows it for one."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ..about import PROJECT, WRITTEN_BY
from ..reading.files import FolderFiles

SUMS = "SHA256SUMS"  # As `sha256sum --check` reads it.


def seal(folder: Path, moment: dt.datetime | None) -> None:
    """Write the digests of all files in a folder, and set the times of everything in it."""
    sums = [f"{_sha256(data)}  {place}\n" for place, data in FolderFiles(folder).items()]
    (folder / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
    set_times(folder, moment)


def set_times(folder: Path, moment: dt.datetime | None) -> None:
    """Set the times of all files and folders in a folder, where the moment is known."""
    if moment is not None:
        for path in [*folder.rglob("*")]:
            os.utime(path, (moment.timestamp(), moment.timestamp()))


def not_an_export(folder: Path) -> str | None:
    """What speaks against a folder being an export of this package, as it was written, or None."""
    files = FolderFiles(folder)  # Unlike Path.read_text, it never waits for a pipe.
    try:
        text = files["README.md"].decode()
    except (KeyError, OSError, UnicodeDecodeError):
        return "it has no README.md of an export"
    # Exports up to 1.0.0 have no such line.
    if WRITTEN_BY not in text and not text.startswith(f"# {PROJECT}"):
        return "its README.md is not that of an export"
    return not_as_written(files)


def not_as_written(files: FolderFiles) -> str | None:
    """What speaks against the files of a folder being those that were sealed, or None."""
    return next((f"{place} {what}" for place, what in changed_since(files)), None)


def changed_since(files: FolderFiles) -> Iterator[tuple[str, str]]:
    """Each file of a folder that is not what was sealed: its place, and what is wrong with it."""
    try:
        lines = files[SUMS].decode().removesuffix("\n").split("\n")
        digests = {place: digest for digest, place in (line.split("  ", 1) for line in lines)}
    except KeyError:
        yield SUMS, "is missing"
        return
    except (OSError, ValueError):
        yield SUMS, "cannot be read"
        return
    folders = {str(parent) for place in digests for parent in PurePosixPath(place).parents}
    places = {path.relative_to(files.folder).as_posix(): path for path in files.folder.rglob("*")}
    for place, path in sorted(places.items()):
        if place == SUMS or (path.is_dir() and place in folders):
            continue
        if place not in digests or not path.is_file():
            yield place, "is no part of an export"
        elif _digest(files, place) != digests[place]:
            yield place, "was changed since it was exported"
    for place in sorted(digests.keys() - places.keys()):
        yield place, "is missing"


def _digest(files: FolderFiles, place: str) -> str:
    try:
        return _sha256(files[place])
    except OSError:
        return ""  # What cannot be read is not what was exported.


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
