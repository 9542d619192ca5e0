"""What changed from one snapshot to another, row by row and cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ..schema.order import natural
from ..schema.shapes import Field, Shape
from .numbers import Bump
from .snapshot import Cells, Key, Snapshot, TableState

RETIRED = "retired_ids"


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
        return {} if self.old is None else _beside(self.new, self.old)

    @property
    def columns_removed(self) -> dict[str, Field]:
        return {} if self.new is None else _beside(self.old, self.new)

    @property
    def cells(self) -> dict[Key, dict[str, tuple[str, str]]]:
        """Old and new text of each cell that differs, those of new columns among them."""
        found = {key: dict(pairs) for key, pairs in self.changed.items()}
        for name, column in self.filled.items():
            for key, cell in column.items():
                found.setdefault(key, {})[name] = ("", cell)
        return found

    @property
    def _kept(self) -> dict[str, tuple[Field, Field]]:
        """The columns of both, as they were and as they are."""
        if self.old is None or self.new is None:
            return {}
        both = [name for name in self.old.fields if name in self.new.fields]
        return {name: (self.old.fields[name], self.new.fields[name]) for name in both}

    @property
    def codes_added(self) -> list[tuple[str, str]]:
        """Column and code."""
        kept = self._kept.items()
        return [(name, code) for name, (a, b) in kept for code in b.codes if code not in a.codes]

    @property
    def codes_removed(self) -> list[tuple[str, str]]:
        """Column and code."""
        kept = self._kept.items()
        return [(name, code) for name, (a, b) in kept for code in a.codes if code not in b.codes]

    @property
    def definitions(self) -> list[DefinitionChange]:
        """Definitions of the table, its columns and codes that are others now."""
        if self.old is None or self.new is None:
            return []
        found = [
            DefinitionChange(self.table, "title", self.old.title, self.new.title),
            DefinitionChange(self.table, "definition", self.old.definition, self.new.definition),
            DefinitionChange(
                self.table, "key", " ".join(self.old.key), " ".join(self.new.key), True
            ),
        ]
        rules = "\n".join(self.old.rules), "\n".join(self.new.rules)
        found.append(DefinitionChange(self.table, "rules", *rules))
        for name, (old, new) in self._kept.items():
            found += _field_definitions(f"{self.table}.{name}", old, new)
        before, after = (
            " ".join(name for name in shape.fields if name in self._kept)
            for shape in (self.old, self.new)
        )
        found.append(DefinitionChange(self.table, "order of columns", before, after))
        return [change for change in found if change.old != change.new]

    @property
    def bump(self) -> Bump | None:
        """How far the version has to move for this; None where nothing differs."""
        gone = self.new is None or self.columns_removed or self.codes_removed
        if gone or any(definition_change.breaking for definition_change in self.definitions):
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

    @property
    def went(self) -> set[Key]:
        """The keys of all rows that went."""
        return {key for change in self.tables.values() for key in change.removed}

    @property
    def listed(self) -> dict[str, Cells]:
        """The list of retired ids of the newer snapshot, by id."""
        state = self.new.tables.get(RETIRED)
        return {row_id(key): cells for key, cells in state.rows.items()} if state else {}

    @property
    def retired(self) -> list[Cells]:
        """What the list of retired ids says of the rows that went."""
        return [self.listed[row_id(key)] for key in sorted(self.went) if row_id(key) in self.listed]


def row_id(key: Key) -> str:
    """A key as one text."""
    return "/".join(key)


def compare(old: Snapshot, new: Snapshot) -> Changes:
    """What changed from one snapshot to another, in tables and raw codings.

    Of flat views only columns and definitions are compared.
    """
    found = {}
    before, after = _comparable(old), _comparable(new)
    for table in [*after, *(table for table in before if table not in after)]:
        changes = _compare(table, before.get(table), after.get(table))
        if changes:
            found[table] = changes
    return Changes(
        old,
        new,
        found,
        max((change.bump for change in found.values() if change.bump), default=None),
    )


def _comparable(state: Snapshot) -> dict[str, TableState]:
    views = {name: TableState(state.shape, {}) for name, state in state.views.items()}
    return state.stored | views


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
    rows = dict(change.added)
    for key, cells in before.items():
        if key in change.removed:
            continue
        now = {name: new for name, (_, new) in change.changed.get(key, {}).items()}
        now |= {name: column[key] for name, column in change.filled.items() if key in column}
        rows[key] = {name: now.get(name, cells.get(name, "")) for name in shape.fields}
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
        for name in _beside(new.shape, old.shape)
    }
    return TableChanges(
        table,
        *shapes,
        added=in_order({key: cells for key, cells in after.items() if key not in before}),
        removed=in_order({key: cells for key, cells in before.items() if key not in after}),
        changed={key: pairs for key, pairs in changed.items() if pairs},
        filled={name: column for name, column in filled.items() if column},
    )


def _beside(shape: Shape | None, other: Shape | None) -> dict[str, Field]:
    """The columns of shape shape that another has not."""
    fields = shape.fields if shape else {}
    known = other.fields if other else {}
    return {name: field for name, field in fields.items() if name not in known}


def _field_definitions(name: str, old: Field, new: Field) -> list[DefinitionChange]:
    both = [code for code in old.codes if code in new.codes]
    before, after = " ".join(both), " ".join(code for code in new.codes if code in both)
    found = [
        DefinitionChange(name, "type", old.type, new.type, True),
        DefinitionChange(name, "target", old.references or "", new.references or "", True),
        DefinitionChange(name, "scale", str(old.ordered), str(new.ordered), True),
        DefinitionChange(name, "order of codes", before, after, old.ordered),
        DefinitionChange(name, "description", old.description, new.description),
        DefinitionChange(name, "codes", old.codes_description, new.codes_description),
        DefinitionChange(name, "constraints", old.constraints, new.constraints),
        DefinitionChange(name, "example", old.example, new.example),
    ]
    for code in both:
        a, b = old.codes[code], new.codes[code]
        found.append(DefinitionChange(f"{name}={code}", "label", a.label, b.label))
        found.append(DefinitionChange(f"{name}={code}", "definition", a.definition, b.definition))
        if a.number is not None:
            numbers = str(a.number), str(b.number)
            found.append(DefinitionChange(f"{name}={code}", "number", *numbers, True))
    return found
