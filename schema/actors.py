"""Table `actors`: everyone who speaks, is spoken of, or publishes."""

from __future__ import annotations

from typing import ClassVar

from .cells import Country, Name, Slug, Text, WikidataItem
from .rows import Row, Table, column
from .shared import ActorType


class Actor(Row):
    """One person, body, group, state or place that a row of another table names.

    - The id is the common English name in kebab-case ASCII, without article, title or evaluative
      word: of a person the given name and the family name, of an office, ministry or force the
      name with its state (`norlandish-armed-forces`), of anything else its full name where the
      text gives it, and not an abbreviation.
    - Capitals, country names and demonyms that stand for a government are the state.
    - Unnamed officials of a state are a collective of their own, such as `norlandish-officials`;
      one unnamed source is an actor of its own, such as `unnamed-norlandish-official-1`. Named
      offices and ministries are actors of their own.
    - Leaders or offices of an organisation are actors of their own only where the text gives them
      an act of their own.
    - Persons and bodies that are only planned are no actors.
    - A collective that the text names is one actor and is never resolved into its members.
    - Joined adjectives ("Nordic and Baltic states") give one actor each.
    """

    about: ClassVar = Table("actors", "Actors", key=("actor_id",), shown=("name",), coded=True)

    actor_id: Slug = column("Id of the actor.", example="united-states")
    name: Name = column("Common English name.", example="United States")
    actor_type: ActorType = column("Kind of actor.", example="state")
    country: Country | None = column(
        "Country of the actor, ISO 3166-1 alpha-3; empty where sovereignty is disputed, several "
        "apply, or the text does not say: a place in the name of a body says nothing of it, an "
        "adjective of nationality does.",
        example="USA",
    )
    wikidata: WikidataItem | None = column("Wikidata item; only where certain.", example="Q30")
    description: Text = column(
        "Who or what the actor is, in neutral words, by the account of the source.",
        example="State; also where the source says Washington.",
    )
