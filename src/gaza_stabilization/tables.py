"""Reading the tables: as typed frames, and as typed rows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, overload

from ._where import DATA
from .errors import UnknownNameError
from .schema.rows import Row
from .schema.tables import MODELS

if TYPE_CHECKING:
    import pandas as pd


def model_of(table: str) -> type[Row]:
    """The row model of a table. Raises `UnknownNameError` with the nearest table."""
    if table not in MODELS:
        raise UnknownNameError("table", table, MODELS)
    return MODELS[table]


@overload
def load(table: str) -> pd.DataFrame: ...
@overload
def load(table: None = None) -> dict[str, pd.DataFrame]: ...
def load(table: str | None = None) -> pd.DataFrame | dict[str, pd.DataFrame]:
    """A table as a pandas DataFrame, one row a row of the CSV; without a name, all tables.

    Codes are categoricals (ordered where they are a scale), integers `Int64`, booleans `boolean`,
    everything else `string`; empty cells are `NA`. Offsets are characters. The frame is the
    caller's own to change. `load()` is a dictionary from table name to frame, in key order.

    Raises `UnknownNameError` where there is no such table. Source: the package's own data,
    offline.

    >>> load("positions").stance.dtype.ordered
    True
    >>> list(load())[:3]
    ['actors', 'sources', 'passages']
    """
    if table is None:
        return {name: read_frame(name) for name in MODELS}
    return read_frame(table)


def rows(table: str) -> list[Row]:
    """A table as validated Pydantic rows, one a row of the CSV, in order.

    Codes are enum members with `label` and `definition`, empty cells None, lists of codes tuples.

    Raises `UnknownNameError` where there is no such table. Source: the package's own data,
    offline.

    >>> first = rows("statements")[0]
    >>> first.speaker_id, first.attribution.label
    ('united-states', 'reported stance')
    """
    return read_rows(table)


def read_frame(table: str, folder: Path = DATA) -> pd.DataFrame:
    """As :func:`load`, from the valid tables in a folder."""
    import pandas as pd

    from .schema.frames import typed

    model = model_of(table)
    text = pd.read_csv(
        folder / f"{table}.csv", dtype="string", keep_default_na=False, na_values=[""]
    )
    return typed(text, model)


def read_rows(table: str, folder: Path = DATA) -> list[Row]:
    """As :func:`rows`, from the valid tables in a folder."""
    model = model_of(table)
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        return [model.model_validate(cells) for cells in csv.DictReader(file)]
