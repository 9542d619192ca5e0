"""The codebook for coders: the rules and code lists, and how to code a text with nothing else.

It holds no counts and no examples out of coded texts, so that whoever codes one by it has seen
nothing of how others did.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .._version import VERSION
from ..about import LOCAL, PROJECT
from ..schema.issues import Issue
from ..schema.models import MODELS
from ..schema.rows import columns, definition
from ..schema.sources import Source
from .book import codes, fields, issues, markdown_table, relations, rules

if TYPE_CHECKING:
    from ..tables.folder import Tables

_HEAD = """# Codebook for coders

Version {version}. Code one text from nothing: read it, judge by these rules, write the rows.

## What you have, and what you do not use

- This codebook and the text. Nothing else: no tables of this project, no work of another coder, no
  earlier coding of the text, and nothing that you know or believe about its subject beyond what
  is needed to understand the words.
- Where the rules leave you two readings, choose the one that the words support better and lower
  `certainty`. Do not ask how somebody else decided.

## What a row means

Nothing in the data is stated as a fact. Every row is a claim that somebody makes at one place in
the text: position or relationship, then statement, then passage, then source. The rows say who
claims what, never what is true. Your own words (summaries, descriptions, conditions) are neutral,
and an allegation stays with whoever makes it.

## How to code

1. Read the whole text once.
2. `passages`: a row for every sentence, headings and byline included.
3. `statements` and `relays`: go through the sentences in order and write the acts of speaking.
4. `positions`: for each statement, every stance on an issue of the list that it expresses.
5. `relationships`: for each statement, every tie between two actors that it, or the clause
   introducing it, asserts.
6. `actors`: everyone who stands in a column that refers to actors, and nobody else; the author and
   the outlet of the text as well.
7. Read the text once more against your rows, for what is missing and for what the rules exclude.

Rows are sorted by id; ids count from `s001`, `p001`, `r001` in the order of the text. Cells are
UTF-8; empty means not applicable or not stated. Offsets and digests are computed from the words of
the span, never typed. The issues, the relations and the sources are given; you do not add to them.
"""
_SOURCES = ["source_id", "author_id", "outlet_id", "language", "paragraphs"]


def coders_codebook(tables: Tables) -> str:
    """The codebook for coders, in Markdown, with the sources, issues and relations of some tables.

    Source: the row models in `schema`, and the valid tables.
    """
    return "\n".join(_lines(tables)) + "\n"


def _lines(tables: Tables) -> Iterator[str]:
    version = tables.edition.version
    if tables.edition == LOCAL:  # Then the rules alone have a version.
        version += f", by the rules of {PROJECT} {VERSION}"
    yield _HEAD.format(version=version)
    for name, model in MODELS.items():
        if model.about.coded:
            yield f"## {name}\n"
            yield definition(model) + "\n"
            yield from fields(columns(model), tables, for_coders=True)
            yield from rules(model, for_coders=True)
            for column in columns(model):
                yield from codes(column)
            yield ""
    yield "## What is given\n\n### The sources\n"
    yield definition(Source) + "\n"
    given = ([getattr(row, name) or "(none)" for name in _SOURCES] for row in tables.typed(Source))
    yield from markdown_table(_SOURCES, "l" * len(_SOURCES), given)
    yield from issues(tables)
    yield "\n" + definition(Issue).partition("\n")[2].strip()
    yield from relations(tables)
