"""List every released version: its day, its rows and what it brought.

The version in use is named last where it is not released yet.
"""

from __future__ import annotations

import argparse

from .._version import VERSION
from ..history.index import releases, row_counts


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments: it has none."""


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    found = releases()
    for one in found:
        rows = sum(row_counts(one).values())
        print(f"{one.version:<12} {one.date}  {rows:>6} rows  {one.summary}")
    if VERSION not in [one.version for one in found]:
        print(f"{VERSION:<12} in use, not released")
    return 0
