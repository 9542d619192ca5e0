"""What changed from one snapshot to another, row by row and cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

from ..schema.order import natural
from ..schema.retired_ids import RetiredId
from ..schema.shapes import CodeEntry, Field, Shape
from .numbers import Bump
from .snapshot import Cells, Key, Snapshot, TableState

RETIRED = RetiredId.about.name
V = TypeVar("V")
S = TypeVar("S", Shape, Field, CodeEntry)
_ASPECTS = {"references": "target", "ordered": "scale", "codes_description": "codes"}
_BREAKING = {"key", "type", "target", "scale", "number"}


class DefinitionChange(NamedTuple):
    """Something that is said of a table, column or code, and is another now.

    `name` is what `describe` takes, `aspect` what of it. It is `breaking` where a column holds
    something else by it, and not the same in other words.
    """

    name: str
    aspect: str
    old: str
    new: str
    breaking: bool = False


@dataclass(frozen=True)
class TableChanges:
    """The differences of one table; a shape is None where there is no such table.

    Rows are addressed by key. `changed` holds the old and new text of each cell that differs in a
    column of both; `filled` the cells of new columns, by column, in rows that were there before.
    """

    table: str
    old: Shape | None
    new: Shape | None
    added: dict[Key, Cells] = field(default_factory=dict)
    removed: dict[Key, Cells] = field(default_factory=dict)
    changed: dict[Key, dict[str, tuple[str, str]]] = field(default_factory=dict)
    filled: dict[str, dict[Key, str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        rows = self.added or self.removed or self.changed
        # Two shapes are equal as mappings also where their columns stand in another order.
        return bool(rows or self.old != self.new or self.definitions)

    @property
    def key_changed(self) -> bool:
        """Whether rows are told apart by other columns now, so that none can be followed."""
        return self.old is not None and self.new is not None and self.old.key != self.new.key

    @property
    def columns_added(self) -> dict[str, Field]:
        """The new columns of a table that was there before."""
        return _beside(*self._columns)

    @property
    def columns_removed(self) -> dict[str, Field]:
        """The columns that went of a table that is still there."""
        return _beside(*reversed(self._columns))

    @property
    def cells(self) -> dict[Key, dict[str, tuple[str, str]]]:
        """Old and new text of each cell that differs, those of new columns among them."""
        cells = {key: dict(pairs) for key, pairs in self.changed.items()}
        for name, column in self.filled.items():
            for key, cell in column.items():
                cells.setdefault(key, {})[name] = ("", cell)
        return cells

    @property
    def _columns(self) -> tuple[dict[str, Field], dict[str, Field]]:
        """The columns that were and that are, of a table that was there and still is."""
        return (self.old.fields, self.new.fields) if self.old and self.new else ({}, {})

    @property
    def _kept(self) -> dict[str, tuple[Field, Field]]:
        """The columns of both, as they were and as they are."""
        old, new = self._columns
        return {name: (field, new[name]) for name, field in old.items() if name in new}

    @property
    def codes_added(self) -> list[tuple[str, str]]:
        """Column and code."""
        kept = self._kept.items()
        return [(name, code) for name, (a, b) in kept for code in _beside(a.codes, b.codes)]

    @property
    def codes_removed(self) -> list[tuple[str, str]]:
        """Column and code."""
        kept = self._kept.items()
        return [(name, code) for name, (a, b) in kept for code in _beside(b.codes, a.codes)]

    @property
    def definitions(self) -> list[DefinitionChange]:
        """Definitions of the table, its columns and codes that are others now."""
        if self.old is None or self.new is None:
            return []
        changes = [*_reworded(self.table, self.old, self.new)]
        for column, (old, new) in self._kept.items():
            name = f"{self.table}.{column}"
            changes += _reworded(name, old, new)
            changes += _reordered(name, "order of codes", old.codes, new.codes, old.ordered)
            for code in (code for code in old.codes if code in new.codes):
                changes += _reworded(f"{name}={code}", old.codes[code], new.codes[code])
        return [*changes, *_reordered(self.table, "order of columns", *self._columns)]

    @property
    def bump(self) -> Bump | None:
        """How far the version has to move for this; None where nothing differs."""
        gone = self.new is None or self.columns_removed or self.codes_removed
        if gone or any(definition.breaking for definition in self.definitions):
            return Bump.major
        come = self.old is None or self.columns_added or self.codes_added
        if come or self.added or self.removed:
            return Bump.minor
        return Bump.patch if self else None


@dataclass(frozen=True)
class Changes:
    """The differences of two snapshots, by table; tables that do not differ are not there.

    `bump` is how far the version has to move for all of them; None where nothing differs.
    """

    old: Snapshot
    new: Snapshot
    tables: dict[str, TableChanges]
    bump: Bump | None

    @property
    def required_bump(self) -> str | None:
        """The name of the step that the version needs: major, minor, patch, or None."""
        return self.bump.name if self.bump else None

    @cached_property
    def went(self) -> set[str]:
        """The ids of all rows that went."""
        return {row_id(key) for change in self.tables.values() for key in change.removed}

    @cached_property
    def listed(self) -> dict[str, Cells]:
        """The list of retired ids of the newer snapshot, by id."""
        state = self.new.tables.get(RETIRED)
        return {row_id(key): cells for key, cells in state.rows.items()} if state else {}

    @property
    def retired(self) -> list[Cells]:
        """What the list of retired ids says of the rows that went."""
        return [self.listed[id] for id in sorted(self.went & self.listed.keys())]


def row_id(key: Key) -> str:
    """A key as one text."""
    return "/".join(key)


def compare(old: Snapshot, new: Snapshot) -> Changes:
    """What changed from one snapshot to another, in tables and raw codings.

    Of flat views only columns and definitions are compared.
    """
    before, after = old.states, new.states
    tables = [*after, *(table for table in before if table not in after)]
    changes = {table: _compare(table, before.get(table), after.get(table)) for table in tables}
    changes = {table: change for table, change in changes.items() if change}
    bump = max((change.bump for change in changes.values() if change.bump), default=None)
    return Changes(old, new, changes, bump)


def apply(changes: dict[str, TableChanges], old: dict[str, TableState]) -> dict[str, TableState]:
    """The tables after the changes, from those before; rows are sorted by key."""
    tables = dict(old)
    for table, change in changes.items():
        if change.new is None:
            del tables[table]
        else:
            before = old[table].rows if change.old is not None else {}
            tables[table] = TableState(change.new, _apply(change, change.new, before))
    return tables


def _apply(change: TableChanges, shape: Shape, before: dict[Key, Cells]) -> dict[Key, Cells]:
    rows, cells = dict(change.added), change.cells
    for key, old in before.items():
        if key not in change.removed:
            new = old | {name: cell for name, (_, cell) in cells.get(key, {}).items()}
            rows[key] = {name: new.get(name, "") for name in shape.fields}
    return in_order(rows)


def in_order(rows: dict[Key, Cells]) -> dict[Key, Cells]:
    """Rows sorted by key."""
    return {key: rows[key] for key in sorted(rows, key=lambda key: [natural(part) for part in key])}


def _compare(table: str, old: TableState | None, new: TableState | None) -> TableChanges:
    before, after = (old.rows if old else {}), (new.rows if new else {})
    shapes = (old.shape if old else None), (new.shape if new else None)
    if old is None or new is None or old.shape.key != new.shape.key:
        return TableChanges(table, *shapes, added=in_order(after), removed=in_order(before))
    both = in_order({key: cells for key, cells in after.items() if key in before})
    shared = [name for name in old.shape.fields if name in new.shape.fields]
    changed = {
        key: {
            name: (before[key][name], cells[name])
            for name in shared
            if before[key][name] != cells[name]
        }
        for key, cells in both.items()
    }
    filled = {
        name: {key: cells[name] for key, cells in both.items() if cells[name]}
        for name in _beside(old.shape.fields, new.shape.fields)
    }
    return TableChanges(
        table,
        *shapes,
        added=in_order({key: cells for key, cells in after.items() if key not in before}),
        removed=in_order({key: cells for key, cells in before.items() if key not in after}),
        changed={key: pairs for key, pairs in changed.items() if pairs},
        filled={name: column for name, column in filled.items() if column},
    )


def _beside(old: Mapping[str, V], new: Mapping[str, V]) -> dict[str, V]:
    """What is new."""
    return {name: value for name, value in new.items() if name not in old}


def _reworded(name: str, old: S, new: S) -> Iterator[DefinitionChange]:
    """What is said otherwise of one thing."""
    for attribute, was in vars(old).items():
        now = getattr(new, attribute)
        # Columns and codes come, go and change by themselves. A number that comes to a code, as in
        # 1.0.0, changes nothing of what stands in a column.
        elsewhere = attribute in {"fields", "codes"} or (attribute == "number" and was is None)
        if was != now and not elsewhere:
            aspect = _ASPECTS.get(attribute, attribute)
            between = "\n" if aspect == "rules" else " "
            before, after = (
                between.join(text) if isinstance(text, tuple) else str(text or "")
                for text in (was, now)
            )
            yield DefinitionChange(name, aspect, before, after, aspect in _BREAKING)


def _reordered(
    name: str, aspect: str, old: Collection[str], new: Collection[str], breaking: bool = False
) -> Iterator[DefinitionChange]:
    """The order of what is in both, where it is another."""
    before = " ".join(part for part in old if part in new)
    after = " ".join(part for part in new if part in old)
    if before != after:
        yield DefinitionChange(name, aspect, before, after, breaking)
