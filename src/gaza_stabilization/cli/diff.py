"""Show what changed from one version to another, row by row and cell by cell.

OLD and NEW are released versions or folders, of an exported data package or of tables alone; NEW is
by default the working tables. Exit status 0 whether anything differs or not.
"""

from __future__ import annotations

import argparse
import os
import sys

from ..history.differences import diff
from ..history.markdown import as_markdown
from ..history.shown import as_csv, as_json, as_text
from ..schema.tables import MODELS

FORMATS = {"text": as_text, "json": as_json, "csv": as_csv, "markdown": as_markdown}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("old", metavar="OLD", help="a released version, or a folder")
    parser.add_argument("new", metavar="NEW", nargs="?", help="default: the working tables")
    parser.add_argument("table", metavar="TABLE", nargs="?", help="default: all tables")
    parser.add_argument("--format", choices=FORMATS, default="text", help="how it is shown")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    new, table = arguments.new, arguments.table
    if table is None and new in MODELS and not os.path.isdir(new):
        new, table = None, new  # `diff 0.2.0 positions`: NEW may be left out before TABLE too.
    found = diff(arguments.old, new, table)
    if arguments.format == "text":
        print(as_text(found, colour=_wants_colour()), end="")
    else:
        print(FORMATS[arguments.format](found), end="")
    return 0


def _wants_colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain
