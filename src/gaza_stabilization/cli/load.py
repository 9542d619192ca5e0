"""Print a table, or the flat view claims or ties, as CSV.

Without a name, list what there is.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ..flat import VIEWS, read_view
from ..schema.tables import MODELS
from ..tables import read_frame

if TYPE_CHECKING:
    import pandas as pd


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("table", metavar="TABLE", nargs="?", help="table, claims or ties")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    if arguments.table is None:
        for name in (*MODELS, *VIEWS):
            print(f"{name:<15} {len(_frame(name)):>6} rows")
        return 0
    _frame(arguments.table).to_csv(sys.stdout, index=False, lineterminator="\n")
    return 0


def _frame(name: str) -> pd.DataFrame:
    return read_view(name) if name in VIEWS else read_frame(name)
