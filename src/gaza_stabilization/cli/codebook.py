"""Print the codebook in Markdown, or one table's fields.

The whole codebook has the coding rules, every field and every code with its definition. With
--coders it is what a coder has beside the text: no counts, and no examples out of coded texts.
"""

from __future__ import annotations

import argparse

from ..codebooks.book import codebook_markdown, columns_in
from ..codebooks.instructions import coders_codebook
from ..errors import UsageError
from .data import Once, chosen, renamed


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("table", metavar="TABLE", nargs="?", help="a table, claims or ties")
    parser.add_argument(
        "--coders",
        metavar="DATA_DIR",
        nargs="?",
        const="",
        action=Once,
        help="the codebook for coders, with the sources, issues and relations of the data",
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    folder = arguments.coders or None
    if folder is not None:
        renamed("--coders DATA_DIR", "--coders --data FOLDER")
    dataset = chosen(arguments, {"--coders": folder})
    if arguments.coders is not None and arguments.table is not None:
        raise UsageError("--coders prints the whole codebook for coders; leave TABLE out")
    if arguments.coders is not None:
        print(coders_codebook(dataset.tables), end="")
    elif arguments.table is None:
        print(codebook_markdown(dataset.tables), end="")
    else:
        columns = columns_in(dataset.tables, arguments.table)
        fields = [f"{column.table}.{column.name}" for column in columns]
        print("\n\n".join(map(dataset.describe, [arguments.table, *fields])))
    return 0
