"""Evidence: from a row back to the place of the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import look_up
from ..schema.actors import Actor
from ..schema.issues import Issue
from ..schema.passages import Passage
from ..schema.positions import Position
from ..schema.relation_types import RelationType
from ..schema.relationships import Relationship
from ..schema.relays import Relay
from ..schema.sources import Source
from ..schema.statements import Statement
from .chains import relay_chain

if TYPE_CHECKING:
    from .folder import Tables

FOLLOWED = tuple(
    model.about.name for model in (Source, Passage, Statement, Relay, Position, Relationship)
)
"""The tables whose links lead from a row to its evidence."""


@dataclass(frozen=True)
class Evidence:
    """The chain behind one row. Printing it shows the chain in words.

    `row` is the position, relationship or statement that was asked for, `claim` says it in words.
    `asserter` is who makes the claim: the speaker, or for a relationship whoever asserts it;
    `relays` are those between the asserter and the source, outermost first.
    """

    row: Position | Relationship | Statement
    claim: str
    statement: Statement
    speaker: Actor
    asserter: Actor
    relays: tuple[Actor, ...]
    passage: Passage
    source: Source
    author: Actor
    outlet: Actor

    @property
    def chain(self) -> tuple[str, ...]:
        """Who passes it on to whom, from the outlet to the asserter, as actor ids; none twice."""
        return tuple(dict.fromkeys(actor.actor_id for actor in self._voices))

    @property
    def _voices(self) -> tuple[Actor, ...]:
        return (self.outlet, self.author, *self.relays, self.asserter)

    def __str__(self) -> str:
        said, at = self.statement, self.passage
        names = {actor.actor_id: actor.name for actor in self._voices}
        date = f", {said.date}" if said.date else ""
        venue = f", {said.venue.label}" if said.venue else ""
        lines = {
            "claim": self.claim,
            "certainty": self.row.certainty.label,
            "statement": f"{said.statement_id}: {said.summary}",
            "speaker": f"{self.speaker.name} ({said.attribution.label}{venue}{date})",
            "chain": " > ".join(names[id_] for id_ in self.chain),
            "place": f"{self.source.source_id}, paragraph {at.paragraph}, from sentence "
            f"{at.sentence}, characters {said.start} to {said.end}",
            "sha256": said.sha256,
            "source": f"begins: {self.source.incipit} ...",
        }
        if said.key_phrase:
            lines["key phrase"] = f'"{said.key_phrase}"'
        width = max(map(len, lines))
        return "\n".join(f"{name:<{width}}  {text}" for name, text in lines.items())


def evidence_of(tables: Tables, id: str) -> Evidence:
    """The chain behind a row, as `Dataset.evidence` describes it."""
    claims: dict[str, Position | Relationship | Statement] = {
        **tables.by_id(Position),
        **tables.by_id(Relationship),
        **tables.by_id(Statement),
    }
    row = look_up("position, relationship or statement", id, claims)
    tables.refuse(Relay.about.name)
    tables.refuse_dangling(FOLLOWED)
    statement = tables.by_id(Statement)[row.statement_id]
    passage = tables.by_id(Passage)[statement.passage_id]
    source = tables.by_id(Source)[passage.source_id]
    actors = tables.by_id(Actor)
    relays = tables.relays.get(row.statement_id, [])
    asserter = row.asserted_by_id if isinstance(row, Relationship) else statement.speaker_id
    chain = relay_chain(relays, statement.speaker_id, asserter)
    return Evidence(
        row=row,
        claim=_in_words(row, tables),
        statement=statement,
        speaker=actors[statement.speaker_id],
        asserter=actors[asserter],
        relays=tuple(actors[relay] for relay in chain),
        passage=passage,
        source=source,
        author=actors[source.voice_id],
        outlet=actors[source.outlet_id],
    )


def _in_words(row: Position | Relationship | Statement, tables: Tables) -> str:
    actors = tables.by_id(Actor)
    if isinstance(row, Statement):
        return row.summary
    if isinstance(row, Position):
        issue = tables.by_id(Issue)[row.issue_id].proposition
        codes = (row.intensity, row.ascription, row.explicitness)
        marks = ", ".join(str(code.label) for code in codes)
        condition = f" ({row.condition})" if row.condition else ""
        holder = actors[row.holder_id].name
        return f"{row.position_id}: {holder} - {row.stance.label} - {issue}{condition} [{marks}]"
    relation = tables.by_id(RelationType)[row.relation].label
    ends = actors[row.subject_id].name, actors[row.object_id].name
    said = f"{row.modality.label}, asserted by {actors[row.asserted_by_id].name}"
    return f"{row.relationship_id}: {ends[0]} - {relation} - {ends[1]} [{said}]"
