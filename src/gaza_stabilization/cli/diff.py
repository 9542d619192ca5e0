"""Show what changed from one version to another, row by row and cell by cell.

OLD and NEW are released versions or folders, of an exported data package or of tables alone; NEW is
by default the working tables, and may be left out before TABLE. Rows that came are marked +, those
that went -, those that changed ~. The first line says how far the version has to move: major where
a table, column or code went or holds something else, minor where rows, columns, tables or codes
came or rows went, patch where cells were corrected or definitions reworded. Exit status 0 whether
anything differs or not.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys

from ..api import diff
from ..errors import UnknownNameError, UsageError
from ..releases.markdown import as_markdown
from ..releases.rendering import as_csv, as_json, as_text
from ..schema.models import CODINGS
from .data import name_of

FORMATS = {"text": as_text, "json": as_json, "csv": as_csv, "markdown": as_markdown}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("old", metavar="OLD", help="a released version, or a folder")
    parser.add_argument("new", metavar="NEW", nargs="?", help="default: the working tables")
    parser.add_argument("table", metavar="TABLE", nargs="?", help="default: all tables")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    new, table = arguments.new, arguments.table
    if table is None and new is not None and _is_name(new):
        new, table = None, new
    try:
        changes = diff(arguments.old, name_of(arguments, {"NEW": new}), table)
    except UnknownNameError as error:
        if table is None or table != arguments.new:
            raise
        what = f"there is no table, folder or released version {table!r}; {error.nearest}"
        raise UsageError(what) from None
    if arguments.format == "text":
        width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
        print(as_text(changes, colour=_wants_colour(), width=width), end="")
    else:
        print(FORMATS[arguments.format](changes), end="")
    return 0


def _is_name(new: str) -> bool:
    """Whether an argument can only be the name of a table: no version, and no folder."""
    raw = new.startswith(f"{CODINGS}/") or new.replace("_", "").isalpha()
    return raw and not os.path.isdir(new)


def _wants_colour() -> bool:
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain
