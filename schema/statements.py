"""Table `statements`: who says something, where, how and to whom."""

from __future__ import annotations

from typing import ClassVar

from .cells import (
    Code,
    Date,
    Offset,
    PassageId,
    Sha256,
    SixWords,
    Slug,
    StatementId,
    Summary,
)
from .row_rules import FilledExactlyWhere, FilledOnlyWhere, Less
from .rows import Row, Table, column
from .shared import Certainty, certainty, span_digest, span_end, span_start


class Attribution(Code):
    """How the words reach the text. The first code that fits wins."""

    direct_quote = (
        "direct_quote",
        "direct quote",
        "At least one whole main clause of the content stands in quotation marks. In a chain, "
        "marks around the act of speaking are the relay's, marks around its content the speaker's.",
        1,
    )
    partial_quote = "partial_quote", "partial quote", "Only fragments stand in quotation marks.", 2
    indirect = "indirect", "indirect", "Paraphrase of one identifiable act of speaking.", 3
    reported_stance = (
        "reported_stance",
        "reported stance",
        "Summary of what an actor generally says, signals or holds; verbs of saying only.",
        4,
    )
    author = (
        "author",
        "author's voice",
        "The author's own voice; exactly where the speaker is the author of the source.",
        5,
    )


class SpeechAct(Code):
    """What is done by saying it. Only where two fit equally, the one that stands first wins.

    The content decides, not the verb by which it is reported.
    """

    warn = "warn", "warn", "Points to harm or to own coercive action.", 1
    reject = "reject", "reject", "Refuses, opposes or denies; also concern and reservations.", 2
    request = "request", "request", "Asks another to act.", 3
    commit = (
        "commit",
        "commit",
        "Promises or announces own action or policy; also where an official speaks of the own "
        "government's plans. Approval of the part of others is `endorse`.",
        4,
    )
    endorse = "endorse", "endorse", "Approves an actor, plan or role.", 5
    deflect = "deflect", "deflect", "Withholds an answer.", 6
    predict = "predict", "predict", "Says, as an observer, what will or may happen.", 7
    question = "question", "question", "Asks.", 8
    assert_ = "assert", "assert", "Describes what is or was.", 9


class Venue(Code):
    """Where the words were said."""

    press_conference = "press_conference", "press conference", "A press conference.", 1
    press_briefing = "press_briefing", "press briefing", "A press briefing.", 2
    interview = "interview", "interview", "An interview; also where an outlet was told.", 3
    speech = "speech", "speech", "A speech.", 4
    cabinet_meeting = "cabinet_meeting", "cabinet meeting", "A meeting of a government.", 5
    official_statement = "official_statement", "official statement", "A published statement.", 6
    media_report = (
        "media_report",
        "media report",
        "A report of an outlet, at first hand or relayed.",
        7,
    )
    unspecified = (
        "unspecified",
        "unspecified",
        "The text does not say, names several, or only the press.",
        8,
    )


QUOTES = (Attribution.direct_quote.value, Attribution.partial_quote.value)
NOT_AUTHOR = tuple(code.value for code in Attribution if code is not Attribution.author)


class Statement(Row):
    """One stretch of text in one paragraph in which one speaker performs one communicative act.

    - A statement ends where the speaker, the occasion (another date, venue or addressee), the
      chain of relays, or author's voice versus attributed content changes. A further reporting
      verb alone does not end it.
    - A sentence that introduces a quote on the same occasion belongs to the quote's statement,
      unless it names another addressee or date.
    - A generalised report ("has always said") and a dated quote are two statements. Two
      speakers who share a clause give two statements with the same span.
    - The author's own voice gives one statement per sentence, or per independent clause where the
      rest is attributed, that asserts a stance, a tie or an act of an actor. A report that
      somebody raised a matter, without its content, is the author's. Author units are clauses and
      others' are acts: counts are not comparable across attribution.
    - What nothing attributes is the author's; where it plausibly continues a speaker, it is still
      the author's, with certainty low.
    - In a chain the speaker is the innermost actor whose content it is; everyone between that
      actor and the source stands in `relays`. An official who says what the own government asks
      or plans speaks for it: that is no chain.
    - Span: the content, with its quotation marks. A reporting clause at an edge is cut off where
      that leaves the content whole; nothing is cut inside. A verb stays, with its auxiliaries and
      what stands between them, where less than the content would remain ("rejected the plan",
      "called it a risk", "voiced doubts about it"), its subject need not; one that merely reports
      goes ("stressed the risk", "declared that"). A final period that stands last is left out, of
      author sentences too, which are else taken whole.
    """

    about: ClassVar = Table(
        "statements",
        "Statements",
        coded=True,
        key=("statement_id",),
        shown=("speaker_id", "summary"),
        unique={"doubled-claim": ("passage_id", "start", "end", "speaker_id", "addressee_id")},
        rules=(
            Less("start", "end"),
            FilledExactlyWhere("venue", "attribution", NOT_AUTHOR),
            FilledOnlyWhere("date", "attribution", NOT_AUTHOR),
            FilledOnlyWhere("key_phrase", "attribution", QUOTES),
        ),
    )

    statement_id: StatementId = column(
        "Id of the statement, unique across sources.", example="s001"
    )
    passage_id: PassageId = column(
        "Sentence in which the span starts; it may run into later sentences of the paragraph.",
        example="jns-sherman-p05-s2",
        references="passages",
    )
    start: Offset = span_start()
    end: Offset = span_end()
    sha256: Sha256 = span_digest()
    speaker_id: Slug = column(
        "Innermost actor whose content it is.", example="marco-rubio", references="actors"
    )
    attribution: Attribution = column(
        "How the speaker's words reach the text; in a chain, judged at the innermost link.",
        example="partial_quote",
    )
    addressee_id: Slug | None = column(
        "Actor spoken to; never a media actor.", example="jd-vance", references="actors"
    )
    speech_act: SpeechAct = column("What is done by saying it.", example="endorse")
    venue: Venue | None = column(
        "Where it was said; empty exactly for the author.", example="press_briefing"
    )
    date: Date | None = column(
        "When it was said, in EDTF; only where the text dates the act of speaking.",
        example="2024-07",
    )
    summary: Summary = column(
        "The content in the coder's own neutral words, with who says it.",
        example="Rubio says that Qatar is able to help mediate.",
    )
    key_phrase: SixWords | None = column(
        "At most six consecutive words of the speaker's own quoted words, in canonical form.",
        example="very positive meetings",
    )
    certainty: Certainty = certainty()
