"""How a rule across tables is written, and how it is asked of every row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import nearest
from ..reading.problems import Problem
from ..schema.rows import Row, UnusableError
from ..schema.tables import references
from .corpus import Corpus


@dataclass(frozen=True)
class Finding:
    """That a row breaks a rule: what was expected of the column, and what may help."""

    expected: str
    hint: str = ""


@dataclass(frozen=True)
class LinkRule:
    """A rule across tables, asked of every row of one table; a problem is at one column."""

    level: int
    name: str
    table: str
    column: str
    sentence: str
    test: Callable[[Any, Corpus], Finding | None]


def rule(
    table: str, column: str, level: int = 3
) -> Callable[[Callable[[Any, Corpus], Finding | None]], LinkRule]:
    """Make a rule of a function; its name is the function's, its sentence the docstring.

    The function gets a row and the corpus, and returns what was expected where the row breaks the
    rule. It need not look whether a cell or a link is usable: where it is not, the rule is passed
    over, because that has a problem of its own.
    """

    def make(test: Callable[[Any, Corpus], Finding | None]) -> LinkRule:
        name = test.__name__.replace("_", "-")
        return LinkRule(level, name, table, column, str(test.__doc__), test)

    return make


def rule_problems(corpus: Corpus, rules: Sequence[LinkRule]) -> Iterator[Problem]:
    """Every problem that the rules find."""
    for one in rules:
        for entry in corpus.tables[one.table].entries:
            finding = _ask(one, entry.row, corpus)
            if finding is not None:
                yield Problem(
                    one.level,
                    one.name,
                    f"{one.table}.csv",
                    entry.line,
                    one.column,
                    entry.cells.get(one.column),
                    finding.expected,
                    finding.hint,
                )


def _ask(one: LinkRule, row: Row, corpus: Corpus) -> Finding | None:
    try:
        return one.test(row, corpus)
    except UnusableError:
        return None


def foreign_key_problems(corpus: Corpus) -> Iterator[Problem]:
    """Every cell that points to a row that is not there, by the references in the schema."""
    for name, rows in corpus.tables.items():
        for column, target, key in references(name):
            for entry in rows.entries:
                value = entry.row.__dict__.get(column.name)
                if value is not None and corpus.tables[target].lacks(value):
                    yield Problem(
                        3,
                        "foreign-key",
                        f"{name}.csv",
                        entry.line,
                        column.name,
                        str(value),
                        f"an id that stands in {target}.csv, column {key}",
                        nearest(str(value), corpus.tables[target].good_ids),
                    )
