"""Chance-corrected coefficients: Krippendorff's alpha, its interval, and alpha for unitising."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any

from ..errors import optional
from .figures import Level

Group = Sequence[tuple[str, ...]]
Span = tuple[int, int]
RESAMPLES = 1000
FEWEST = 40  # Draws of which a fortieth can be cut off at either end.
SEED = 20261125


def library() -> Any:
    """The module `krippendorff`, of the extra `agreement`. Raises `MissingExtraError`."""
    return optional("krippendorff", "agreement between codings", "agreement")


def alpha(units: Group, values: Sequence[str], level: Level = "nominal") -> float | None:
    """Krippendorff's alpha of units with the values that coders gave; 1 is perfect, 0 chance.

    A unit has a value of each coder who gave one. `values` is all that there is to choose from, in
    order where the level is ordinal, numbers where it is interval or ratio. None where alpha is not
    defined: fewer than two units, or no variation in what was chosen.

    Source: Krippendorff, Content Analysis, computed by the library `krippendorff`. Raises
    `MissingExtraError` where it is not installed.

    >>> alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")], ["a", "b"])
    0.533
    """
    return _alpha(_counts(units, values), values, level)


def _counts(units: Group, values: Sequence[str]) -> Any:
    import numpy as np

    number = {value: at for at, value in enumerate(values)}
    counts = np.zeros((len(units), len(values)), dtype=int)
    for at, unit in enumerate(units):
        for value in unit:
            counts[at, number[value]] += 1
    return counts


def _alpha(counts: Any, values: Sequence[str], level: Level) -> float | None:
    paired = counts[counts.sum(axis=1) > 1]
    if len(paired) < 2 or (paired.sum(axis=0) > 0).sum() < 2:
        return None
    ranks = level in ("nominal", "ordinal")
    domain = list(range(len(values))) if ranks else [float(value) for value in values]
    value = library().alpha(value_counts=counts, value_domain=domain, level_of_measurement=level)
    return round(float(value), 3)


def interval(
    groups: Sequence[Group],
    values: Sequence[str],
    level: Level = "nominal",
    resamples: int = RESAMPLES,
) -> tuple[float | None, float | None]:
    """The 95 % percentile bootstrap interval of alpha, as two numbers; None where not defined.

    Whole groups are drawn, such as all positions of a statement, since what stands together is not
    independent. Draws without variation, for which there is no alpha, are left out; where they
    are more than half, or fewer than 40 are left, there is no interval. The same data give the
    same interval.
    """
    import numpy as np

    blocks = [_counts(group, values) for group in groups if group]
    if len(blocks) < 2:
        return None, None
    draw = random.Random(SEED)
    drawn = (
        _alpha(np.concatenate(draw.choices(blocks, k=len(blocks))), values, level)
        for _ in range(resamples)
    )
    alphas = sorted(value for value in drawn if value is not None)
    if len(alphas) <= resamples / 2 or len(alphas) < FEWEST:
        return None, None
    tail = int(0.025 * len(alphas))  # As many draws lie beyond the one bound as beyond the other.
    return alphas[tail], alphas[-1 - tail]


def alpha_u(a: Sequence[Span], b: Sequence[Span], length: int) -> float | None:
    """Krippendorff's alpha for unitising a continuum, of two coders; 1 is perfect, 0 chance.

    Each coder marked units as start and end (exclusive) on a continuum of `length`, from 0;
    units of one coder do not overlap. None where neither marked any, or nothing could differ.

    Source: Krippendorff, Content Analysis (2004), chapter 11. No maintained Python library has it
    without a solver, so it is written here and checked against the example of the book.

    >>> alpha_u([(0, 10)], [(0, 10)], 100)
    1.0
    """
    lengths = [end - start for start, end in (*a, *b)]
    if not lengths:
        return None
    sections = [_sections(units, length) for units in (a, b)]
    observed = sum(_difference(of_a, of_b) for of_a in sections[0] for of_b in sections[1])
    gaps = [end - start for side in sections for start, end, unit in side if not unit]
    expected = sum(
        (len(lengths) - 1) / 3 * (2 * long**3 - 3 * long**2 + long)
        + long**2 * sum(gap - long + 1 for gap in gaps if gap >= long)
        for long in lengths
    )
    chances = 2 * length * (2 * length - 1) - sum(long * (long - 1) for long in lengths)
    if not expected:
        return None
    return round(1 - (observed / length**2) / (2 / length * expected / chances), 3)


def _sections(units: Sequence[Span], length: int) -> list[tuple[int, int, bool]]:
    """The continuum as units and the gaps between them."""
    ordered = sorted(units)
    ends = [0, *(end for _, end in ordered)]
    starts = [*(start for start, _ in ordered), length]
    if any(start < end for end, start in zip(ends, starts, strict=True)):
        raise ValueError("units of one coder overlap, or do not lie on the continuum")
    gaps = [(end, start, False) for end, start in zip(ends, starts, strict=True) if end < start]
    return sorted([*((start, end, True) for start, end in ordered), *gaps])


def _difference(of_a: tuple[int, int, bool], of_b: tuple[int, int, bool]) -> int:
    """The squared difference of two sections of two coders."""
    (a, b, marked), (c, d, also) = of_a, of_b
    if marked and also and a < d and c < b:
        return (a - c) ** 2 + (b - d) ** 2
    if marked and not also and c <= a and b <= d:
        return (b - a) ** 2
    if also and not marked and a <= c and d <= b:
        return (d - c) ** 2
    return 0


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans with those that overlap made one, since units of one coder may not overlap.

    >>> merged([(0, 5), (3, 8), (8, 9)])
    [(0, 8), (8, 9)]
    """
    units: list[Span] = []
    for start, end in sorted(spans):
        if units and start < units[-1][1]:
            units[-1] = units[-1][0], max(end, units[-1][1])
        else:
            units.append((start, end))
    return units
