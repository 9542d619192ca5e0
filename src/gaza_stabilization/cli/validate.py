"""Check a data folder and report every problem.

Levels: 1 files, 2 cells and tables, 3 links between tables, 4 what changed since the last
release, and whether version and changelog say so; with --source also 5, every digest against a
copy of the text. Exit status: 0 clean, 1 problems found, 2 usage.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..checks.exporting import write_export
from ..checks.levels import Result
from ..checks.levels import run as validate
from ..errors import UsageError
from ..formats.registry import PACKAGE
from ..reading.problems import FORMATS, LEVELS
from ..schema.tables import MODELS
from .data import chosen


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
    if arguments.folder is not None:
        if arguments.data is not None:
            raise UsageError("the folder is named twice; write --data FOLDER alone")
        arguments.data = arguments.folder
    tables = chosen(arguments).tables
    result = validate(
        tables,
        arguments.source,
        arguments.level,
        progress=lambda text: print(text, file=sys.stderr),
    )
    arguments.status = 1 if result.problems else 0  # Also for a reader who stops halfway.
    folder = _shown(tables.folder or Path(tables.name))
    print(FORMATS[arguments.format](result.problems, folder), end="")
    # What is not a problem goes to stderr where a program reads the problems from stdout.
    notes = sys.stdout if arguments.format == "text" else sys.stderr
    for line in result.left_out():
        print(line, file=notes)
    if result.problems:
        if result.checked:
            print(f"looked at: {_looked_at(result, arguments)}", file=notes)
        files = len({problem.file for problem in result.problems})
        print(f"{_count(len(result.problems), 'problem')} in {_count(files, 'file')}", file=notes)
        if arguments.export is not None:
            print(f"nothing was exported to {arguments.export}", file=notes)
        return 1
    if result.waiting:
        print("no problem at this level, as far as it was looked at", file=notes)
        return 1
    print(f"clean: {_looked_at(result, arguments)}", file=notes)
    if arguments.export is not None:
        write_export(tables, PACKAGE, arguments.export, {})
        print(f"exported to {arguments.export}", file=notes)
    return 0


def _looked_at(result: Result, arguments: argparse.Namespace) -> str:
    """What was looked at, and what was not, in one line."""
    levels = ", ".join(map(str, result.levels))
    parts = [
        f"{_count(len(MODELS), 'table')}, {_count(result.rows, 'row')}, "
        f"level{'s' * (len(result.levels) > 1)} {levels}"
    ]
    if not arguments.source:
        parts.append("digests not checked, since no --source was given")
    elif result.checked:
        parts.append(f"digests checked of {', '.join(result.checked)}")
        if result.unchecked:
            parts.append(f"not of {', '.join(result.unchecked)}, of which no copy was given")
    if 4 not in result.levels and arguments.level is None:
        parts.append("no version to check, since the folder is not a project's")
    return "; ".join(parts)


def _shown(folder: Path) -> Path:
    """The folder as it is shown: from here, if it lies below."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
