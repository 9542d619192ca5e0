"""Rules of adjudications: each speaks of codings and rows that there are, and is carried out."""

from __future__ import annotations

from ..errors import nearest
from ..schema.adjudications import (
    ABSENT,
    CHAIN,
    PRESENCE,
    PRESENT,
    SPAN,
    WHETHER,
    Adjudication,
    Unit,
)
from ..schema.cells import by_coder
from ..schema.models import MODELS
from ..schema.passages import Passage
from ..schema.positions import Position
from ..schema.relationships import Relationship
from ..schema.rows import Row, columns
from ..schema.shared import Certainty
from ..schema.statements import Statement
from .across import Finding, every_row, rule
from .corpus import Corpus, NowhereError

TABLE_OF = {
    Unit.actor: "actors",
    Unit.passage: "passages",
    Unit.statement: "statements",
    Unit.relay: "statements",  # A link has no id: the chain is that of its statement.
    Unit.position: "positions",
    Unit.relationship: "relationships",
}

UNITS = tuple(dict.fromkeys(TABLE_OF.values()))
"""The tables that adjudications are about."""


@rule("adjudications", "codings", reads=("coders",), suspect=every_row)
def coders_are_known(case: Adjudication, corpus: Corpus) -> Finding | None:
    """Every coding that an adjudication speaks of has its row in `coders`."""
    for coder in by_coder(case.codings):
        if coder not in corpus.coders:
            return Finding("ids of coders.csv", nearest(coder, corpus.coders))
    return None


@rule("adjudications", "variable", suspect=every_row)
def variable_is_known(case: Adjudication, corpus: Corpus) -> Finding | None:
    """The variable is `presence`, a column of the unit's table, `span` or `chain`."""
    known = {PRESENCE}
    known |= {CHAIN} if case.unit is Unit.relay else set(MODELS[TABLE_OF[case.unit]].model_fields)
    known |= {SPAN} if case.unit is Unit.statement else set()
    return None if case.variable in known else Finding("a variable", nearest(case.variable, known))


@rule("adjudications", "rule", suspect=every_row)
def rule_is_in_the_codebook(case: Adjudication, corpus: Corpus) -> Finding | None:
    """The rule that decided stands in the codebook: in a table, a column or a code of it."""
    table, _, rest = case.rule.partition(".")
    field, _, code = rest.partition("=")
    if table not in MODELS:
        return Finding("a table of the codebook", nearest(table, MODELS))
    of_table = {column.name: column for column in columns(MODELS[table])}
    if field and field not in of_table:
        return Finding(f"a column of {table}", nearest(field, of_table))
    codes = [str(known) for known in of_table[field].codes or []] if field else []
    if code and code not in codes:
        return Finding(f"a code of {table}.{field}", nearest(code, codes))
    return None


@rule("adjudications", "row_id", reads=UNITS, suspect=every_row)
def decision_has_its_row(case: Adjudication, corpus: Corpus) -> Finding | None:
    """A row is named exactly where there is to be one, and it stands in the unit's table."""
    table = TABLE_OF[case.unit]
    if (case.variable, case.decided) == (PRESENCE, ABSENT):
        if case.row_id is not None:
            return Finding("nothing, since there is to be no such row")
        again = _still_there(case, corpus)
        return Finding(f"no such row; {again} is one in {table}.csv") if again else None
    if case.row_id is None:
        return Finding(f"the id of the row in {table}.csv that has what was decided")
    known = corpus.tables[table].by_key
    if case.row_id not in known:
        return Finding(f"an id of {table}.csv")
    place = _passage_of(known[case.row_id], corpus)
    if case.passage_id is None or place is None:
        return None
    # The sentence itself may be misspelt, which has a problem of its own; the paragraph decides.
    wanted, actual = corpus.passage(case.passage_id), corpus.passage(place)
    if (wanted.source_id, wanted.paragraph) != (actual.source_id, actual.paragraph):
        return Finding(f"a row that stands in {case.passage_id}", f"this one stands in {place}")
    return None


def _passage_of(row: Row, corpus: Corpus) -> str | None:
    """The sentence in which a row stands, or in which its statement starts; None of an actor."""
    if isinstance(row, (Position, Relationship)):
        return corpus.statement(row.statement_id).passage_id
    return row.passage_id if isinstance(row, (Passage, Statement)) else None


def _still_there(case: Adjudication, corpus: Corpus) -> str | None:
    """The id of a position or tie that an adjudication calls absent; None where there is none."""
    words = case.item.rpartition(": ")[2].split()
    claim = corpus.claims_at.get((case.passage_id or "", *words))
    if isinstance(claim, Position) and case.unit is Unit.position:
        return claim.position_id
    if isinstance(claim, Relationship) and case.unit is Unit.relationship:
        return claim.relationship_id
    return None


@rule("adjudications", "decided", reads=(*UNITS, "relays"), suspect=every_row)
def decision_is_carried_out(case: Adjudication, corpus: Corpus) -> Finding | None:
    """What was decided is what the tables have."""
    if case.variable == PRESENCE:
        if case.decided in (PRESENT, ABSENT):
            return None  # Whether the row is there, the rule above asks.
        return Finding(f"{PRESENT} or {ABSENT}")
    now = " > ".join(_chain(case, corpus)) if case.unit is Unit.relay else _cell(case, corpus)
    return None if (case.decided or "") == now else Finding(f"{now or 'nothing'}, as the row has")


def _chain(case: Adjudication, corpus: Corpus) -> list[str]:
    """The chain of the statement that an adjudication of relays is about."""
    statement = corpus.statement(case.row_id or "")
    return [link.relay_id for link in corpus.relays_of.get(statement.statement_id, [])]


def _cell(case: Adjudication, corpus: Corpus) -> str:
    row = corpus.row(MODELS[TABLE_OF[case.unit]], case.row_id or "")
    if case.variable == SPAN and isinstance(row, Statement):
        return f"{row.start}-{row.end}"
    if case.variable not in type(row).model_fields:
        raise NowhereError(case.variable)
    value = getattr(row, case.variable)
    if case.variable in WHETHER:
        return ABSENT if value is None else PRESENT
    return "" if value is None else str(value)


def _not_high(row: Statement | Position | Relationship, corpus: Corpus) -> Finding | None:
    (key,) = row.about.key
    about = corpus.adjudicated.get(getattr(row, key))
    if row.certainty is not Certainty.high or about is None:
        return None
    return Finding("medium or low", f"codings differed about it: see {about}")


@rule(
    "statements",
    "certainty",
    reads=("adjudications",),
    suspect=lambda of: of["differed"] & of.among("certainty", ("high",)),
)
def differed_statement_not_high(row: Statement, corpus: Corpus) -> Finding | None:
    """A statement on which codings differed is not of certainty `high`."""
    return _not_high(row, corpus)


@rule(
    "positions",
    "certainty",
    reads=("adjudications",),
    suspect=lambda of: of["differed"] & of.among("certainty", ("high",)),
)
def differed_position_not_high(row: Position, corpus: Corpus) -> Finding | None:
    """A position on which codings differed is not of certainty `high`."""
    return _not_high(row, corpus)


@rule(
    "relationships",
    "certainty",
    reads=("adjudications",),
    suspect=lambda of: of["differed"] & of.among("certainty", ("high",)),
)
def differed_tie_not_high(row: Relationship, corpus: Corpus) -> Finding | None:
    """A tie on which codings differed is not of certainty `high`."""
    return _not_high(row, corpus)
