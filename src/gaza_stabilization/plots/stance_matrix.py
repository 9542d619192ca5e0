"""Who holds which stance on which issue: a matrix of holders by issues."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..networks.build import AFFILIATION, Network, network_of
from .drawing import BLUE, GREY, ORANGE, caption, draw

if TYPE_CHECKING:
    from ..tables.folder import Tables

_LEAST_WIDTH = 5.0  # Inches, so that legend and caption can be read beside few issues.
# Told apart by shape and place as well as by colour.
_MARKS = {
    "support": (BLUE, "^", -0.24),
    "ambivalent": (GREY, "D", 0.0),
    "oppose": (ORANGE, "v", 0.24),
}


def plot_stances(path: Path, tables: Tables) -> None:
    """Draw the stance matrix of some tables, of own positions."""
    network = network_of(tables, AFFILIATION)
    rows, columns = len(network.matrix.index), len(network.matrix.columns)
    if not rows:
        raise UsageError(f"there is no position to draw: {network.caption}")
    size = max(_LEAST_WIDTH, 2.4 + 0.34 * columns), 2.6 + 0.24 * rows
    draw(path, size, lambda figure: _paint(figure, network))


def _paint(figure: Any, network: Network) -> None:
    axes = figure.subplots()
    labels = {id_: data["label"] for id_, data in network.graph.nodes(data=True)}
    holders, issues = list(network.matrix.index), list(network.matrix.columns)
    for side, (colour, mark, shift) in _MARKS.items():
        taken = network.edges[network.edges[f"n_{side}"] > 0]
        axes.scatter(
            [issues.index(issue) + shift for issue in taken["issue"]],
            [holders.index(actor) for actor in taken["actor"]],
            marker=mark, color=colour, s=34, label=side, zorder=3,
        )  # fmt: skip
    axes.set_xticks(range(len(issues)), issues, rotation=90)
    axes.set_yticks(range(len(holders)), [labels[holder] for holder in holders])
    axes.set_xlim(-0.5, len(issues) - 0.5)
    axes.set_ylim(len(holders) - 0.5, -0.5)
    axes.set_xticks([at - 0.5 for at in range(1, len(issues))], minor=True)
    axes.set_yticks([at - 0.5 for at in range(1, len(holders))], minor=True)
    axes.grid(which="minor", color="0.9", linewidth=0.6)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_color("0.8")
    figure.legend(loc="outside upper center", ncols=3, frameon=False)
    caption(figure, f"Stances by holder and issue, as claimed in texts. {network.caption}")
