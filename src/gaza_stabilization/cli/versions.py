"""List every released version: its day, its rows and what it brought.

The version in use is named last where it is not released yet. It asks nothing of other data.
"""

from __future__ import annotations

import argparse
import textwrap

from .._version import VERSION
from ..releases.index import releases, row_counts


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments: it has none."""


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    found = releases()
    for one in found:
        counts = row_counts(one)
        rows = f"{sum(counts.values())} rows in {len(counts)} tables"
        print(f"{one.version:<12} {one.date}  {rows}")
        margin = " " * 13
        print(textwrap.fill(one.summary, 79, initial_indent=margin, subsequent_indent=margin))
    if VERSION not in [one.version for one in found]:
        print(f"{VERSION:<12} in use, not released")
    return 0
