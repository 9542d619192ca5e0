"""How a comparison is shown: one walk over the changes; as text, as JSON, as lines of a table."""

from __future__ import annotations

import difflib
import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..reading.text_tables import join
from ..text import visible
from .changes import RETIRED, Changes, TableChanges, row_id
from .labels import Labels

_BOLD, _GREEN, _RED, _YELLOW = "1", "32", "31", "33"
_MARKS = {"added": "+", "removed": "-", "changed": "~"}
_COLOURS = {"+": _GREEN, "-": _RED, "~": _YELLOW}
SHORT = 100  # Old and new stand in one line up to so many characters.


class Change(NamedTuple):
    """Something that was added, removed or changed: a table, column, code, definition or row.

    Of a definition, `noun` is what of it is another now. `name` is a row's id, or what `describe`
    takes; `label` says it in words. `cells` are its old and new texts by column.
    """

    noun: str
    verb: str
    name: str
    label: str
    cells: Mapping[str, tuple[str, str]]


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


def walk(table: TableChanges, labels: Labels) -> Iterator[Change]:
    """Every change of a table: of itself, its columns, codes and definitions, and its rows."""
    if table.old is None or table.new is None:
        yield Change("table", "added" if table.new else "removed", table.table, "", {"": ("", "")})
    for name, field in table.columns_added.items():
        count = sum(name in pairs for pairs in table.cells.values())
        label = f"{field.description} (filled in {count} of the rows that were there before)"
        yield Change("column", "added", name, label, {name: ("", field.description)})
    for name, field in table.columns_removed.items():
        yield Change("column", "removed", name, "", {name: (field.description, "")})
    for name, code in table.codes_added:
        label = table.new.fields[name].codes[code].definition if table.new else ""
        yield Change("code", "added", f"{name}={code}", label, {name: ("", code)})
    for name, code in table.codes_removed:
        yield Change("code", "removed", f"{name}={code}", "", {name: (code, "")})
    for definition in table.definitions:
        texts = {definition.name.partition(".")[2]: (definition.old, definition.new)}
        yield Change(definition.aspect, "changed", definition.name, "", texts)
    for key, cells in table.removed.items():
        old = {name: (cell, "") for name, cell in cells.items()}
        yield Change("row", "removed", row_id(key), labels.row(table.table, cells), old)
    for key, cells in table.added.items():
        new = {name: ("", cell) for name, cell in cells.items()}
        yield Change("row", "added", row_id(key), labels.row(table.table, cells), new)
    for key, pairs in table.cells.items():
        yield Change("row", "changed", row_id(key), labels.kept_row(table.table, key), pairs)


def walk_for_people(table: TableChanges, labels: Labels) -> Iterator[Change]:
    """As `walk`, without what is told in another place: by the overview, the column that came."""
    went = labels.changes.went if table.table == RETIRED else ()
    for change in walk(table, labels):
        if change.verb == "changed" and change.noun == "row":
            new = table.columns_added
            kept = {name: pair for name, pair in change.cells.items() if name not in new}
            change = change._replace(cells=kept)
        told = change.verb == "added" and change.name in went  # Beside the row that it retires.
        if change.cells and change.noun != "table" and not told:
            yield change


def details(table: TableChanges, change: Change, labels: Labels) -> Iterator[tuple[str, list[str]]]:
    """What stands below a change: names of columns, or nothing, and lines of text."""
    if change.noun != "row":
        if change.verb == "changed":
            yield from (("", wording(*texts)) for texts in change.cells.values())
    elif change.verb == "removed":
        if sentence := labels.retirement(change.name):
            yield "", [sentence]
    elif change.verb == "changed":
        for name, pair in change.cells.items():
            old, new = (labels.cell(table.table, name, cell) for cell in pair)
            short = len(old) + len(new) <= SHORT
            yield name, [f"{old} -> {new}"] if short else [f"- {old}", f"+ {new}"]


