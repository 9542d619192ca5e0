"""Table `actors`: everyone who speaks, is spoken of, or publishes."""

from __future__ import annotations

from typing import ClassVar

from .cells import Code, Country, Slug, Text, WikidataItem
from .rows import Row, Table, column


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


class Actor(Row):
    """One person, body, group, state or place that a row of another table names.

    - The id is the common English name in kebab-case ASCII; no evaluative word stands in it.
    - Capitals, country names and demonyms that stand for a government are the state.
    - Unnamed officials of a state are a collective of their own; one unnamed source is an actor
      of its own. Named offices and ministries are actors of their own.
    - Leaders or offices of an organisation are actors of their own only where the text gives them
      an act of their own.
    - A collective that the text names is one actor and is never resolved into its members.
    - Joined adjectives ("Arab and Muslim") give one actor each.
    """

    about: ClassVar = Table("actors", "Actors", key=("actor_id",))

    actor_id: Slug = column("Id of the actor.", example="united-states")
    name: Text = column("Common English name.", example="United States")
    actor_type: ActorType = column("Kind of actor.", example="state")
    country: Country | None = column(
        "Country of the actor, ISO 3166-1 alpha-3; empty where sovereignty is disputed, several "
        "apply, or the text does not say.",
        example="USA",
    )
    wikidata: WikidataItem | None = column("Wikidata item; only where certain.", example="Q30")
    description: Text = column(
        "Who or what the actor is, in neutral words, by the account of the source.",
        example="State; also where the source says Washington.",
    )
