"""The working tables beside the last release: what differs, and how far the version has to move."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..errors import GazaStabilizationError, InvalidDataError
from ..reading.entries import Rows
from ..releases.changelog import Section, sections
from ..releases.changes import Changes, compare
from ..releases.index import releases
from ..releases.numbers import Bump, Number, read_number
from ..releases.project import Project
from ..releases.rendering import summary
from ..releases.snapshot import (
    Cells,
    Key,
    Shape,
    Snapshot,
    TableState,
    of_release,
    shape_in_coding,
    shape_of,
    views_in_use,
)
from ..schema.releases import Release
from ..schema.rows import Row
from ..schema.table_schema import coding_resource
from ..schema.tables import CODED, CODINGS, MODELS
from ..schema.views import VIEWS
from ..validation.corpus import Corpus


@dataclass(frozen=True)
class State:
    """The working tables beside the last release, which is None before the first."""

    project: Project
    last: Release | None
    changes: Changes

    @property
    def touched(self) -> list[str]:
        """What differs from the last release: tables, and `codings` for raw codings.

        Flat views only echo them.
        """
        names = [CODINGS if "/" in table else table for table in self.changes.tables]
        return [name for name in dict.fromkeys(names) if name not in VIEWS]

    @cached_property
    def said(self) -> list[Section]:
        """The sections of the changelog that are about what is not released yet."""
        try:
            found = sections(self.project.changelog_text())
        except InvalidDataError:
            return []  # A problem of its own.
        released = {one.version for one in releases(self.project.releases)}
        names = [one.name in released for one in found]
        return found[: names.index(True)] if True in names else found

    @property
    def bump(self) -> Bump | None:
        """How far the version has to move, by the differences and by what the changelog says."""
        if any(section.meaning_changed for section in self.said):
            return Bump.major
        return self.changes.bump

    @property
    def why(self) -> str:
        """What moves the version, in words."""
        since = f"since {self.changes.old.name}"
        if any(section.meaning_changed for section in self.said):
            return f"{since} a definition changed its meaning, by the changelog: a major step"
        step = self.bump.name if self.bump else "no"
        moving = [one for one in self.changes.tables.values() if one.bump == self.bump]
        what = "; ".join(f"{one.table}: {summary(one)}" for one in moving)
        return f"{since} a {step} step: {what}"

    def needed(self, prepared: Number) -> Number:
        """The version that the differences demand; the first release is what was prepared."""
        last = read_number(self.last.version) if self.last else None
        if last is None:
            return prepared.release
        return last if self.bump is None else last.bumped(self.bump)


def state_of(project: Project, corpus: Corpus) -> State | None:
    """What changed since the last release; None where that cannot be known."""
    try:
        rows = releases(project.releases)
        last = rows[-1] if rows else None
        old = Snapshot("the beginning", None, {})
        if last is not None:
            old = of_release(last.version, project.releases)
    except GazaStabilizationError:
        return None
    return State(project, last, compare(old, _working(corpus, old)))


def _working(corpus: Corpus, old: Snapshot) -> Snapshot:
    """The tables of the corpus. What cannot be read counts as unchanged: it has its own problem."""
    tables = {
        name: _state(rows, shape_of(MODELS[name]), old.tables.get(name))
        for name, rows in corpus.tables.items()
    }
    codings = {}
    for coder, coding in corpus.codings.items():
        for table in CODED:
            name = coding_resource(coder, table)
            shape = shape_in_coding(coder, table)
            codings[name] = _state(coding.tables[table], shape, old.codings.get(name))
    return Snapshot("the working tables", None, tables, views_in_use(), codings=codings)


def _state(rows: Rows[Row], shape: Shape, old: TableState | None) -> TableState:
    before = old.rows if old else {}
    found: dict[Key, Cells] = {}
    for entry in rows.entries:
        if all(entry.cells.get(column) for column in shape.key):
            key = tuple(entry.cells[column] for column in shape.key)
            known = before.get(key, {}) | entry.cells
            found[key] = {column: known.get(column, "") for column in shape.fields}
    for key, cells in before.items():
        if key not in found and (not rows.readable or rows.may_have_lost(key[0])):
            found[key] = {column: cells.get(column, "") for column in shape.fields}
    return TableState(shape, found)
