"""Table `retired_ids`: rows that went, and what took their place."""

from __future__ import annotations

from typing import ClassVar

from .cells import AnyId, AnyIds, Text, VersionNumber
from .rows import Row, Table, column


class RetiredId(Row):
    """One id of a row that a released version had and later versions have no longer.

    - No row of a released version goes without a row here, and its id is never used again. Who
      finds the id in older work learns which row to look at instead.
    - A link of a chain of relays has no id of its own and is not listed.
    """

    about: ClassVar = Table(
        "retired_ids",
        "Retired ids",
        may_be_empty=True,
        key=("id",),
        shown=("replaced_by", "reason"),
    )

    id: AnyId = column("Id that the row had.", example="p012", since="0.2.0")
    retired_in: VersionNumber = column(
        "First version without the row.", example="0.3.0", since="0.2.0"
    )
    replaced_by: AnyIds | None = column(
        "Ids of the rows that took its place; empty where nothing did.",
        example="p045",
        since="0.2.0",
    )
    reason: Text = column(
        "Why it went, in one sentence.", example="Counted the same stance twice.", since="0.2.0"
    )
