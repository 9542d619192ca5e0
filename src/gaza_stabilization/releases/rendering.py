"""How a comparison is shown: as text for a terminal or a pipe, as JSON, as lines of a table."""

from __future__ import annotations

import csv
import difflib
import io
import json
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from ..text import visible
from .changes import RETIRED, Changes, DefinitionChange, TableChanges, row_id
from .labels import Labels
from .snapshot import Cells, Key

_BOLD, _GREEN, _RED, _YELLOW = "1", "32", "31", "33"
_COLOUR = {"+": _GREEN, "-": _RED, "~": _YELLOW}
SHORT = 100  # Old and new stand in one line up to so many characters.


class Record(NamedTuple):
    """One difference as a line of a table, all text; `id` is the row's, `label` says it in words.

    Of a row that came or went each filled cell is a line.
    """

    table: str
    change: str
    id: str
    label: str
    column: str
    old: str
    new: str


def records(changes: Changes) -> Iterator[Record]:
    """Every difference, one a line."""
    for change in changes.tables.values():
        yield from _definition_records(change)
        yield from _row_records(change, Labels(changes))


def _definition_records(of: TableChanges) -> Iterator[Record]:
    if of.old is None or of.new is None:
        change = "table added" if of.new else "table removed"
        yield Record(of.table, change, "", "", "", "", "")
    for name, field in of.columns_added.items():
        yield Record(of.table, "column added", "", "", name, "", field.description)
    for name, field in of.columns_removed.items():
        yield Record(of.table, "column removed", "", "", name, field.description, "")
    for name, code in of.codes_added:
        yield Record(of.table, "code added", "", "", name, "", code)
    for name, code in of.codes_removed:
        yield Record(of.table, "code removed", "", "", name, code, "")
    for word in of.definitions:
        column = word.name.partition(".")[2]
        yield Record(of.table, f"{word.aspect} changed", "", "", column, word.old, word.new)


def _row_records(of: TableChanges, labels: Labels) -> Iterator[Record]:
    for change, rows in (("row removed", of.removed), ("row added", of.added)):
        for key, cells in rows.items():
            label = labels.row(of.table, cells)
            for name, cell in cells.items():
                if cell:
                    pair = (cell, "") if change == "row removed" else ("", cell)
                    yield Record(of.table, change, row_id(key), label, name, *pair)
    for key, pairs in of.cells.items():
        label = labels.kept_row(of.table, key)
        for name, (old, new) in pairs.items():
            yield Record(of.table, "cell changed", row_id(key), label, name, old, new)


