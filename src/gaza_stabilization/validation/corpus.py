"""The tables as typed rows, and the indexes by which rules look across them."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from ..reading.entries import Entry, Groups, Rows
from ..schema.actors import Actor
from ..schema.adjudications import SPAN, Adjudication
from ..schema.cells import SLUG, by_coder
from ..schema.coders import Coder
from ..schema.issues import Issue
from ..schema.passages import Passage
from ..schema.positions import Position
from ..schema.relation_types import RelationType
from ..schema.relationships import Modality, Relationship
from ..schema.relays import Relay
from ..schema.retired_ids import RetiredId
from ..schema.rows import Row, UnusableError
from ..schema.sources import Source
from ..schema.statements import Statement
from ..schema.tables import references
from ..text import Article

R = TypeVar("R", bound=Row)
Place = tuple[str, int]
_PASSAGE = re.compile(rf"\b(?P<source>{SLUG})-p(?P<paragraph>[0-9]{{2,9}})-s[0-9]+\b")
_STATEMENT = re.compile(r"\bs[0-9]{3,}\b")


@dataclass(frozen=True)
class Named:
    """What stands in the columns that refer to a table, and the text of lines that are lost."""

    cells: frozenset[str]
    lost: tuple[str, ...]


class Corpus:
    """All tables of one data folder, the articles that were given, and its raw codings by coder."""

    def __init__(self, tables: dict[str, Rows[Row]]) -> None:
        self.tables = tables
        self.articles: dict[str, Article] = {}
        self.codings: dict[str, Corpus] = {}

    def _rows(self, model: type[R]) -> Rows[R]:
        return cast("Rows[R]", self.tables[model.about.name])

    @property
    def actors(self) -> Rows[Actor]:
        return self._rows(Actor)

    @property
    def sources(self) -> Rows[Source]:
        return self._rows(Source)

    @property
    def passages(self) -> Rows[Passage]:
        return self._rows(Passage)

    @property
    def issues(self) -> Rows[Issue]:
        return self._rows(Issue)

    @property
    def statements(self) -> Rows[Statement]:
        return self._rows(Statement)

    @property
    def relays(self) -> Rows[Relay]:
        return self._rows(Relay)

    @property
    def positions(self) -> Rows[Position]:
        return self._rows(Position)

    @property
    def relation_types(self) -> Rows[RelationType]:
        return self._rows(RelationType)

    @property
    def relationships(self) -> Rows[Relationship]:
        return self._rows(Relationship)

    @property
    def coders(self) -> Rows[Coder]:
        return self._rows(Coder)

    @property
    def adjudications(self) -> Rows[Adjudication]:
        return self._rows(Adjudication)

    @property
    def retired(self) -> Rows[RetiredId]:
        return self._rows(RetiredId)

    @property
    def identified(self) -> dict[str, Rows[Row]]:
        """The tables whose rows have an id of their own, without the list of retired ones."""
        return {
            name: rows
            for name, rows in self.tables.items()
            if len(rows.model.about.key) == 1 and rows.model is not RetiredId
        }

    def tables_with(self, id_: str) -> list[str]:
        """The tables that have a row of an id."""
        return [name for name, rows in self.identified.items() if id_ in rows.ids]

    def may_have_lost(self, id_: str) -> bool:
        """Whether a line or table that could not be read may have held a row of an id."""
        tables: list[Rows[Any]] = [*self.identified.values(), self.retired]
        return any(not rows.readable or rows.may_have_lost(id_) for rows in tables)

    def source_of(self, statement: Statement) -> Source:
        """The source in which a statement stands."""
        return self.sources[self.passages[statement.passage_id].source_id]

    def paragraph_of(self, statement: Statement) -> Place:
        """Source and number of the paragraph in which a statement stands."""
        passage = self.passages[statement.passage_id]
        return passage.source_id, passage.paragraph

    def article_of(self, source_id: str) -> Article:
        """The text of a source, where a copy was given."""
        if source_id not in self.articles:
            raise UnusableError(source_id)
        return self.articles[source_id]

    def author_of(self, statement: Statement) -> str:
        """Who speaks where nobody is quoted: the source's author, or its outlet without one."""
        source = self.source_of(statement)
        return self.actor(source.author_id or source.outlet_id)

    def speaker_of(self, statement: Statement) -> str:
        """The speaker of a statement."""
        return self.actor(statement.speaker_id)

    def actor(self, actor_id: str) -> str:
        """`actor_id`, unless it points nowhere: then it is misspelt, and proves nothing."""
        if self.actors.lacks(actor_id):
            raise UnusableError(actor_id)
        return actor_id

    @cached_property
    def actors_named(self) -> Named | None:
        """What the columns hold that refer to actors; None where a whole table is not readable."""
        cells: set[str] = set()
        lost: list[str] = []
        for name, rows in self.tables.items():
            columns = [one.name for one, target, _ in references(name) if target == "actors"]
            if columns and not rows.readable:
                return None
            lost += rows.lost if columns else []
            for entry in rows.entries:
                cells |= {entry.cells[column] for column in columns if entry.cells.get(column)}
        return Named(frozenset(cells), tuple(lost))

    @cached_property
    def adjudicated(self) -> dict[str, str]:
        """The rows about which codings differed, each with the id of the first adjudication.

        They differed from each other, or all of them from what was decided; in the latter case the
        edges of a span are not asked.
        """
        found: dict[str, str] = {}
        for one in self.adjudications:
            with contextlib.suppress(UnusableError):
                had = set(by_coder(one.codings).values())
                against = one.variable != SPAN and (one.decided or "") not in had
                if len(had) > 1 or against:
                    found.setdefault(one.row_id or "", one.adjudication_id)
        return found

    @cached_property
    def relays_of(self) -> Groups[Relay]:
        """The links of each statement's chain."""

        def place(relay: Relay) -> str:
            _ = relay.depth, relay.relay_id
            return relay.statement_id

        return Groups(self.relays, place, _statement_in)

    @cached_property
    def passages_in(self) -> Groups[Passage]:
        """The sentences of each paragraph."""

        def place(passage: Passage) -> Place:
            _ = passage.sentence, passage.start, passage.end
            return passage.source_id, passage.paragraph

        return Groups(self.passages, place, _place_in)

    @cached_property
    def statements_in(self) -> Groups[Statement]:
        """The statements of each paragraph."""

        def place(statement: Statement) -> Place:
            _ = statement.start, statement.end
            return self.paragraph_of(statement)

        return Groups(self.statements, place, _place_in)

    @cached_property
    def parts(self) -> dict[str, dict[str, list[str]]]:
        """By asserter, what each actor is said to be part of now."""
        found: dict[str, dict[str, list[str]]] = {}
        for tie in self.relationships:
            with contextlib.suppress(UnusableError):
                if tie.relation == "part_of" and tie.modality is Modality.actual:
                    parts = found.setdefault(tie.asserted_by_id, {})
                    parts.setdefault(tie.subject_id, []).append(tie.object_id)
        return found

    @cached_property
    def first_parts(self) -> dict[tuple[str, str, str], Relationship]:
        """The first `part_of` of each source, actor and object."""
        first: dict[tuple[str, str, str], Relationship] = {}
        for tie in self.relationships:
            with contextlib.suppress(UnusableError):
                if tie.relation == "part_of":
                    source = self.source_of(self.statements[tie.statement_id]).source_id
                    first.setdefault((source, tie.subject_id, tie.object_id), tie)
        return first


def _place_in(entry: Entry[Any]) -> Place | None:
    """The paragraph that a damaged line names somewhere, in a passage id."""
    match = _PASSAGE.search(entry.text)
    return (match["source"], int(match["paragraph"])) if match else None


def _statement_in(entry: Entry[Any]) -> str | None:
    """The statement that a damaged line names somewhere."""
    match = _STATEMENT.search(entry.text)
    return match[0] if match else None
