"""Alpha by variable with its interval, as a plot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..reliability.figures import INSUFFICIENT, TENTATIVE, Figure
from .drawing import BLUE, ORANGE, draw

_STYLES = ((BLUE, "o"), (ORANGE, "D"))  # Told apart by their marks as well.
_ROW, _HEAD = 0.25, 1.6  # Inches.


def plot_alpha(
    samples: Mapping[str, Sequence[Figure]],
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
    rows = _rows(samples)
    if not rows:
        raise UsageError("there is no variable with an alpha to plot")

    def paint(figure: Any) -> None:
        _draw(figure.subplots(), samples, rows)
        figure.legend(loc="outside upper center", frameon=False, title=title)

    draw(path, (7, _HEAD + _ROW * len(rows)), paint)


def _rows(samples: Mapping[str, Sequence[Figure]]) -> list[tuple[str, str]]:
    """The variables that have an alpha in some sample, in the order of the tables."""
    every = [figure for figures in samples.values() for figure in figures]
    known = {(figure.table, figure.variable) for figure in every if figure.alpha is not None}
    names = dict.fromkeys((figure.table, figure.variable) for figure in every)
    return [name for name in names if name in known]


def _draw(axes: Any, samples: Mapping[str, Sequence[Figure]], rows: list[tuple[str, str]]) -> None:
    for at, name in ((INSUFFICIENT, "0.4"), (TENTATIVE, "0.667")):
        axes.axvline(at, color="0.6", linewidth=0.8, linestyle="--", zorder=0)
        axes.text(at, 1.003, name, transform=axes.get_xaxis_transform(), ha="center", color="0.35")
    for number, ((label, figures), (colour, mark)) in enumerate(
        zip(samples.items(), _STYLES, strict=False)
    ):
        shift = (number - (len(samples) - 1) / 2) * 0.36
        for at, figure in _placed(figures, rows):
            if figure.low is not None:
                axes.plot([figure.low, figure.high], [at + shift] * 2, color=colour, linewidth=1.4)
        points = [(figure.alpha, at + shift) for at, figure in _placed(figures, rows)]
        axes.plot(*zip(*points, strict=True), mark, color=colour, markersize=4, label=label)
    axes.set_yticks(range(len(rows)), [f"{table}: {variable}" for table, variable in rows])
    for at in range(1, len(rows)):
        if rows[at][0] != rows[at - 1][0]:
            axes.axhline(at - 0.5, color="0.88", linewidth=0.8, zorder=0)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(min([-0.05, *_lows(samples)]) - 0.02, 1.03)
    axes.set_xlabel("Krippendorff's alpha (1 perfect, 0 chance), with 95 % bootstrap interval")
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(axis="y", length=0)


def _placed(figures: Sequence[Figure], rows: list[tuple[str, str]]) -> Iterator[tuple[int, Figure]]:
    for figure in figures:
        if figure.alpha is not None:
            yield rows.index((figure.table, figure.variable)), figure


def _lows(samples: Mapping[str, Sequence[Figure]]) -> list[float]:
    return [
        figure.low for figures in samples.values() for figure in figures if figure.low is not None
    ]
