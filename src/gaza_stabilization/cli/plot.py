"""Draw a plot of the data to an SVG, PNG or PDF file.

The caption says of how many claims it is, which were taken and which were left out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..plots.gallery import PLOTS
from .data import chosen


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("name", metavar="NAME", help=", ".join(PLOTS))
    parser.add_argument("file", metavar="FILE", type=Path, help="ends in .svg, .png or .pdf")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    print(f"drawn to {chosen(arguments).plot(arguments.name, arguments.file)}")
    return 0
