"""List every released version: its day, its rows and what it brought.

The version in use is named last where it is not released yet. It asks nothing of other data.
"""

from __future__ import annotations

import argparse
import textwrap

from .._version import VERSION
from ..releases.index import releases, row_counts
from .data import without_data


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments: it has none."""


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    without_data(arguments, "versions lists what was released of the data that ship")
    released = releases()
    for release in released:
        counts = row_counts(release)
        rows = f"{sum(counts.values())} rows in {len(counts)} tables"
        print(f"{release.version:<12} {release.date}  {rows}")
        margin = " " * 13
        print(textwrap.fill(release.summary, 79, initial_indent=margin, subsequent_indent=margin))
    if VERSION not in [release.version for release in released]:
        print(f"{VERSION:<12} in use, not released")
    return 0
