"""Write the data in a format to a folder.

The folder must be absent, empty, or an earlier export; anything else is left untouched. A README.md
in it says what the format cannot hold. FORMAT all writes every format, each in a folder of its own.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..formats.registry import FORMATS
from .data import Once, chosen
from .progress import Progress


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    known = "; ".join(f"{name}: {what}" for name, what in FORMATS.items())
    parser.add_argument("format", metavar="FORMAT", help=known)
    parser.add_argument("destination", metavar="DEST", type=Path, help="folder to write to")
    parser.add_argument(
        "--version", metavar="VERSION", action=Once, help="a released version, as it was"
    )
    parser.add_argument("--excel", action="store_true", help="csv: so that Excel shows ğ right")
    help_ = "dna: copies of texts, to be put in"
    parser.add_argument("--source", metavar="ARTICLE", nargs="+", action="extend", help=help_)
    parser.add_argument("--ascribed", action="store_true", help="dna: ascribed positions as well")
    parser.add_argument("--linked", action="store_true", help="annotations: name the W3C context")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    given = vars(arguments)
    names = ("excel", "source", "ascribed", "linked")
    options: dict[str, Any] = {name: given[name] for name in names if given[name]}
    dataset = chosen(arguments, {"--version": arguments.version})
    with Progress() as progress:
        folder = dataset.export(
            arguments.format, arguments.destination, progress=progress, **options
        )
    print(f"exported to {folder}")
    return 0
