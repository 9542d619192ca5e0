"""Level 2: Pydantic checks every row as text, Pandera the typed frame that they make."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..errors import nearest
from ..schema.cells import LIST_SEPARATOR
from ..schema.rows import CellError, Column, Row, columns
from .entries import Entry, Rows
from .files import TextTable
from .problems import Problem


def check_cells(table: TextTable) -> tuple[Rows[Row], list[Problem]]:
    """The table's typed rows, and every problem of level 2."""
    model = table.model
    rows: Rows[Row] = Rows(model, lost=table.lost, readable=table.readable)
    problems: list[Problem] = []
    unreadable: set[tuple[int, str]] = set()
    by_name = {column.name: column for column in columns(model)}
    for line in table.lines:
        row, errors = model.read(line.cells)
        rows.entries.append(Entry(line.number, row, line.text, line.cells))
        unreadable |= {(line.number, name) for name in by_name if name not in row.__dict__}
        key = model.about.key[0]
        if key in line.cells and key not in row.__dict__:
            rows.lost.append(line.cells[key])  # Misspelt: what points to it is not to blame.
        for error in errors:
            found = line.cells[error.column]
            problems.append(
                Problem(
                    2,
                    error.rule,
                    f"{model.about.name}.csv",
                    line.number,
                    error.column,
                    found,
                    error.expected,
                    hint(error, by_name[error.column], found),
                )
            )
    # Pydantic has said already what Pandera finds again in single rows.
    said = {(problem.line, problem.column, problem.rule) for problem in problems}
    problems += [
        problem
        for problem in _table_problems(rows, unreadable)
        if (problem.line, problem.column, problem.rule) not in said
    ]
    return rows, problems


def _table_problems(rows: Rows[Row], unreadable: set[tuple[int, str]]) -> Iterator[Problem]:
    if not rows.entries:
        return
    from .frames import failures, frame_of  # Pandera and pandas, imported as late as can be.

    for failure in failures(frame_of(rows), rows.model):
        if any((failure.row, name) in unreadable for name in failure.columns):
            continue
        yield Problem(
            2,
            failure.rule,
            f"{rows.model.about.name}.csv",
            failure.row,
            failure.columns[0],
            failure.found,
            failure.expected,
        )


def hint(error: CellError, column: Column, found: str) -> str:
    """What may help with one cell: the nearest code, the odd letter, the plain number."""
    if error.rule == "null-word":
        return "leave the cell empty" if not column.required else "fill in the value"
    odd = [character for character in found if not character.isascii()]
    if odd and error.rule in {"id", "number", "country", "code", "date", "digest", "wikidata"}:
        names = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '?')}" for c in dict.fromkeys(odd))
        return f"not plain ASCII: {names}"
    if error.rule in {"code", "code-list"} and column.codes is not None and found:
        wrong = [part for part in found.split(LIST_SEPARATOR) if part not in set(column.codes)]
        return nearest(wrong[0], column.codes) if wrong else "sort the codes and drop repeats"
    number = re.fullmatch(r"\+?0*([0-9]{1,9}?)(\.0+)?", found)
    if error.rule == "number" and number and number[1] != found:
        return f"write {number[1]}"
    if error.rule == "country" and found.upper() != found:
        return f"write {found.upper()}" if len(found) == 3 else "three capitals are wanted"
    if error.rule == "too-long":
        return f"it has {len(found)} characters"
    if error.rule == "too-many-words":
        return f"it has {len(found.split())} words"
    return ""
