"""Exporting: tables are validated, and then written to a folder, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ..about import created, midnight
from ..errors import InvalidDataError, UsageError, look_up
from ..formats.content import Content
from ..formats.registry import FORMATS, PACKAGE, fill, prepare
from ..tables.folder import Tables
from ..tables.sums import not_an_export, set_times
from ..writing import write_files, write_folder
from .levels import run


def export_of(
    tables: Tables,
    format: str,
    destination: Path,
    options: Mapping[str, Any],
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Write tables in a format to a folder, once they are valid; a release as it was.

    Raises `UnknownNameError` where there is no such format, `UsageError` where options do not go
    together, `DestinationError` where something else is at the destination, `MissingExtraError`
    where a library is not installed, `InvalidDataError` where the tables are not valid.
    """
    look_up("export format", format, FORMATS)
    if tables.given is not None:
        raise UsageError(f"{tables.name} is part of a data package; export the tables around it")
    if tables.folder is None:
        if format != PACKAGE or options:
            raise UsageError(f"a released version is exported as {PACKAGE} only, as it was")
        return write_released(tables, destination)
    if problems := run(tables).problems:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise InvalidDataError(
            f"nothing was exported: {count} in or around {tables.name}; validate to see more"
        )
    return write_export(tables, format, destination, options, progress)


def write_export(
    tables: Tables,
    format: str,
    destination: Path,
    options: Mapping[str, Any],
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Write valid tables in a format to a folder."""
    prepare(format, options)
    content = Content(tables, created(tables.edition))
    write_folder(
        destination, lambda folder: fill(folder, content, format, options, progress), not_an_export
    )
    return destination


def write_released(tables: Tables, destination: Path) -> Path:
    """Write the data package of a released version, as it was."""

    def unpack(folder: Path) -> None:
        write_files(folder, tables.files)
        set_times(folder, midnight(str(tables.edition.released)))

    write_folder(destination, unpack, not_an_export)
    return destination
