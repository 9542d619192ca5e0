"""Table `relation_types`: the vocabulary of ties."""

from __future__ import annotations

from typing import Annotated, ClassVar

from .cells import Code, RelationName, SortedCodes, Text, TrueFalse
from .rows import Row, Table, column
from .shared import ActorType


class RelationClass(Code):
    """How a tie stands in time."""

    background = "background", "background", "Office, affiliation, membership or seat.", 1
    standing = "standing", "standing", "Lasts.", 2
    event = "event", "event", "Happens, once or again.", 3
    speech = "speech", "speech", "Done by speaking; echoes the speech act of a statement.", 4


class QuadClass(Code):
    """Class of political interaction, as in event data; empty where none applies."""

    verbal_cooperation = "verbal_cooperation", "verbal cooperation", "Cooperative words.", 1
    material_cooperation = "material_cooperation", "material cooperation", "Cooperative deeds.", 2
    verbal_conflict = "verbal_conflict", "verbal conflict", "Conflictual words.", 3
    material_conflict = "material_conflict", "material conflict", "Conflictual deeds.", 4


ActorTypes = Annotated[tuple[ActorType, ...], SortedCodes(ActorType)]


class RelationType(Row):
    """One kind of tie, read as: subject, relation, object."""

    about: ClassVar = Table(
        "relation_types",
        "Relation types",
        may_be_empty=True,
        key=("relation",),
        shown=("label",),
    )

    relation: RelationName = column("Name of the relation.", example="part_of")
    relation_class: RelationClass = column("How the tie stands in time.", example="background")
    label: Text = column("The relation as a phrase.", example="is part of")
    definition: Text = column(
        "What the tie means.", example="Belongs to the larger body, or is subordinate to it."
    )
    subject_types: ActorTypes | None = column(
        "Types of actor that the subject may have; empty for any.", example="collective|state"
    )
    object_types: ActorTypes | None = column(
        "Types of actor that the object may have; empty for any.", example="state|state_group"
    )
    symmetric: Annotated[bool, TrueFalse()] = column(
        "Whether the tie has no direction; then it is stored once, subject first by code point.",
        example=False,
    )
    quad_class: QuadClass | None = column(
        "Class of interaction; empty where none applies.", example="verbal_cooperation"
    )
