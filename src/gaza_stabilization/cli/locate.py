"""Find words in a copy of an article: paragraph, start, end and SHA-256 of the span.

For who codes or corrects a span: offsets and digests are computed, never typed. Exit status 1
where the words do not occur in one paragraph. With --data, say of which source it is the text.
"""

from __future__ import annotations

import argparse

from ..schema.sources import Source
from ..text import Article, locate, typed
from .data import chosen


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("article", metavar="ARTICLE", help="text file in UTF-8")
    parser.add_argument("words", metavar="WORDS", type=typed, help="the words, in one argument")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    if arguments.data is not None:
        print(_owner(arguments))
    places = locate(arguments.article, arguments.words)
    if not places:
        print("these words do not stand in one paragraph of the article")
        return 1
    for place in places:
        print(
            f"paragraph {place.paragraph}  start {place.start}  end {place.end}  "
            f"sha256 {place.sha256}"
        )
    return 0


def _owner(arguments: argparse.Namespace) -> str:
    """Of which source of the data the article is the very text, in words."""
    tables, digest = chosen(arguments).tables, Article.read(arguments.article).sha256
    same = [row.source_id for row in tables.typed(Source) if row.text_sha256 == digest]
    of = " and ".join(same) or f"no source of {tables.name}"
    return f"{arguments.article}: text of {of}, sha256 {digest}"
