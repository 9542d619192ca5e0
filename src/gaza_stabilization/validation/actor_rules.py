"""Rules of actors: none is listed that no row names."""

from __future__ import annotations

import difflib
from collections.abc import Collection

from ..schema.actors import Actor
from ..schema.models import MODELS, references
from .across import Finding, rule
from .corpus import Corpus

NAMING = tuple(
    name for name in MODELS if any(target == "actors" for _, target, _ in references(name))
)
"""The tables that name actors."""


@rule("actors", "actor_id", reads=NAMING, suspect=lambda of: ~of["named"])
def every_actor_used(actor: Actor, corpus: Corpus) -> Finding | None:
    """Every actor is named in some column that refers to actors."""
    if actor.actor_id in corpus.actors_named:
        return None
    if may_be_meant(actor.actor_id, corpus.missing.get("actors", ())):
        return None
    return Finding("an actor that some row names", "remove the row, or code what names the actor")


def may_be_meant(actor_id: str, misspelt: Collection[str]) -> bool:
    """Whether one of some ids that lead nowhere may be an actor's, misspelt."""
    return bool(difflib.get_close_matches(actor_id, misspelt, n=1))
