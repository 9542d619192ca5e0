"""Say what a table, a field or an id is.

Examples: positions, positions.stance, turkey-troops, hamas, p001.
"""

from __future__ import annotations

import argparse

from ..codebooks.lookup import describe


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("name", metavar="NAME", help="table, table.field, or id")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    print(describe(arguments.name))
    return 0
