"""The networks as graph files, one a network, with what nodes and edges say of themselves.

Nodes have a label, a type (of an actor, or `issue`) and a country, edges their weight and counts.
Gephi opens both formats; its filters and colours can use all of these. A symmetric tie is an arc
each way, both with `symmetric`: count them once. The caption of a network, with what it takes and
leaves out, stands in CAPTIONS.md. The same data give the same bytes with the same networkx.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

from ..networks.build import Network
from ..networks.graphs import library
from .content import Content, Losses
from .networked import write_networks

__all__ = ["library", "write"]


def write(content: Content, folder: Path, format: str) -> Losses:
    """Write a file for each network; returns what they leave out."""

    def files(network: Network) -> dict[str, str]:
        graph = network.graph.copy()
        graph.graph = {}  # The caption is no attribute that both formats know.
        buffer = io.BytesIO()
        getattr(library(), f"write_{format}")(graph, buffer)
        text = buffer.getvalue().decode()
        text = _dated(text, content.moment) if format == "gexf" else text
        return {f"{network.name}.{format}": text}

    return write_networks(content, folder, files)


def _dated(text: str, moment: dt.datetime | None) -> str:
    # The library writes the day of the run; an export says when its data were made, or nothing.
    day = f' lastmodifieddate="{moment:%Y-%m-%d}"' if moment else ""
    text = re.sub(r' lastmodifieddate="[^"]*"', day, text)
    # It also names the graph, which the schema of GEXF does not know.
    return re.sub(r'(<graph [^>]*?) name="[^"]*"', r"\1", text)
