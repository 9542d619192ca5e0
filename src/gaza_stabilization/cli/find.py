"""Search tables, fields, codes, issues, actors and relations for words.

Exit status 1 where nothing is found.
"""

from __future__ import annotations

import argparse
import textwrap

from ..text import typed
from .data import chosen


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "words", metavar="WORD", nargs="+", type=typed, help="all of them must occur"
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    hits = chosen(arguments).find(" ".join(arguments.words))
    if hits.empty:
        print(f"nothing found for: {' '.join(arguments.words)}")
        return 1
    for hit in hits.itertuples():
        print(f"{hit.kind:<9} {hit.id}")
        text = f"{hit.label}: {hit.text}" if hit.kind != "field" else str(hit.text)
        print(textwrap.indent(textwrap.shorten(text, 160, placeholder=" ..."), " " * 10))
    return 0
