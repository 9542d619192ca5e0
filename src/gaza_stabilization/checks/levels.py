"""Validation at all levels: what it found, and what it did not look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import UsageError
from ..reading.problems import LEVELS, Problem, in_order
from ..releases.project import project_of
from ..tables.folder import Tables
from ..validation.run import find_problems
from .release_rules import release_problems


@dataclass(frozen=True)
class Result:
    """What a validation found: the problems, in order, and at which levels it looked.

    `checked` and `unchecked` are the sources whose digests were compared with a copy of the text,
    and those without one. `waiting` names the files whose links were not looked at, each with the
    files that are not clean.
    """

    problems: list[Problem]
    levels: tuple[int, ...]
    rows: int
    checked: tuple[str, ...]
    unchecked: tuple[str, ...]
    waiting: Mapping[str, Collection[str]]

    def left_out(self) -> Iterator[str]:
        """What was not looked at, in words."""
        by_reason: dict[tuple[str, ...], list[str]] = {}
        for file, dirty in self.waiting.items():
            by_reason.setdefault(tuple(sorted(dirty)), []).append(file)
        for dirty, files in by_reason.items():
            these = f"{', '.join(dirty)} {'is' if len(dirty) == 1 else 'are'} not clean"
            yield f"not looked at: links of {', '.join(files)}, since {these}"


def run(
    tables: Tables,
    source: Sequence[str] = (),
    levels: Sequence[int] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Result:
    """Validate tables, those of raw codings with them; `source` names copies of the articles.

    `progress` is told what takes long.

    Raises `UsageError` where there is no such level or article, or where the tables are those of
    a version with another schema than the one in use.
    """
    wanted = tuple(LEVELS) if levels is None else tuple(sorted(set(levels)))
    if not wanted or not set(wanted) <= set(LEVELS):
        known = ", ".join(f"{number} ({name})" for number, name in LEVELS.items())
        raise UsageError(f"there is no such level; the levels are {known}")
    findings = find_problems(tables, source, wanted, progress or (lambda text: None))
    problems, waiting = findings.problems, findings.waiting
    project = None
    if 4 in wanted and tables.folder is not None and tables.given is None:
        project = project_of(tables.folder)
    if project is not None:
        dirty = {problem.file for problem in problems if problem.level < 3}
        if dirty:
            waiting["the last release"] = dirty
        problems = [*problems, *release_problems(project, tables, compare=not dirty)]
    can = {4: project is not None, 5: bool(findings.checked)}
    return Result(
        in_order([problem for problem in problems if problem.level in wanted]),
        tuple(level for level in wanted if can.get(level, True)),
        findings.rows,
        tuple(findings.checked),
        tuple(id_ for id_ in findings.sources if id_ not in findings.checked),
        waiting,
    )
