"""Reading the tables: as typed frames, as typed rows, and as a released version had them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from ..errors import RetiredIdError, UsageError, look_up
from ..paths import DATA
from ..releases.frames import frame_of
from ..releases.index import releases
from ..releases.retirement import sentence
from ..releases.snapshot import Snapshot, TableState, of_release
from ..schema.actors import Actor
from ..schema.adjudications import Adjudication
from ..schema.coders import Coder
from ..schema.issues import Issue
from ..schema.passages import Passage
from ..schema.positions import Position
from ..schema.relation_types import RelationType
from ..schema.relationships import Relationship
from ..schema.relays import Relay
from ..schema.retired_ids import RetiredId
from ..schema.rows import Row
from ..schema.sources import Source
from ..schema.statements import Statement
from ..schema.tables import CODED, CODINGS, MODELS

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", bound=Row)
V = TypeVar("V")


def model_of(table: object) -> type[Row]:
    """The row model of a table. Raises `UnknownNameError` with the nearest table."""
    return _look_up_table(table, MODELS)


def _look_up_table(table: object, known: Mapping[str, V]) -> V:
    if table in ("claims", "ties"):
        raise UsageError(f"{table} is a flat view and no table: call {table}()")
    if isinstance(table, str) and table not in known and (text := retired(table)):
        raise RetiredIdError(text)
    return look_up("table", table, known)


@overload
def load(table: str, version: str | None = None, coder: str | None = None) -> pd.DataFrame: ...
@overload
def load(
    table: None = None, version: str | None = None, coder: str | None = None
) -> dict[str, pd.DataFrame]: ...
def load(
    table: str | None = None, version: str | None = None, coder: str | None = None
) -> pd.DataFrame | dict[str, pd.DataFrame]:
    """A table as a pandas DataFrame, one row a row of the CSV; without a name, all tables.

    Codes are categoricals (ordered where they are a scale), integers `Int64`, booleans `boolean`,
    everything else `string`; empty cells are `NA`. Offsets are characters. The frame is the
    caller's own to change. `load()` is a dictionary from table name to frame, in key order.
    With `version`, the table as that version had it: its rows, columns and codes. With `coder`, the
    table of a raw coding (see `coders`), before anything was decided.

    Raises `UnknownNameError` where there is no such table, version or coder, `RetiredIdError` where
    the name is that of a row that went, `InvalidDataError` where the archive of the version or the
    index of releases is damaged. Source: the package's own data and releases, offline.

    >>> load("positions").stance.dtype.ordered
    True
    >>> list(load())[:3]
    ['actors', 'sources', 'passages']
    """
    if version is not None:
        return _released(table, of_release(version), coder)
    folder, names = DATA, tuple(MODELS)
    if coder is not None:
        known = {row.coder_id: DATA / CODINGS / row.coder_id for row in read_rows(Coder)}
        folder, names = look_up("coder", coder, known), CODED
    if table is None:
        return {name: read_frame(name, folder) for name in names}
    return read_frame(_look_up_table(table, {name: name for name in names}), folder)


def _released(
    table: str | None, version: Snapshot, coder: str | None
) -> pd.DataFrame | dict[str, pd.DataFrame]:
    tables = version.tables
    if coder is not None:
        by_coder: dict[str, dict[str, TableState]] = {}
        for name, state in version.codings.items():
            _, of, coded = name.split("/")
            by_coder.setdefault(of, {})[coded] = state
        tables = look_up(f"coder of version {version.name}", coder, by_coder)
    if table is None:
        return {name: frame_of(state) for name, state in tables.items()}
    return frame_of(_look_up_table(table, tables))


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
def rows(table: Literal["coders"]) -> list[Coder]: ...
@overload
def rows(table: Literal["adjudications"]) -> list[Adjudication]: ...
@overload
def rows(table: Literal["retired_ids"]) -> list[RetiredId]: ...
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


def retired(id: str, folder: Path = DATA) -> str | None:
    """What became of a row that went, in words; None where `id` is not a retired one."""
    try:
        rows = read_rows(RetiredId, folder)
    except (OSError, ValueError, csv.Error):
        return None  # Who mistypes a name learns of that, and validation tells the rest.
    listed = {row.id: {column: str(value or "") for column, value in row} for row in rows}
    said = sentence(id, listed)
    if said is None:
        return None
    for release in reversed(releases()):
        for name, state in of_release(release.version).tables.items():
            if (id,) in state.rows and name != RetiredId.about.name:
                return f"{said}. {release.version} was the last version with it, in {name}"
    return said


def read_frame(table: str, folder: Path = DATA) -> pd.DataFrame:
    """As :func:`load`, from the valid tables in a folder."""
    import pandas as pd

    from ..schema.frame_schemas import typed

    model = model_of(table)
    text = pd.read_csv(
        folder / f"{table}.csv", dtype="string", keep_default_na=False, na_values=[""]
    )
    return typed(text, model)


def read_rows(model: type[R], folder: Path = DATA) -> list[R]:
    """As :func:`rows`, by row model, from the valid tables in a folder."""
    with open(folder / f"{model.about.name}.csv", encoding="utf-8", newline="") as file:
        return [model.model_validate(cells) for cells in csv.DictReader(file)]
