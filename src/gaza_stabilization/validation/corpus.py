"""The tables as typed rows with their line numbers, for rules that look across them.

What cannot be read raises `UnusableError` where it is needed, so that a damaged cell silences the
rules at its own place only: it has a problem of its own there.
"""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from ..schema.actors import Actor
from ..schema.issues import Issue
from ..schema.passages import Passage
from ..schema.positions import Position
from ..schema.relation_types import RelationType
from ..schema.relationships import Modality, Relationship
from ..schema.relays import Relay
from ..schema.rows import Row, UnusableError
from ..schema.sources import Source
from ..schema.statements import Statement
from ..schema.tables import references
from ..text import Article

R = TypeVar("R", bound=Row)
Place = tuple[str, int]
_PLACE_IN_ID = re.compile(r"(.+)-p([0-9]{2,9})-s[0-9]+")


@dataclass(frozen=True)
class Entry(Generic[R]):
    """One row with the number of its line and the text of its readable cells."""

    line: int
    row: R
    cells: dict[str, str]


@dataclass
class Rows(Generic[R]):
    """The rows of one table.

    `lost` holds the text of lines and keys that could not be read; `readable` is false where the
    table as a whole could not.
    """

    model: type[R]
    entries: list[Entry[R]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    readable: bool = True

    def __iter__(self) -> Iterator[R]:
        return (entry.row for entry in self.entries)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every key that stands in the file, well spelled or not."""
        key = self.model.about.key[0]
        return frozenset(entry.cells[key] for entry in self.entries if entry.cells.get(key))

    @cached_property
    def _by_key(self) -> dict[str, R]:
        (key,) = self.model.about.key
        return {entry.cells[key]: entry.row for entry in self.entries if key in entry.cells}

    def __getitem__(self, key: str) -> R:
        if key not in self._by_key:
            raise UnusableError(key)
        return self._by_key[key]

    @cached_property
    def good_ids(self) -> frozenset[str]:
        """The keys that are spelled as they should be, to be offered as hints."""
        key = self.model.about.key[0]
        return frozenset(str(getattr(row, key)) for row in self if key in row.__dict__)

    def lacks(self, key: str) -> bool:
        """Whether the table surely has no such key: not where a lost line may have held it."""
        if key in self.ids or not self.readable:
            return False
        return not self.may_have_lost(key)

    def may_have_lost(self, word: str) -> bool:
        """Whether a line or key that could not be read holds `word`, or nearly so."""
        keys = [text.partition(",")[0].strip('" ') for text in self.lost]
        near = difflib.get_close_matches(word, keys, n=1, cutoff=0.8)
        return bool(near) or any(word in text for text in self.lost)


class Groups(Generic[R]):
    """Rows by some place, and the places at which a row could not be read."""

    def __init__(
        self, rows: Rows[R], place: Callable[[R], Hashable], damaged: Callable[[Entry[R]], Any]
    ) -> None:
        self.by_place: dict[Hashable, list[R]] = {}
        self.damaged: set[Hashable] = set()
        self.complete = rows.readable and not rows.lost
        for entry in rows.entries:
            try:
                self.by_place.setdefault(place(entry.row), []).append(entry.row)
            except UnusableError:
                where = damaged(entry)
                if where is None:
                    self.complete = False
                else:
                    self.damaged.add(where)

    def some(self, place: Hashable) -> list[R]:
        """The readable rows at a place; there may be others."""
        return self.by_place.get(place, [])

    def all(self, place: Hashable) -> list[R]:
        """All rows at a place; raises `UnusableError` where one of them could not be read."""
        if not self.complete or place in self.damaged:
            raise UnusableError(str(place))
        return self.some(place)

    @property
    def places(self) -> set[Hashable]:
        """Every place that has a row; raises `UnusableError` where one is not known."""
        if not self.complete:
            raise UnusableError("places")
        return set(self.by_place) | self.damaged


@dataclass(frozen=True)
class Named:
    """What stands in the columns that refer to a table, and the text of lines that are lost."""

    cells: frozenset[str]
    lost: tuple[str, ...]


class Corpus:
    """All tables of one data folder, and the articles that were given."""

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
    def relays_of(self) -> Groups[Relay]:
        """The links of each statement's chain."""

        def place(relay: Relay) -> str:
            _ = relay.depth, relay.relay_id
            return relay.statement_id

        return Groups(self.relays, place, lambda entry: entry.cells.get("statement_id"))

    @cached_property
    def passages_in(self) -> Groups[Passage]:
        """The sentences of each paragraph."""

        def place(passage: Passage) -> Place:
            _ = passage.sentence, passage.start, passage.end
            return passage.source_id, passage.paragraph

        return Groups(self.passages, place, _place_in_id)

    @cached_property
    def statements_in(self) -> Groups[Statement]:
        """The statements of each paragraph."""

        def place(statement: Statement) -> Place:
            _ = statement.start, statement.end
            return self.paragraph_of(statement)

        return Groups(self.statements, place, _place_in_id)

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
            try:
                if tie.relation == "part_of":
                    source = self.source_of(self.statements[tie.statement_id]).source_id
                    first.setdefault((source, tie.subject_id, tie.object_id), tie)
            except UnusableError:
                continue
        return first


def _place_in_id(entry: Entry[Any]) -> Place | None:
    """The paragraph that a row's passage id names, for a row that is damaged elsewhere."""
    match = _PLACE_IN_ID.fullmatch(entry.cells.get("passage_id", ""))
    return (match[1], int(match[2])) if match else None
