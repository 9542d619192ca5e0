"""Alpha by variable with its interval, as a plot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..reliability.figures import INSUFFICIENT, TENTATIVE, Figure, Samples
from .drawing import BLUE, ORANGE, draw

Variable = tuple[str, str]
_STYLES = ((BLUE, "o"), (ORANGE, "D"))  # Told apart by their marks as well.
_ROW, _HEAD = 0.25, 1.6  # Inches.


def plot_alpha(
    samples: Samples,
    path: str | Path,
    title: str = "Agreement between two codings of the same texts",
) -> None:
    """Write a plot of alpha by variable, one mark a sample, to an SVG, PNG or PDF file.

    `samples` has the figures of one or two comparisons by the label that the legend shows. Bars
    are 95 % intervals; where there is no bar, there is no interval. The same figures give the same
    bytes with the same version of matplotlib.

    Raises `MissingExtraError` where matplotlib (extra `plots`) is not installed, `UsageError` where
    the file has another ending or there is nothing to show.
    """
    shown = {
        label: {(line.table, line.variable): line for line in figures if line.alpha is not None}
        for label, figures in samples.items()
    }
    every = [(line.table, line.variable) for figures in samples.values() for line in figures]
    variables = [
        name for name in dict.fromkeys(every) if any(name in figures for figures in shown.values())
    ]
    if not variables:
        raise UsageError("there is no variable with an alpha to plot")

    def paint(figure: Any) -> None:
        _draw(figure.subplots(), shown, variables)
        figure.legend(loc="outside upper center", frameon=False, title=title)

    draw(path, (7, _HEAD + _ROW * len(variables)), paint)


def _draw(
    axes: Any, shown: Mapping[str, Mapping[Variable, Figure]], variables: Sequence[Variable]
) -> None:
    for at, name in ((INSUFFICIENT, "0.4"), (TENTATIVE, "0.667")):
        axes.axvline(at, color="0.6", linewidth=0.8, linestyle="--", zorder=0)
        axes.text(at, 1.003, name, transform=axes.get_xaxis_transform(), ha="center", color="0.35")
    lows = [-0.05]
    for number, (label, figures) in enumerate(shown.items()):
        colour, mark = _STYLES[number]
        shift = (number - (len(shown) - 1) / 2) * 0.36
        places = [variables.index(name) + shift for name in figures]
        for at, figure in zip(places, figures.values(), strict=True):
            if figure.low is not None:
                axes.plot([figure.low, figure.high], [at, at], color=colour, linewidth=1.4)
                lows.append(figure.low)
        alphas = [figure.alpha for figure in figures.values()]
        axes.plot(alphas, places, mark, color=colour, markersize=4, label=label)
    axes.set_yticks(range(len(variables)), [f"{table}: {name}" for table, name in variables])
    for at in range(1, len(variables)):
        if variables[at][0] != variables[at - 1][0]:
            axes.axhline(at - 0.5, color="0.88", linewidth=0.8, zorder=0)
    axes.set_ylim(len(variables) - 0.4, -0.6)
    axes.set_xlim(min(lows) - 0.02, 1.03)
    axes.set_xlabel("Krippendorff's alpha (1 perfect, 0 chance), with 95 % bootstrap interval")
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
