"""What several tables have in common: code lists and columns."""

from __future__ import annotations

from typing import Any

from .cells import Code, Scale
from .rows import column


class ActorType(Code):
    """What kind of actor it is. No type is a judgement of legitimacy."""

    person = "person", "person", "A single human being, named or not.", 1
    state = (
        "state",
        "state",
        "A state, also where a capital or a demonym stands for its government.",
        2,
    )
    government_body = (
        "government_body",
        "government body",
        "An office, ministry or agency of a state.",
        3,
    )
    military = "military", "military", "Armed forces of a state, or a command of them.", 4
    nonstate_group = (
        "nonstate_group",
        "non-state group",
        "An organised political or armed group outside state organs; says nothing of legitimacy.",
        5,
    )
    party = "party", "party", "A political party.", 6
    ngo = "ngo", "non-governmental organisation", "An organisation independent of a government.", 7
    company = "company", "company", "A business.", 8
    media = "media", "media", "A news outlet, or several spoken of together.", 9
    think_tank = "think_tank", "think tank", "A research or advocacy institute.", 10
    university = "university", "university", "A university.", 11
    international_body = "international_body", "international body", "A body set up by states.", 12
    force = (
        "force",
        "force",
        "A multinational force or mission, or the body that coordinates it.",
        13,
    )
    state_group = (
        "state_group",
        "group of states",
        "States spoken of together, organised or not.",
        14,
    )
    place = "place", "place", "A territory not acting as a government; implies no status.", 15
    collective = "collective", "collective", "An unnamed group of people or bodies.", 16
    other = "other", "other", "None of these.", 17


class Certainty(Scale):
    """How certain the coder is of the row; says nothing of the truth of the claim."""

    low = "low", "low", "Another reading is about as likely.", 1
    medium = "medium", "medium", "Inferred, or another reading is possible.", 2
    high = "high", "high", "The text leaves little doubt.", 3


def certainty() -> Any:
    """The column with the coder's certainty."""
    return column("How certain the coder is of the row.", example="high")


def span_start() -> Any:
    """The column with the start of a span."""
    return column("Offset of the first character in the canonical paragraph, from 0.", example=92)


def span_end() -> Any:
    """The column with the end of a span."""
    return column("Offset after the last character in the canonical paragraph.", example=295)


def span_digest() -> Any:
    """The column with the digest of a span."""
    return column("SHA-256 of the canonical span in UTF-8.", example="0" * 64)
