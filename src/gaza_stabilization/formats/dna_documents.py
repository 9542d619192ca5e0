"""The documents of a database of Discourse Network Analyzer: sources, masked or as given."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..about import midnight
from ..errors import UsageError
from ..schema.actors import Actor
from ..schema.edtf import earliest, latest
from ..schema.passages import Passage
from ..schema.sources import Source
from ..schema.statements import Statement
from ..tables.folder import Tables
from ..text import Article
from .dna_tables import Texts, insert

MASK = "\N{MIDDLE DOT}"


def given_texts(
    source: str | Path | Sequence[str | Path] | None, sources: Iterable[Source]
) -> dict[str, tuple[str, ...]]:
    """The paragraphs of the texts that were given, by the source whose digest each has."""
    paths = [source] if isinstance(source, (str, Path)) else source or ()
    known = {row.text_sha256: row.source_id for row in sources}
    texts = {}
    for path in paths:
        article = Article.read(path)
        if article.sha256 not in known:
            raise UsageError(
                f"the text in {path} is that of no source: no text_sha256 in sources is "
                f"{article.sha256}; give the very text that was coded, one paragraph a line, or "
                "leave it out for a mask"
            )
        texts[known[article.sha256]] = article.paragraphs
    return texts


def _masked(source: Source, passages: Iterable[Passage]) -> tuple[str, ...]:
    """The paragraphs of a source, masked, each in its own length.

    Between two sentences is a space; where spaces lie within a sentence, no table says.
    """
    paragraphs = [""] * source.paragraphs
    for row in passages:
        before = paragraphs[row.paragraph - 1].ljust(row.start)
        paragraphs[row.paragraph - 1] = before + MASK * (row.end - row.start)
    return tuple(paragraphs)


def write_documents(
    database: sqlite3.Connection,
    tables: Tables,
    sources: Iterable[Source],
    given: Mapping[str, tuple[str, ...]],
    texts: Texts,
) -> dict[str, tuple[int, int, int]]:
    """Write the sources; returns document, start and stop of every statement."""
    names = {row.actor_id: row.name for row in tables.typed(Actor)}
    passages = tables.by_id(Passage)
    of_source: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages.values():
        of_source[passage.source_id].append(passage)
    starts: dict[tuple[str, int], tuple[int, int]] = {}
    documents = []
    for number, source in enumerate(sources, 1):
        id_ = source.source_id
        paragraphs = given.get(id_) or _masked(source, of_source[id_])
        start = 0
        for paragraph, text in enumerate(paragraphs, 1):
            starts[id_, paragraph] = number, start
            start += len(text) + len("\n")
        date, worth = _date(source.published)
        notes = [worth, _REAL if id_ in given else _MASKED]
        notes += [f"{column}: {value}" for column, value in source if value is not None]
        cells = {
            "Title": texts.short(source.title or id_),
            "Text": texts.whole("\n".join(paragraphs)),
            "Coder": 1,
            "Author": texts.short(names[source.author_id] if source.author_id else ""),
            "Source": texts.short(names[source.outlet_id]),
            "Section": "",
            "Notes": texts.whole("\n".join(notes)),
            "Type": source.genre.value,
            "Date": date,
        }
        documents.append(tuple(cells.values()))
    insert(database, "DOCUMENTS", documents)
    places = {}
    for statement in tables.typed(Statement):
        passage = passages[statement.passage_id]
        document, start = starts[passage.source_id, passage.paragraph]
        places[statement.statement_id] = (document, start + statement.start, start + statement.end)
    return places


_REAL = (
    "The text was given and stands here in canonical form, whatever rights says of the tables; do "
    "not pass this database on."
)
_MASKED = "The text is not part of the data; a mask of the same length stands for it."


def _date(published: str | None) -> tuple[int, str]:
    """The earliest moment at which a source was published, and what it is worth, in words."""
    if published is None:
        return 0, "Date is only a lower bound, the epoch: when the text was published is not known."
    day = earliest(published)
    moment = midnight(day.isoformat()) - dt.datetime.fromtimestamp(0, dt.UTC)
    worth = (
        "Date is the day of publication; its time of day is not known."
        if latest(published) == day
        else f"Date is only a lower bound: the text was published {published} (EDTF)."
    )
    return int(moment.total_seconds()), worth
