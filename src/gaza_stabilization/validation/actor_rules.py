"""Rules of actors: none is listed that no row names."""

from __future__ import annotations

import difflib
import re

from ..schema.actors import Actor
from ..schema.cells import SLUG
from .across import Finding, rule
from .corpus import Corpus

_SLUG = re.compile(SLUG)


@rule("actors", "actor_id")
def every_actor_used(actor: Actor, corpus: Corpus) -> Finding | None:
    """Every actor is named in some column that refers to actors."""
    named = corpus.actors_named
    if named is None or actor.actor_id in named.cells:
        return None
    # A misspelt cell or a line that cannot be read may have named it.
    misspelt = [cell for cell in named.cells if not _SLUG.fullmatch(cell)]
    if difflib.get_close_matches(actor.actor_id, misspelt, n=1, cutoff=0.6):
        return None
    if any(actor.actor_id in text for text in named.lost):
        return None
    return Finding("an actor that some row names", "remove the row, or code what names the actor")
