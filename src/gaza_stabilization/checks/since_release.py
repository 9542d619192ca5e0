"""The working tables beside the last release: what differs, and how far the version has to move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from ..errors import GazaStabilizationError, InvalidDataError
from ..releases.changelog import Section, sections
from ..releases.changes import Changes, compare
from ..releases.index import releases
from ..releases.numbers import Bump, Number, read_number
from ..releases.project import Project
from ..releases.rendering import summary
from ..releases.snapshot import Snapshot, open_release, snapshot
from ..schema.releases import Release
from ..schema.tables import CODINGS
from ..schema.views import VIEWS
from ..tables.folder import Tables


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
        released = {release.version for release in releases(self.project.releases)}
        names = [section.name in released for section in found]
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
        moving = [change for change in self.changes.tables.values() if change.bump == self.bump]
        what = "; ".join(f"{change.table}: {summary(change)}" for change in moving)
        return f"{since} a {step} step: {what}"

    def needed(self, prepared: Number) -> Number:
        """The version that the differences demand; the first release is what was prepared."""
        last = read_number(self.last.version) if self.last else None
        if last is None:
            return prepared.release
        return last if self.bump is None else last.bumped(self.bump)


def state_of(project: Project, tables: Tables) -> State | None:
    """What changed since the last release; None where that cannot be known."""
    try:
        rows = releases(project.releases)
        last = rows[-1] if rows else None
        old = Snapshot("the beginning", None, {})
        if last is not None:
            old = snapshot(open_release(last.version, project.releases))
        new = replace(snapshot(tables), name="the working tables")
    except GazaStabilizationError:
        return None  # A problem of its own.
    return State(project, last, compare(old, new))
