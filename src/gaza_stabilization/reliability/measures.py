"""What is measured between two codings: how far units are the same, and what they are said to be.

Codes and ids of units that are the same are compared one variable at a time; whether there is a
unit at all is measured by itself, so that a unit without a partner counts and is not dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from ..schema.adjudications import ABSENT, PRESENT, WHETHER
from ..schema.cells import Scale
from ..schema.rows import Column, columns
from ..schema.tables import MODELS
from .coding import Cells, Coding
from .coefficients import Group, alpha, alpha_u, interval, merged
from .figures import Figure, Level
from .matching import (
    Matched,
    actors,
    overlap,
    positions,
    sentences,
    statements,
    ties,
    with_actors_of,
)

EMPTY, NONE = "(empty)", "(none)"
# Ids are compared of units that may differ in them; everything else of units that are the same.
IDENTITY = {
    "positions": ("holder_id", "issue_id"),
    "relationships": ("subject_id", "relation", "object_id"),
}
_COMPARED = {
    "passages": ("status",),
    "statements": (
        *("speaker_id", "attribution", "addressee_id", "speech_act", "venue", "date"),
        "certainty",
    ),
    "actors": ("actor_type", "country"),
    "positions": (
        *("principal_id", "stance", "intensity", "condition", "ascription", "explicitness"),
        "certainty",
    ),
    "relationships": ("asserted_by_id", "modality", "time_start", "time_end", "certainty"),
}


@dataclass
class Comparison:
    """Two codings of the same sources, matched; the figures are computed from it."""

    a: Coding
    b: Coding
    statements: Matched
    by_table: dict[str, list[Matched]] = field(default_factory=dict)

    @classmethod
    def of(cls, a: Coding, b: Coding) -> Comparison:
        """Match the units of two codings. `b` is compared under the actor ids of `a`."""
        b = with_actors_of(a, b)
        said = statements(a, b)
        found = cls(a, b, said)
        found.by_table["actors"] = [actors(a, b)]
        found.by_table["passages"] = [sentences(a, b)]
        found.by_table["statements"] = [said]
        for table, match in (("positions", positions), ("relationships", ties)):
            found.by_table[table] = list(found._claims(table, match))
        return found

    def _claims(
        self, table: str, match: Callable[[Sequence[Cells], Sequence[Cells]], Matched]
    ) -> Iterator[Matched]:
        """The claims of each statement, matched; of one without a partner all are without one."""
        of_a, of_b = _by_statement(self.a, table), _by_statement(self.b, table)
        for first, second in self.statements.pairs:
            yield match(of_a.get(first["statement_id"], []), of_b.get(second["statement_id"], []))
        for row in self.statements.only_a:
            yield Matched([], of_a.get(row["statement_id"], []), [])
        for row in self.statements.only_b:
            yield Matched([], [], of_b.get(row["statement_id"], []))

    def groups(self, table: str, variable: str) -> list[Group]:
        """The pairs of values of a variable, those of one statement together."""
        if variable == "presence":
            return self._presence(table)
        if (table, variable) == ("relays", "chain"):
            return [
                [(self._chain(self.a, first), self._chain(self.b, second))]
                for first, second in self.statements.pairs
            ]
        identity = IDENTITY.get(table, ())
        groups: list[Group] = []
        for matched in self.by_table[table]:
            pairs = [
                (_value(first, variable), _value(second, variable))
                for first, second in matched.pairs
                if variable in identity or all(first[name] == second[name] for name in identity)
            ]
            if variable in identity:
                # A claim that only one of them has is a disagreement about its ids as well.
                pairs += [(_value(row, variable), NONE) for row in matched.only_a]
                pairs += [(NONE, _value(row, variable)) for row in matched.only_b]
            # What does not hang on a statement is a group of its own.
            groups += [pairs] if identity else [[pair] for pair in pairs]
        return groups

    def _presence(self, table: str) -> list[Group]:
        """For every statement that either has, and every code: whether each coding has a claim."""
        name = {"positions": "issue_id", "relationships": "relation"}[table]
        coded = [row[name] for matched in self.by_table[table] for row in _rows(matched)]
        groups: list[Group] = []
        for matched in self.by_table[table]:
            of_a = {first[name] for first, _ in matched.pairs} | {
                row[name] for row in matched.only_a
            }
            of_b = {first[name] for _, first in matched.pairs} | {
                row[name] for row in matched.only_b
            }
            groups.append(
                [
                    (PRESENT if code in of_a else ABSENT, PRESENT if code in of_b else ABSENT)
                    for code in sorted(set(coded))
                ]
            )
        return groups

    def _chain(self, coding: Coding, statement: Cells) -> str:
        return " > ".join(coding.chains.get(statement["statement_id"], [])) or EMPTY


def figures(found: Comparison, resamples: int) -> Iterator[Figure]:
    """Every figure, in the order of the tables."""
    yield _identified(found, "passages", "sentences")
    yield from _variables(found, "passages", resamples)
    yield _unitised(found)
    yield _spans(found)
    yield from _variables(found, "statements", resamples)
    yield _variable(found, "relays", "chain", "nominal", resamples)
    yield _identified(found, "actors", "actors")
    yield from _variables(found, "actors", resamples)
    for table in ("positions", "relationships"):
        yield _claimed(found, table, resamples)
        yield from _variables(found, table, resamples)


def compared() -> Iterator[tuple[str, str]]:
    """Every table and variable of which values are compared."""
    for table, names in _COMPARED.items():
        yield from ((table, name) for name in (*IDENTITY.get(table, ()), *names))
    yield "relays", "chain"
    yield from ((table, "presence") for table in IDENTITY)


def _identified(found: Comparison, table: str, variable: str) -> Figure:
    """How far the units themselves are the same, without a correction for chance."""
    (matched,) = found.by_table[table]
    return _counted(table, variable, matched.pairs, matched.only_a, matched.only_b)


def _counted(
    table: str,
    variable: str,
    pairs: Sequence[object],
    only_a: Sequence[object],
    only_b: Sequence[object],
    **more: float | str | None,
) -> Figure:
    n, n_a, n_b = len(pairs), len(pairs) + len(only_a), len(pairs) + len(only_b)
    shares = {
        "precision": round(n / n_b, 3) if n_b else None,
        "recall": round(n / n_a, 3) if n_a else None,
        "f1": round(2 * n / (n_a + n_b), 3) if n_a + n_b else None,
    }
    return Figure(table, variable, n_a=n_a, n_b=n_b, n=n, **shares, **more)  # type: ignore[arg-type]


def _unitised(found: Comparison) -> Figure:
    """Which stretches of the text are statements, corrected for chance by alpha for unitising."""
    lengths: dict[tuple[str, int], int] = {}
    for coding in (found.a, found.b):
        for row in coding.tables["passages"]:
            place = row["source_id"], int(row["paragraph"])
            lengths[place] = max(lengths.get(place, 0), int(row["end"]))
    starts, length = {}, 0
    for place in sorted(lengths):
        starts[place] = length
        length += lengths[place]
    units = []
    for coding in (found.a, found.b):
        at = [(starts[coding.place(row)], row) for row in coding.tables["statements"]]
        units.append(merged([(s + int(row["start"]), s + int(row["end"])) for s, row in at]))
    said = found.statements
    return _counted(
        "statements", "unitising", said.pairs, said.only_a, said.only_b,
        alpha=alpha_u(units[0], units[1], length),
    )  # fmt: skip


def _spans(found: Comparison) -> Figure:
    """How far the spans of matched statements cover the same characters, on average."""
    overlaps = [overlap(first, second) for first, second in found.statements.pairs]
    share = round(fmean(overlaps), 3) if overlaps else None
    return Figure("statements", "span", n=len(overlaps), agreement=share)


def _claimed(found: Comparison, table: str, resamples: int) -> Figure:
    """Whether there is a claim: exact ones by precision and recall, codes by alpha on presence."""
    identity = IDENTITY[table]
    pairs: list[Cells] = []
    only_a: list[Cells] = []
    only_b: list[Cells] = []
    for matched in found.by_table[table]:
        for first, second in matched.pairs:
            same = all(first[name] == second[name] for name in identity)
            (pairs if same else only_a).append(first)
            only_b += [] if same else [second]
        only_a += matched.only_a
        only_b += matched.only_b
    cells = _variable(found, table, "presence", "nominal", resamples)
    return _counted(
        table, "presence", pairs, only_a, only_b,
        level=cells.level, alpha=cells.alpha, low=cells.low, high=cells.high,
    )  # fmt: skip


def _variables(found: Comparison, table: str, resamples: int) -> Iterator[Figure]:
    of = {column.name: column for column in columns(MODELS[table])}
    for name in (*IDENTITY.get(table, ()), *_COMPARED[table]):
        yield _variable(found, table, name, level_of(of[name]), resamples)


def _variable(found: Comparison, table: str, variable: str, level: Level, resamples: int) -> Figure:
    groups = found.groups(table, variable)
    pairs = [pair for group in groups for pair in group]
    values = domain(table, variable, pairs)
    # Where no unit differs, a bootstrap can only say that again.
    differ = any(len(set(pair)) > 1 for pair in pairs)
    low, high = interval(groups, values, level, resamples) if differ else (None, None)
    return Figure(
        table,
        variable,
        level,
        n=len(pairs),
        agreement=round(fmean(first == second for first, second in pairs), 3) if pairs else None,
        alpha=alpha(pairs, values, level),
        low=low,
        high=high,
    )


def level_of(column: Column) -> Level:
    """The level of measurement of a column: ordinal where its codes are a scale."""
    return "ordinal" if column.codes and issubclass(column.codes, Scale) else "nominal"


def domain(table: str, variable: str, pairs: Group) -> list[str]:
    """The values to choose from: the codes in order, else what either coding has."""
    codes = next(
        (column.codes for column in columns(MODELS[table]) if column.name == variable), None
    )
    if codes is not None:
        known = [code.value for code in codes]
        return [*known, *([EMPTY] if any(EMPTY in pair for pair in pairs) else [])]
    return sorted({value for pair in pairs for value in pair})


def _value(row: Cells, variable: str) -> str:
    if variable in WHETHER:
        return PRESENT if row[variable] else ABSENT
    return row[variable] or EMPTY


def _by_statement(coding: Coding, table: str) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = {}
    for row in coding.tables[table]:
        found.setdefault(row["statement_id"], []).append(row)
    return found


def _rows(matched: Matched) -> Iterator[Cells]:
    for pair in matched.pairs:
        yield from pair
    yield from matched.only_a
    yield from matched.only_b
