"""The clean tables as typed rows, and the indexes by which rules look across them."""

from __future__ import annotations

import contextlib
import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Set
from functools import cached_property
from typing import Any, TypeVar, cast

from ..reading.records import Records
from ..schema.actors import Actor
from ..schema.adjudications import SPAN, Adjudication
from ..schema.cells import SLUG, by_coder
from ..schema.coders import Coder
from ..schema.issues import Issue
from ..schema.models import MODELS, references
from ..schema.passages import Passage
from ..schema.positions import Position
from ..schema.relation_types import RelationType
from ..schema.relationships import Modality, Relationship
from ..schema.relays import Relay
from ..schema.retired_ids import RetiredId
from ..schema.rows import Row
from ..schema.sources import Source
from ..schema.statements import Statement
from ..text import Article

R = TypeVar("R", bound=Row)
Paragraph = tuple[str, int]
IDENTIFIED = tuple(
    name for name, model in MODELS.items() if len(model.about.key) == 1 and model is not RetiredId
)
"""The tables whose rows have an id of their own."""
_SENTENCE = re.compile(rf"({SLUG})-p([0-9]{{1,9}})-s[0-9]+")


class NowhereError(LookupError):
    """A link leads nowhere. That is a problem of its own; a rule that follows it keeps silent."""


