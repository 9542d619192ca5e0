"""The tables as typed rows with their line numbers, for rules that look across them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar, cast

from ..schema.actors import Actor
from ..schema.issues import Issue
from ..schema.passages import Passage
from ..schema.positions import Position
from ..schema.relation_types import RelationType
from ..schema.relationships import Relationship
from ..schema.relays import Relay
from ..schema.rows import Row, UnusableError
from ..schema.sources import Source
from ..schema.statements import Statement
from ..text import Article

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Entry(Generic[R]):
    """One row with the number of its line and the text of its readable cells."""

    line: int
    row: R
    cells: dict[str, str]


@dataclass
class Rows(Generic[R]):
    """The rows of one table. An id or cell that cannot be used raises `UnusableError`."""

    model: type[R]
    entries: list[Entry[R]] = field(default_factory=list)
    readable: bool = True

    def __iter__(self) -> Iterator[R]:
        return (entry.row for entry in self.entries)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every key that stands in the file, well spelled or not."""
        (key,) = self.model.about.key[:1]
        return frozenset(entry.cells.get(key, "") for entry in self.entries)

    @cached_property
    def _by_key(self) -> dict[str, R]:
        (key,) = self.model.about.key
        return {entry.cells[key]: entry.row for entry in self.entries if key in entry.cells}

    def __getitem__(self, key: str) -> R:
        if key not in self._by_key:
            raise UnusableError(key)
        return self._by_key[key]

    def require_id(self, key: str) -> None:
        """Raise `UnusableError` where `key` is misspelt; an unreadable table proves nothing."""
        if self.readable and key not in self.ids:
            raise UnusableError(key)

    def require(self, *columns: str) -> None:
        """Raise `UnusableError` where a row lacks one of `columns`: nothing can be counted."""
        if not self.readable:
            raise UnusableError(self.model.about.name)
        for row in self:
            for column in columns:
                getattr(row, column)


class Corpus:
    """All tables of one data folder."""

    def __init__(self, tables: dict[str, Rows[Row]]) -> None:
        self.tables = tables
        self.articles: dict[str, Article] = {}

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

    def source_of(self, statement: Statement) -> Source:
        """The source in which a statement stands."""
        return self.sources[self.passages[statement.passage_id].source_id]

    def paragraph_of(self, statement: Statement) -> tuple[str, int]:
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
        return source.author_id or source.outlet_id

    def relays_of(self, statement_id: str) -> dict[int, str]:
        """The chain of a statement, from depth to actor."""
        return self._chains.get(statement_id, {})

    @cached_property
    def _chains(self) -> dict[str, dict[int, str]]:
        self.relays.require("statement_id", "depth", "relay_id")
        chains: dict[str, dict[int, str]] = {}
        for relay in self.relays:
            chains.setdefault(relay.statement_id, {})[relay.depth] = relay.relay_id
        return chains

    @cached_property
    def passages_in(self) -> dict[tuple[str, int], list[Passage]]:
        """The sentences of each paragraph, in order."""
        self.passages.require("source_id", "paragraph", "sentence", "start", "end")
        found: dict[tuple[str, int], list[Passage]] = {}
        for passage in self.passages:
            found.setdefault((passage.source_id, passage.paragraph), []).append(passage)
        for passages in found.values():
            passages.sort(key=lambda passage: passage.sentence)
        return found

    @cached_property
    def statements_in(self) -> dict[tuple[str, int], list[Statement]]:
        """The statements of each paragraph."""
        self.statements.require("passage_id", "start", "end")
        found: dict[tuple[str, int], list[Statement]] = {}
        for statement in self.statements:
            found.setdefault(self.paragraph_of(statement), []).append(statement)
        return found
