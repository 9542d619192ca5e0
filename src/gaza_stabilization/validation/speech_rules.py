"""Rules of speech: who speaks, who passes it on, and whose stance it is."""

from __future__ import annotations

from ..schema.issues import Issue
from ..schema.positions import Ascription, Position
from ..schema.relays import Relay
from ..schema.shared import ActorType
from ..schema.statements import Attribution, Statement
from .across import Finding, rule
from .corpus import Corpus


@rule(
    "statements",
    "attribution",
    reads=("passages", "sources"),
    suspect=lambda of: (
        of.among("attribution", ("author",))
        != (of["speaker_id"] == of["passage_id.source_id.author"])
    ),
)
def author_exactly_for_the_author(statement: Statement, corpus: Corpus) -> Finding | None:
    """Attribution is `author` exactly where the speaker is the source's author."""
    author = corpus.author_of(statement)
    if (statement.attribution is Attribution.author) == (statement.speaker_id == author):
        return None
    if statement.speaker_id == author:
        return Finding("author, since the speaker is the author of the source")
    return Finding("another code than author", f"the author of the source is {author}")


@rule(
    "statements",
    "addressee_id",
    reads=("actors",),
    suspect=lambda of: of.among("addressee_id.actor_type", ("media",)),
)
def no_media_addressee(statement: Statement, corpus: Corpus) -> Finding | None:
    """Media are never addressees."""
    if statement.addressee_id is None:
        return None
    actor = corpus.actor(statement.addressee_id)
    if actor.actor_type is not ActorType.media:
        return None
    return Finding("an actor that is not media, or nothing", "an outlet that was told is a relay")


@rule("relays", "depth", suspect=lambda of: (of["depth"] > 1) & ~of["before_in_chain"])
def relays_in_sequence(relay: Relay, corpus: Corpus) -> Finding | None:
    """The links of a chain are numbered from 1 without a gap."""
    chain = corpus.relays_of[relay.statement_id]
    if relay.depth == 1 or any(link.depth == relay.depth - 1 for link in chain):
        return None
    return Finding(f"a relay of depth {relay.depth - 1} before it")


@rule(
    "relays",
    "relay_id",
    reads=("statements", "passages", "sources"),
    suspect=lambda of: (
        (of["relay_id"] == of["statement_id.speaker_id"])
        | (of["relay_id"] == of["statement_id.passage_id.source_id.author_id"])
        | (of["relay_id"] == of["statement_id.passage_id.source_id.outlet_id"])
    ),
)
def relay_is_another(relay: Relay, corpus: Corpus) -> Finding | None:
    """Neither the speaker nor the source's own author or outlet passes a statement on."""
    statement = corpus.statement(relay.statement_id)
    if relay.relay_id == statement.speaker_id:
        return Finding("somebody other than the speaker")
    source = corpus.source_of(statement)
    if relay.relay_id in {source.author_id, source.outlet_id}:
        return Finding("somebody other than the source's own author and outlet")
    return None


@rule(
    "relays",
    "statement_id",
    reads=("statements",),
    suspect=lambda of: of.among("statement_id.attribution", ("author",)),
)
def no_relay_of_the_author(relay: Relay, corpus: Corpus) -> Finding | None:
    """The author's own statements have no relays."""
    statement = corpus.statement(relay.statement_id)
    if statement.attribution is not Attribution.author:
        return None
    return Finding("a statement that is not the author's own")


@rule(
    "positions",
    "ascription",
    reads=("statements",),
    suspect=lambda of: (
        of.among("ascription", ("own",)) != (of["holder_id"] == of["statement_id.speaker_id"])
    ),
)
def own_exactly_for_the_speaker(position: Position, corpus: Corpus) -> Finding | None:
    """Ascription is `own` exactly where the holder is the statement's speaker."""
    speaker = corpus.statement(position.statement_id).speaker_id
    holder = position.holder_id
    if (position.ascription is Ascription.own) == (holder == speaker):
        return None
    wanted = Ascription.own if holder == speaker else Ascription.ascribed
    return Finding(str(wanted), f"the speaker is {speaker}, the holder {holder}")


@rule("issues", "parent_id", suspect=lambda of: of["in_circle_of_issues"], each=False)
def no_cycle_of_issues(issue: Issue, corpus: Corpus) -> Finding | None:
    """No issue is its own ancestor; said once a cycle, at its first issue."""
    seen: list[str] = []
    parent = issue.parent_id
    while parent is not None and parent not in seen:
        if parent == issue.issue_id:
            cycle = [*seen, parent]
            alone = len(seen) == 0  # That is the row rule's to say.
            return None if alone or min(cycle) != parent else _cycle(cycle)
        seen.append(parent)
        parent = corpus.issue(parent).parent_id
    return None


def _cycle(ids: list[str]) -> Finding:
    return Finding("a parent that is not below the issue", " -> ".join([ids[-1], *ids]))
