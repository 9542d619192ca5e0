"""Print the codebook in Markdown, or one table's fields.

The whole codebook has the coding rules, every field and every code with its definition.
"""

from __future__ import annotations

import argparse

from ..codebook_markdown import codebook_markdown
from ..codebook_text import describe, fields_of


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("table", metavar="TABLE", nargs="?", help="a table, claims or ties")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    if arguments.table is None:
        print(codebook_markdown(), end="")
        return 0
    names = [arguments.table] + [f"{one.table}.{one.name}" for one in fields_of(arguments.table)]
    print("\n\n".join(describe(name) for name in names))
    return 0
