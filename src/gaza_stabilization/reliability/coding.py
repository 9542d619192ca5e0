"""A coding as it is compared: the rows of its tables as text, checked against their schemas."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import InvalidDataError, UsageError
from ..schema.rows import columns
from ..schema.tables import CODED, MODELS, key_column, references
from ..tables.folder import Tables
from ..tables.opening import open_folder

Cells = dict[str, str]
Place = tuple[str, int]
ACTORS = {
    table: [column.name for column, target, _ in references(table) if target == "actors"]
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


def coding_of(side: object, of: Tables) -> Coding:
    """A raw coding: tables, the id of a coder of some tables, or a folder with those of a coding.

    Raises `UsageError` where there is no such coding or folder, `InvalidDataError` where a table in
    it is missing or not valid.
    """
    if isinstance(side, Tables):
        return _coding(side, side.coder or side.name)
    if not isinstance(side, (str, Path)):
        raise UsageError(f"a coding is a coder, a folder or a Dataset, not {type(side).__name__}")
    if str(side) in of.coders:
        return _coding(of.coding(str(side)), str(side))
    if not os.path.isdir(side):
        known = ", ".join(of.coders) or "none"
        raise UsageError(
            f"there is no coder or folder {str(side)!r}; coders: {known}; a folder holds one CSV a "
            f"table: {', '.join(CODED)}"
        )
    return _coding(open_folder(Path(side)), str(side))


def _coding(tables: Tables, name: str) -> Coding:
    found = {}
    for table in CODED:
        tables.refuse(table)
        header = [column.name for column in columns(MODELS[table])]
        lines = tables.text(table).lines
        found[table] = [{column: line.cells[column] for column in header} for line in lines]
    coding = Coding(name, found)
    _linked(coding, tables)
    return coding


def _linked(coding: Coding, tables: Tables) -> None:
    """Refuse a coding whose rows point to rows that it does not have, or beyond its text."""
    known = {
        table: {row[key_column(table)] for row in coding.tables[table]}
        for table in ("actors", "passages", "statements")
    }
    for table in CODED:
        for column, target, _ in references(table):
            for line, row in zip(tables.text(table).lines, coding.tables[table], strict=True):
                if target in known and row[column.name] and row[column.name] not in known[target]:
                    raise InvalidDataError(
                        f"{tables.name}: {table}.csv, line {line.number}, {column.name}: found "
                        f"{row[column.name]!r}; expected a row that the coding has in {target}.csv"
                    )
    lengths: dict[Place, int] = {}
    for row in coding.tables["passages"]:
        place = row["source_id"], int(row["paragraph"])
        lengths[place] = max(lengths.get(place, 0), int(row["end"]))
    lines = tables.text("statements").lines
    for line, row in zip(lines, coding.tables["statements"], strict=True):
        last = lengths[coding.place(row)]
        if int(row["end"]) > last:
            raise InvalidDataError(
                f"{tables.name}: statements.csv, line {line.number}, end: found {row['end']}; "
                f"expected {last} at most, where the last sentence of the paragraph ends"
            )
