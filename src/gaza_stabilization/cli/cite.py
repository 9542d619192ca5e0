"""Print how to cite the data, in the version in use."""

from __future__ import annotations

import argparse

from ..citation import FORMATS, cite


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    known = ", ".join(FORMATS)
    parser.add_argument("format", metavar="FORMAT", nargs="?", default="apa", help=known)


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    print(cite(arguments.format), end="")
    return 0
