"""List every released version: its day, its rows and what it brought.

The version in use is named last where it is not released yet. With --data, those of the project
that the data belong to.
"""

from __future__ import annotations

import argparse
import textwrap

from ..releases.index import releases, row_counts
from ..releases.project import releases_of
from .data import chosen


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments: it has none."""


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    tables = chosen(arguments).tables
    folder, version = releases_of(tables), tables.edition.version
    released = [] if folder is None else releases(folder)
    for release in released:
        counts = row_counts(release)
        rows = f"{sum(counts.values())} rows in {len(counts)} tables"
        print(f"{release.version:<12} {release.date}  {rows}")
        margin = " " * 13
        print(textwrap.fill(release.summary, 79, initial_indent=margin, subsequent_indent=margin))
    if version not in [release.version for release in released]:
        print(f"{version:<12} in use, not released")
    return 0
