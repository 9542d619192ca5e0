"""Exports: one module a format, each with `write(destination)`; libraries are optional extras."""

from __future__ import annotations

import importlib
from pathlib import Path

from .._where import DATA
from ..errors import InvalidDataError, UsageError, look_up
from ..validation.run import validate

FORMATS = {"datapackage": "Frictionless Data Package: CSVs with datapackage.json"}


def export(
    format: str,
    destination: str | Path,
    data: str | Path | None = None,
    version: str | None = None,
) -> Path:
    """Write the data in a format to a folder that is absent, empty or an earlier export.

    `data` is a folder with valid tables, by default the package's own; with `version` it is what
    that version released, as it was. Returns the folder. The same data give the same bytes;
    `created` and file times are those of SOURCE_DATE_EPOCH, or else of the release.

    Raises `UnknownNameError` where there is no such format or version, `UsageError` where both
    data and a version are given, `DestinationError` where something
    else is at the destination, `MissingExtraError` where the format's library is not installed,
    `InvalidDataError` where the data are not valid.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted(path.name for path in export("datapackage", folder).glob("c*s.csv"))
    ['claims.csv', 'coders.csv']
    """
    look_up("export format", format, FORMATS)
    module = importlib.import_module(f".{format}", __name__)
    folder = Path(destination)
    if version is not None:
        if data is not None:
            raise UsageError("a version is exported as it was; leave the data folder out")
        module.write_released(folder, version)
        return folder
    tables = DATA if data is None else Path(data)
    if problems := validate(tables):
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise InvalidDataError(
            f"nothing was exported: {count} in or around {tables}; validate to see more"
        )
    module.write(folder, tables)
    return folder
