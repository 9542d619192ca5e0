"""Rows and cells for people: the actor's name and the issue beside an id."""

from __future__ import annotations

from dataclasses import dataclass

from ..schema.models import MODELS
from .changes import Changes
from .retirement import fate
from .snapshot import Cells, Key, TableState

DEPTH = 2  # From a position to its statement, and from there to the speaker.


@dataclass(frozen=True)
class Labels:
    """Looks names up in both snapshots of a comparison, the newer one first."""

    changes: Changes

    def row(self, table: str, cells: Cells, depth: int = DEPTH) -> str:
        """What a row is about, in words; empty where nothing more is known."""
        model = MODELS.get(table.rpartition("/")[2])  # Also of a table of a raw coding.
        names = [] if model is None else [name for name in model.about.shown if cells.get(name)]
        parts = [self._name(table, name, cells[name], depth) or cells[name] for name in names]
        return " - ".join(parts)

    def kept_row(self, table: str, key: Key) -> str:
        """As `row`, of a row of both snapshots, as it was before it changed."""
        return self.row(table, self.changes.old.tables[table].rows[key])

    def cell(self, table: str, column: str, cell: str) -> str:
        """A cell, and in brackets the name of what it points to."""
        name = self._name(table, column, cell, DEPTH)
        return f"{cell or '(empty)'} ({name})" if name else cell or "(empty)"

    def retirement(self, id: str) -> str:
        """What the list of retired ids says of a row that went; empty where it says nothing."""
        return fate(id, self.changes.listed) or ""

    def _name(self, table: str, column: str, cell: str, depth: int) -> str:
        """The name of what a cell points to; empty where it points nowhere."""
        target = self._target(table, column)
        if not cell or not depth or target is None:
            return ""
        for state in self._states(target):
            if (cell,) in state.rows:
                return self.row(target, state.rows[(cell,)], depth - 1)
        return ""

    def _states(self, table: str) -> list[TableState]:
        snapshots = (self.changes.new, self.changes.old)
        return [snapshot.tables[table] for snapshot in snapshots if table in snapshot.tables]

    def _target(self, table: str, column: str) -> str | None:
        for state in self._states(table):
            if column in state.shape.fields:
                target = state.shape.fields[column].references
                return table if target == "itself" else target
        return None
