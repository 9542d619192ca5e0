"""Table `relationships`: ties between actors that somebody asserts."""

from __future__ import annotations

from typing import ClassVar

from .cells import Code, Date, RelationName, RelationshipId, SixWords, Slug, StatementId, Summary
from .row_rules import FilledExactlyWhere, InOrder
from .rows import Row, Table, column
from .shared import Certainty, certainty


class Modality(Code):
    """In what mode a tie is asserted. Denied outranks prospective."""

    actual = (
        "actual",
        "actual",
        "Is said to exist or to have happened; also a threat that was uttered.",
        1,
    )
    former = "former", "former", "Is said to have ended.", 2
    prospective = (
        "prospective",
        "prospective",
        "Planned, sought, aimed at or possible; also a threat that an analyst foresees.",
        3,
    )
    denied = "denied", "denied", "Is said not to exist or not to come.", 4


RELATIONS_WITH_TERM = ("accuses", "categorises")


class Relationship(Row):
    """One tie between two actors that a statement, or the clause introducing it, asserts.

    - Rows are asserted ties, not events: one event reported twice is two rows.
    - One row per tie and statement; `part_of` once per actor, object and source, where it is
      first asserted. A tie that two twin statements share stands once, at the first.
    - An addressee alone gives no tie, nor does an adjective of nationality or backing; but a
      state's officials, offices, forces and media get `part_of`.
    - Ties performed by speaking carry no time of their own.
    - A stance on an actor's part in a joint undertaking (a plan, a force, a settlement) is a
      position, not a tie: what an actor plans, offers, is to contribute or refuses there, be it
      persons, goods, money or a decision, and what would follow from it, gives no tie beside the
      position, also where no issue covers it. What an actor does, wants to do or is feared to do
      to another actor is a tie.
    - Ties of class `speech` echo speech acts: never add the tables up. That two agree or differ is
      coded where the words say so, not where it follows; to reject what another holds says so.
    - `part_of` goes to the nearest body that the text names, and from there to its state. A seat
      given as town and state is two ties.
    - What a speaker asks a third actor to do to another is a prospective tie beside the position.
      A military conflict foreseen between two actors is one `attacks` each way, since the relation
      has a direction and the text gives none.
    - The summary names who makes the claim, so that it does not read as fact when it stands alone.
    """

    about: ClassVar = Table(
        "relationships",
        "Relationships",
        coded=True,
        may_be_empty=True,
        key=("relationship_id",),
        shown=("subject_id", "relation", "object_id"),
        unique={
            "doubled-claim": (
                "statement_id",
                "subject_id",
                "relation",
                "object_id",
                "modality",
                "asserted_by_id",
            )
        },
        rules=(
            InOrder("time_start", "time_end"),
            FilledExactlyWhere("term", "relation", RELATIONS_WITH_TERM),
        ),
    )

    relationship_id: RelationshipId = column(
        "Id of the relationship, unique across sources.", example="r001"
    )
    statement_id: StatementId = column(
        "Statement that asserts it.", example="s002", references="statements"
    )
    subject_id: Slug = column(
        "Actor that the tie starts from.", example="marco-rubio", references="actors"
    )
    relation: RelationName = column(
        "Kind of tie.", example="holds_office_in", references="relation_types"
    )
    object_id: Slug = column(
        "Actor that the tie goes to.", example="united-states", references="actors"
    )
    asserted_by_id: Slug = column(
        "Who asserts it: the speaker; a relay, for what it says about the speaker; or the author, "
        "for what stands in an introducing clause or an apposition.",
        example="shimon-sherman",
        references="actors",
    )
    modality: Modality = column("In what mode it is asserted.", example="actual")
    time_start: Date | None = column(
        "When it began, in EDTF, where the text says so.", example="2012"
    )
    time_end: Date | None = column(
        "When it ended, in EDTF, where the text says so.", example="2014"
    )
    term: SixWords | None = column(
        "The category or conduct, in the coder's words; for `categorises` and `accuses` only.",
        example="liberation group",
    )
    summary: Summary = column(
        "The claim in the coder's own neutral words, with who makes it.",
        example="The author says that Rubio is US Secretary of State.",
    )
    certainty: Certainty = certainty()
