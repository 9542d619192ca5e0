"""Check a data folder and report every problem.

Levels: 1 files, 2 cells and tables, 3 links between tables, 4 what changed since the last
release, and whether version and changelog say so; with --source also 5, every digest against a
copy of the article. Exit status: 0 clean, 1 problems found, 2 usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..errors import UsageError
from ..formats import datapackage
from ..paths import DATA
from ..reading.problems import FORMATS, LEVELS
from ..validation.run import run as validate


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument(
        "data",
        metavar="DATA_DIR",
        nargs="?",
        type=Path,
        help="folder with one CSV a table (default: the package's own data)",
    )
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
    folder = _shown(arguments.data or DATA)
    result = validate(folder, arguments.source, arguments.level)
    arguments.status = 1 if result.problems else 0  # Also for a reader who stops halfway.
    print(FORMATS[arguments.format](result.problems, folder), end="")
    # What is not a problem goes to stderr where a program reads the problems from stdout.
    notes = sys.stdout if arguments.format == "text" else sys.stderr
    if result.problems:
        files = len({problem.file for problem in result.problems})
        print(f"{_count(len(result.problems), 'problem')} in {_count(files, 'file')}", file=notes)
        if arguments.export is not None:
            print(f"nothing was exported to {arguments.export}", file=notes)
        return 1
    levels = ("level " if len(result.levels) == 1 else "levels ") + ", ".join(
        map(str, result.levels)
    )
    skipped = "" if arguments.source else "; digests not checked, since no --source was given"
    if 4 not in result.levels and arguments.level is None:
        skipped += "; no version to check, since the folder is not a project's"
    counts = f"{_count(len(result.corpus.tables), 'table')}, {_count(result.rows, 'row')}"
    print(f"clean: {counts}, {levels}{skipped}", file=notes)
    if arguments.export is not None:
        datapackage.write(arguments.export, folder)
        print(f"exported to {arguments.export}", file=notes)
    return 0


def _shown(folder: Path) -> Path:
    """The folder as it is shown: from here, if it lies below."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
