"""A coding as it is compared: the rows of its tables as text, checked against their schemas."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import InvalidDataError, InvalidFrameError, UsageError
from ..paths import DATA
from ..schema.coders import Coder
from ..schema.tables import CODED, CODINGS, key_column, references
from ..tables.loading import read_rows

Cells = dict[str, str]
Place = tuple[str, int]
ACTORS = {
    table: [one.name for one, target, _ in references(table) if target == "actors"]
    for table in CODED
}
"""The columns of each table that name an actor of another row."""


@dataclass(frozen=True)
class Coding:
    """The rows of one coding by table, each cell as text, and the name by which it is shown."""

    name: str
    tables: dict[str, list[Cells]]

    @cached_property
    def sources(self) -> frozenset[str]:
        """The sources that it covers."""
        return frozenset(row["source_id"] for row in self.tables["passages"])

    @cached_property
    def _passages(self) -> dict[str, Cells]:
        return {row["passage_id"]: row for row in self.tables["passages"]}

    def place(self, statement: Cells) -> Place:
        """Source and number of the paragraph in which a statement stands."""
        passage = self._passages[statement["passage_id"]]
        return passage["source_id"], int(passage["paragraph"])

    @cached_property
    def chains(self) -> dict[str, list[str]]:
        """Who passed each statement on, outermost first."""
        found: dict[str, list[str]] = {}
        for link in sorted(self.tables["relays"], key=lambda row: int(row["depth"])):
            found.setdefault(link["statement_id"], []).append(link["relay_id"])
        return found

    def within(self, sources: Iterable[str]) -> Coding:
        """What it says of some sources, with the actors that it names there."""
        wanted = set(sources)
        passages = [row for row in self.tables["passages"] if row["source_id"] in wanted]
        ids = {row["passage_id"] for row in passages}
        statements = [row for row in self.tables["statements"] if row["passage_id"] in ids]
        said = {row["statement_id"] for row in statements}
        rest = {
            name: [row for row in self.tables[name] if row["statement_id"] in said]
            for name in ("relays", "positions", "relationships")
        }
        found = {"passages": passages, "statements": statements, **rest}
        named = {row[name] for table in found for name in ACTORS[table] for row in found[table]}
        actors = [row for row in self.tables["actors"] if row["actor_id"] in named]
        return Coding(self.name, {"actors": actors, **found})


def coders(data: Path = DATA) -> list[str]:
    """The ids of the coders whose raw codings lie in a data folder, in order."""
    return [row.coder_id for row in read_rows(Coder, data)]


def coding_of(name: str | Path, data: Path = DATA) -> Coding:
    """A raw coding by the id of its coder, or any folder with the tables of a coding.

    Raises `UsageError` where there is no such coder or folder, `InvalidDataError` where a table in
    it is missing or not valid.
    """
    if not isinstance(name, (str, Path)):
        raise UsageError(f"a coding is a coder or a folder, not {type(name).__name__}")
    folder = data / CODINGS / str(name)
    if str(name) not in coders(data) or not os.path.isdir(folder):
        folder = Path(name)
    if not os.path.isdir(folder):
        known = ", ".join(coders(data)) or "none"
        raise UsageError(
            f"there is no coder or folder {str(name)!r}; coders: {known}; a folder holds one CSV a "
            f"table: {', '.join(CODED)}"
        )
    coding = Coding(str(name), {table: _table(folder, table) for table in CODED})
    _linked(coding, folder)
    return coding


def _table(folder: Path, table: str) -> list[Cells]:
    import pandas as pd

    from ..reading.frames import check

    path = folder / f"{table}.csv"
    try:
        frame = pd.read_csv(path, dtype="string", keep_default_na=False, na_values=[""])
        if not isinstance(frame.index, pd.RangeIndex):  # Cells beyond the header became labels.
            raise InvalidDataError(f"cannot read {path}: a line has more cells than the header")
        frame.index = frame.index + 2  # Lines of the file, so that a problem names them.
        check(frame, table)
    except FileNotFoundError:
        raise InvalidDataError(
            f"{folder} has no {path.name}; a coding has the tables {', '.join(CODED)}"
        ) from None
    except InvalidFrameError as error:
        raise InvalidDataError(f"{path}: {str(error).replace('row ', 'line ')}") from None
    except (OSError, ValueError) as error:
        raise InvalidDataError(f"cannot read {path}: {error}") from None
    rows = frame.fillna("").astype(object).to_dict("records")
    return [{str(name): str(cell) for name, cell in row.items()} for row in rows]


def _linked(coding: Coding, folder: Path) -> None:
    """Refuse a coding whose rows point to rows that it does not have, or beyond its text."""
    known = {
        table: {row[key_column(table)] for row in coding.tables[table]}
        for table in ("actors", "passages", "statements")
    }
    for table in CODED:
        for column, target, _ in references(table):
            for number, row in enumerate(coding.tables[table], 2):
                if target in known and row[column.name] and row[column.name] not in known[target]:
                    raise InvalidDataError(
                        f"{folder / table}.csv, line {number}, {column.name}: found "
                        f"{row[column.name]!r}; expected a row that the coding has in {target}.csv"
                    )
    lengths: dict[Place, int] = {}
    for row in coding.tables["passages"]:
        place = row["source_id"], int(row["paragraph"])
        lengths[place] = max(lengths.get(place, 0), int(row["end"]))
    for number, row in enumerate(coding.tables["statements"], 2):
        last = lengths[coding.place(row)]
        if int(row["end"]) > last:
            raise InvalidDataError(
                f"{folder / 'statements'}.csv, line {number}, end: found {row['end']}; expected "
                f"{last} at most, where the last sentence of the paragraph ends"
            )
