"""Stances as numbers, on three scales, and the claims that a network is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..schema.positions import Intensity, Stance

BINARY, SIGNED, INTENSITY = "binary", "signed", "intensity"


class Scale(NamedTuple):
    """A scale: its least and greatest value, and what it is.

    The binary one has no place for ambivalent positions; only the last one has intensity, and not
    that of ambivalent positions.
    """

    least: int
    greatest: int
    definition: str


SCALES = {
    BINARY: Scale(0, 1, "0 oppose, 1 support, as Discourse Network Analyzer has it"),
    SIGNED: Scale(-1, 1, "-1 oppose, 0 ambivalent, 1 support, as political claims analysis has it"),
    INTENSITY: Scale(
        -3,
        3,
        "-3 categorical opposition to 3 categorical support, 0 ambivalent at any intensity",
    ),
}


def number(stance: str, intensity: str, scale: str) -> int | None:
    """A stance as a number on a scale; None where the scale has no place for it.

    >>> number("oppose", "plain", "signed"), number("oppose", "plain", "intensity")
    (-1, -2)
    >>> number("ambivalent", "plain", "binary")
    """
    sign = Stance[stance].number
    if scale == BINARY:
        return None if sign == 0 else (sign + 1) // 2
    return sign if scale == SIGNED else sign * Intensity[intensity].number


class Claim(NamedTuple):
    """One actor's stance on one concept, as one statement of one document expresses it."""

    document: str
    statement: str
    actor: str
    concept: str
    value: int


@dataclass(frozen=True)
class Claims:
    """The claims that a network is made of, the scale they are on, and what was left out and why.

    `left_out` counts positions by reason, so that nothing goes in silence.
    """

    scale: Scale
    rows: tuple[Claim, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def statements(self) -> int:
        """The number of distinct statements that they rest on."""
        return len({row.statement for row in self.rows})


def once_a_document(rows: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims without repeats: the same stance of an actor on a concept once in each document."""
    first: dict[tuple[str, str, str, int], Claim] = {}
    for row in rows:
        first.setdefault((row.document, row.actor, row.concept, row.value), row)
    return tuple(first.values())


def with_enough_statements(rows: tuple[Claim, ...], least: int) -> tuple[Claim, ...]:
    """Claims of the actors that have at least so many distinct statements."""
    pairs = {(row.actor, row.statement) for row in rows}
    count = Counter(actor for actor, _ in pairs)
    return tuple(row for row in rows if count[row.actor] >= least)
