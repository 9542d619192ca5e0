"""Opening a folder: as tables of the schema in use, or as the data package that it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ..about import LOCAL, Edition
from ..errors import UsageError
from ..reading.files import FolderFiles
from ..schema.coders import Coder
from ..schema.tables import CODINGS
from .descriptor import DESCRIPTOR, read_descriptor
from .folder import Tables
from .sums import not_as_written


def open_folder(folder: Path, edition: Edition | Callable[[], Edition] = LOCAL) -> Tables:
    """The tables in a folder, or those of the data package in it, in the schema of its version.

    A data package that was changed since it was written bears no version. A raw coding is opened
    with what its coder was given, where it lies in a folder of tables. Raises `UsageError` where
    there is no such folder, `InvalidDataError` where its descriptor is that of another project.
    """
    if not os.path.isdir(folder):  # Unlike the methods of Path, it never raises.
        what = "is a file" if os.path.exists(folder) else "does not exist"
        raise UsageError(f"the data folder {folder} {what}; give a folder with one CSV a table")
    files = FolderFiles(folder)
    whole = folder.resolve().parent.parent
    if folder.resolve().parent.name == CODINGS and (whole / f"{Coder.about.name}.csv").is_file():
        tables = open_folder(whole)  # A raw coding lacks what its coder was given.
        if folder.resolve().name in tables.coders:
            return tables.coding(folder.resolve().name)
    if DESCRIPTOR not in files:
        return Tables(files, str(folder), edition=edition)
    descriptor = read_descriptor(str(folder), files)
    if not_as_written(files) is None:
        edition = Edition(descriptor.version, (descriptor.created or "")[:10] or None)
    return Tables(files, str(folder), edition=edition, descriptor=descriptor)
