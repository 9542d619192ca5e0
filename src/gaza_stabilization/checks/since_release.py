"""The working tables beside the last release: what differs, and how far the version has to move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from ..errors import GazaStabilizationError, InvalidDataError
from ..releases.changelog import Section, sections
from ..releases.changes import Changes, compare
from ..releases.index import releases
from ..releases.numbers import Bump, Number, read_number
from ..releases.project import Project
from ..releases.rendering import summary
from ..releases.snapshot import Snapshot, open_release, snapshot
from ..schema.models import CODINGS
from ..schema.released_versions import Release
from ..schema.views import VIEWS
from ..tables.folder import Tables


@dataclass(frozen=True)
class Work:
    """What is not released yet: the working tables beside the last release.

    `number` is what the version file says; `last` is None before the first release.
    """

    project: Project
    tables: Tables
    number: Number
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
    def sections(self) -> list[Section]:
        """The sections of the changelog that are about what is not released yet."""
        try:
            every = sections(self.project.changelog_text())
        except InvalidDataError:
            return []  # A problem of its own.
        released = {release.version for release in releases(self.project.releases)}
        newer = takewhile(lambda section: section.name not in released, every)
        return [section for section in newer if section.name is not None]

    @property
    def meaning_changed(self) -> bool:
        """Whether a definition changed its meaning, by the changelog."""
        return any(section.meaning_changed for section in self.sections)

    @property
    def bump(self) -> Bump | None:
        """How far the version has to move, by the differences and by what the changelog says."""
        return Bump.major if self.meaning_changed else self.changes.bump

    @property
    def why(self) -> str:
        """What moves the version, in words."""
        since = f"since {self.changes.old.name}"
        if self.meaning_changed:
            return f"{since} a definition changed its meaning, by the changelog: a major step"
        step = self.bump.name if self.bump else "no"
        moving = [change for change in self.changes.tables.values() if change.bump == self.bump]
        what = "; ".join(f"{change.table}: {summary(change)}" for change in moving)
        return f"{since} a {step} step: {what}"

    @property
    def needed(self) -> Number:
        """The version that the differences demand; of the first release, what the file says."""
        last = read_number(self.last.version) if self.last else None
        if last is None:
            return self.number.release
        return last if self.bump is None else last.bumped(self.bump)

    @property
    def coming(self) -> Number:
        """The version that the working tables will be released as."""
        return max(self.number.release, self.needed)


def work_of(project: Project, tables: Tables, number: Number) -> Work | None:
    """What is not released yet; None where what was released cannot be read."""
    try:
        last = next(reversed(releases(project.releases)), None)
        old = Snapshot("the beginning", {})
        if last is not None:
            old = snapshot(open_release(last.version, project.releases))
        new = replace(snapshot(tables), name="the working tables")
    except GazaStabilizationError:
        return None  # A problem of its own.
    return Work(project, tables, number, last, compare(old, new))
