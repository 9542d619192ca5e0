"""Table `passages`: the sentences of the sources."""

from __future__ import annotations

from typing import ClassVar

from .cells import Code, Offset, Ordinal, PassageId, Sha256, Slug
from .row_rules import Composed, Less
from .rows import Row, Table, column
from .shared import span_digest, span_end, span_start


class Status(Code):
    """What became of a sentence in the coding."""

    coded = "coded", "coded", "The span of at least one statement overlaps the sentence.", 1
    heading = (
        "heading",
        "heading",
        "A heading; the desk's words, left out for every source alike.",
        2,
    )
    byline = "byline", "byline", "Names or describes the author of the source.", 3
    duplicate = "duplicate", "duplicate", "A lead quote that stands again in full later.", 4
    scene_setting = "scene_setting", "scene setting", "Holds no stance, tie or act of an actor.", 5


class Passage(Row):
    """One sentence of a source, in order; every sentence has its row.

    - Headings and byline are included.
    - Sentences inside quotations are split.
    - Closing marks and attribution tails stay with the sentence that they end.
    - One space lies between two sentences of a paragraph.
    """

    about: ClassVar = Table(
        "passages",
        "Passages",
        coded=True,
        key=("passage_id",),
        shown=("status",),
        unique={"doubled-place": ("source_id", "paragraph", "sentence")},
        rules=(
            Less("start", "end"),
            Composed(
                "passage_id",
                "{source_id}-p{paragraph:02d}-s{sentence}",
                ("source_id", "paragraph", "sentence"),
                "its `source_id`, -p, `paragraph` in two digits or more, -s, `sentence`",
            ),
        ),
    )

    passage_id: PassageId = column(
        "Id of the sentence: source, paragraph, sentence.", example="jns-sherman-p05-s2"
    )
    source_id: Slug = column("Source of the sentence.", example="jns-sherman", references="sources")
    paragraph: Ordinal = column("Number of the paragraph in the source, from 1.", example=5)
    sentence: Ordinal = column("Number of the sentence in the paragraph, from 1.", example=2)
    start: Offset = span_start()
    end: Offset = span_end()
    sha256: Sha256 = span_digest()
    status: Status = column("What became of the sentence in the coding.", example="coded")
