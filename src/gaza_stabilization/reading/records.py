"""Level 2: the typed rows of a table, and every cell, row and key of it that does not hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ..errors import nearest
from ..schema.cells import LIST_SEPARATOR
from ..schema.order import ORDER, SORTED, place_of
from ..schema.rows import CellError, Column, Row, columns
from .problems import Problem
from .text_tables import TextTable

Key = tuple[str, ...]


@dataclass
class Records:
    """The rows of a table with the numbers of their lines, and its problems of levels 1 and 2.

    A row that cannot be read has its problems and is left out. `blocking` are the problems that
    leave a doubt of what the table says.
    """

    model: type[Row]
    rows: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    blocking: list[Problem] = field(default_factory=list)
    unreadable: set[tuple[int, str]] = field(default_factory=set)  # Line and column of cells.

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong at levels 1 and 2."""
        return not self.problems

    @cached_property
    def by_key(self) -> dict[str, Row]:
        """The rows by the key of the table, where it is one column."""
        (key,) = self.model.about.key
        return {getattr(row, key): row for row in self.rows}


def read_records(text: TextTable, model: type[Row]) -> Records:
    """The typed rows of a table as text, with every problem of levels 1 and 2."""
    records = read_rows(text, model)
    for problem in key_problems(text, model, records.unreadable):
        records.problems.append(problem)
        if problem.rule != ORDER:  # Rows in another order say the same.
            records.blocking.append(problem)
    return records


def read_rows(text: TextTable, model: type[Row]) -> Records:
    """The typed rows of a table as text, with all problems but those between the rows."""
    records = Records(model, problems=list(text.problems), blocking=list(text.blocking))
    of_columns = {column.name: column for column in columns(model)}
    whole = text.header == list(of_columns)
    unreadable = records.unreadable
    for line in text.lines:
        cells = line.cells
        if not whole:  # A column too many or too few is one problem of the header.
            cells = {name: cell for name, cell in cells.items() if name in of_columns}
        row, errors = model.read(cells)
        if not errors and len(cells) == len(of_columns):
            records.rows.append(row)
            records.lines.append(line.number)
        for error in errors:
            if error.column not in row.__dict__:
                unreadable.add((line.number, error.column))
            cell = cells[error.column]
            tip = hint(error, of_columns[error.column], cell)
            problem = Problem(
                2, error.rule, text.file, line.number, error.column, cell, error.expected, tip
            )
            records.problems.append(problem)
            records.blocking.append(problem)
    return records


def key_problems(
    text: TextTable, model: type[Row], unreadable: Set[tuple[int, str]]
) -> Iterator[Problem]:
    """What is wrong between the rows of a table: keys and claims that stand twice, and the order.

    Cells that cannot be read prove nothing here, since they have problems of their own.
    """

    def problem(rule: str, number: int, names: Sequence[str], cells: Key, expected: str) -> Problem:
        return Problem(2, rule, text.file, number, names[0], ", ".join(cells), expected)

    for rule, names, expected in model.about.distinct:
        seen: set[Key] = set()
        for number, cells in readable(text, names, unreadable):
            if cells in seen:
                yield problem(rule, number, names, cells, expected)
            seen.add(cells)
    before: tuple[Any, ...] = ()
    key = model.about.key
    for number, cells in readable(text, key, unreadable):
        place = place_of(cells)
        if place < before:
            yield problem(ORDER, number, key, cells, SORTED)
        before = place


def readable(
    text: TextTable, names: Sequence[str], unreadable: Set[tuple[int, str]]
) -> Iterator[tuple[int, Key]]:
    """Number and cells of each line in some columns, where all of them can be read."""
    for line in text.lines:
        cells = tuple(line.cells[name] for name in names if name in line.cells)
        if len(cells) == len(names) and not (
            unreadable and any((line.number, name) in unreadable for name in names)
        ):
            yield line.number, cells


def hint(error: CellError, column: Column, cell: str) -> str:
    """What may help with one cell: the nearest code, the odd letter, the plain number."""
    if error.rule == "null-word":
        return "leave the cell empty" if not column.required else "fill in the value"
    odd = [character for character in cell if not character.isascii()]
    if odd and error.rule in {"id", "number", "country", "code", "date", "digest", "wikidata"}:
        names = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '?')}" for c in dict.fromkeys(odd))
        return f"not plain ASCII: {names}"
    if error.rule in {"code", "code-list"} and column.codes is not None and cell:
        wrong = [part for part in cell.split(LIST_SEPARATOR) if part not in set(column.codes)]
        return nearest(wrong[0], column.codes) if wrong else "sort the codes and drop repeats"
    number = re.fullmatch(r"\+?0*([0-9]{1,9}?)(\.0+)?", cell)
    if error.rule == "number" and number and number[1] != cell:
        return f"write {number[1]}"
    if error.rule == "boolean" and cell.lower() in ("true", "false"):
        return f"write {cell.lower()}"
    if error.rule == "country" and cell.upper() != cell:
        return f"write {cell.upper()}" if len(cell) == 3 else "three capitals are wanted"
    if error.rule == "too-long":
        return f"it has {len(cell)} characters"
    if error.rule == "too-many-words":
        return f"it has {len(cell.split())} words"
    return ""
