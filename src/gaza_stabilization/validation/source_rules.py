"""Level 5: every digest, incipit and key phrase against the article, for who has a copy of it."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import UsageError, nearest
from ..schema.passages import Passage
from ..schema.sources import Source
from ..schema.statements import Statement
from ..text import Article, digest
from .across import Finding, rule
from .corpus import Corpus


@dataclass(frozen=True)
class Given:
    """An article as it was given: the words of the call, the id if it was named, and the text."""

    words: str
    id: str
    article: Article


def read_articles(given: Sequence[str]) -> list[Given]:
    """The articles in the files that were given, each a path or `ID=path`.

    Raises `UsageError` where one cannot be read.
    """
    found = []
    for words in given:
        id_, sign, path = words.partition("=")
        if not sign or os.path.exists(words):
            id_, path = "", words
        found.append(Given(words, id_, Article.read(path)))
    return found


def articles(given: Sequence[Given], corpus: Corpus, sound: bool) -> dict[str, Article]:
    """The articles by source: by the id that was named, else by digest, else the only source.

    Raises `UsageError` where an article belongs to no source; but where the table of sources is
    not `sound`, that may be its fault, and the article is left out.
    """
    ids = sorted(corpus.sources.ids)
    found: dict[str, Article] = {}
    for one in given:
        owners = [
            entry.cells.get("source_id", "")
            for entry in corpus.sources.entries
            if entry.cells.get("text_sha256") == one.article.sha256
        ]
        id_ = one.id or next(iter([*owners, *ids[: len(ids) == 1]]), "")
        if id_ in ids:
            found[id_] = one.article
        elif sound and one.id:
            raise UsageError(f"--source {one.words}: no source {id_!r}; {nearest(id_, ids)}")
        elif sound:
            raise UsageError(
                f"--source {one.words}: say which source it is, as ID={one.words}; there are: "
                + ", ".join(ids)
            )
    return found


@rule("sources", "text_sha256", level=5)
def text_digest(source: Source, corpus: Corpus) -> Finding | None:
    """The digest of a source is that of its canonical text."""
    actual = corpus.article_of(source.source_id).sha256
    if source.text_sha256 == actual:
        return None
    return Finding(actual, "the article that was given is another text, or was changed")


@rule("sources", "paragraphs", level=5)
def text_paragraphs(source: Source, corpus: Corpus) -> Finding | None:
    """A source has as many paragraphs as its text."""
    actual = len(corpus.article_of(source.source_id).paragraphs)
    return None if source.paragraphs == actual else Finding(f"{actual}, as the article has")


@rule("sources", "incipit", level=5)
def text_incipit(source: Source, corpus: Corpus) -> Finding | None:
    """The incipit holds the first words of the text."""
    first = corpus.article_of(source.source_id).paragraphs[:1]
    if first and f"{first[0]} ".startswith(f"{source.incipit} "):
        return None
    return Finding("the first words of the article")


@rule("passages", "sha256", level=5)
def passage_digest(passage: Passage, corpus: Corpus) -> Finding | None:
    """The digest of a sentence is that of its canonical span."""
    place = passage.source_id, passage.paragraph
    return _digest_finding(passage, place, corpus)


@rule("statements", "sha256", level=5)
def statement_digest(statement: Statement, corpus: Corpus) -> Finding | None:
    """The digest of a statement is that of its canonical span."""
    return _digest_finding(statement, corpus.paragraph_of(statement), corpus)


@rule("statements", "key_phrase", level=5)
def key_phrase_in_span(statement: Statement, corpus: Corpus) -> Finding | None:
    """A key phrase stands in its span, in whole words, between quotation marks."""
    if statement.key_phrase is None:
        return None
    source_id, paragraph = corpus.paragraph_of(statement)
    article = corpus.article_of(source_id)
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
    span = corpus.article_of(source_id).span(paragraph, row.start, row.end)
    if span is None:
        return Finding("a span that the article has", f"paragraph {paragraph} is shorter")
    actual = digest(span)
    if row.sha256 == actual:
        return None
    return Finding(actual, "the digest of that span in the article; check the offsets first")
