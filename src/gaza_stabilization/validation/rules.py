"""All rules across tables, gathered from the modules that hold them."""

from __future__ import annotations

from . import (
    actor_rules,
    coding_rules,
    id_rules,
    place_rules,
    source_rules,
    speech_rules,
    tie_rules,
)
from .across import LinkRule

RULES: tuple[LinkRule, ...] = tuple(
    rule
    for module in (
        place_rules,
        speech_rules,
        tie_rules,
        actor_rules,
        coding_rules,
        id_rules,
        source_rules,
    )
    for rule in vars(module).values()
    if isinstance(rule, LinkRule)
)

ADJUDICATING: tuple[LinkRule, ...] = tuple(
    rule for rule in vars(coding_rules).values() if isinstance(rule, LinkRule)
)
"""The rules that speak of adjudications, of which a coder knows nothing."""
