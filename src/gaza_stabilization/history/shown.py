"""How a comparison is shown: as text for a terminal or a pipe, as JSON, as CSV."""

from __future__ import annotations

import csv
import difflib
import io
import json
from collections.abc import Iterator

from ..text import visible
from .changes import RETIRED, Changes, Record, Reworded, TableChanges, row_id
from .labels import WIDTH, Labels

_BOLD, _GREEN, _RED, _YELLOW = "1", "32", "31", "33"
_COLOUR = {"+": _GREEN, "-": _RED, "~": _YELLOW}


def as_json(changes: Changes) -> str:
    """One object: the two sides, the step that the version needs, and the changes by table.

    `rows_added` and `rows_removed` have whole rows, `rows_changed` the old and new text by column.
    """
    shown = {
        "old": changes.old.name,
        "new": changes.new.name,
        "required_bump": changes.bump.name if changes.bump else None,
        "tables": {table: _table_json(one) for table, one in changes.tables.items()},
        "retired": changes.retired,
    }
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def _table_json(one: TableChanges) -> dict[str, object]:
    changed: dict[str, dict[str, tuple[str, str]]] = {
        row_id(key): dict(pairs) for key, pairs in one.changed.items()
    }
    for name, column in one.filled.items():
        for key, cell in column.items():
            changed.setdefault(row_id(key), {})[name] = ("", cell)
    return {
        "table": "added" if one.old is None else "removed" if one.new is None else "kept",
        "columns_added": one.columns_added,
        "columns_removed": one.columns_removed,
        "codes_added": [{"column": name, "code": code} for name, code in one.codes_added],
        "codes_removed": [{"column": name, "code": code} for name, code in one.codes_removed],
        "definitions_changed": [
            {"name": word.name, "aspect": word.aspect, "old": word.old, "new": word.new}
            for word in one.reworded
        ],
        "rows_added": list(one.added.values()),
        "rows_removed": list(one.removed.values()),
        "rows_changed": [
            {"id": id_, "cells": {name: {"old": a, "new": b} for name, (a, b) in pairs.items()}}
            for id_, pairs in changed.items()
        ],
    }


def as_csv(changes: Changes) -> str:
    """One line a difference: table, change, id, column, old, new."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(Record._fields)
    for one in changes.tables.values():
        writer.writerows(one.records())
    return buffer.getvalue()


def as_text(changes: Changes, colour: bool = False) -> str:
    """A section a table; + came, - went, ~ changed, with names beside the ids."""

    def paint(text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if colour else text

    lines = [paint(headline(changes), _BOLD)]
    for one in changes.tables.values():
        lines += ["", paint(f"{one.table}: {summary(one)}", _BOLD)]
        for line in map(visible, _lines(one, Labels(changes))):
            mark = line.lstrip()[:1]
            lines.append(paint(line, _COLOUR[mark]) if mark in _COLOUR else line)
    return "\n".join(lines) + "\n"


def headline(changes: Changes) -> str:
    """Which two are compared, and what the version has to say."""
    sides = f"{changes.old.name} -> {changes.new.name}"
    if changes.bump is None:
        return f"{sides}: no differences"
    return f"{sides}: a {changes.bump.name} change"


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
        (len(one.reworded), "definition", "changed"),
    ]
    parts = [f"{n} {noun}{'s' * (n != 1)} {what}" for n, noun, what in counts if n]
    if one.old is None or one.new is None:
        parts.insert(0, "new table" if one.old is None else "the table is gone")
    return ", ".join(parts)


def replacement(changes: Changes, id_: str) -> str:
    """What the list of retired ids says of a row that went; empty where it says nothing."""
    state = changes.new.tables.get(RETIRED)
    row = state.rows.get((id_,)) if state else None
    if row is None:
        return ""
    instead = row["replaced_by"].replace("|", ", ") or "nothing"
    return f"retired in {row['retired_in']}: {row['reason']} In its place: {instead}"


def _lines(one: TableChanges, labels: Labels) -> Iterator[str]:
    assert one.new or one.old
    for name in one.columns_added:
        assert one.new is not None
        filled = len(one.filled.get(name, {}))
        text = one.new.fields[name].description
        yield f"  + column {name}: {text} Filled in {filled} of the rows that were there before."
    for name in one.columns_removed:
        yield f"  - column {name}"
    for name, code in one.codes_added:
        assert one.new is not None
        yield f"  + code {name}={code}: {one.new.fields[name].codes[code].definition}"
    for name, code in one.codes_removed:
        yield f"  - code {name}={code}"
    for word in one.reworded:
        yield f"  ~ {word.aspect} of {word.name}"
        yield from (f"      {line}" for line in wording(word))
    for key, cells in one.removed.items():
        yield _row("-", row_id(key), labels.row(one.table, cells))
        if instead := replacement(labels.changes, row_id(key)):
            yield f"      {instead}"
    for key, cells in one.added.items():
        yield _row("+", row_id(key), labels.row(one.table, cells))
    for key, pairs in one.changed.items():
        yield _row("~", row_id(key), labels.kept_row(one.table, key))
        width = max(map(len, pairs))
        for name, (old, new) in pairs.items():
            was, now = (labels.cell(one.table, name, cell) for cell in (old, new))
            if len(was) + len(now) <= WIDTH:
                yield f"      {name:<{width}}  {was} -> {now}"
            else:
                yield from (f"      {name}", f"        - {was}", f"        + {now}")


def _row(mark: str, id_: str, label: str) -> str:
    return f"  {mark} {id_}  {label}".rstrip()


def wording(word: Reworded) -> list[str]:
    """The lines of a definition that went and came."""
    lines = difflib.unified_diff(word.old.splitlines(), word.new.splitlines(), n=0, lineterm="")
    return [f"{line[0]} {line[1:]}" for line in list(lines)[2:] if not line.startswith("@@")]
