"""The networks as graph files, one a network, with what nodes and edges say of themselves.

Nodes have a label, a type (of an actor, or `issue`) and a country, edges their weight and counts.
Gephi opens both formats; its filters and colours can use all of these. A symmetric tie is an arc
each way, both with `symmetric`: count them once. The caption of a network, with what it takes and
leaves out, stands in CAPTIONS.md. The same data give the same bytes with the same networkx.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from ..networks.build import NETWORKS, network_of
from ..networks.graphs import library
from .content import Content, Losses
from .networked import losses

__all__ = ["library", "write"]


def write(content: Content, folder: Path, format: str) -> Losses:
    """Write a file for each network; returns what they leave out."""
    networks = {name: network_of(content.tables, name) for name in NETWORKS}
    for name, network in networks.items():
        graph = network.graph.copy()
        graph.graph = {}  # The caption is no attribute that both formats know.
        text = (_gexf if format == "gexf" else _graphml)(graph, content)
        (folder / f"{name}.{format}").write_text(text, encoding="utf-8", newline="\n")
    captions = "".join(f"- **{name}**: {network.caption}\n" for name, network in networks.items())
    (folder / "CAPTIONS.md").write_text(captions, encoding="utf-8", newline="\n")
    return losses(content, networks)


def _graphml(graph: Any, content: Content) -> str:
    buffer = io.BytesIO()
    library().write_graphml(graph, buffer)
    return buffer.getvalue().decode()


def _gexf(graph: Any, content: Content) -> str:
    buffer = io.BytesIO()
    library().write_gexf(graph, buffer)
    text = buffer.getvalue().decode()
    # The library writes the day of the run; an export says when its data were made, or nothing.
    day = f' lastmodifieddate="{content.moment:%Y-%m-%d}"' if content.moment else ""
    text = re.sub(r' lastmodifieddate="[^"]*"', day, text)
    # It also names the graph, which the schema of GEXF does not know.
    return re.sub(r'(<graph [^>]*?) name="[^"]*"', r"\1", text)