def wording(old: str, new: str) -> list[str]:
    """The lines of a definition that went and came."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [f"{line[0]} {line[1:]}" for line in list(lines)[2:] if not line.startswith("@@")]


def records(changes: Changes) -> Iterator[Record]:
    """Every difference, one a line."""
    labels = Labels(changes)
    for table in changes.tables.values():
        for noun, verb, name, label, cells in walk(table, labels):
            row = noun == "row"
            kind = "cell changed" if row and verb == "changed" else f"{noun} {verb}"
            place = (name, label) if row else ("", "")
            for column, pair in cells.items():
                if any(pair) or not row:
                    yield Record(table.table, kind, *place, column, *pair)


def as_csv(changes: Changes) -> str:
    """One line a difference: table, change, id, label, column, old, new."""
    return "".join(f"{join(line)}\n" for line in (Record._fields, *records(changes)))


def as_json(changes: Changes) -> str:
    """One object: the two sides, the step that the version needs, and the changes by table.

    `rows_added` and `rows_removed` have whole rows, `rows_changed` the old and new text by column.
    """
    labels = Labels(changes)
    content = {
        "old": changes.old.name,
        "new": changes.new.name,
        "required_bump": changes.required_bump,
        "tables": {name: _table_json(table, labels) for name, table in changes.tables.items()},
        "retired": changes.retired,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _table_json(table: TableChanges, labels: Labels) -> dict[str, object]:
    kinds = (
        *("columns_added", "columns_removed", "codes_added", "codes_removed"),
        *("definitions_changed", "rows_added", "rows_removed", "rows_changed"),
    )
    lists: dict[str, list[object]] = {kind: [] for kind in kinds}
    for noun, verb, name, label, cells in walk(table, labels):
        if noun == "column":
            lists[f"columns_{verb}"].append(name)
        elif noun == "code":
            column, _, code = name.partition("=")
            lists[f"codes_{verb}"].append({"column": column, "code": code})
        elif noun == "row":
            texts = {
                column: {"old": old, "new": new} if verb == "changed" else old or new
                for column, (old, new) in cells.items()
            }
            lists[f"rows_{verb}"].append({"id": name, "label": label, "cells": texts})
        elif noun != "table":
            for old, new in cells.values():
                definition = {"name": name, "aspect": noun, "old": old, "new": new}
                lists["definitions_changed"].append(definition)
    came_or_went = "added" if table.old is None else "removed" if table.new is None else "kept"
    return {"table": came_or_went, **lists}


def as_text(changes: Changes, colour: bool = False, width: int | None = None) -> str:
    """A section a table; + came, - went, ~ changed, with names beside the ids."""

    def paint(text: str, code: str | None) -> str:
        return f"\033[{code}m{text}\033[0m" if colour and code else text

    labels = Labels(changes)
    lines = [paint(headline(changes), _BOLD)]
    for table in changes.tables.values():
        lines += ["", paint(f"{table.table}: {summary(table)}", _BOLD)]
        for line in map(visible, _lines(table, labels)):
            mark = _COLOURS.get(line.lstrip()[:1])
            lines += [paint(part, mark) for part in _wrapped(line, width)]
    return "\n".join(lines) + "\n"


def _lines(table: TableChanges, labels: Labels) -> Iterator[str]:
    for change in walk_for_people(table, labels):
        mark, (noun, verb, name, label, cells) = _MARKS[change.verb], change
        if noun == "row":
            yield f"  {mark} {name}  {label}".rstrip()
        elif verb == "changed":
            yield f"  {mark} {noun} of {name}"
        else:
            yield f"  {mark} {noun} {name}" + (f": {label}" if label else "")
        width = max(map(len, cells))
        for column, lines in details(table, change, labels):
            if column and len(lines) == 1:
                yield f"      {column:<{width}}  {lines[0]}"
                continue
            if column:
                yield f"      {column}"
            yield from (f"{'  ' if column else ''}      {line}" for line in lines)


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


def summary(table: TableChanges) -> str:
    """The differences of a table in one line."""
    counts = [
        (len(table.added), "row", "added"),
        (len(table.removed), "row", "removed"),
        (len(table.changed), "row", "changed"),
        (len(table.columns_added), "column", "added"),
        (len(table.columns_removed), "column", "removed"),
        (len(table.codes_added), "code", "added"),
        (len(table.codes_removed), "code", "removed"),
        (len(table.definitions), "definition", "changed"),
    ]
    parts = [f"{n} {noun}{'s' * (n != 1)} {verb}" for n, noun, verb in counts if n]
    if table.old is None or table.new is None:
        parts.insert(0, "new table" if table.old is None else "the table is gone")
    return ", ".join(parts)
