"""Table `coders`: who coded texts anew, independently of each other and of the tables."""

from __future__ import annotations

from typing import ClassVar

from .cells import Code, Day, Sha256, Slug, WorkingVersion
from .rows import Row, Table, column

SINCE = "1.0.0"


class CoderKind(Code):
    """What kind of coder it is."""

    human = "human", "human", "A person.", 1
    ai = (
        "ai",
        "AI",
        "A language model that reads the text and the instructions, and writes rows.",
        2,
    )


class Coder(Row):
    """One coder who coded texts from nothing, with written instructions and the text alone.

    - The raw coding stands in `codings/<coder_id>/`, in the same columns as the tables, and is
      never altered afterwards: agreement is computed from it.
    - Which sources it covers is seen from its `passages`.
    - Who codes again, be it other texts or under other instructions, gets an id of its own.
    """

    about: ClassVar = Table(
        "coders", "Coders", may_be_empty=True, key=("coder_id",), shown=("kind",)
    )

    coder_id: Slug = column("Id of the coder, and name of the folder.", example="ai-1", since=SINCE)
    kind: CoderKind = column("Kind of coder.", example="ai", since=SINCE)
    codebook_version: WorkingVersion = column(
        "Version of the codebook that the coder had.", example="0.2.1.dev0", since=SINCE
    )
    instructions_sha256: Sha256 = column(
        "SHA-256 of the instructions that the coder had, the codebook for coders; the file is "
        "`codings/<instructions_sha256>.md`.",
        example="0" * 64,
        since=SINCE,
    )
    coded_on: Day = column(
        "Day on which the coding was finished.", example="2026-11-25", since=SINCE
    )