class Corpus:
    """The clean tables of one folder, and the articles that were given, by source.

    Of a part of the tables, `missing` says which ids stand in links and nowhere in the whole.
    """

    def __init__(
        self,
        tables: Mapping[str, Records],
        articles: Mapping[str, Article] | None = None,
        missing: Mapping[str, Set[str]] | None = None,
    ) -> None:
        self.tables = tables
        self.articles = articles or {}
        self.missing = self._missing() if missing is None else missing
        self._may_dangle = {
            name: [
                (column.name, self.missing[target])
                for column, target, _ in references(name)
                if self.missing.get(target)
            ]
            for name in MODELS
        }

    def _missing(self) -> Mapping[str, Set[str]]:
        """By table, the ids that stand in links to it and nowhere else."""
        missing: dict[str, set[str]] = defaultdict(set)
        for name, records in self.tables.items():
            for column, target, _ in references(name):
                if target in self.tables:
                    named = {getattr(row, column.name) for row in records.rows} - {None}
                    missing[target] |= named - self.tables[target].by_key.keys()
        return missing

    def dangles(self, row: Row) -> bool:
        """Whether a link of a row leads nowhere: no rule is asked of it, and none follows it."""
        links = self._may_dangle[row.about.name]
        return any(getattr(row, column) in gone for column, gone in links)

    def rows(self, model: type[R]) -> list[R]:
        """The rows of a table, in order."""
        return cast("list[R]", self.tables[model.about.name].rows)

    def ids(self, model: type[Row]) -> Mapping[str, Row]:
        """The rows of a table by their id."""
        return self.tables[model.about.name].by_key

    def row(self, model: type[R], id_: str) -> R:
        """The row of an id. Raises `NowhereError` where there is none, or it leads nowhere."""
        row = self.ids(model).get(id_)
        if row is None or self.dangles(row):
            raise NowhereError(id_)
        return cast("R", row)

    def actor(self, actor_id: str) -> Actor:
        return self.row(Actor, actor_id)

    def issue(self, issue_id: str) -> Issue:
        return self.row(Issue, issue_id)

    def relation(self, relation: str) -> RelationType:
        return self.row(RelationType, relation)

    def passage(self, passage_id: str) -> Passage:
        return self.row(Passage, passage_id)

    def statement(self, statement_id: str) -> Statement:
        return self.row(Statement, statement_id)

    def source_of(self, statement: Statement) -> Source:
        """The source in which a statement stands."""
        return self.row(Source, self.passage(statement.passage_id).source_id)

    def paragraph_of(self, statement: Statement) -> Paragraph:
        """Source and number of the paragraph in which a statement stands."""
        passage = self.passage(statement.passage_id)
        return passage.source_id, passage.paragraph

    def article_of(self, source_id: str) -> Article:
        """The text of a source. Raises `NowhereError` where no copy was given."""
        if source_id not in self.articles:
            raise NowhereError(source_id)
        return self.articles[source_id]

    def author_of(self, statement: Statement) -> str:
        """Who speaks where nobody is quoted: the source's author, or its outlet without one."""
        source = self.source_of(statement)
        return source.author_id or source.outlet_id

    @cached_property
    def identified(self) -> dict[str, Records]:
        """The tables whose rows have an id of their own, without the list of retired ones."""
        return {name: self.tables[name] for name in IDENTIFIED if name in self.tables}

    def tables_with(self, id_: str) -> list[str]:
        """The tables that have a row of an id."""
        return [name for name, records in self.identified.items() if id_ in records.by_key]

    @cached_property
    def actors_named(self) -> set[str]:
        """The actors that some column names."""
        return {
            value
            for name, records in self.tables.items()
            for column, target, _ in references(name)
            if target == Actor.about.name
            for row in records.rows
            if (value := getattr(row, column.name)) is not None
        }

    @cached_property
    def adjudicated(self) -> dict[str, str]:
        """The rows about which codings differed, each with the id of the first adjudication.

        They differed from each other, or all of them from what was decided; in the latter case the
        edges of a span are not asked.
        """
        first: dict[str, str] = {}
        for adjudication in self.rows(Adjudication):
            values = set(by_coder(adjudication.codings).values())
            against = adjudication.variable != SPAN and (adjudication.decided or "") not in values
            if len(values) > 1 or against:
                first.setdefault(adjudication.row_id or "", adjudication.adjudication_id)
        return first

    @cached_property
    def coders(self) -> set[str]:
        """The ids of the coders."""
        return set(self.ids(Coder))

    @cached_property
    def relays_of(self) -> dict[str, list[Relay]]:
        """The links of each statement's chain, outermost first."""
        links = sorted(self.rows(Relay), key=lambda link: link.depth)
        return _grouped(links, lambda link: link.statement_id)

    @cached_property
    def passages_in(self) -> dict[Paragraph, list[Passage]]:
        """The sentences of each paragraph."""
        return _grouped(self.rows(Passage), lambda row: (row.source_id, row.paragraph))

    @cached_property
    def paragraphs_of(self) -> dict[str, set[int]]:
        """The numbers of the paragraphs of each source that have a sentence."""
        paragraphs: dict[str, set[int]] = defaultdict(set)
        for row in self.rows(Passage):
            paragraphs[row.source_id].add(row.paragraph)
        return paragraphs

    @cached_property
    def statements_in(self) -> dict[Paragraph, list[Statement]]:
        """The statements of each paragraph."""
        statements: dict[Paragraph, list[Statement]] = defaultdict(list)
        for statement in self.rows(Statement):
            with contextlib.suppress(NowhereError):
                statements[self.paragraph_of(statement)].append(statement)
        return statements

    @cached_property
    def misnamed_paragraphs(self) -> Set[Paragraph]:
        """The paragraphs of which a link names a sentence that is not there."""
        matches = map(_SENTENCE.fullmatch, self.missing.get("passages", ()))
        return {(match[1], int(match[3])) for match in matches if match}

    @cached_property
    def parts(self) -> dict[str, dict[str, list[str]]]:
        """By asserter, what each actor is said to be part of now."""
        parts: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for tie in self._parts():
            if tie.modality is Modality.actual:
                parts[tie.asserted_by_id].setdefault(tie.subject_id, []).append(tie.object_id)
        return parts

    @cached_property
    def first_parts(self) -> dict[tuple[str, str, str], Relationship]:
        """The first `part_of` of each source, actor and object."""
        first: dict[tuple[str, str, str], Relationship] = {}
        for tie in self._parts():
            with contextlib.suppress(NowhereError):
                source = self.source_of(self.statement(tie.statement_id)).source_id
                first.setdefault((source, tie.subject_id, tie.object_id), tie)
        return first

    def _parts(self) -> Iterator[Relationship]:
        for tie in self.rows(Relationship):
            if tie.relation == "part_of" and not self.dangles(tie):
                yield tie

    @cached_property
    def claims_at(self) -> dict[tuple[str, ...], Position | Relationship]:
        """The first position or tie of each sentence, by its passage and the ids of its ends."""
        first: dict[tuple[str, ...], Position | Relationship] = {}
        for position in self.rows(Position):
            self._keep(first, position, position.holder_id, position.issue_id)
        for tie in self.rows(Relationship):
            ends = tie.subject_id, tie.relation, tie.object_id
            self._keep(first, tie, *ends)
            self._keep(first, tie, *ends, str(tie.modality))
        return first

    def _keep(
        self,
        first: dict[tuple[str, ...], Position | Relationship],
        claim: Position | Relationship,
        *ends: str,
    ) -> None:
        with contextlib.suppress(NowhereError):
            first.setdefault((self.statement(claim.statement_id).passage_id, *ends), claim)


def _grouped(rows: Iterable[R], place: Callable[[R], Hashable]) -> dict[Any, list[R]]:
    """Rows by some place, in order."""
    groups: dict[Any, list[R]] = defaultdict(list)
    for row in rows:
        groups[place(row)].append(row)
    return groups
