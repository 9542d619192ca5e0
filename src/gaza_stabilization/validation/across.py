"""Rules across tables: how they are written and run, and foreign keys, read from the schema."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..errors import nearest
from ..schema.rows import Row, UnusableError
from ..schema.tables import references
from .corpus import Corpus
from .problems import Problem


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
    test: Callable[[Any, Corpus], Finding | None]


RULES: list[LinkRule] = []


def rule(
    table: str, column: str, level: int = 3
) -> Callable[..., Callable[[Any, Corpus], Finding | None]]:
    """Register a rule; its name is the function's, in kebab-case.

    The function gets a row and the corpus, and returns what was expected where the row breaks the
    rule. It need not look whether a cell or a link is usable: where it is not, the rule is passed
    over, because that has a problem of its own.
    """

    def register(
        test: Callable[[Any, Corpus], Finding | None],
    ) -> Callable[[Any, Corpus], Finding | None]:
        RULES.append(LinkRule(level, test.__name__.replace("_", "-"), table, column, test))
        return test

    return register


def link_problems(corpus: Corpus) -> Iterator[Problem]:
    """Every problem of level 3."""
    for name in corpus.tables:
        yield from _foreign_keys(name, corpus)
    yield from rule_problems(corpus, level=3)


def rule_problems(corpus: Corpus, level: int) -> Iterator[Problem]:
    """Every problem that the rules of a level find."""
    from . import actor_rules, place_rules, source_rules, speech_rules, tie_rules  # noqa: F401

    for one in RULES:
        if one.level != level:
            continue
        for entry in corpus.tables[one.table].entries:
            finding = _ask(one, entry.row, corpus)
            if finding is not None:
                yield Problem(
                    level,
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


def _foreign_keys(name: str, corpus: Corpus) -> Iterator[Problem]:
    for column, target, key in references(name):
        if not corpus.tables[target].readable:
            continue
        known = corpus.tables[target].ids
        for entry in corpus.tables[name].entries:
            value = entry.row.__dict__.get(column.name)
            if value is not None and value not in known:
                yield Problem(
                    3,
                    "foreign-key",
                    f"{name}.csv",
                    entry.line,
                    column.name,
                    str(value),
                    f"an id that stands in {target}.csv, column {key}",
                    nearest(str(value), known),
                )
