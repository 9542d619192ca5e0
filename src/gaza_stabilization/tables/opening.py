"""Opening a folder: as tables of the schema in use, or as the data package that it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ..about import LOCAL, Edition
from ..errors import UsageError
from ..reading.files import FolderFiles
from ..schema.coders import Coder
from ..schema.models import CODINGS
from .descriptor import DESCRIPTOR, read_descriptor
from .folder import Tables
from .sums import not_as_written


def packaged_edition(files: FolderFiles) -> Edition:
    """The edition of a data package by its own word, without a day; of another folder, `local`.

    A data package that was changed since it was written bears no version.
    """
    if DESCRIPTOR not in files or not_as_written(files) is not None:
        return LOCAL
    return Edition(read_descriptor(files).version)


def open_folder(
    folder: Path,
    edition: Callable[[FolderFiles], Edition] = packaged_edition,
    name: str | None = None,
) -> Tables:
    """The tables in a folder, or those of the data package in it, in the schema of its version.

    A raw coding is opened with what its coder was given, where it lies in a folder of tables. What
    is in the folder is read when it is asked for. `name` is how it is shown. Raises `UsageError`
    where there is no such folder.
    """
    if not os.path.isdir(folder):  # Unlike the methods of Path, it never raises.
        what = "is a file" if os.path.exists(folder) else "does not exist"
        raise UsageError(
            f"the data folder {name or folder} {what}; give a folder with one CSV a table; "
            "a released version is opened by `gs.release`, on the command line by `--data VERSION`"
        )
    whole = folder.resolve().parent.parent
    if folder.resolve().parent.name == CODINGS and (whole / f"{Coder.about.name}.csv").is_file():
        tables = open_folder(whole, edition)  # A raw coding lacks what its coder was given.
        if folder.resolve().name in tables.coders:
            return tables.coding(folder.resolve().name)
    files = FolderFiles(folder)
    return Tables(files, name or str(folder), edition=lambda: edition(files))
