"""Table `adjudications`: where codings differed, and what was decided."""

from __future__ import annotations

from typing import ClassVar

from .cells import AdjudicationId, AnyId, Code, CodebookName, PassageId, Text, ValuesByCoder
from .rows import Row, Table, column

SINCE = "1.0.0"
PRESENCE = "presence"
SPAN, CHAIN = "span", "chain"
WHETHER = frozenset({"condition"})
"""Free text of which codings are compared in whether there is one."""
PRESENT, ABSENT = "present", "absent"


class Unit(Code):
    """What the codings differ about."""

    actor = "actor", "actor", "An actor.", 1
    passage = "passage", "passage", "A sentence.", 2
    statement = "statement", "statement", "An act of speaking.", 3
    relay = "relay", "relay", "The chain between a speaker and the source.", 4
    position = "position", "position", "A stance.", 5
    relationship = "relationship", "relationship", "A tie.", 6


class Adjudication(Row):
    """One difference between the published tables and the raw codings of a text.

    - Every difference has its row: of whether there is such a statement, position or tie, and of
      each code or id in those that there are in common. What hangs on a statement that a coding
      does not have is not listed again.
    - Left out are free texts (summaries, descriptions, terms, key phrases; of a condition it is
      asked whether there is one), and the certainty, which is each coder's own.
    - A row of the tables on which codings differed from each other, or that was decided against all
      of them, is not of certainty `high`; from where to where a span goes counts only where they
      differ from each other.
    - The decision is taken by reading the words again under the rules, not by a majority.
    """

    about: ClassVar = Table(
        "adjudications",
        "Adjudications",
        may_be_empty=True,
        key=("adjudication_id",),
        shown=("unit", "item", "variable"),
        unique={"doubled-difference": ("passage_id", "unit", "item", "variable")},
    )

    adjudication_id: AdjudicationId = column("Id of the adjudication.", example="a048", since=SINCE)
    passage_id: PassageId | None = column(
        "Sentence in which the statement starts that it is about; empty for an actor.",
        example="jns-sherman-p17-s1",
        references="passages",
        since=SINCE,
    )
    unit: Unit = column("What the codings differ about.", example="position", since=SINCE)
    item: Text = column(
        "Which one: of a statement its speaker and place; of a position holder and issue as well, "
        "of a tie subject, relation and object.",
        example="jd-vance 42-263: jd-vance israel-consent",
        since=SINCE,
    )
    variable: Text = column(
        "Column that differs; or `presence`, whether there is one, `span`, from where to where a "
        "statement goes, or `chain`, who passed it on.",
        example="intensity",
        since=SINCE,
    )
    before: Text | None = column(
        "What the published tables had before; empty where they had nothing.",
        example="categorical",
        since=SINCE,
    )
    codings: ValuesByCoder = column(
        "What each coding had, as `coder=value`; nothing after the sign where it had nothing.",
        example="ai-1=categorical|ai-2=plain",
        since=SINCE,
    )
    decided: Text | None = column(
        "What was decided; empty where the cell is to be empty.", example="categorical", since=SINCE
    )
    row_id: AnyId | None = column(
        "Row of the tables that has what was decided, for a chain its statement; empty where there "
        "is to be none.",
        example="p038",
        since=SINCE,
    )
    rule: CodebookName = column(
        "Where the rule that decided stands: a table, column or code of the codebook.",
        example="positions.intensity=categorical",
        since=SINCE,
    )
    reason: Text = column(
        "Why, in one sentence.",
        example="He says without reserve that nothing will be forced on Israel.",
        since=SINCE,
    )
