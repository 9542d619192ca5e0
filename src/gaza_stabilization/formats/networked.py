"""What the formats of networks have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from ..networks.build import NETWORKS, Network, network_of
from ..writing import write_files
from .content import NAMES, Content, Losses


def write_networks(
    content: Content, folder: Path, files: Callable[[Network], dict[str, str]]
) -> Losses:
    """Write the `files` of each network, and CAPTIONS.md; returns what they leave out."""
    captions = ""
    losses = Counter({"tables that are no network": len(NAMES)})
    for name in NETWORKS:
        network = network_of(content.tables, name)
        write_files(folder, files(network))
        captions += f"- **{name}**: {network.caption}\n"
        losses.update({f"{name}: {why}": count for why, count in network.left_out.items()})
    write_files(folder, {"CAPTIONS.md": captions})
    return losses
