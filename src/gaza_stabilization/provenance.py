"""Evidence: from a row back to the place of the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from .errors import UnknownNameError
from .schema.actors import Actor
from .schema.issues import Issue
from .schema.passages import Passage
from .schema.positions import Position
from .schema.relation_types import RelationType
from .schema.relationships import Relationship
from .schema.relays import Relay
from .schema.rows import Row
from .schema.sources import Source
from .schema.statements import Statement
from .tables import rows

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Evidence:
    """The chain behind one row. Printing it shows the chain in words.

    `row` is the position, relationship or statement that was asked for, `claim` says it in words;
    `relays` are those who passed the statement on, outermost first.
    """

    row: Position | Relationship | Statement
    claim: str
    statement: Statement
    speaker: Actor
    relays: tuple[Actor, ...]
    passage: Passage
    source: Source
    author: Actor
    outlet: Actor

    @property
    def chain(self) -> tuple[str, ...]:
        """Who passes it on to whom, from the outlet to the speaker, as actor ids; none twice."""
        ids = [self.outlet, self.author, *self.relays, self.speaker]
        return tuple(dict.fromkeys(actor.actor_id for actor in ids))

    def __str__(self) -> str:
        said, at = self.statement, self.passage
        names = {a.actor_id: a.name for a in (self.outlet, self.author, *self.relays, self.speaker)}
        date = f", {said.date}" if said.date else ""
        venue = f", {said.venue.label}" if said.venue else ""
        lines = {
            "claim": self.claim,
            "certainty": self.row.certainty.label,
            "statement": f"{said.statement_id}: {said.summary}",
            "said by": f"{self.speaker.name} ({said.attribution.label}{venue}{date})",
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


def evidence(id: str) -> Evidence:
    """The chain behind a position, relationship or statement, down to passage and source.

    Returns an :class:`Evidence` with typed rows; print it to read it. Offsets are characters of
    the canonical paragraph. The text itself is not shipped; `locate` finds the words in a copy.

    Raises `UnknownNameError` with the nearest id where there is no such row. Source: the package's
    own data.

    >>> evidence("s030").chain
    ('jns', 'shimon-sherman', 'i24news', 'gulf-sources', 'saudi-arabia')
    """
    found = _indexed(Position) | _indexed(Relationship) | _indexed(Statement)
    if id not in found:
        raise UnknownNameError("position, relationship or statement", id, found)
    row = found[id]
    assert isinstance(row, (Position, Relationship, Statement))
    statement = _indexed(Statement)[row.statement_id]
    passage = _indexed(Passage)[statement.passage_id]
    source = _indexed(Source)[passage.source_id]
    actors = _indexed(Actor)
    links = [one for one in _all(Relay) if one.statement_id == statement.statement_id]
    return Evidence(
        row=row,
        claim=_in_words(row, actors),
        statement=statement,
        speaker=actors[statement.speaker_id],
        relays=tuple(actors[one.relay_id] for one in sorted(links, key=lambda one: one.depth)),
        passage=passage,
        source=source,
        author=actors[source.author_id or source.outlet_id],
        outlet=actors[source.outlet_id],
    )


def _in_words(row: Position | Relationship | Statement, actors: dict[str, Actor]) -> str:
    if isinstance(row, Statement):
        return row.summary
    if isinstance(row, Position):
        issue = _indexed(Issue)[row.issue_id].proposition
        marks = ", ".join(
            str(code.label) for code in (row.intensity, row.ascription, row.explicitness)
        )
        condition = f" ({row.condition})" if row.condition else ""
        holder = actors[row.holder_id].name
        return f"{row.position_id}: {holder} - {row.stance.label} - {issue}{condition} [{marks}]"
    relation = _indexed(RelationType)[row.relation].label
    ends = actors[row.subject_id].name, actors[row.object_id].name
    said = f"{row.modality.label}, asserted by {actors[row.asserted_by_id].name}"
    return f"{row.relationship_id}: {ends[0]} - {relation} - {ends[1]} [{said}]"


def _all(model: type[R]) -> list[R]:
    return [row for row in rows(model.about.name) if isinstance(row, model)]


def _indexed(model: type[R]) -> dict[str, R]:
    (key,) = model.about.key
    return {getattr(row, key): row for row in _all(model)}
