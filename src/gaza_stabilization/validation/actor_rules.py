"""Rules of actors: none is listed that no row names."""

from __future__ import annotations

import difflib

from ..schema.actors import Actor
from ..schema.tables import MODELS, references
from .across import Finding, rule
from .corpus import Corpus

NAMING = tuple(
    name for name in MODELS if any(target == "actors" for _, target, _ in references(name))
)
"""The tables that name actors."""


@rule("actors", "actor_id", reads=NAMING)
def every_actor_used(actor: Actor, corpus: Corpus) -> Finding | None:
    """Every actor is named in some column that refers to actors."""
    if actor.actor_id in corpus.actors_named:
        return None
    if difflib.get_close_matches(actor.actor_id, corpus.missing.get("actors", ()), n=1):
        return None  # The link that is misspelt may mean it.
    return Finding("an actor that some row names", "remove the row, or code what names the actor")
