"""Print a table, or the flat view claims or ties, as CSV.

Without a name, list what there is. With --version, as that version had it.
"""

from __future__ import annotations

import argparse
import sys

from ..flat import claims, ties
from ..tables import load

_VIEWS = {"claims": claims, "ties": ties}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("table", metavar="TABLE", nargs="?", help="table, claims or ties")
    parser.add_argument("--version", metavar="VERSION", help="a released version")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    if arguments.table is None:
        views = {name: view(arguments.version) for name, view in _VIEWS.items()}
        for name, frame in {**load(version=arguments.version), **views}.items():
            print(f"{name:<15} {len(frame):>6} rows")
        return 0
    if arguments.table in _VIEWS:
        frame = _VIEWS[arguments.table](arguments.version)
    else:
        frame = load(arguments.table, arguments.version)
    for name in frame.columns[frame.dtypes == "boolean"]:
        frame[name] = frame[name].map({True: "true", False: "false"})  # As it stands in the CSVs.
    frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    return 0
