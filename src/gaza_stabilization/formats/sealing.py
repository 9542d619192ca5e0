"""The last step of an export: digests of its files, by which a later run knows it for one."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path

from ..writing import files_below

SUMS = "SHA256SUMS"  # As `sha256sum --check` reads it.


def seal(folder: Path, moment: dt.datetime | None) -> None:
    """Write the digests of all files in a folder, and set the times of everything in it."""
    files = files_below(folder)
    sums = [f"{_sha256(path)}  {place}\n" for place, path in files.items()]
    (folder / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
    set_times(folder, moment)


def set_times(folder: Path, moment: dt.datetime | None) -> None:
    """Set the times of all files and folders in a folder, where the moment is known."""
    if moment is not None:
        for path in [*folder.rglob("*")]:
            os.utime(path, (moment.timestamp(), moment.timestamp()))


def not_as_written(folder: Path) -> str | None:
    """What speaks against the files of a folder being those that were sealed, or None."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        listed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    except FileNotFoundError:
        return f"it has no {SUMS}"
    except (OSError, ValueError):
        return f"its {SUMS} cannot be read"
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder).as_posix()
        if place == SUMS or (path.is_dir() and any(one.startswith(f"{place}/") for one in listed)):
            continue
        if place not in listed or not path.is_file():
            return f"{place} is no part of an export"
        if _sha256(path) != listed[place]:
            return f"{place} was changed since it was exported"
    return None


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
