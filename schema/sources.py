"""Table `sources`: the texts that are coded."""

from __future__ import annotations

from typing import ClassVar

from .cells import Code, Language, Name, OpenDate, Ordinal, Sha256, SixWords, Slug, Text, Url
from .rows import Row, Table, column


class Genre(Code):
    """What kind of text a source is."""

    news = "news", "news", "Reports events, without the writer's own judgement as its purpose.", 1
    analysis = "analysis", "analysis", "Explains or interprets, with sources.", 2
    opinion = "opinion", "opinion", "Argues for the writer's own view.", 3
    interview = "interview", "interview", "Questions and answers.", 4
    other = "other", "other", "None of these.", 5


class Source(Row):
    """One text that is coded.

    - Without a byline the outlet speaks as author; several authors are one collective.
    - What is not known (title, date, address) stays empty; `note` says what was inferred and how.
    - The text itself does not travel. Its parts are located by paragraph and character offset in
      canonical form and proven by SHA-256. Canonical form: Unicode NFC; double quotation marks of
      all shapes (U+201C to U+201F, U+00AB, U+00BB) become `"`, single ones (U+2018 to U+201B)
      become `'`; every run of white space is one space; ends are trimmed. The non-empty lines
      are the paragraphs, headings and byline included.
    """

    about: ClassVar = Table("sources", "Sources", key=("source_id",), shown=("incipit",))

    source_id: Slug = column("Id of the source, made of outlet and author.", example="jns-sherman")
    title: Name | None = column(
        "Title as published; empty where unknown.", example="A made-up title"
    )
    author_id: Slug | None = column(
        "Author; empty where the source has none.", example="shimon-sherman", references="actors"
    )
    outlet_id: Slug = column(
        "Outlet that published the source.", example="jns", references="actors"
    )
    published: OpenDate | None = column(
        "Date of publication in EDTF, or the open interval that the text itself shows.",
        example="2024-07/..",
    )
    language: Language = column("Language of the text, an ISO 639 code.", example="en")
    genre: Genre = column("Kind of text.", example="analysis")
    url: Url | None = column(
        "Address of the text; empty where unknown.", example="https://example.org/article"
    )
    incipit: SixWords = column(
        "First words of the canonical text, six at most, by which a reader can find it.",
        example='Ankara "is trying to acquire a',
    )
    paragraphs: Ordinal = column("Number of paragraphs (non-empty lines).", example=39)
    text_sha256: Sha256 = column(
        "SHA-256 of the canonical paragraphs, in UTF-8, joined by LF.",
        example="57e03ea792ff38d15c6136a411f3b635208f8c40e9205520322dcfc586bee8fc",
    )
    selection: Text = column(
        "How and from what the source was chosen.", example="One article, given; not sampled."
    )
    rights: Text = column(
        "Legal standing of the text, and what of it the tables hold.",
        example="In copyright; the text is not included.",
    )
    note: Text | None = column(
        "What else must be known, such as how outlet and date were inferred.",
        example="Title and date are not known.",
    )

    @property
    def voice_id(self) -> str:
        """Who speaks where nobody else does: the author, or without one the outlet."""
        return self.author_id or self.outlet_id
