"""A comparison as Markdown, for the summary of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..text import visible
from .changes import Changes, TableChanges, row_id
from .labels import Labels
from .rendering import SHORT, filled_line, headline, rows_to_list, summary, wording
from .snapshot import Key

FOLDED_FROM = 20  # A list of more rows than this is folded away until it is opened.


def as_markdown(changes: Changes) -> str:
    """A heading, an overview, and a list a table; long lists are folded."""
    return "\n".join(_lines(changes)) + "\n"


def _lines(changes: Changes) -> Iterator[str]:
    yield f"## {_plain(headline(changes))}\n"
    if not changes.tables:
        return
    yield "| table | changes |\n|---|---|"
    for change in changes.tables.values():
        yield f"| {_code(change.table)} | {summary(change)} |"
    for change in changes.tables.values():
        items = list(_items(change, Labels(changes)))
        if not items:
            continue
        yield f"\n### {_plain(change.table)}\n"
        if len(items) > FOLDED_FROM:
            yield f"<details><summary>{summary(change)}</summary>\n"
        yield from items
        if len(items) > FOLDED_FROM:
            yield "\n</details>"


def _items(change: TableChanges, labels: Labels) -> Iterator[str]:
    for name, field in change.columns_added.items():
        text = f"{_plain(field.description)} ({filled_line(change, name)})"
        yield f"- **column added** {_code(name)}: {text}"
    for name in change.columns_removed:
        yield f"- **column removed** {_code(name)}"
    for name, code in change.codes_added:
        assert change.new is not None
        meaning = change.new.fields[name].codes[code].definition
        yield f"- **code added** {_code(f'{name}={code}')}: {_plain(meaning)}"
    for name, code in change.codes_removed:
        yield f"- **code removed** {_code(f'{name}={code}')}"
    for word in change.definitions:
        yield f"- **{word.aspect} changed** {_code(word.name)}"
        yield from _block(wording(word))
    for key, cells in change.removed.items():
        yield _row("removed", key, labels.row(change.table, cells))
        if said := labels.retirement(row_id(key)):
            yield f"    - {_plain(said)}"
    for key, cells in rows_to_list(change, labels.changes).items():
        yield _row("added", key, labels.row(change.table, cells))
    for key, pairs in change.changed.items():
        yield _row("changed", key, labels.kept_row(change.table, key))
        for name, (old, new) in pairs.items():
            was, now = (labels.cell(change.table, name, cell) for cell in (old, new))
            if len(was) + len(now) <= SHORT:
                yield f"    - {_code(name)}: {_plain(was)} → {_plain(now)}"
            else:
                yield f"    - {_code(name)}:"
                yield from _block([f"- {was}", f"+ {now}"], indent=8)


def _block(lines: Iterable[str], indent: int = 4) -> Iterator[str]:
    """Lines that went and came, which are shown in red and green."""
    margin = " " * indent
    yield from ("", f"{margin}```diff")
    yield from (f"{margin}{visible(line)}".rstrip() for line in lines)
    yield from (f"{margin}```", "")


def _row(what: str, key: Key, label: str) -> str:
    return f"- **{what}** {_code(row_id(key))} {_plain(label)}".rstrip()


def _plain(text: str) -> str:
    """Text in which nothing is taken for Markdown or HTML."""
    shown = visible(text).replace(" -> ", " → ")
    return re.sub(r"([\\`*_{}\[\]<>|#~&])", r"\\\1", shown)


def _code(text: str) -> str:
    """A name as code, or plainly where it has a mark in it that would end the code."""
    return _plain(text) if "`" in text else f"`{visible(text)}`"
