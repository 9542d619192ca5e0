"""Print a table, or the flat view claims or ties, as CSV.

Without a name, list what there is. With --version, as that version had it; with --coder, as that
coder had it in the raw coding.
"""

from __future__ import annotations

import argparse
import sys

from ..errors import UsageError
from ..tables.flat import claims, ties
from ..tables.loading import load

_VIEWS = {"claims": claims, "ties": ties}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("table", metavar="TABLE", nargs="?", help="table, claims or ties")
    parser.add_argument("--version", metavar="VERSION", help="a released version")
    parser.add_argument("--coder", metavar="CODER", help="a coder whose raw coding is wanted")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    version, coder = arguments.version, arguments.coder
    views = {} if coder else _VIEWS
    if arguments.table is None:
        flat = {name: view(version) for name, view in views.items()}
        for name, frame in {**load(version=version, coder=coder), **flat}.items():
            print(f"{name:<15} {len(frame):>6} rows")
        return 0
    if arguments.table in _VIEWS and coder:
        raise UsageError("a raw coding has no flat views; load its tables")
    if arguments.table in views:
        frame = views[arguments.table](version)
    else:
        frame = load(arguments.table, version, coder)
    for name in frame.columns[frame.dtypes == "boolean"]:
        frame[name] = frame[name].map({True: "true", False: "false"})  # As it stands in the CSVs.
    frame.to_csv(sys.stdout, index=False, lineterminator="\n")
    return 0
