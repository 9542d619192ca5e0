"""Print a table, or the flat view claims or ties, as CSV.

Without a name, list what there is. With --version, as that version had it; with --coder, as that
coder had it in the raw coding.
"""

from __future__ import annotations

import argparse

from ..reading.frame_text import as_text
from .data import Once, chosen


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("table", metavar="TABLE", nargs="?", help="table, claims or ties")
    parser.add_argument("--version", metavar="VERSION", action=Once, help="a released version")
    parser.add_argument(
        "--coder", metavar="CODER", action=Once, help="a coder whose raw coding is wanted"
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    dataset = chosen(arguments, {"--version": arguments.version})
    if arguments.coder is not None:
        dataset = dataset.coding(arguments.coder)
    if arguments.table is not None:
        print(as_text(dataset.load(arguments.table)), end="")
        return 0
    names = (*dataset.tables.names, *dataset.tables.views)
    print("\n".join([f"{name:<15} {len(dataset.load(name)):>6} rows" for name in names]))
    return 0
