"""Show how far two codings of the same texts agree, variable by variable.

DIR_A and DIR_B are each the id of a coder or a folder with the tables of a coding: actors,
passages, statements, relays, positions, relationships. Without them, the two raw codings of the
data. With --confusion, which value met which in one variable, such as positions.stance; with
--plot, a plot of alpha by variable as well.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from ..checks.exporting import refuse_among_data
from ..errors import UsageError
from ..plots.alphas import plot_alpha
from ..reliability.coefficients import RESAMPLES
from ..reliability.results import as_csv, as_json, as_text
from .data import chosen

FORMATS = {"text": as_text, "json": as_json, "csv": as_csv}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("a", metavar="DIR_A", nargs="?", help="a coder or a folder")
    parser.add_argument("b", metavar="DIR_B", nargs="?", help="another coder or folder")
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    parser.add_argument("--confusion", metavar="VARIABLE", help="one confusion table only")
    parser.add_argument(
        "--plot", metavar="FILE", type=Path, help="draw alpha by variable to an SVG, PNG or PDF"
    )
    parser.add_argument(
        "--resamples",
        metavar="N",
        type=int,
        default=RESAMPLES,
        help=f"draws of the bootstrap (default: {RESAMPLES})",
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    a, b = arguments.a, arguments.b
    dataset = chosen(arguments)
    folders = all(side and os.path.isdir(side) for side in (a, b))
    if arguments.data is not None and folders and not {a, b} & {*dataset.coders}:
        what = f"{a} and {b} are folders of their own; leave --data {arguments.data} out"
        raise UsageError(what)
    agreement = dataset.agreement(a, b, resamples=arguments.resamples)
    if arguments.plot is not None:
        refuse_among_data(dataset.tables, Path(arguments.plot))
        plot_alpha({f"{agreement.a} and {agreement.b}": agreement.figures}, arguments.plot)
    if arguments.confusion is not None:
        table = agreement.confusion(arguments.confusion)
        if arguments.format == "text":
            print(table.to_string())
        else:
            print((table.to_csv() if arguments.format == "csv" else table.to_json()).strip())
    else:
        print(FORMATS[arguments.format](agreement), end="")
    return 0
