"""Evidence: from a row back to the place of the words that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ..errors import RetiredIdError, look_up
from ..paths import DATA
from ..schema.actors import Actor
from ..schema.issues import Issue
from ..schema.passages import Passage
from ..schema.positions import Position
from ..schema.relation_types import RelationType
from ..schema.relationships import Relationship
from ..schema.relays import Relay
from ..schema.rows import Row
from ..schema.sources import Source
from ..schema.statements import Statement
from .chains import passed_on
from .loading import read_rows, retired

R = TypeVar("R", bound=Row)


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


def evidence(id: str) -> Evidence:
    """The chain behind a position, relationship or statement, down to passage and source.

    Returns an :class:`Evidence` with typed rows; print it to read it. Offsets are characters of
    the canonical paragraph. The text itself is not shipped; `locate` finds the words in a copy.

    Raises `UnknownNameError` with the nearest id where there is no such row, `RetiredIdError` with
    what took its place where there was one. Source: the package's own data.

    >>> evidence("s030").chain
    ('jns', 'shimon-sherman', 'i24news', 'gulf-sources', 'saudi-arabia')
    """
    return read_evidence(id)


def read_evidence(id: str, folder: Path = DATA) -> Evidence:
    """As :func:`evidence`, from the valid tables in a folder."""
    statements = _by_id(Statement, folder)
    found: dict[str, Position | Relationship | Statement] = {
        **_by_id(Position, folder),
        **_by_id(Relationship, folder),
        **statements,
    }
    if isinstance(id, str) and id not in found and (text := retired(id, folder)):
        raise RetiredIdError(text)
    row = look_up("position, relationship or statement", id, found)
    statement = statements[row.statement_id]
    passage = _by_id(Passage, folder)[statement.passage_id]
    source = _by_id(Source, folder)[passage.source_id]
    actors = _by_id(Actor, folder)
    links = [one for one in read_rows(Relay, folder) if one.statement_id == row.statement_id]
    relays = [link.relay_id for link in sorted(links, key=lambda link: link.depth)]
    asserter = row.asserted_by_id if isinstance(row, Relationship) else statement.speaker_id
    return Evidence(
        row=row,
        claim=_in_words(row, actors, folder),
        statement=statement,
        speaker=actors[statement.speaker_id],
        asserter=actors[asserter],
        relays=tuple(actors[one] for one in passed_on(relays, statement.speaker_id, asserter)),
        passage=passage,
        source=source,
        author=actors[source.author_id or source.outlet_id],
        outlet=actors[source.outlet_id],
    )


def _in_words(
    row: Position | Relationship | Statement, actors: dict[str, Actor], folder: Path
) -> str:
    if isinstance(row, Statement):
        return row.summary
    if isinstance(row, Position):
        issue = _by_id(Issue, folder)[row.issue_id].proposition
        marks = ", ".join(
            str(code.label) for code in (row.intensity, row.ascription, row.explicitness)
        )
        condition = f" ({row.condition})" if row.condition else ""
        holder = actors[row.holder_id].name
        return f"{row.position_id}: {holder} - {row.stance.label} - {issue}{condition} [{marks}]"
    relation = _by_id(RelationType, folder)[row.relation].label
    ends = actors[row.subject_id].name, actors[row.object_id].name
    said = f"{row.modality.label}, asserted by {actors[row.asserted_by_id].name}"
    return f"{row.relationship_id}: {ends[0]} - {relation} - {ends[1]} [{said}]"


def _by_id(model: type[R], folder: Path) -> dict[str, R]:
    (key,) = model.about.key
    return {getattr(row, key): row for row in read_rows(model, folder)}
