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
    for one in changes.tables.values():
        yield from _definition_records(one)
        yield from _row_records(one, Labels(changes))


def _definition_records(one: TableChanges) -> Iterator[Record]:
    if one.old is None or one.new is None:
        change = "table added" if one.new else "table removed"
        yield Record(one.table, change, "", "", "", "", "")
    for name, field in one.columns_added.items():
        yield Record(one.table, "column added", "", "", name, "", field.description)
    for name, field in one.columns_removed.items():
        yield Record(one.table, "column removed", "", "", name, field.description, "")
    for name, code in one.codes_added:
        yield Record(one.table, "code added", "", "", name, "", code)
    for name, code in one.codes_removed:
        yield Record(one.table, "code removed", "", "", name, code, "")
    for word in one.definitions:
        column = word.name.partition(".")[2]
        yield Record(one.table, f"{word.aspect} changed", "", "", column, word.old, word.new)


def _row_records(one: TableChanges, labels: Labels) -> Iterator[Record]:
    for change, rows in (("row removed", one.removed), ("row added", one.added)):
        for key, cells in rows.items():
            label = labels.row(one.table, cells)
            for name, cell in cells.items():
                if cell:
                    pair = (cell, "") if change == "row removed" else ("", cell)
                    yield Record(one.table, change, row_id(key), label, name, *pair)
    for key, pairs in one.cells.items():
        label = labels.kept_row(one.table, key)
        for name, (old, new) in pairs.items():
            yield Record(one.table, "cell changed", row_id(key), label, name, old, new)


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
        "tables": {table: _table_json(one, labels) for table, one in changes.tables.items()},
        "retired": changes.retired,
    }
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def _table_json(one: TableChanges, labels: Labels) -> dict[str, object]:
    def rows(of: dict[Key, Cells]) -> list[dict[str, object]]:
        return [
            {"id": row_id(key), "label": labels.row(one.table, cells), "cells": cells}
            for key, cells in of.items()
        ]

    return {
        "table": "added" if one.old is None else "removed" if one.new is None else "kept",
        "columns_added": list(one.columns_added),
        "columns_removed": list(one.columns_removed),
        "codes_added": [{"column": name, "code": code} for name, code in one.codes_added],
        "codes_removed": [{"column": name, "code": code} for name, code in one.codes_removed],
        "definitions_changed": [
            {"name": word.name, "aspect": word.aspect, "old": word.old, "new": word.new}
            for word in one.definitions
        ],
        "rows_added": rows(one.added),
        "rows_removed": rows(one.removed),
        "rows_changed": [
            {
                "id": row_id(key),
                "label": labels.kept_row(one.table, key),
                "cells": {name: {"old": a, "new": b} for name, (a, b) in pairs.items()},
            }
            for key, pairs in one.cells.items()
        ],
    }


def as_text(changes: Changes, colour: bool = False, width: int | None = None) -> str:
    """A section a table; + came, - went, ~ changed, with names beside the ids."""

    def paint(text: str, code: str | None) -> str:
        return f"\033[{code}m{text}\033[0m" if colour and code else text

    lines = [paint(headline(changes), _BOLD)]
    for one in changes.tables.values():
        lines += ["", paint(f"{one.table}: {summary(one)}", _BOLD)]
        for line in map(visible, _lines(one, Labels(changes))):
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


def summary(one: TableChanges) -> str:
    """The differences of a table in one line."""
    counts = [
        (len(one.added), "row", "added"),
        (len(one.removed), "row", "removed"),
        (len(one.changed), "row", "changed"),
        (len(one.columns_added), "column", "added"),
        (len(one.columns_removed), "column", "removed"),
        (len(one.codes_added), "code", "added"),
        (len(one.codes_removed), "code", "removed"),
        (len(one.definitions), "definition", "changed"),
    ]
    parts = [f"{n} {noun}{'s' * (n != 1)} {what}" for n, noun, what in counts if n]
    if one.old is None or one.new is None:
        parts.insert(0, "new table" if one.old is None else "the table is gone")
    return ", ".join(parts)


def rows_to_list(one: TableChanges, changes: Changes) -> dict[Key, Cells]:
    """The rows that came, without those that are told beside the row that they retired."""
    if one.table != RETIRED:
        return one.added
    return {key: cells for key, cells in one.added.items() if key not in changes.went}


def filled_line(one: TableChanges, name: str) -> str:
    """In how many of the rows that were there before a new column is filled."""
    count = len(one.filled.get(name, {}))
    return f"filled in {count} of the rows that were there before"


def _lines(one: TableChanges, labels: Labels) -> Iterator[str]:
    for name, field in one.columns_added.items():
        yield f"  + column {name}: {field.description} ({filled_line(one, name)})"
    for name in one.columns_removed:
        yield f"  - column {name}"
    for name, code in one.codes_added:
        assert one.new is not None
        yield f"  + code {name}={code}: {one.new.fields[name].codes[code].definition}"
    for name, code in one.codes_removed:
        yield f"  - code {name}={code}"
    for word in one.definitions:
        yield f"  ~ {word.aspect} of {word.name}"
        yield from (f"      {line}" for line in wording(word))
    for key, cells in one.removed.items():
        yield _row("-", key, labels.row(one.table, cells))
        if said := labels.retirement(row_id(key)):
            yield f"      {said}"
    for key, cells in rows_to_list(one, labels.changes).items():
        yield _row("+", key, labels.row(one.table, cells))
    for key, pairs in one.changed.items():
        yield _row("~", key, labels.kept_row(one.table, key))
        width = max(map(len, pairs))
        for name, (old, new) in pairs.items():
            was, now = (labels.cell(one.table, name, cell) for cell in (old, new))
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
