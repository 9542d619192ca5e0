"""Chains of who passes a claim on."""

from __future__ import annotations

from collections.abc import Sequence


def relay_chain(relays: Sequence[str], speaker: str, asserter: str) -> tuple[str, ...]:
    """Those between the asserter of a claim and the source, outermost first.

    `relays` are those of the statement, outermost first. What the speaker asserts went through all
    of them, what a relay says of the speaker through those outside it, and what the author says
    through none.

    >>> relay_chain(["outlet", "sources"], "state", "state")
    ('outlet', 'sources')
    >>> relay_chain(["outlet", "sources"], "state", "sources")
    ('outlet',)
    >>> relay_chain(["outlet", "sources"], "state", "author")
    ()
    """
    if asserter == speaker:
        return tuple(relays)
    return tuple(relays[: relays.index(asserter)]) if asserter in relays else ()
