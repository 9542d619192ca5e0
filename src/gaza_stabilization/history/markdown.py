"""A comparison as Markdown, for the summary of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import visible
from .changes import Changes, TableChanges, row_id
from .labels import Labels
from .shown import headline, replacement, summary, wording
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
    for one in changes.tables.values():
        yield f"| {_code(one.table)} | {summary(one)} |"
    for one in changes.tables.values():
        items = list(_items(one, Labels(changes)))
        if not items:
            continue
        yield f"\n### {_plain(one.table)}\n"
        if len(items) > FOLDED_FROM:
            yield f"<details><summary>{summary(one)}</summary>\n"
        yield from items
        if len(items) > FOLDED_FROM:
            yield "\n</details>"


def _items(one: TableChanges, labels: Labels) -> Iterator[str]:
    for name in one.columns_added:
        assert one.new is not None
        text = _plain(one.new.fields[name].description)
        filled = f"filled in {len(one.filled.get(name, {}))} of the rows that were there before"
        yield f"- **column added** {_code(name)}: {text} ({filled})"
    for name in one.columns_removed:
        yield f"- **column removed** {_code(name)}"
    for name, code in one.codes_added:
        assert one.new is not None
        meaning = one.new.fields[name].codes[code].definition
        yield f"- **code added** {_code(f'{name}={code}')}: {_plain(meaning)}"
    for name, code in one.codes_removed:
        yield f"- **code removed** {_code(f'{name}={code}')}"
    for word in one.reworded:
        yield f"- **{word.aspect} changed** {_code(word.name)}"
        yield from (
            "",
            "    ```diff",
            *(f"    {visible(line)}".rstrip() for line in wording(word)),
            "    ```",
        )
    for key, cells in one.removed.items():
        yield _row("removed", key, labels.row(one.table, cells))
        if instead := replacement(labels.changes, row_id(key)):
            yield f"    - {_plain(instead)}"
    for key, cells in one.added.items():
        yield _row("added", key, labels.row(one.table, cells))
    for key, pairs in one.changed.items():
        yield _row("changed", key, labels.kept_row(one.table, key))
        for name, (old, new) in pairs.items():
            shown = [_plain(labels.cell(one.table, name, cell)) for cell in (old, new)]
            yield f"    - {_code(name)}: {shown[0]} → {shown[1]}"


def _row(what: str, key: Key, label: str) -> str:
    return f"- **{what}** {_code(row_id(key))} {_plain(label)}".rstrip()


def _plain(text: str) -> str:
    """Text in which nothing is taken for Markdown or HTML."""
    shown = visible(text).replace(" -> ", " → ")
    return re.sub(r"([\\`*_{}\[\]<>|#~&])", r"\\\1", shown)


def _code(text: str) -> str:
    """A name as code, or plainly where it has a mark in it that would end the code."""
    return _plain(text) if "`" in text else f"`{visible(text)}`"
