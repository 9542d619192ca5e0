"""Exporting: tables are validated, and then written to a folder, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..about import created, midnight
from ..errors import DestinationError, InvalidDataError, UsageError, look_up
from ..formats.content import Content
from ..formats.registry import FORMATS, PACKAGE, fill, prepare
from ..paths import DATA, RELEASES
from ..reading.problems import as_lines
from ..releases.project import project_of
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

    `progress` is told each step. Raises `InvalidDataError` where the tables are not valid, and what
    `refuse` raises.
    """
    refuse(tables, format, destination, options)
    if tables.folder is not None and (problems := run(tables, progress=progress).problems):
        raise InvalidDataError(
            f"nothing was exported, since {tables.name} is not valid:\n{as_lines(problems)}"
            "; validate to see every problem"
        )
    return write_export(tables, format, destination, options, progress)


def refuse(tables: Tables, format: str, destination: Path, options: Mapping[str, Any]) -> None:
    """Refuse an export that cannot be made, before anything is read for it.

    Raises `UnknownNameError` where there is no such format, `UsageError` where options do not go
    together, `DestinationError` where the destination is among data, `MissingExtraError` where a
    library is not installed.
    """
    look_up("export format", format, FORMATS)
    if tables.given is not None:
        raise UsageError(f"{tables.name} is part of a data package; export the tables around it")
    if tables.folder is not None:
        prepare(format, options)
    elif format != PACKAGE or options:
        raise UsageError(f"a released version is exported as {PACKAGE} only, as it was")
    refuse_among_data(tables, destination)


def refuse_among_data(tables: Tables, destination: Path) -> None:
    """Refuse to write to a folder or file that is, holds or lies in a folder of data.

    Raises `DestinationError`.
    """
    place = Path(os.path.realpath(destination))
    for folder in _kept(tables):
        if _within(place, folder) or _within(folder, place):
            raise DestinationError(
                f"{destination} is, holds or lies in {folder}, where data are kept; nothing was "
                "changed there. Give a place outside it"
            )


def write_export(
    tables: Tables,
    format: str,
    destination: Path,
    options: Mapping[str, Any],
    progress: Callable[[str], None] | None = None,
) -> Path:
    """Write tables that are valid in a format to a folder; a release as it was."""
    if tables.folder is None:
        return _write_released(tables, destination)
    content = Content(tables, created(tables.edition))
    if progress:
        progress(f"writing {destination}")
    write_folder(
        destination, lambda folder: fill(folder, content, format, options, progress), not_an_export
    )
    return destination


def _write_released(tables: Tables, destination: Path) -> Path:
    """Write the data package of a released version, as it was."""

    def unpack(folder: Path) -> None:
        write_files(folder, tables.files)
        set_times(folder, midnight(str(tables.edition.released)))

    write_folder(destination, unpack, not_an_export)
    return destination


def _kept(tables: Tables) -> Iterator[Path]:
    """The folders in which nothing is written: of the tables, of what ships, and of releases."""
    yield from (DATA, RELEASES)
    if tables.folder is not None:
        yield tables.folder.resolve()
        if project := project_of(tables.folder):
            yield project.releases


def _within(place: Path, folder: Path) -> bool:
    """Whether a place is a folder or lies below it, however their names are written."""
    for path in (place, *place.parents):
        try:
            if path.samefile(folder):
                return True
        except OSError:
            continue  # It is not there yet.
    return False
