"""A coding as it is compared: the rows of its tables as text, checked against their schemas."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ..errors import InvalidDataError, UsageError
from ..schema.models import CODED, MODELS, key_column, references
from ..schema.order import natural
from ..tables.chains import relays_in
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

    def place(self, row: Cells) -> Place:
        """Source and number of the paragraph in which a sentence or a statement stands."""
        passage = self._passages[row["passage_id"]]
        return passage["source_id"], int(passage["paragraph"])

    @cached_property
    def lengths(self) -> dict[Place, int]:
        """Where the last sentence of each paragraph ends."""
        lengths: dict[Place, int] = {}
        for row in self.tables["passages"]:
            lengths[self.place(row)] = max(lengths.get(self.place(row), 0), int(row["end"]))
        return lengths

    @cached_property
    def chains(self) -> dict[str, list[str]]:
        """Who passed each statement on, outermost first."""
        return relays_in(self.tables["relays"])

    def within(self, sources: Iterable[str]) -> Coding:
        """What it says of some sources, with the actors that it names there."""
        tables, wanted = dict(self.tables), set(sources)
        tables["passages"] = [row for row in tables["passages"] if row["source_id"] in wanted]
        for table in ("statements", "relays", "positions", "relationships"):
            target = "passages" if table == "statements" else "statements"
            key = key_column(target)
            ids = {row[key] for row in tables[target]}
            tables[table] = [row for row in tables[table] if row[key] in ids]
        named = {row[name] for table in CODED for name in ACTORS[table] for row in tables[table]}
        tables["actors"] = [row for row in tables["actors"] if row["actor_id"] in named]
        return Coding(self.name, tables)


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
    for table in CODED:
        tables.refuse(table)
    tables.refuse_dangling(CODED, CODED)
    coding = Coding(name, {table: _by_key(tables, table) for table in CODED})
    _refuse_beyond_text(tables, coding)
    return coding


def _by_key(tables: Tables, table: str) -> list[Cells]:
    """The rows of a table in the order of their keys, whatever order the file has them in.

    Of candidates that fit equally well the first is taken, and figures must not turn on how a
    file was sorted.
    """
    key = MODELS[table].about.key
    rows = [line.cells for line in tables.text(table).lines]
    return sorted(rows, key=lambda row: [natural(row[column]) for column in key])


def _refuse_beyond_text(tables: Tables, coding: Coding) -> None:
    """Refuse a coding with a statement that ends beyond its paragraph."""
    for line in tables.text("statements").lines:
        last = coding.lengths[coding.place(line.cells)]
        if int(line.cells["end"]) > last:
            raise InvalidDataError(
                f"{tables.name}: statements.csv, line {line.number}, end: found "
                f"{line.cells['end']!r}; expected {last} at most, where the last sentence of the "
                "paragraph ends"
            )
