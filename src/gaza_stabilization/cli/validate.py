"""Check a data folder and report every problem, and what could not be looked at.

Levels: 1 files, 2 cells and tables, 3 links between tables, 4 what changed since the last
release, and whether version and changelog say so; with --source also 5, every digest against a
copy of the text. What keeps a level from being looked at is reported with it. Exit status: 0 clean,
1 problems found, 2 usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..checks.exporting import refuse, write_export
from ..checks.levels import run as validate
from ..errors import UsageError
from ..formats.registry import PACKAGE
from ..reading.problems import FORMATS, LEVELS
from ..validation.run import can_screen, is_large
from .data import chosen
from .progress import Progress

SLOW = (
    "it is large, and is read row by row; with the extra 'fast' it takes a fraction of the time: "
    'python -m pip install "gaza-stabilization[fast]"'
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("folder", metavar="DATA_DIR", nargs="?", help="the same as --data FOLDER")
    parser.add_argument(
        "--source",
        metavar="[ID=]ARTICLE",
        nargs="+",
        action="extend",
        default=[],
        help="text file of a coded article, to check every digest against",
    )
    parser.add_argument(
        "--level",
        metavar="N",
        type=int,
        choices=LEVELS,
        action="append",
        help="look at this level only; may be given again (default: all)",
    )
    parser.add_argument("--format", choices=FORMATS, default="text", help="how problems are shown")
    parser.add_argument(
        "--export",
        metavar="DEST",
        type=Path,
        help="if clean, write the data package to this folder",
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    if arguments.export is not None and arguments.level is not None:
        raise UsageError("--export wants every level looked at; leave --level out")
    tables = chosen(arguments, {"DATA_DIR": arguments.folder}).tables
    if arguments.export is not None:
        refuse(tables, PACKAGE, arguments.export, {})
    if is_large(tables) and not can_screen():
        print(f"{tables.name}: {SLOW}", file=sys.stderr)
    with Progress() as progress:
        result = validate(tables, arguments.source, arguments.level, progress)
    arguments.status = 1 if result.problems else 0  # Also for a reader who stops halfway.
    folder = _shown(tables.folder or Path(tables.name))
    print(FORMATS[arguments.format](result.problems, folder), end="")
    # What is not a problem goes to stderr where a program reads the problems from stdout.
    notes = sys.stdout if arguments.format == "text" else sys.stderr
    for line in result.left_out():
        print(line, file=notes)
    if result.problems:
        files = len({problem.file for problem in result.problems})
        problems = f"{_count(len(result.problems), 'problem')} in {_count(files, 'file')}"
        print(f"{problems}; looked at {result.scope()}", file=notes)
        if arguments.export is not None:
            print(f"nothing was exported to {arguments.export}", file=notes)
        return 1
    tables_and_rows = f"{_count(len(tables.names), 'table')}, {_count(result.rows, 'row')}"
    print(f"clean: {tables_and_rows}, {result.scope()}", file=notes)
    if arguments.export is not None:
        with Progress() as progress:
            write_export(tables, PACKAGE, arguments.export, {}, progress)
        print(f"exported to {arguments.export}", file=notes)
    return 0


def _shown(folder: Path) -> Path:
    """The folder as it is shown: from here, if it lies below."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
