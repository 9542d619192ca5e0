"""Chains of who passes a claim on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


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


def relays_in(links: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    """Those who passed each statement on, outermost first, by the cells of table `relays`.

    >>> links = [("s1", "2", "sources"), ("s1", "1", "outlet")]
    >>> names = "statement_id", "depth", "relay_id"
    >>> relays_in(dict(zip(names, link)) for link in links)
    {'s1': ['outlet', 'sources']}
    """
    chains: dict[str, list[str]] = {}
    for link in sorted(links, key=lambda link: int(link["depth"])):
        chains.setdefault(link["statement_id"], []).append(link["relay_id"])
    return chains
