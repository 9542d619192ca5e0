"""Validation at all levels: what it found, and what it did not look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import UsageError
from ..reading.problems import LEVELS, Problem, in_order
from ..reading.text_tables import MENDED
from ..releases.project import Project, project_of
from ..tables.folder import Tables
from ..validation.rules import RULES
from ..validation.run import find_problems
from .release_rules import release_problems

MOST = 6
"""A longer list of files or sources is cut in a sentence."""
BESIDE = {*MENDED, "changed-since-export", "description", "instructions"}
"""Problems of level 1 that keep no cell from being looked at."""
WITH_DIGESTS = {f"{rule.table}.csv" for rule in RULES if rule.level == 5}
"""Files of which no row is compared with a text where a link of it leads nowhere."""


@dataclass(frozen=True)
class Result:
    """What a validation found: the problems, in order, and at which levels it looked.

    `without` has the levels that were not asked for by themselves and could not be looked at, each
    with the reason. `checked` and `unchecked` are the sources whose digests were compared with a
    copy of the text, and those without one. `waiting` names the files whose links or digests were
    not all looked at, each with the files that are not clean; `release_waiting` are those for which
    the comparison with the last release waits.
    """

    problems: list[Problem]
    levels: tuple[int, ...]
    without: Mapping[int, str]
    rows: int
    checked: tuple[str, ...]
    unchecked: tuple[str, ...]
    waiting: Mapping[str, Collection[str]]
    release_waiting: Collection[str]

    def left_out(self) -> Iterator[str]:
        """What was not looked at, in words, because something else is wrong."""
        by_reason: dict[tuple[str, ...], list[str]] = {}
        for file, dirty in self.waiting.items():
            by_reason.setdefault(tuple(sorted(dirty)), []).append(file)
        names = {3: "links", 5: "digests"}
        what = " and ".join(names[level] for level in self.levels if level in names)
        for dirty, files in by_reason.items():
            yield f"not looked at: {what} of {listed(files)}, since {_not_clean(dirty)}"
        if self.release_waiting:
            dirty = tuple(sorted(self.release_waiting))
            yield f"not looked at: changes since the last release, since {_not_clean(dirty)}"

    def scope(self) -> str:
        """What was looked at, and what could not be, in one line."""
        levels = ", ".join(map(str, self.levels))
        parts = [f"level{'s' * (len(self.levels) > 1)} {levels}"]
        if self.checked and not WITH_DIGESTS & set(self.waiting):
            parts.append(f"digests checked of {listed(self.checked)}")
            if self.unchecked:
                parts.append(f"not of {listed(self.unchecked)}, of whose text no copy was given")
        for level, reason in self.without.items():
            parts.append(f"not looked at: level {level} ({LEVELS[level]}), since {reason}")
        return "; ".join(parts)


def run(
    tables: Tables,
    source: Sequence[str] = (),
    levels: Sequence[int] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Result:
    """Validate tables, those of raw codings with them; `source` names copies of the articles.

    Problems of other levels are among them where they keep a level that was asked for from being
    looked at. `progress` is told each step.

    Raises `UsageError` where there is no such level or article, where a level was asked for by
    itself that cannot be looked at, or a text was given that no level looks at, or where the tables
    are those of a version with another schema than the one in use.
    """
    wanted = _wanted(levels)
    if source and 5 not in wanted:
        raise UsageError(
            f"source {source[0]}: a text is looked at by level 5 only; ask for level 5 as well, or "
            "leave the text out"
        )
    project = _project(tables) if 4 in wanted else None
    without = {}
    if 4 in wanted and project is None:
        without[4] = f"{tables.name} is not the data folder of a project"
    if 5 in wanted and not source:
        without[5] = "no copy of a text was given"
    if levels is not None and without:
        level, reason = next(iter(without.items()))
        advice = "give one as source" if level == 5 else "leave that level out"
        raise UsageError(
            f"level {level} ({LEVELS[level]}) cannot be looked at, since {reason}; {advice}"
        )
    findings = find_problems(tables, source, wanted, progress or (lambda step: None))
    problems, dirty = findings.problems, set[str]()
    if project is not None:
        dirty = {problem.file for problem in problems if problem.level < 3}
        problems = [*problems, *release_problems(project, tables, compare=not dirty)]
    waited_for = dirty.union(*findings.waiting.values())
    wanted_problems = [
        problem
        for problem in problems
        if problem.level in wanted or _hides(problem, wanted, waited_for)
    ]
    return Result(
        in_order(wanted_problems),
        tuple(level for level in wanted if level not in without),
        without,
        findings.rows,
        tuple(findings.checked),
        tuple(id_ for id_ in findings.sources if id_ not in findings.checked),
        findings.waiting,
        dirty,
    )


def listed(names: Sequence[str]) -> str:
    """Names in a sentence, of many only the first."""
    rest = len(names) - MOST
    return ", ".join(names[:MOST]) + (f" and {rest} more" if rest > 0 else "")


def _not_clean(files: Sequence[str]) -> str:
    return f"{listed(files)} {'is' if len(files) == 1 else 'are'} not clean"


def _wanted(levels: Sequence[int] | None) -> tuple[int, ...]:
    """The levels to look at, in order. Raises `UsageError` where there is none of such a number."""
    if levels is None:
        return tuple(LEVELS)
    given = list(levels) if isinstance(levels, (list, tuple, set, frozenset, range)) else [None]
    if not given or not all(type(level) is int and level in LEVELS for level in given):
        known = ", ".join(f"{number} ({name})" for number, name in LEVELS.items())
        raise UsageError(
            f"{levels!r} are no levels to look at; give a list of some of these numbers: {known}"
        )
    return tuple(level for level in LEVELS if level in given)


def _project(tables: Tables) -> Project | None:
    """The project around some tables, if they are those of its data folder."""
    own = tables.folder is not None and tables.given is None
    return project_of(tables.folder) if own and tables.folder else None


def _hides(problem: Problem, wanted: Collection[int], waited_for: Collection[str]) -> bool:
    """Whether a problem of another level keeps something of a wanted one from being looked at."""
    if problem.level < 3 and problem.file in waited_for:
        return True
    if problem.level == 1:
        unclaimed = problem.rule == "unknown-file" and "/" not in problem.file
        return problem.rule not in BESIDE and not unclaimed
    file = problem.file.rpartition("/")[2]
    return 5 in wanted and problem.rule == "foreign-key" and file in WITH_DIGESTS
