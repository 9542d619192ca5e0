"""A comparison as Markdown, for the summary of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .changes import Changes, TableChanges, row_id
from .labels import Labels
from .shown import headline, replacement, summary, wording

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
        yield f"| `{one.table}` | {summary(one)} |"
    for one in changes.tables.values():
        items = list(_items(one, Labels(changes)))
        if not items:
            continue
        yield f"\n### {one.table}\n"
        if len(items) > FOLDED_FROM:
            yield f"<details><summary>{summary(one)}</summary>\n"
        yield from items
        if len(items) > FOLDED_FROM:
            yield "\n</details>"


def _items(one: TableChanges, labels: Labels) -> Iterator[str]:
    for name in one.columns_added:
        assert one.new is not None
        filled = f"filled in {len(one.filled.get(name, {}))} of the rows that were there before"
        yield f"- **column added** `{name}`: {_plain(one.new.fields[name].description)} ({filled})"
    for name in one.columns_removed:
        yield f"- **column removed** `{name}`"
    for name, code in one.codes_added:
        assert one.new is not None
        meaning = one.new.fields[name].codes[code].definition
        yield f"- **code added** `{name}={code}`: {_plain(meaning)}"
    for name, code in one.codes_removed:
        yield f"- **code removed** `{name}={code}`"
    for word in one.reworded:
        yield f"- **{word.aspect} changed** `{word.name}`"
        yield from (
            "",
            "    ```diff",
            *(f"    {line}".rstrip() for line in wording(word)),
            "    ```",
        )
    for key, cells in one.removed.items():
        instead = replacement(labels.changes, row_id(key))
        label = _plain(labels.row(one.table, key, cells))
        yield f"- **removed** `{row_id(key)}` {label}" + (f" ({_plain(instead)})" * bool(instead))
    for key, cells in one.added.items():
        yield f"- **added** `{row_id(key)}` {_plain(labels.row(one.table, key, cells))}".rstrip()
    for key, pairs in one.changed.items():
        yield f"- **changed** `{row_id(key)}` {_plain(labels.kept_row(one.table, key))}".rstrip()
        for name, (old, new) in pairs.items():
            shown = [_plain(labels.cell(one.table, name, cell)) for cell in (old, new)]
            yield f"    - `{name}`: {shown[0]} → {shown[1]}"


def _plain(text: str) -> str:
    """Text in which nothing is taken for Markdown or HTML."""
    return re.sub(r"([\\`*_{}\[\]<>|#~&])", r"\\\1", text.replace(" -> ", " → "))
