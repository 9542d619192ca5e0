"""Table `relays`: who passed a statement on."""

from __future__ import annotations

from typing import ClassVar

from .cells import Ordinal, Slug, StatementId
from .rows import Row, Table, column


class Relay(Row):
    """One link of the chain between the speaker of a statement and the source.

    - Numbered from the outermost inwards; an outlet that was "told" is a link.
    - The source's own outlet and author are never relays, nor is the speaker.
    - The chain carries over to the next sentences of the same report.
    """

    about: ClassVar = Table(
        "relays",
        "Relays",
        coded=True,
        may_be_empty=True,
        key=("statement_id", "depth"),
        shown=("relay_id", "statement_id"),
        unique={"doubled-relay": ("statement_id", "relay_id")},
    )

    statement_id: StatementId = column(
        "Statement that was passed on.", example="s010", references="statements"
    )
    depth: Ordinal = column("Place in the chain, 1 for the outermost.", example=1)
    relay_id: Slug = column(
        "Actor that passed it on.", example="new-york-post", references="actors"
    )
