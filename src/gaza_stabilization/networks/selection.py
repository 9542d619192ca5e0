"""Which positions a network is made of: by whom, own or ascribed, on which scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import UsageError, look_up
from .stances import SCALES, SIGNED, Claim, Claims, number, once_a_document, with_enough_statements

if TYPE_CHECKING:
    import pandas as pd

HOLDER, PRINCIPAL = "holder", "principal"
ACTORS = {
    HOLDER: "whoever holds the position, as the text names it",
    PRINCIPAL: "the state or organisation that the holder acts for; who acts for none is left out",
}
ONCE, EACH = "document", "statement"
DUPLICATES = {
    ONCE: "the same stance of an actor on an issue counts once in each document",
    EACH: "it counts as often as a statement expresses it",
}


@dataclass(frozen=True)
class Selection:
    """Which positions are taken, and how they count. The defaults are the plainest reading."""

    actors: str = HOLDER
    ascribed: bool = False
    implied: bool = True
    scale: str = SIGNED
    duplicates: str = ONCE
    least_statements: int = 1
    roll_up: bool = False

    def __post_init__(self) -> None:
        look_up("way to name actors", self.actors, ACTORS)
        look_up("scale of stances", self.scale, SCALES)
        look_up("way to count duplicates", self.duplicates, DUPLICATES)
        if self.least_statements < 1:
            raise UsageError(f"least_statements is {self.least_statements}; expected 1 or more")

    def __str__(self) -> str:
        """The selection in words, for captions."""
        parts = [
            f"actors by {self.actors}",
            "own and ascribed positions" if self.ascribed else "own positions",
            "with implied ones" if self.implied else "explicit ones only",
            f"scale: {SCALES[self.scale].definition}",
            f"duplicates once per {self.duplicates}"
            if self.duplicates == ONCE
            else "duplicates counted per statement",
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
    rows: list[Claim] = []
    for cells in positions.to_dict("records"):
        row = {str(name): cell for name, cell in cells.items()}
        why = _against(row, selection)
        if why:
            left_out[why] += 1
        else:
            rows += _claims(row, parents, selection)
    found = tuple(rows)
    if selection.duplicates == ONCE:
        found = once_a_document(found)
        left_out["said again in the same document"] += len(rows) - len(found)
    enough = with_enough_statements(found, selection.least_statements)
    left_out["actors with too few statements"] += len(found) - len(enough)
    return Claims(SCALES[selection.scale], enough, {why: n for why, n in left_out.items() if n})


def _against(row: dict[str, object], selection: Selection) -> str:
    """Why a position is not taken; empty where it is."""
    if row["ascription"] == "ascribed" and not selection.ascribed:
        return "ascribed by somebody else"
    if row["explicitness"] == "implied" and not selection.implied:
        return "implied"
    if not isinstance(row[f"{selection.actors}_id"], str):
        return "holder acts for no state or organisation"
    if number(str(row["stance"]), str(row["intensity"]), selection.scale) is None:
        return "ambivalent, for which the scale has no place"
    return ""


def _claims(
    row: dict[str, object], parents: dict[str, str], selection: Selection
) -> Iterator[Claim]:
    value = number(str(row["stance"]), str(row["intensity"]), selection.scale)
    assert value is not None
    claim = Claim(
        str(row["source_id"]),
        str(row["statement_id"]),
        str(row[f"{selection.actors}_id"]),
        str(row["issue_id"]),
        value,
    )
    yield claim
    issue = parents.get(claim.concept) if row["stance"] == "support" else None
    while selection.roll_up and issue is not None:
        yield claim._replace(concept=issue)
        issue = parents.get(issue)
