"""Write the data in a format to a folder.

The folder must be absent, empty, or an earlier export; anything else is left untouched.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..formats import FORMATS, export


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    known = "; ".join(f"{name}: {what}" for name, what in FORMATS.items())
    parser.add_argument("format", metavar="FORMAT", help=known)
    parser.add_argument("--version", metavar="VERSION", help="a released version, as it was")
    parser.add_argument("destination", metavar="DEST", type=Path, help="folder to write to")


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    folder = export(arguments.format, arguments.destination, version=arguments.version)
    print(f"exported to {folder}")
    return 0
