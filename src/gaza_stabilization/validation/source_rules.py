"""Level 5: every digest, incipit and key phrase against the article, for who has a copy of it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import UsageError, nearest
from ..reading.text_tables import TextTable
from ..schema.passages import Passage
from ..schema.sources import Source
from ..schema.statements import Statement
from ..text import Article, digest
from .across import Finding, rule
from .corpus import Corpus, NowhereError


@dataclass(frozen=True)
class Copy:
    """A copy of an article: the words of the call, the source if it was named, and the text."""

    words: str
    source_id: str
    article: Article


def read_copies(source: Sequence[str]) -> list[Copy]:
    """The copies of articles in some files, each a path or `ID=path`.

    Raises `UsageError` where one cannot be read.
    """
    copies = []
    for words in source:
        id_, sign, path = words.partition("=")
        if not sign or os.path.exists(words):
            id_, path = "", words
        elif not id_ or not path:
            raise UsageError(f"source {words}: expected a text file, or ID=FILE for a source by id")
        copies.append(Copy(words, id_, Article.read(path)))
    return copies


def articles_of(copies: Sequence[Copy], sources: TextTable) -> dict[str, Article]:
    """The articles by source: by the id that was named, else by digest, else the only source.

    Raises `UsageError` where an article belongs to no source, or where a source has two; but where
    the table of sources is not sound, that may be its fault, and the article is left out.
    """
    cells = [line.cells for line in sources.lines]
    digests = {row.get("source_id", ""): row.get("text_sha256") for row in cells}
    ids = sorted(digests)
    chosen: dict[str, Copy] = {}
    for copy in copies:
        same = [id_ for id_ in ids if digests[id_] == copy.article.sha256]
        only = ids if len(ids) == 1 and not sources.problems else []
        owners = [copy.source_id] if copy.source_id else same or only
        for id_ in owners:
            other = chosen.setdefault(id_, copy)
            if other.article != copy.article:
                raise UsageError(
                    f"source {other.words} and source {copy.words} are two texts for {id_}; leave "
                    "one out, or say of which source each is a copy, as ID=FILE"
                )
        if sources.problems or (owners and set(owners) <= set(ids)):
            continue
        if copy.source_id:
            raise UsageError(
                f"source {copy.words}: no source {copy.source_id!r}; {nearest(copy.source_id, ids)}"
            )
        raise UsageError(
            f"source {copy.words}: it is the very text of no source, so say of which one it is a "
            f"copy, as ID={copy.words}; there are: {', '.join(ids)}"
        )
    return {id_: copy.article for id_, copy in chosen.items() if id_ in ids}


def _same_text(source_id: str, corpus: Corpus) -> Article:
    """The article of a source, if it is the very text that was coded.

    Raises `NowhereError` where none was given, or another text, which is said once of the source.
    """
    article = corpus.article_of(source_id)
    if corpus.row(Source, source_id).text_sha256 != article.sha256:
        raise NowhereError(source_id)
    return article


@rule("sources", "text_sha256", level=5)
def text_digest(source: Source, corpus: Corpus) -> Finding | None:
    """The digest of a source is that of its canonical text."""
    actual = corpus.article_of(source.source_id).sha256
    if source.text_sha256 == actual:
        return None
    return Finding(
        actual,
        "the article that was given is another text, or was changed; nothing else of this source "
        "was compared with it",
    )


@rule("sources", "paragraphs", level=5)
def text_paragraphs(source: Source, corpus: Corpus) -> Finding | None:
    """A source has as many paragraphs as its text."""
    actual = len(_same_text(source.source_id, corpus).paragraphs)
    return None if source.paragraphs == actual else Finding(f"{actual}, as the article has")


@rule("sources", "incipit", level=5)
def text_incipit(source: Source, corpus: Corpus) -> Finding | None:
    """The incipit holds the first words of the text."""
    first = _same_text(source.source_id, corpus).paragraphs[:1]
    if first and f"{first[0]} ".startswith(f"{source.incipit} "):
        return None
    return Finding("the first words of the article")


@rule("passages", "sha256", reads=("sources",), level=5)
def passage_digest(passage: Passage, corpus: Corpus) -> Finding | None:
    """The digest of a sentence is that of its canonical span."""
    place = passage.source_id, passage.paragraph
    return _digest_finding(passage, place, corpus)


@rule("statements", "sha256", reads=("passages", "sources"), level=5)
def statement_digest(statement: Statement, corpus: Corpus) -> Finding | None:
    """The digest of a statement is that of its canonical span."""
    return _digest_finding(statement, corpus.paragraph_of(statement), corpus)


@rule("statements", "key_phrase", reads=("passages", "sources"), level=5)
def key_phrase_in_span(statement: Statement, corpus: Corpus) -> Finding | None:
    """A key phrase stands in its span, in whole words, between quotation marks."""
    if statement.key_phrase is None:
        return None
    source_id, paragraph = corpus.paragraph_of(statement)
    article = _same_text(source_id, corpus)
    if article.span(paragraph, statement.start, statement.end) is None:
        return None
    text = article.paragraphs[paragraph - 1]
    phrase = re.compile(rf"(?<!\w){re.escape(statement.key_phrase)}(?!\w)")
    for match in phrase.finditer(text, statement.start, statement.end):
        # Inside a quotation an odd number of marks stands before.
        if text.count('"', 0, match.start()) % 2 == 1 and '"' not in match[0]:
            return None
    return Finding("whole words that the speaker says, in canonical form, from inside the span")


def _digest_finding(
    row: Passage | Statement, place: tuple[str, int], corpus: Corpus
) -> Finding | None:
    source_id, paragraph = place
    span = _same_text(source_id, corpus).span(paragraph, row.start, row.end)
    if span is None:
        return Finding("a span that the article has", f"paragraph {paragraph} is shorter")
    actual = digest(span)
    if row.sha256 == actual:
        return None
    return Finding(actual, "the digest of that span in the article; check the offsets first")
