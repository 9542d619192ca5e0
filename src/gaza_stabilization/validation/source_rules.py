"""Level 5: every digest, incipit and key phrase against the article, for who has a copy of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..errors import UsageError, nearest
from ..schema.passages import Passage
from ..schema.sources import Source
from ..schema.statements import Statement
from ..text import Article, digest
from .across import Finding, rule
from .corpus import Corpus


def articles(given: Sequence[str], corpus: Corpus) -> dict[str, Article]:
    """The articles that were given, by source.

    Each is a path, or `ID=path`. A path alone belongs to the source with its digest, or to the
    only source. Raises `UsageError` where an article cannot be read or belongs to no source.
    """
    found: dict[str, Article] = {}
    for one in given:
        id_, sign, path = one.partition("=")
        if not sign or Path(one).exists():
            article = Article.read(one)
            id_ = _owner(one, article, corpus)
        else:
            article = Article.read(path)
        if id_ not in corpus.sources.ids:
            hint = nearest(id_, corpus.sources.ids)
            raise UsageError(f"--source {one}: there is no source {id_!r}; {hint}")
        found[id_] = article
    return found


def _owner(path: str, article: Article, corpus: Corpus) -> str:
    for entry in corpus.sources.entries:
        if entry.cells.get("text_sha256") == article.sha256:
            return entry.cells.get("source_id", "")
    ids = sorted(corpus.sources.ids)
    if len(ids) == 1:
        return ids[0]
    known = ", ".join(ids) or "none"
    raise UsageError(f"--source {path}: say which source it is, as ID={path}; there are: {known}")


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
    """A key phrase stands in its span, word for word."""
    if statement.key_phrase is None:
        return None
    source_id, paragraph = corpus.paragraph_of(statement)
    span = corpus.article_of(source_id).span(paragraph, statement.start, statement.end)
    if span is None or statement.key_phrase in span:
        return None
    return Finding("words that stand in the span, in canonical form")


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
