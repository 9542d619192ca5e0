"""What is measured between two codings: how far units are the same, and what they are said to be.

Codes and ids of units that are the same are compared one variable at a time; whether there is a
unit at all is measured by itself, so that a unit without a partner counts and is not dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from statistics import fmean

from ..schema.adjudications import ABSENT, CHAIN, PRESENCE, PRESENT, SPAN, WHETHER
from ..schema.cells import Scale
from ..schema.models import MODELS
from ..schema.rows import Column, columns
from .coefficients import Group, alpha, alpha_u, interval, merged
from .figures import Figure, Level
from .matching import (
    IDENTITY,
    Matched,
    actors,
    claims,
    overlap,
    sentences,
    statements,
    with_actors_of,
)
from .raw_coding import Cells, Coding

EMPTY, NONE = "(empty)", "(none)"
CERTAINTY = "certainty"
# Ids are compared of units that may differ in them; everything else of units that are the same.
COMPARED: dict[str, tuple[str, ...]] = {
    "passages": ("status",),
    "statements": (
        *("speaker_id", "attribution", "addressee_id", "speech_act", "venue", "date"),
        CERTAINTY,
    ),
    "relays": (CHAIN,),
    "actors": ("actor_type", "country"),
    "positions": (
        *(*IDENTITY["positions"], "principal_id", "stance", "intensity", "condition"),
        *("ascription", "explicitness", CERTAINTY),
    ),
    "relationships": (
        *(*IDENTITY["relationships"], "asserted_by_id", "modality", "time_start", "time_end"),
        CERTAINTY,
    ),
}
"""The variables of each table, in the order of the figures."""


class Comparison:
    """Two codings of the same sources, matched; `b` under the actor ids of `a`."""

    def __init__(self, a: Coding, b: Coding) -> None:
        self.a, self.b = a, with_actors_of(a, b)
        self.statements = statements(self.a, self.b)
        self.by_table = {
            "actors": [actors(self.a, self.b)],
            "passages": [sentences(self.a, self.b)],
            "statements": [self.statements],
            **{table: list(self._claims(table)) for table in IDENTITY},
        }

    def _claims(self, table: str) -> Iterator[Matched]:
        """The claims of each statement, matched; of one without a partner all are without one."""
        of_a, of_b = _by_statement(self.a, table), _by_statement(self.b, table)
        for a, b in self.statements.pairs:
            yield claims(table, of_a.get(a["statement_id"], []), of_b.get(b["statement_id"], []))
        for row in self.statements.only_a:
            yield Matched([], of_a.get(row["statement_id"], []), [])
        for row in self.statements.only_b:
            yield Matched([], [], of_b.get(row["statement_id"], []))

    def exact(self, table: str) -> list[Matched]:
        """The units of a table, of which those with other ids are not the same."""
        return [matched.exact(IDENTITY.get(table, ())) for matched in self.by_table[table]]

    def groups(self, table: str, variable: str) -> list[Group]:
        """The pairs of values of a variable, those of one statement together."""
        if variable == PRESENCE:
            return self._presence(table)
        if variable == CHAIN:
            return [[(_chain(self.a, a), _chain(self.b, b))] for a, b in self.statements.pairs]
        groups: list[Group] = []
        of_ids = variable in IDENTITY.get(table, ())
        for matched in self.by_table[table] if of_ids else self.exact(table):
            pairs = [(_value(a, variable), _value(b, variable)) for a, b in matched.pairs]
            if of_ids:
                # A claim that only one of them has is a disagreement about its ids as well.
                pairs += [(_value(row, variable), NONE) for row in matched.only_a]
                pairs += [(NONE, _value(row, variable)) for row in matched.only_b]
            # What does not hang on a statement is a group of its own.
            groups += [pairs] if table in IDENTITY else [[pair] for pair in pairs]
        return groups

    def _presence(self, table: str) -> list[Group]:
        """For every statement that either has, and every code: whether each coding has a claim."""
        name = {"positions": "issue_id", "relationships": "relation"}[table]
        coded = []
        for matched in self.by_table[table]:
            of_a = {row[name] for row in (*(a for a, _ in matched.pairs), *matched.only_a)}
            of_b = {row[name] for row in (*(b for _, b in matched.pairs), *matched.only_b)}
            coded.append((of_a, of_b))
        every = sorted({code for sides in coded for side in sides for code in side})
        return [
            [(_whether(code in of_a), _whether(code in of_b)) for code in every]
            for of_a, of_b in coded
        ]


def figures(comparison: Comparison, resamples: int) -> Iterator[Figure]:
    """Every figure, in the order of the tables."""
    for table, names in COMPARED.items():
        yield from _of_units(comparison, table, resamples)
        for name in names:
            yield _variable(comparison, table, name, resamples)


def compared() -> list[tuple[str, str]]:
    """Every table and variable of which values are compared."""
    of_columns = [(table, name) for table, names in COMPARED.items() for name in names]
    return of_columns + [(table, PRESENCE) for table in IDENTITY]


def _of_units(comparison: Comparison, table: str, resamples: int) -> Iterator[Figure]:
    """How far the units of a table are the same themselves."""
    if table == "passages":
        yield _counted(comparison, Figure(table, "sentences"))
    elif table == "actors":
        yield _counted(comparison, Figure(table, "actors"))
    elif table == "statements":
        yield _counted(comparison, Figure(table, "unitising", alpha=_unitised(comparison)))
        overlaps = [overlap(a, b) for a, b in comparison.statements.pairs]
        share = round(fmean(overlaps), 3) if overlaps else None
        yield Figure(table, SPAN, n=len(overlaps), agreement=share)
    elif table in IDENTITY:
        yield _counted(comparison, _variable(comparison, table, PRESENCE, resamples))


def _counted(comparison: Comparison, figure: Figure) -> Figure:
    """A figure with how many units there are, and how far they are the very same."""
    matches = comparison.exact(figure.table)
    n = sum(len(matched.pairs) for matched in matches)
    n_a = n + sum(len(matched.only_a) for matched in matches)
    n_b = n + sum(len(matched.only_b) for matched in matches)
    return replace(
        figure, n_a=n_a, n_b=n_b, n=n, agreement=None,
        precision=round(n / n_b, 3) if n_b else None,
        recall=round(n / n_a, 3) if n_a else None,
        f1=round(2 * n / (n_a + n_b), 3) if n_a + n_b else None,
    )  # fmt: skip


def _unitised(comparison: Comparison) -> float | None:
    """Which stretches of the text are statements, corrected for chance by alpha for unitising."""
    sides = comparison.a, comparison.b
    starts, length = {}, 0
    for place in sorted({*sides[0].lengths, *sides[1].lengths}):
        starts[place] = length
        length += max(side.lengths.get(place, 0) for side in sides)
    a, b = (
        merged(
            (starts[side.place(row)] + int(row["start"]), starts[side.place(row)] + int(row["end"]))
            for row in side.tables["statements"]
        )
        for side in sides
    )
    return alpha_u(a, b, length)


def _variable(comparison: Comparison, table: str, variable: str, resamples: int) -> Figure:
    groups = comparison.groups(table, variable)
    pairs = [pair for group in groups for pair in group]
    values, level = domain(table, variable, pairs), level_of(_column(table, variable))
    # Where no unit differs, a bootstrap can only say that again.
    differ = any(a != b for a, b in pairs)
    low, high = interval(groups, values, level, resamples) if differ else (None, None)
    share = round(fmean(a == b for a, b in pairs), 3) if pairs else None
    coefficient = alpha(pairs, values, level)
    return Figure(
        table, variable, level, n=len(pairs), agreement=share, alpha=coefficient, low=low, high=high
    )


def _column(table: str, variable: str) -> Column | None:
    """The column of a variable; None of presence and chain, which are made of rows."""
    return next((one for one in columns(MODELS[table]) if one.name == variable), None)


def level_of(column: Column | None) -> Level:
    """The level of measurement of a variable: ordinal where its codes are a scale."""
    scale = column is not None and column.codes is not None and issubclass(column.codes, Scale)
    return "ordinal" if scale else "nominal"


def domain(table: str, variable: str, pairs: Group) -> list[str]:
    """The values to choose from: the codes in order, else what either coding has."""
    values = {value for pair in pairs for value in pair}
    column = _column(table, variable)
    if column is None or column.codes is None:
        return sorted(values)
    return [*(code.value for code in column.codes), *({EMPTY} & values)]


def _value(row: Cells, variable: str) -> str:
    return _whether(row[variable] != "") if variable in WHETHER else row[variable] or EMPTY


def _whether(there: bool) -> str:
    return PRESENT if there else ABSENT


def _chain(coding: Coding, statement: Cells) -> str:
    return " > ".join(coding.chains.get(statement["statement_id"], [])) or EMPTY


def _by_statement(coding: Coding, table: str) -> dict[str, list[Cells]]:
    rows: dict[str, list[Cells]] = {}
    for row in coding.tables[table]:
        rows.setdefault(row["statement_id"], []).append(row)
    return rows