def as_csv(changes: Changes) -> str:
    """One line a difference: table, change, id, label, column, old, new."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(Record._fields)
    writer.writerows(records(changes))
    return buffer.getvalue()


def as_json(changes: Changes) -> str:
    """One object: the two sides, the step that the version needs, and the changes by table.

    `rows_added` and `rows_removed` have whole rows, `rows_changed` the old and new text by column.
    """
    labels = Labels(changes)
    shown = {
        "old": changes.old.name,
        "new": changes.new.name,
        "required_bump": changes.required_bump,
        "tables": {table: _table_json(of, labels) for table, of in changes.tables.items()},
        "retired": changes.retired,
    }
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def _table_json(change: TableChanges, labels: Labels) -> dict[str, object]:
    def rows(of: dict[Key, Cells]) -> list[dict[str, object]]:
        return [
            {"id": row_id(key), "label": labels.row(change.table, cells), "cells": cells}
            for key, cells in of.items()
        ]

    return {
        "table": "added" if change.old is None else "removed" if change.new is None else "kept",
        "columns_added": list(change.columns_added),
        "columns_removed": list(change.columns_removed),
        "codes_added": [{"column": name, "code": code} for name, code in change.codes_added],
        "codes_removed": [{"column": name, "code": code} for name, code in change.codes_removed],
        "definitions_changed": [
            {"name": word.name, "aspect": word.aspect, "old": word.old, "new": word.new}
            for word in change.definitions
        ],
        "rows_added": rows(change.added),
        "rows_removed": rows(change.removed),
        "rows_changed": [
            {
                "id": row_id(key),
                "label": labels.kept_row(change.table, key),
                "cells": {name: {"old": a, "new": b} for name, (a, b) in pairs.items()},
            }
            for key, pairs in change.cells.items()
        ],
    }


def as_text(changes: Changes, colour: bool = False, width: int | None = None) -> str:
    """A section a table; + came, - went, ~ changed, with names beside the ids."""

    def paint(text: str, code: str | None) -> str:
        return f"\033[{code}m{text}\033[0m" if colour and code else text

    lines = [paint(headline(changes), _BOLD)]
    for change in changes.tables.values():
        lines += ["", paint(f"{change.table}: {summary(change)}", _BOLD)]
        for line in map(visible, _lines(change, Labels(changes))):
            mark = _COLOUR.get(line.lstrip()[:1])
            lines += [paint(part, mark) for part in _wrapped(line, width)]
    return "\n".join(lines) + "\n"


def _wrapped(line: str, width: int | None) -> list[str]:
    if width is None or len(line) <= width:
        return [line]
    hanging = " " * (len(line) - len(line.lstrip()) + 4)
    return textwrap.wrap(
        line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )


def headline(changes: Changes) -> str:
    """Which two are compared, and what the version has to say."""
    sides = f"{changes.old.name} -> {changes.new.name}"
    if changes.required_bump is None:
        return f"{sides}: no differences"
    return f"{sides}: a {changes.required_bump} change"


def summary(change: TableChanges) -> str:
    """The differences of a table in one line."""
    counts = [
        (len(change.added), "row", "added"),
        (len(change.removed), "row", "removed"),
        (len(change.changed), "row", "changed"),
        (len(change.columns_added), "column", "added"),
        (len(change.columns_removed), "column", "removed"),
        (len(change.codes_added), "code", "added"),
        (len(change.codes_removed), "code", "removed"),
        (len(change.definitions), "definition", "changed"),
    ]
    parts = [f"{n} {noun}{'s' * (n != 1)} {what}" for n, noun, what in counts if n]
    if change.old is None or change.new is None:
        parts.insert(0, "new table" if change.old is None else "the table is gone")
    return ", ".join(parts)


def rows_to_list(change: TableChanges, changes: Changes) -> dict[Key, Cells]:
    """The rows that came, without those that are told beside the row that they retired."""
    if change.table != RETIRED:
        return change.added
    return {key: cells for key, cells in change.added.items() if key not in changes.went}


def filled_line(change: TableChanges, name: str) -> str:
    """In how many of the rows that were there before a new column is filled."""
    count = len(change.filled.get(name, {}))
    return f"filled in {count} of the rows that were there before"


def _lines(change: TableChanges, labels: Labels) -> Iterator[str]:
    for name, field in change.columns_added.items():
        yield f"  + column {name}: {field.description} ({filled_line(change, name)})"
    for name in change.columns_removed:
        yield f"  - column {name}"
    for name, code in change.codes_added:
        assert change.new is not None
        yield f"  + code {name}={code}: {change.new.fields[name].codes[code].definition}"
    for name, code in change.codes_removed:
        yield f"  - code {name}={code}"
    for word in change.definitions:
        yield f"  ~ {word.aspect} of {word.name}"
        yield from (f"      {line}" for line in wording(word))
    for key, cells in change.removed.items():
        yield _row("-", key, labels.row(change.table, cells))
        if said := labels.retirement(row_id(key)):
            yield f"      {said}"
    for key, cells in rows_to_list(change, labels.changes).items():
        yield _row("+", key, labels.row(change.table, cells))
    for key, pairs in change.changed.items():
        yield _row("~", key, labels.kept_row(change.table, key))
        width = max(map(len, pairs))
        for name, (old, new) in pairs.items():
            was, now = (labels.cell(change.table, name, cell) for cell in (old, new))
            if len(was) + len(now) <= SHORT:
                yield f"      {name:<{width}}  {was} -> {now}"
            else:
                yield from (f"      {name}", f"        - {was}", f"        + {now}")


def _row(mark: str, key: Key, label: str) -> str:
    return f"  {mark} {row_id(key)}  {label}".rstrip()


def wording(word: DefinitionChange) -> list[str]:
    """The lines of a definition that went and came."""
    lines = difflib.unified_diff(word.old.splitlines(), word.new.splitlines(), n=0, lineterm="")
    return [f"{line[0]} {line[1:]}" for line in list(lines)[2:] if not line.startswith("@@")]
