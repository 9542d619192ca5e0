"""How a rule across tables is written, and how it is asked of every row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from ..reading.problems import Problem, missing_key
from ..reading.records import Records
from ..schema.cells import LIST_SEPARATOR
from ..schema.models import key_column, references
from ..schema.rows import Row
from .corpus import Corpus, NowhereError


@dataclass(frozen=True)
class Finding:
    """That a row breaks a rule: what was expected of the column, and what may help."""

    expected: str
    hint: str = ""


Test = Callable[[Any, Corpus], Finding | None]
Suspect = Callable[[Any], Any]


def every_row(of: Any) -> None:
    """Of a table that is small beside the others, every row is asked; what it names comes along."""


@dataclass(frozen=True)
class LinkRule:
    """A rule across tables, asked of every row of one table; a problem is at one column.

    `reads` are the tables that it looks at; it waits until all of them are clean. `suspect` says of
    many rows at once where they may break it: too often, perhaps, but never too seldom. `each` is
    false where several rows break it together, of which only one is named.
    """

    level: int
    name: str
    table: str
    column: str
    sentence: str
    reads: frozenset[str]
    suspect: Suspect | None
    each: bool
    test: Test


def rule(
    table: str,
    column: str,
    *,
    reads: tuple[str, ...] = (),
    level: int = 3,
    suspect: Suspect | None = None,
    each: bool = True,
) -> Callable[[Test], LinkRule]:
    """Make a rule of a function; its name is the function's, its sentence the docstring.

    The function gets a row and the corpus, and returns what was expected where the row breaks the
    rule. It need not look whether a link leads somewhere: where it does not, the rule keeps silent,
    because that has a problem of its own. `suspect` gets the rows as a namespace of columns, in
    which a path such as `passage_id.start` follows links; without it, large data, too, are asked
    row by row.
    """

    def make(test: Test) -> LinkRule:
        name = test.__name__.replace("_", "-")
        tables = frozenset((table, *reads))
        return LinkRule(level, name, table, column, str(test.__doc__), tables, suspect, each, test)

    return make


def rule_problems(
    corpus: Corpus, rule: LinkRule, lines: Collection[int] | None = None
) -> Iterator[Problem]:
    """Every problem that a rule finds in the rows of its table, or in those on some lines."""
    records = corpus.tables[rule.table]
    for row, line in zip(records.rows, records.lines, strict=True):
        if (lines is None or line in lines) and not corpus.dangles(row):
            problem = ask(rule, row, line, corpus)
            if problem is not None:
                yield problem


def ask(rule: LinkRule, row: Row, line: int, corpus: Corpus) -> Problem | None:
    """The problem that a rule has with a row, if any."""
    try:
        finding = rule.test(row, corpus)
    except NowhereError:
        return None
    if finding is None:
        return None
    cell = cell_of(row, rule.column)
    file = f"{rule.table}.csv"
    return Problem(
        rule.level, rule.name, file, line, rule.column, cell, finding.expected, finding.hint
    )


def cell_of(row: Row, column: str) -> str:
    """A typed cell as it stands in the file."""
    value = getattr(row, column)
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def foreign_key_problems(records: Records, targets: dict[str, Records]) -> Iterator[Problem]:
    """Every cell of a table that points to a row that is not there, of the tables in `targets`."""
    name = records.model.about.name
    for column, target, key in references(name):
        if target not in targets:
            continue
        known = targets[target].by_key
        for row, line in zip(records.rows, records.lines, strict=True):
            value = getattr(row, column.name)
            if value is not None and value not in known:
                yield missing_key(name, line, column.name, str(value), target, key, known)


def shared_id(table: str, line: int, id_: str, first: str) -> Problem:
    """The problem that an id stands in a table, though an earlier one has it."""
    expected = f"an id that no other table has; it stands in {first}"
    return Problem(3, "shared-id", f"{table}.csv", line, key_column(table), id_, expected)
