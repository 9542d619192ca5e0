"""The figures of agreement: what one is, and those that are published with the codebook."""

from __future__ import annotations

import csv
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..about import PACKAGE

if TYPE_CHECKING:
    from ..tables.folder import Tables

Level = Literal["nominal", "ordinal", "interval", "ratio"]
TENTATIVE, INSUFFICIENT = 0.667, 0.4  # Below these, Krippendorff allows tentative, and no, use.
TEXTS, MADE_UP = "texts", "made-up"
NAMES = {TEXTS: "the coded texts", MADE_UP: "the made-up text"}
PUBLISHED = Path(__file__).parent / "published.csv"


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


Samples = Mapping[str, Sequence[Figure]]
COLUMNS = [figure.name for figure in fields(Figure)]


def number(value: float | None) -> str:
    """A share or coefficient with two decimals; a dash where there is none.

    >>> number(0.667), number(None)
    ('0.67', '-')
    """
    return "-" if value is None else f"{value:.2f}"


def as_records(figures: Sequence[Figure]) -> list[dict[str, object]]:
    """The figures as one dictionary each, in the order of `COLUMNS`."""
    return [asdict(figure) for figure in figures]


@cache
def published() -> dict[str, tuple[Figure, ...]]:
    """The published figures by sample: `texts`, the coded texts, and `made-up`, out of sample.

    They are computed from the raw codings by `.ci/derive.py`, and computed anew in CI.
    """
    found: dict[str, list[Figure]] = {}
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row.pop("sample"), []).append(_figure(row))
    return {sample: tuple(of_sample) for sample, of_sample in found.items()}


def _figure(row: dict[str, str]) -> Figure:
    kinds = typing.get_type_hints(Figure)
    cells: dict[str, object] = {}
    for name, cell in row.items():
        kind = next(iter(typing.get_args(kinds[name])), str)
        cells[name] = None if cell == "" else kind(cell) if kind in (int, float) else cell
    return Figure(**cells)  # type: ignore[arg-type]


def figures_in(tables: Tables) -> Samples:
    """The published figures of a dataset by sample; only that of this package has some."""
    return published() if tables.about.name == PACKAGE else {}


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
        variable = "span"
    parts = [_words(sample, figure) for sample, figure in figures_of(table, variable, samples)]
    mark = "; tentative" if is_tentative(table, variable, samples) else ""
    return "; ".join(parts) + mark


def _words(sample: str, figure: Figure) -> str:
    where = f"{NAMES[sample]}: " if sample == MADE_UP else ""
    if figure.variable == "span":
        return f"{where}mean overlap of spans {number(figure.agreement)}, n {figure.n}"
    if figure.alpha is None:
        same = "" if figure.agreement is None else f", {figure.agreement:.0%} the same"
        return f"{where}alpha not defined{same}, n {figure.n}"
    bounds = "" if figure.low is None else f" ({number(figure.low)} to {number(figure.high)})"
    none = ", none differs" if figure.agreement == 1 else ""
    return f"{where}alpha {number(figure.alpha)}{bounds}, n {figure.n}{none}"
