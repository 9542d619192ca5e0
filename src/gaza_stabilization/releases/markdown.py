"""A comparison as Markdown, for the summary of a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import visible
from .changes import Changes, TableChanges
from .labels import Labels
from .rendering import details, headline, summary, walk_for_people

FOLDED_FROM = 20  # A list of more rows than this is folded away until it is opened.


def as_markdown(changes: Changes) -> str:
    """A heading, an overview, and a list a table; long lists are folded."""
    return "\n".join(_lines(changes)) + "\n"


def _lines(changes: Changes) -> Iterator[str]:
    yield f"## {_plain(headline(changes))}\n"
    if not changes.tables:
        return
    labels = Labels(changes)
    yield "| table | changes |\n|---|---|"
    for table in changes.tables.values():
        yield f"| {_code(table.table)} | {summary(table)} |"
    for table in changes.tables.values():
        lines = list(_list(table, labels))
        if not lines:
            continue
        yield f"\n### {_plain(table.table)}\n"
        if len(lines) > FOLDED_FROM:
            yield f"<details><summary>{summary(table)}</summary>\n"
        yield from lines
        if len(lines) > FOLDED_FROM:
            yield "\n</details>"


def _list(table: TableChanges, labels: Labels) -> Iterator[str]:
    for change in walk_for_people(table, labels):
        row = change.noun == "row"
        between = " " if row else ": "
        label = f"{between}{_plain(change.label)}" if change.label else ""
        kind = change.verb if row else f"{change.noun} {change.verb}"
        yield f"- **{kind}** {_code(change.name)}{label}"
        for column, lines in details(table, change, labels):
            name = f"{_code(column)}: " if column else ""
            if row and len(lines) == 1:
                yield f"    - {name}{_plain(lines[0])}"
                continue
            if column:
                yield f"    - {name}".rstrip()
            margin = " " * (8 if column else 4)
            # What went and came, which is shown in red and green.
            yield from ("", f"{margin}```diff")
            yield from (f"{margin}{visible(line)}".rstrip() for line in lines)
            yield from (f"{margin}```", "")


def _plain(text: str) -> str:
    """Text in which nothing is taken for Markdown or HTML."""
    shown = visible(text).replace(" -> ", " → ")
    return re.sub(r"([\\`*_{}\[\]<>|#~&])", r"\\\1", shown)


def _code(text: str) -> str:
    """A name as code, or plainly where it has a mark in it that would end the code."""
    return _plain(text) if "`" in text else f"`{visible(text)}`"
