"""Which positions a network is made of: by whom, own or ascribed, on which scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import InvalidDataError, UsageError, look_up
from .stances import SCALES, SIGNED, Claim, Claims, number, once_a_document, with_enough_statements

if TYPE_CHECKING:
    import pandas as pd

HOLDER, PRINCIPAL = "holder", "principal"
ONCE, EACH = "document", "statement"


@dataclass(frozen=True)
class Selection:
    """Which positions are taken, and how they count. The defaults are the plainest reading.

    `actors` are the holders, as the text names them, or the state or organisation that each acts
    for. `duplicates` of a stance of an actor on an issue count once in each document, or as often
    as a statement expresses it.
    """

    actors: str = HOLDER
    ascribed: bool = False
    implied: bool = True
    scale: str = SIGNED
    duplicates: str = ONCE
    least_statements: int = 1
    roll_up: bool = False

    def __post_init__(self) -> None:
        look_up("way to name actors", self.actors, dict.fromkeys((HOLDER, PRINCIPAL)))
        look_up("scale of stances", self.scale, SCALES)
        look_up("way to count duplicates", self.duplicates, dict.fromkeys((ONCE, EACH)))
        if self.least_statements < 1:
            raise UsageError(f"least_statements is {self.least_statements}; expected 1 or more")

    def __str__(self) -> str:
        """The selection in words, for captions."""
        parts = [
            f"actors by {self.actors}",
            "own and ascribed positions" if self.ascribed else "own positions",
            "with implied ones" if self.implied else "explicit ones only",
            f"scale: {SCALES[self.scale].definition}",
            "duplicates "
            + ("once per document" if self.duplicates == ONCE else "counted per statement"),
        ]
        if self.least_statements > 1:
            parts.append(f"actors with {self.least_statements} statements or more")
        if self.roll_up:
            parts.append("support rolled up to wider issues")
        return "; ".join(parts)


def select(positions: pd.DataFrame, parents: dict[str, str], selection: Selection) -> Claims:
    """The claims that a selection takes of the flat view `claims`, and what it leaves out.

    `parents` has the wider issue of each issue that has one, for the roll-up: support goes on to
    it, opposition and ambivalence do not.
    """
    left_out: Counter[str] = Counter()
    taken: list[Claim] = []
    for row in positions.to_dict("records"):
        value = number(row["stance"], row["intensity"], selection.scale)
        if why := _against(row, value, selection):
            left_out[why] += 1
            continue
        assert value is not None
        actor = row[f"{selection.actors}_id"]
        claim = Claim(row["source_id"], row["statement_id"], actor, row["issue_id"], value)
        taken.append(claim)
        if selection.roll_up and row["stance"] == "support":
            wider = wider_issues(claim.concept, parents)
            taken += [claim._replace(concept=issue) for issue in wider]
    claims = tuple(taken)
    if selection.duplicates == ONCE:
        claims = once_a_document(claims)
        left_out["said again in the same document"] += len(taken) - len(claims)
    enough = with_enough_statements(claims, selection.least_statements)
    left_out["actors with too few statements"] += len(claims) - len(enough)
    return Claims(SCALES[selection.scale], enough, {why: n for why, n in left_out.items() if n})


def wider_issues(issue: str, parents: Mapping[str, str]) -> list[str]:
    """The issues that an issue is part of, nearest first.

    Raises `InvalidDataError` where they lead back to one of them.

    >>> wider_issues("airport", {"airport": "transport", "transport": "services"})
    ['transport', 'services']
    """
    chain = [issue]
    while wider := parents.get(chain[-1]):
        if wider in chain:
            raise InvalidDataError(
                f"issues.csv, {chain[-1]}, parent_id: found {wider!r}; expected an issue that is "
                f"no part of {chain[-1]}; validate to see every problem"
            )
        chain.append(wider)
    return chain[1:]


def _against(row: Mapping[Hashable, Any], value: int | None, selection: Selection) -> str:
    """Why a position is not taken; empty where it is. `value` is its stance on the scale."""
    if row["ascription"] == "ascribed" and not selection.ascribed:
        return "ascribed by somebody else"
    if row["explicitness"] == "implied" and not selection.implied:
        return "implied"
    if not isinstance(row[f"{selection.actors}_id"], str):
        return "holder acts for no state or organisation"
    return "ambivalent, for which the scale has no place" if value is None else ""
