"""Print the codebook in Markdown, or one table's fields.

The whole codebook has the coding rules, every field and every code with its definition. With
--coders it is what a coder has beside the text: no counts, and no examples out of coded texts.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..codebooks.book import codebook_markdown
from ..codebooks.instructions import coders_codebook
from ..codebooks.lookup import describe, fields_of
from ..errors import UsageError
from ..paths import DATA


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("table", metavar="TABLE", nargs="?", help="a table, claims or ties")
    parser.add_argument(
        "--coders",
        metavar="DATA_DIR",
        nargs="?",
        const=DATA,
        type=Path,
        help="the codebook for coders, with sources, issues and relations of this folder "
        "(default: the package's own data)",
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    if arguments.coders is not None and arguments.table is not None:
        raise UsageError("--coders prints the whole codebook for coders; leave TABLE out")
    if arguments.coders is not None:
        if not (arguments.coders / "sources.csv").is_file():
            raise UsageError(f"{arguments.coders} is no folder with sources, issues and relations")
        print(coders_codebook(arguments.coders), end="")
        return 0
    if arguments.table is None:
        print(codebook_markdown(), end="")
        return 0
    names = [arguments.table] + [f"{one.table}.{one.name}" for one in fields_of(arguments.table)]
    print("\n\n".join(describe(name) for name in names))
    return 0
