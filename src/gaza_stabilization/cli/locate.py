"""Find words in a copy of an article: paragraph, start, end and SHA-256 of the span.

For who codes or corrects a span: offsets and digests are computed, never typed. Exit status 1
where the words do not occur in one paragraph. It asks nothing of the data.
"""

from __future__ import annotations

import argparse

from ..text import locate, typed
from .data import without_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("article", metavar="ARTICLE", help="text file in UTF-8")
    parser.add_argument("words", metavar="WORDS", type=typed, help="the words, in one argument")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    without_data(arguments, "locate asks nothing of the data")
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
