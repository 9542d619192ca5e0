"""The index of releases: what was published when, and how it is known to be unaltered.

It lies beside the archives and not among the tables: it speaks of them.
"""

from __future__ import annotations

from typing import ClassVar

from .cells import Day, RowCounts, Sha256, Summary, VersionNumber
from .rows import Row, Table, column


class Release(Row):
    """One released version, kept whole as an archive of its exported data package."""

    about: ClassVar = Table(
        "index", "Releases", key=("version",), shown=("summary",), may_be_empty=True
    )

    version: VersionNumber = column("Version of the package and of its data.", example="0.2.0")
    date: Day = column("Day of the release.", example="2026-11-22")
    sha256: Sha256 = column("SHA-256 of the archive.", example="0" * 64)
    rows: RowCounts = column("Number of rows of each table.", example="actors=57|sources=1")
    summary: Summary = column(
        "What the version brought, in one line: the first paragraph of its section in the "
        "changelog.",
        example="First release that is kept whole.",
    )
    chain: Sha256 = column(
        "SHA-256 of the cell `chain` of the row before and the other cells of this row, each "
        "ended by a line feed. An altered row breaks the chain from there on.",
        example="0" * 64,
    )
