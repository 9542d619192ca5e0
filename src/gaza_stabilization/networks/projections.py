"""One-mode networks: actors tied by the stances that they share, or that divide them.

After Leifeld, Discourse Network Analyzer. For actors a and b, concepts j and values k and l:

    congruence(a, b) = sum over j, k, l of A[a, j, k] * A[b, j, l] * (1 - |k - l| / range)

where A counts claims and range is the width of the scale. Conflict has |k - l| / range in its
place, subtract is congruence less conflict, and ignore multiplies whatever the values.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from .stances import Claim, Claims, Scale

if TYPE_CHECKING:
    import pandas as pd

Counts = Mapping[tuple[str, int], int]
"""How many claims an actor makes, by concept and value."""

KINDS: dict[str, Callable[[float], float]] = {
    "congruence": lambda distance: 1 - distance,
    "conflict": lambda distance: distance,
    "subtract": lambda distance: 1 - 2 * distance,
    "ignore": lambda distance: 1.0,
}
"""What one pair of claims adds, by their distance on the scale, from 0 to 1."""


def matrix(claims: Claims, kind: str, normalisation: str = "no") -> pd.DataFrame:
    """A one-mode network as a square matrix: actors by actors, sorted, zero on the diagonal.

    `kind` is one of `KINDS`, `normalisation` one of `NORMALISATIONS`. Source: the formulas above.
    """
    import pandas as pd

    by_actor = counts(claims.rows)
    actors = sorted(by_actor)
    cells = [
        [
            0.0 if a == b else tie(by_actor[a], by_actor[b], claims.scale, kind, normalisation)
            for b in actors
        ]
        for a in actors
    ]
    return pd.DataFrame(cells, index=actors, columns=actors, dtype="float64")


def counts(rows: tuple[Claim, ...]) -> dict[str, Counter[tuple[str, int]]]:
    """For each actor, the number of its claims by concept and value."""
    by_actor: dict[str, Counter[tuple[str, int]]] = {}
    for row in rows:
        by_actor.setdefault(row.actor, Counter())[row.concept, row.value] += 1
    return by_actor


def tie(a: Counts, b: Counts, scale: Scale, kind: str, normalisation: str) -> float:
    """The weight of the tie between two actors, by the counts of their claims."""
    width = scale.greatest - scale.least
    add = KINDS[kind]
    total = sum(
        here * there * add(abs(value - against) / width)
        for (concept, value), here in a.items()
        for (same, against), there in b.items()
        if concept == same
    )
    divisor = NORMALISATIONS[normalisation](a, b)
    return total / divisor if divisor else 0.0


def _average(a: Counts, b: Counts) -> float:
    """The mean number of claims of the two."""
    return (sum(a.values()) + sum(b.values())) / 2


def _jaccard(a: Counts, b: Counts) -> float:
    """The claims that only one of them makes, and the pairs that both make."""
    only = sum(n for key, n in a.items() if key not in b) + sum(
        n for key, n in b.items() if key not in a
    )
    return only + sum(n * b[key] for key, n in a.items() if key in b)


def _cosine(a: Counts, b: Counts) -> float:
    """The product of the lengths of the two vectors of counts.

    Discourse Network Analyzer 3 divides by the product of the numbers of claims here, which is no
    cosine; this is the cosine.
    """
    return math.hypot(*a.values()) * math.hypot(*b.values())


NORMALISATIONS: dict[str, Callable[[Counts, Counts], float]] = {
    "no": lambda a, b: 1.0,
    "average": _average,
    "jaccard": _jaccard,
    "cosine": _cosine,
}
"""What a weight is divided by."""
