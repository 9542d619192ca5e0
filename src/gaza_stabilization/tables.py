"""Reading the tables: as typed frames, and as typed rows."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from ._where import DATA
from .errors import UsageError, look_up
from .schema.actors import Actor
from .schema.issues import Issue
from .schema.passages import Passage
from .schema.positions import Position
from .schema.relation_types import RelationType
from .schema.relationships import Relationship
from .schema.relays import Relay
from .schema.rows import Row
from .schema.sources import Source
from .schema.statements import Statement
from .schema.tables import MODELS

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", bound=Row)


def model_of(table: object) -> type[Row]:
    """The row model of a table. Raises `UnknownNameError` with the nearest table."""
    if table in ("claims", "ties"):
        raise UsageError(f"{table} is a flat view and no table: call {table}()")
    return look_up("table", table, MODELS)


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


@overload
def rows(table: Literal["actors"]) -> list[Actor]: ...
@overload
def rows(table: Literal["sources"]) -> list[Source]: ...
@overload
def rows(table: Literal["passages"]) -> list[Passage]: ...
@overload
def rows(table: Literal["issues"]) -> list[Issue]: ...
@overload
def rows(table: Literal["statements"]) -> list[Statement]: ...
@overload
def rows(table: Literal["relays"]) -> list[Relay]: ...
@overload
def rows(table: Literal["positions"]) -> list[Position]: ...
@overload
def rows(table: Literal["relation_types"]) -> list[RelationType]: ...
@overload
def rows(table: Literal["relationships"]) -> list[Relationship]: ...
@overload
def rows(table: str) -> list[Row]: ...
def rows(table: str) -> list[Any]:
    """A table as validated Pydantic rows, one a row of the CSV, in order.

    Codes are enum members with `label` and `definition`, empty cells None, lists of codes tuples.
    Offsets are characters of the canonical paragraph.

    Raises `UnknownNameError` where there is no such table. Source: the package's own data,
    offline.

    >>> first = rows("statements")[0]
    >>> first.speaker_id, first.attribution.label
    ('united-states', 'reported stance')
    """
    return read_rows(model_of(table))


def read_frame(table: str, folder: Path = DATA) -> pd.DataFrame:
    """As :func:`load`, from the valid tables in a folder."""
    import pandas as pd

    from .schema.frames import typed

    model = model_of(table)
    text = pd.read_csv(
        folder / f"{table}.csv", dtype="string", keep_default_na=False, na_values=[""]
    )
    return typed(text, model)


def read_rows(model: type[R], folder: Path = DATA) -> list[R]:
    """As :func:`rows`, by row model, from the valid tables in a folder."""
    with open(folder / f"{model.about.name}.csv", encoding="utf-8", newline="") as file:
        return [model.model_validate(cells) for cells in csv.DictReader(file)]
