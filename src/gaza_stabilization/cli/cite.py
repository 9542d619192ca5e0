"""Print how to cite the data, in the version in use or in a released one."""

from __future__ import annotations

import argparse

from ..releases.citation import FORMATS
from .data import Once, chosen


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    known = ", ".join(FORMATS)
    parser.add_argument("format", metavar="FORMAT", nargs="?", default="apa", help=known)
    parser.add_argument(
        "--version",
        metavar="VERSION",
        action=Once,
        help="a released version, where that was loaded",
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    dataset = chosen(arguments, {"--version": arguments.version})
    print(dataset.cite(arguments.format), end="")
    return 0
