"""Rules of actors: none is listed that no row names."""

from __future__ import annotations

from ..schema.actors import Actor
from ..schema.rows import UnusableError
from ..schema.tables import references
from .across import Finding, rule
from .corpus import Corpus


@rule("actors", "actor_id")
def every_actor_used(actor: Actor, corpus: Corpus) -> Finding | None:
    """Every actor is named in some column that refers to actors."""
    if actor.actor_id in _named(corpus):
        return None
    return Finding("an actor that some row names", "remove the row, or code what names the actor")


def _named(corpus: Corpus) -> set[str]:
    named: set[str] = set()
    for name, rows in corpus.tables.items():
        columns = [column.name for column, target, _ in references(name) if target == "actors"]
        if columns and not rows.readable:
            raise UnusableError(name)  # Who is named there cannot be known.
        for entry in rows.entries:
            for column in columns:
                value = getattr(entry.row, column)
                if value is not None:
                    named.add(value)
    return named
