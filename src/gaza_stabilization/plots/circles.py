"""Networks of actors on a circle, so that every name can be read."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..networks.build import Network, network_of
from .drawing import BLUE, GREEN, GREY, ORANGE, YELLOW, caption, draw

if TYPE_CHECKING:
    from ..tables.folder import Tables

_SIZE = (7.0, 7.4)
_COLOURS = {"state": BLUE, "person": ORANGE, "collective": GREEN, "nonstate_group": YELLOW}


def plot_network(path: Path, tables: Tables, name: str) -> None:
    """Draw a network of actors of some tables, with its default choices."""
    network = network_of(tables, name)
    if not network.graph:
        raise UsageError(f"there is no actor to draw: {network.caption}")
    draw(path, _SIZE, lambda figure: _paint(figure, network))


def _paint(figure: Any, network: Network) -> None:
    axes = figure.subplots()
    graph = network.graph
    # Types stand together, so that ties within and between them are seen.
    nodes = sorted(graph.nodes, key=lambda id_: (graph.nodes[id_]["type"], id_))
    angles = {id_: 2 * math.pi * at / len(nodes) for at, id_ in enumerate(nodes)}
    places = {id_: (math.cos(angle), math.sin(angle)) for id_, angle in angles.items()}
    directed = graph.is_directed()
    weights: dict[tuple[str, str], float] = {}
    for a, b, weight in graph.edges(data="weight"):
        pair = (a, b) if directed else (min(a, b), max(a, b))
        weights[pair] = weights.get(pair, 0) + weight
    heaviest = max(weights.values(), default=1)
    for (a, b), weight in sorted(weights.items(), key=lambda tie: tie[1]):
        share = weight / heaviest
        axes.annotate(
            "", places[b], places[a],
            arrowprops={
                "arrowstyle": "-|>" if directed else "-",
                "mutation_scale": 7,
                "linewidth": 0.5 + 2.5 * share,
                "color": str(round(0.75 - 0.55 * share, 2)),
                "shrinkA": 5, "shrinkB": 6,
                "connectionstyle": "arc3,rad=0.12" if directed else "arc3",
            },
        )  # fmt: skip
    kinds = {graph.nodes[id_]["type"] for id_ in nodes}
    for kind in [*(kind for kind in _COLOURS if kind in kinds), *sorted(kinds - set(_COLOURS))]:
        at = [places[id_] for id_ in nodes if graph.nodes[id_]["type"] == kind]
        known = kind in _COLOURS
        axes.scatter(
            *zip(*at, strict=True), s=42, zorder=4, color=_COLOURS.get(kind, GREY),
            label=kind.replace("_", " ") if known else None, edgecolor="white",
        )  # fmt: skip
    if kinds - set(_COLOURS):
        axes.scatter([], [], s=42, color=GREY, label="other types")
    for id_, (x, y) in places.items():
        angle = math.degrees(angles[id_])
        turned = 90 < angle < 270
        axes.text(
            1.05 * x, 1.05 * y, graph.nodes[id_]["label"],
            rotation=angle - 180 if turned else angle, rotation_mode="anchor",
            ha="right" if turned else "left", va="center",
        )  # fmt: skip
    axes.set_xlim(-1.9, 1.9)
    axes.set_ylim(-1.9, 1.9)
    axes.set_aspect("equal")
    axes.axis("off")
    figure.legend(loc="outside upper center", ncols=5, frameon=False)
    caption(figure, f"{network.caption} Heavier ties are darker and wider.")
