"""Validation of a data folder, level by level, with every problem collected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .._where import DATA
from ..errors import UsageError
from ..schema.rows import Row
from ..schema.tables import MODELS
from .across import link_problems, rule_problems
from .cells import check_cells
from .corpus import Corpus, Rows
from .files import file_problems, read_table
from .problems import Problem, in_order
from .source_rules import articles


@dataclass(frozen=True)
class Result:
    """What a validation found: the problems, in order, and the corpus as far as it was readable."""

    problems: list[Problem]
    corpus: Corpus


def validate(data: str | Path | None = None, source: Sequence[str] | str = ()) -> list[Problem]:
    """Every problem in a data folder, sorted by file and line; none where it is clean.

    `data` is a folder with one CSV a table, by default the package's own. `source` names copies
    of the coded articles, each a path or `ID=path`; with them every digest is checked, without
    them that level is left out. A :class:`Problem` has level (1 file, 2 cells and tables, 3 links,
    5 source), rule, file, line, column, found, expected and hint. A damaged file is a problem like
    any other.

    Raises `UsageError` where there is no such folder or article.

    >>> validate()
    []
    """
    given = [source] if isinstance(source, str) else list(source)
    return run(DATA if data is None else Path(data), given).problems


def run(folder: Path, source: Sequence[str] = ()) -> Result:
    """As :func:`validate`, with the rows as well."""
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        raise UsageError(f"the data folder {folder} {what}; give a folder with one CSV a table")
    problems = list(file_problems(folder))
    tables: dict[str, Rows[Row]] = {}
    for name in MODELS:
        text, found = read_table(folder, name)
        problems += found
        tables[name], found = check_cells(text)
        problems += found
    corpus = Corpus(tables)
    problems += link_problems(corpus)
    if source:
        corpus.articles = articles(source, corpus)
        problems += rule_problems(corpus, level=5)
    return Result(in_order(problems), corpus)
