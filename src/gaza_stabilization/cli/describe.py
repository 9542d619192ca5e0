"""Say what a table, a field or an id is.

Examples: positions, positions.stance, turkey-troops, hamas, p001.
"""

from __future__ import annotations

import argparse

from ..text import typed
from .data import chosen


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("name", metavar="NAME", type=typed, help="table, table.field, or id")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    print(chosen(arguments).describe(arguments.name))
    return 0
