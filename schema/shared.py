"""What several tables have in common: code lists and columns."""

from __future__ import annotations

from typing import Any

from .cells import Code, Scale
from .rows import column


class ActorType(Code):
    """What kind of actor it is. No type is a judgement of legitimacy."""

    person = "person", "person", "A single human being, named or not."
    state = (
        "state",
        "state",
        "A state, also where a capital or a demonym stands for its government.",
    )
    government_body = (
        "government_body",
        "government body",
        "An office, ministry or agency of a state.",
    )
    military = "military", "military", "Armed forces of a state, or a command of them."
    nonstate_group = (
        "nonstate_group",
        "non-state group",
        "An organised political or armed group outside state organs; says nothing of legitimacy.",
    )
    party = "party", "party", "A political party."
    ngo = "ngo", "non-governmental organisation", "An organisation independent of a government."
    company = "company", "company", "A business."
    media = "media", "media", "A news outlet, or several spoken of together."
    think_tank = "think_tank", "think tank", "A research or advocacy institute."
    university = "university", "university", "A university."
    international_body = "international_body", "international body", "A body set up by states."
    force = "force", "force", "A multinational force or mission, or the body that coordinates it."
    state_group = "state_group", "group of states", "States spoken of together, organised or not."
    place = "place", "place", "A territory not acting as a government; implies no status."
    collective = "collective", "collective", "An unnamed group of people or bodies."
    other = "other", "other", "None of these."


class Certainty(Scale):
    """How certain the coder is of the row; says nothing of the truth of the claim."""

    low = "low", "low", "Another reading is about as likely."
    medium = "medium", "medium", "Inferred, or another reading is possible."
    high = "high", "high", "The text leaves little doubt."


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
