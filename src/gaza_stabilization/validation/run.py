"""Validation of a data folder, level by level, with every problem collected."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from ..checks.release_rules import release_problems
from ..errors import UsageError
from ..paths import DATA
from ..reading.entries import Rows
from ..reading.files import file_problems, read_table
from ..reading.problems import LEVELS, Problem, in_order
from ..reading.records import check_cells
from ..releases.project import project_of
from ..schema.rows import Row
from ..schema.tables import MODELS
from .across import foreign_key_problems, rule_problems
from .codings import coding_problems
from .corpus import Corpus
from .id_rules import shared_id_problems
from .rules import RULES
from .source_rules import articles, read_articles


@dataclass(frozen=True)
class Result:
    """What a validation found: the problems, in order, in what, and at which levels it looked."""

    problems: list[Problem]
    levels: tuple[int, ...]
    corpus: Corpus

    @property
    def rows(self) -> int:
        """The number of rows, those of the raw codings left out."""
        return sum(len(rows.entries) for rows in self.corpus.tables.values())


def validate(
    data: str | Path | None = None,
    source: Sequence[str | PathLike[str]] | str | PathLike[str] = (),
    levels: Sequence[int] | None = None,
) -> list[Problem]:
    """Every problem in a data folder, sorted by file and line; none where it is clean.

    `data` is a folder with one CSV a table, by default the package's own. `source` names copies
    of the coded articles, each a path or `ID=path`; with them every digest is checked, without
    them that level is left out. So is level 4 where `data` is not the data folder of a checkout or
    of an installed package. `levels` are those to look at: 1 file, 2 cells and tables, 3 links, 4
    release, 5 source; by default all. A :class:`Problem` has level, rule, file, line, column,
    found, expected and hint; `file` is relative to `data`. A damaged file is a problem like any
    other.

    Raises `UsageError` where there is no such folder, article or level.

    >>> validate()
    []
    """
    given = [source] if isinstance(source, (str, PathLike)) else list(source)
    return run(DATA if data is None else Path(data), list(map(str, given)), levels).problems


def run(folder: Path, source: Sequence[str] = (), levels: Sequence[int] | None = None) -> Result:
    """As :func:`validate`, with what was looked at as well."""
    wanted = tuple(LEVELS) if levels is None else tuple(sorted(set(levels)))
    if not wanted or not set(wanted) <= set(LEVELS):
        known = ", ".join(f"{number} ({name})" for number, name in LEVELS.items())
        raise UsageError(f"there is no such level; the levels are {known}")
    if not os.path.isdir(folder):  # Unlike the methods of Path, it never raises.
        what = "is a file" if os.path.exists(folder) else "does not exist"
        raise UsageError(f"the data folder {folder} {what}; give a folder with one CSV a table")
    texts = read_articles(source)
    try:
        problems = list(file_problems(folder))
    except OSError as error:
        raise UsageError(f"cannot read the data folder {folder}: {error.strerror}") from None
    corpus, found = _read(folder)
    problems += found
    sound = all(problem.file != "sources.csv" for problem in problems)
    corpus.articles = articles(texts, corpus, sound) if 5 in wanted else {}
    problems += _across(corpus, wanted)
    problems += coding_problems(folder, corpus, wanted)
    project = project_of(folder) if 4 in wanted else None
    if project is not None:
        problems += release_problems(project, corpus)
    can = {4: project is not None, 5: bool(corpus.articles)}
    looked_at = tuple(level for level in wanted if can.get(level, True))
    return Result(
        in_order([problem for problem in problems if problem.level in wanted]),
        looked_at,
        corpus,
    )


def _read(folder: Path) -> tuple[Corpus, list[Problem]]:
    tables: dict[str, Rows[Row]] = {}
    problems: list[Problem] = []
    for name in MODELS:
        tables[name], found = _table(folder, name)
        problems += found
    return Corpus(tables), problems


def _table(folder: Path, name: str) -> tuple[Rows[Row], list[Problem]]:
    text, problems = read_table(folder, name)
    rows, found = check_cells(text)
    return rows, problems + found


def _across(corpus: Corpus, levels: Sequence[int]) -> Iterator[Problem]:
    if 3 in levels:
        yield from foreign_key_problems(corpus)
        yield from shared_id_problems(corpus)
    yield from rule_problems(corpus, [rule for rule in RULES if rule.level in levels])
