"""What the formats of networks have in common."""

from __future__ import annotations

from collections import Counter

from ..networks.build import Network
from .content import Content, Losses


def losses(content: Content, networks: dict[str, Network]) -> Losses:
    """What graphs of the networks cannot hold, and what their selections leave out."""
    found = Counter({"tables that are no network": len(content.names)})
    for name, network in networks.items():
        found.update({f"{name}: {why}": count for why, count in network.left_out.items()})
    return dict(found)
