"""The figures of agreement: what one is, and those that are published with the codebook."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import TypeAdapter

from ..schema.adjudications import SPAN

if TYPE_CHECKING:
    from ..tables.folder import Tables

Level = Literal["nominal", "ordinal", "interval", "ratio"]
TENTATIVE, INSUFFICIENT = 0.667, 0.4  # Below these, Krippendorff allows tentative, and no, use.
PUBLISHED = Path(__file__).parent / "published.csv"
SAMPLE, CODINGS = "sample", "codings_sha256"
"""Columns that say what a published figure was measured on, and from which raw codings."""


@dataclass(frozen=True)
class Figure:
    """One line of a comparison.

    `n_a` and `n_b` are the units of each coding, `n` those compared; `agreement` is the share of
    these in which the two have the same, `alpha` with the bounds of its 95 % interval. Precision is
    the share of b's units that a has too, recall the share of a's that b has.
    """

    table: str
    variable: str
    level: Level | None = None
    n_a: int | None = None
    n_b: int | None = None
    n: int | None = None
    agreement: float | None = None
    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None

    @property
    def bounds(self) -> str:
        """The interval in words, empty where there is none."""
        return "" if self.low is None else f"{number(self.low)} to {number(self.high)}"


Samples = Mapping[str, Sequence[Figure]]
"""Figures by what they were measured on, as readers see it; the dataset's own texts come first."""


def number(value: float | None) -> str:
    """A share or coefficient with two decimals; a dash where there is none.

    >>> number(0.667), number(None)
    ('0.67', '-')
    """
    return "-" if value is None else f"{value:.2f}"


@cache
def published() -> Samples:
    """The published figures: of the coded texts, then of texts on which no rule was made.

    They are computed from the raw codings by `.ci/derive.py`, and computed anew in CI.
    """
    reader = TypeAdapter(Figure)
    samples: dict[str, list[Figure]] = {}
    for row in _published_rows():
        cells = {name: cell or None for name, cell in row.items() if name not in (SAMPLE, CODINGS)}
        samples.setdefault(row[SAMPLE], []).append(reader.validate_python(cells))
    return samples


@cache
def _published_rows() -> list[dict[str, str]]:
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures_in(tables: Tables) -> Samples:
    """The published figures, of the raw codings that they were computed from; of others none."""
    measured = _published_rows()[0][CODINGS]
    return published() if (tables.given or tables).codings_sha256 == measured else {}


def figures_of(table: str, variable: str, samples: Samples) -> Iterator[tuple[str, Figure]]:
    """The figures of one variable, each with its sample."""
    for sample, figures in samples.items():
        for figure in figures:
            if (figure.table, figure.variable) == (table, variable):
                yield sample, figure


def is_tentative(table: str, variable: str, samples: Samples) -> bool:
    """Whether alpha of a variable lies below 0.667 in some sample."""
    alphas = [figure.alpha for _, figure in figures_of(table, variable, samples)]
    return any(alpha is not None and alpha < TENTATIVE for alpha in alphas)


def in_words(tables: Tables, table: str, variable: str) -> str:
    """What is published of a variable of a dataset, in one line; empty where nothing is."""
    samples = figures_in(tables)
    if (table, variable) in (("statements", "start"), ("statements", "end")):
        variable = SPAN
    parts = [
        _words(figure) if sample == next(iter(samples)) else f"{sample}: {_words(figure)}"
        for sample, figure in figures_of(table, variable, samples)
    ]
    mark = "; tentative" if is_tentative(table, variable, samples) else ""
    return "; ".join(parts) + mark


def _words(figure: Figure) -> str:
    if figure.variable == SPAN:
        return f"mean overlap of spans {number(figure.agreement)}, n {figure.n}"
    if figure.alpha is None:
        same = "" if figure.agreement is None else f", {figure.agreement:.0%} the same"
        return f"alpha not defined{same}, n {figure.n}"
    interval = f" ({figure.bounds})" if figure.bounds else ""
    none = ", none differs" if figure.agreement == 1 else ""
    return f"alpha {number(figure.alpha)}{interval}, n {figure.n}{none}"
