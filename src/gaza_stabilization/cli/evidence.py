"""Walk a position, relationship or statement back to the words that it rests on."""

from __future__ import annotations

import argparse

from .data import chosen


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("id", metavar="ID", help="such as p001, r001 or s001")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    print(chosen(arguments).evidence(arguments.id))
    return 0
