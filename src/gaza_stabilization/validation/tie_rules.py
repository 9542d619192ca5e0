"""Rules of ties: who may be tied how, in what order, and by whose word."""

from __future__ import annotations

from collections.abc import Sequence

from ..schema.relationships import Modality, Relationship
from ..schema.shared import ActorType
from .across import Finding, rule
from .corpus import Corpus


@rule(
    "relationships",
    "subject_id",
    reads=("relation_types", "actors"),
    suspect=lambda of: of["barred_subject"],
)
def subject_type(tie: Relationship, corpus: Corpus) -> Finding | None:
    """The subject's type is one that the relation allows."""
    allowed = corpus.relation(tie.relation).subject_types
    return _type_finding(tie.subject_id, allowed, tie.relation, corpus)


@rule(
    "relationships",
    "object_id",
    reads=("relation_types", "actors"),
    suspect=lambda of: of["barred_object"],
)
def object_type(tie: Relationship, corpus: Corpus) -> Finding | None:
    """The object's type is one that the relation allows."""
    allowed = corpus.relation(tie.relation).object_types
    return _type_finding(tie.object_id, allowed, tie.relation, corpus)


@rule("relationships", "object_id", suspect=lambda of: of["subject_id"] == of["object_id"])
def two_actors(tie: Relationship, corpus: Corpus) -> Finding | None:
    """A tie joins two actors."""
    return Finding("an actor other than the subject") if tie.subject_id == tie.object_id else None


@rule(
    "relationships",
    "subject_id",
    reads=("relation_types", "actors"),
    suspect=lambda of: of["relation.symmetric"] & (of["subject_id.rank"] > of["object_id.rank"]),
)
def symmetric_order(tie: Relationship, corpus: Corpus) -> Finding | None:
    """A symmetric tie is stored once, the subject first in code-point order."""
    if corpus.relation(tie.relation).symmetric and tie.subject_id > tie.object_id:
        return Finding(f"{tie.object_id}, since {tie.relation} is symmetric", "swap the two")
    return None


@rule(
    "relationships",
    "asserted_by_id",
    reads=("statements", "relays", "passages", "sources"),
    suspect=lambda of: (
        (of["asserted_by_id"] != of["statement_id.speaker_id"])
        & (of["asserted_by_id"] != of["statement_id.passage_id.source_id.author"])
        & ~of["relayed"]
    ),
)
def asserter_has_a_voice(tie: Relationship, corpus: Corpus) -> Finding | None:
    """A tie is asserted by the statement's speaker, one of its relays, or the author."""
    statement = corpus.statement(tie.statement_id)
    chain = corpus.relays_of.get(tie.statement_id, [])
    voices = [
        statement.speaker_id,
        *(link.relay_id for link in chain),
        corpus.author_of(statement),
    ]
    if tie.asserted_by_id in voices or any(corpus.dangles(link) for link in chain):
        return None
    return Finding(f"one of {', '.join(dict.fromkeys(voices))}")


@rule(
    "relationships",
    "relation",
    reads=("statements", "passages", "sources"),
    suspect=lambda of: of["said_again"],
)
def part_of_once(tie: Relationship, corpus: Corpus) -> Finding | None:
    """`part_of` stands once for an actor, object and source, where it is first asserted."""
    if tie.relation != "part_of":
        return None
    source = corpus.source_of(corpus.statement(tie.statement_id)).source_id
    first = corpus.first_parts[source, tie.subject_id, tie.object_id]
    if first is tie:
        return None
    hint = f"{first.relationship_id} asserts it already"
    return Finding("part_of once for an actor, object and source", hint)


@rule("relationships", "object_id", suspect=lambda of: of["in_circle"], each=False)
def no_cycle_of_parts(tie: Relationship, corpus: Corpus) -> Finding | None:
    """Nothing is part of itself by the word of one asserter; said once a cycle."""
    if tie.relation != "part_of" or tie.modality is not Modality.actual:
        return None
    if tie.subject_id == tie.object_id:
        return None
    path = _path(tie.object_id, tie.subject_id, corpus.parts[tie.asserted_by_id])
    if path is None or min(path) != tie.subject_id:
        return None
    return Finding("a body that is not part of the subject", " -> ".join([tie.subject_id, *path]))


def _path(start: str, goal: str, steps: dict[str, list[str]]) -> list[str] | None:
    """The ids from `start` to `goal`, both included, or None where there is no way."""
    paths, seen = [[start]], {start}
    while paths:
        path = paths.pop()
        if path[-1] == goal:
            return path
        for step in steps.get(path[-1], []):
            if step not in seen:
                seen.add(step)
                paths.append([*path, step])
    return None


def _type_finding(
    actor_id: str, allowed: Sequence[ActorType] | None, relation: str, corpus: Corpus
) -> Finding | None:
    actual = corpus.actor(actor_id).actor_type
    if allowed is None or actual in allowed:
        return None
    types = ", ".join(map(str, allowed))
    return Finding(
        f"an actor of type {types}", f"{actor_id} is {actual}; {relation} does not allow it"
    )
