"""Coefficients give the figures of the literature, and say where there is none."""

from __future__ import annotations

import sys

import pytest

import gaza_stabilization as gs
from gaza_stabilization.reliability import coefficients
from gaza_stabilization.reliability.coefficients import alpha, alpha_u, interval, merged

# Krippendorff, Content Analysis: 4 observers, 12 units, a dot where one did not code.
OBSERVERS = ("123321412...", "1233224125.3", ".33323422 51.", "12332441251.")
CANONICAL = [
    tuple(value for value in column if value.isdigit())
    for column in zip(*(row.replace(" ", "") for row in OBSERVERS), strict=True)
]


@pytest.mark.parametrize(
    ("level", "expected"),
    [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)],
)
def test_alpha_of_the_canonical_reliability_data(level: str, expected: float) -> None:
    assert len(CANONICAL) == 12
    assert alpha(CANONICAL, list("12345"), level) == expected  # type: ignore[arg-type]


def test_alpha_for_unitising_of_the_example_of_the_book() -> None:
    # Krippendorff 2004, chapter 11: a continuum from 150 to 450, category c.
    one = [(225, 295), (370, 400)]
    other = [(220, 300), (355, 375), (400, 420)]
    shifted = [[(start - 150, end - 150) for start, end in units] for units in (one, other)]
    assert alpha_u(shifted[0], shifted[1], 300) == 0.729
    assert alpha_u(shifted[0], shifted[0], 300) == 1.0


def test_units_that_never_meet_are_worse_than_chance() -> None:
    found = alpha_u([(0, 40)], [(60, 100)], 100)
    assert found is not None
    assert found < 0


def test_units_of_one_coder_may_not_overlap() -> None:
    with pytest.raises(ValueError, match="overlap"):
        alpha_u([(0, 5), (3, 8)], [(0, 5)], 10)
    assert merged([(3, 8), (0, 5), (0, 5), (8, 9)]) == [(0, 8), (8, 9)]


def test_where_nothing_varies_there_is_no_alpha() -> None:
    assert alpha([("a", "a")] * 9, ["a", "b"]) is None
    assert alpha([("a", "b")], ["a", "b"]) is None
    assert alpha_u([], [], 10) is None
    assert interval([[("a", "a")]] * 9, ["a", "b"]) == (None, None)
    assert interval([], ["a", "b"]) == (None, None)


def test_an_interval_draws_whole_groups_and_holds_the_figure() -> None:
    pairs = [("a", "a"), ("b", "b"), ("a", "b"), ("b", "b"), ("a", "a"), ("b", "a")] * 4
    alone = interval([[pair] for pair in pairs], ["a", "b"], resamples=300)
    together = interval([pairs[i : i + 6] for i in range(0, 24, 6)], ["a", "b"], resamples=300)
    found = alpha(pairs, ["a", "b"])
    assert alone[0] is not None
    assert found is not None
    assert alone[0] < found < alone[1]  # type: ignore[operator]
    assert together == (found, found)  # All groups are alike, so no draw differs.
    assert alone == interval([[pair] for pair in pairs], ["a", "b"], resamples=300)


def test_as_many_draws_lie_beyond_either_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter([n / 1000 for n in range(1000)])
    monkeypatch.setattr(coefficients, "_alpha", lambda *_: next(draws))
    assert interval([[("a", "b")]] * 9, ["a", "b"], resamples=1000) == (0.025, 0.974)
    draws = iter([0.5] * 39)
    assert interval([[("a", "b")]] * 9, ["a", "b"], resamples=39) == (None, None)


def test_short_units_and_gaps_by_the_formula_of_the_book() -> None:
    # Two coders, a continuum of 10: units 0-2 and 5-6 against 1-2. By hand:
    # observed: (0-1)^2 + (2-2)^2 + 1^2 = 2; of each coder's gaps 3, 4 and 1, 8.
    observed = 2 / 10**2
    lengths, gaps = [2, 1, 1], [3, 4, 1, 8]
    inner = sum(
        2 / 3 * (2 * n**3 - 3 * n**2 + n) + n**2 * sum(g - n + 1 for g in gaps if g >= n)
        for n in lengths
    )
    expected = 2 / 10 * inner / (20 * 19 - 2)
    assert alpha_u([(0, 2), (5, 6)], [(1, 2)], 10) == round(1 - observed / expected, 3)


def test_a_missing_library_is_named_with_the_line_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "krippendorff", None)
    with pytest.raises(gs.MissingExtraError, match=r'install "gaza-stabilization\[agreement\]"'):
        gs.agreement()
