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
from ..schema.positions import Position
from ..schema.relationships import Relationship
from ..schema.rows import UnusableError, columns
from ..schema.shared import Certainty
from ..schema.statements import Statement
from ..schema.tables import MODELS
from .across import Finding, rule
from .corpus import Corpus

_TABLE = {
    Unit.actor: "actors",
    Unit.passage: "passages",
    Unit.statement: "statements",
    Unit.relay: "relays",
    Unit.position: "positions",
    Unit.relationship: "relationships",
}


@rule("adjudications", "codings")
def coders_are_known(one: Adjudication, corpus: Corpus) -> Finding | None:
    """Every coding that an adjudication speaks of has its row in `coders`."""
    for coder in by_coder(one.codings):
        if corpus.coders.lacks(coder):
            return Finding("ids of coders.csv", nearest(coder, corpus.coders.good_ids))
    return None


@rule("adjudications", "variable")
def variable_is_known(one: Adjudication, corpus: Corpus) -> Finding | None:
    """The variable is `presence`, a column of the unit's table, `span` or `chain`."""
    known = {PRESENCE}
    known |= {CHAIN} if one.unit is Unit.relay else set(MODELS[_TABLE[one.unit]].model_fields)
    known |= {SPAN} if one.unit is Unit.statement else set()
    return None if one.variable in known else Finding("a variable", nearest(one.variable, known))


@rule("adjudications", "rule")
def rule_is_in_the_codebook(one: Adjudication, corpus: Corpus) -> Finding | None:
    """The rule that decided stands in the codebook: in a table, a column or a code of it."""
    table, _, rest = one.rule.partition(".")
    field, _, code = rest.partition("=")
    if table not in MODELS:
        return Finding("a table of the codebook", nearest(table, MODELS))
    of_table = {column.name: column for column in columns(MODELS[table])}
    if field and field not in of_table:
        return Finding(f"a column of {table}", nearest(field, of_table))
    codes = of_table[field].codes or [] if field else []
    if code and code not in [str(known) for known in codes]:
        return Finding(f"a code of {table}.{field}", nearest(code, map(str, codes)))
    return None


@rule("adjudications", "row_id")
def decision_has_its_row(one: Adjudication, corpus: Corpus) -> Finding | None:
    """A row is named exactly where there is to be one, and it stands in the unit's table."""
    wanted = one.unit is not Unit.relay and (one.variable, one.decided) != (PRESENCE, ABSENT)
    if not wanted:
        return None if one.row_id is None else Finding("nothing, since there is to be no such row")
    table = _TABLE[one.unit]
    if one.row_id is None:
        return Finding(f"the id of the row in {table}.csv that has what was decided")
    if corpus.tables[table].lacks(one.row_id):
        return Finding(f"an id of {table}.csv", nearest(one.row_id, corpus.tables[table].good_ids))
    return None


@rule("adjudications", "decided")
def decision_is_carried_out(one: Adjudication, corpus: Corpus) -> Finding | None:
    """What was decided is what the tables have."""
    if one.variable == PRESENCE:
        if one.decided in (PRESENT, ABSENT):
            return None  # Whether the row is there, the rule above asks.
        return Finding(f"{PRESENT} or {ABSENT}")
    now = " > ".join(_chain(one, corpus)) if one.unit is Unit.relay else _cell(one, corpus)
    return None if (one.decided or "") == now else Finding(f"{now or 'nothing'}, as the row has")


def _chain(one: Adjudication, corpus: Corpus) -> list[str]:
    """The chain of the statement that an adjudication of relays is about."""
    links = corpus.relays_of.all(one.item.split()[0])
    return [link.relay_id for link in sorted(links, key=lambda link: link.depth)]


def _cell(one: Adjudication, corpus: Corpus) -> str:
    if one.row_id is None:
        raise UnusableError("row_id")
    row = corpus.tables[_TABLE[one.unit]][one.row_id]
    if one.variable == SPAN and isinstance(row, Statement):
        return f"{row.start}-{row.end}"
    if one.variable not in type(row).model_fields:
        raise UnusableError(one.variable)
    value = getattr(row, one.variable)
    if one.variable in WHETHER:
        return ABSENT if value is None else PRESENT
    return "" if value is None else str(value)


def _not_high(row: Statement | Position | Relationship, corpus: Corpus) -> Finding | None:
    (key,) = row.about.key
    about = corpus.adjudicated.get(getattr(row, key))
    if row.certainty is not Certainty.high or about is None:
        return None
    return Finding("medium or low", f"codings differed about it: see {about}")


@rule("statements", "certainty")
def differed_statement_not_high(row: Statement, corpus: Corpus) -> Finding | None:
    """A statement on which codings differed is not of certainty `high`."""
    return _not_high(row, corpus)


@rule("positions", "certainty")
def differed_position_not_high(row: Position, corpus: Corpus) -> Finding | None:
    """A position on which codings differed is not of certainty `high`."""
    return _not_high(row, corpus)


@rule("relationships", "certainty")
def differed_tie_not_high(row: Relationship, corpus: Corpus) -> Finding | None:
    """A tie on which codings differed is not of certainty `high`."""
    return _not_high(row, corpus)
