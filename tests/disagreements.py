"""What has to be adjudicated: every difference between the published tables and raw codings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from gaza_stabilization.schema.adjudications import ABSENT, CHAIN, PRESENCE, PRESENT, SPAN, WHETHER
from gaza_stabilization.schema.cells import LIST_SEPARATOR
from gaza_stabilization.schema.models import key_column

from gaza_stabilization.reliability.matching import IDENTITY, sentences, statements, with_actors_of
from gaza_stabilization.reliability.measures import CERTAINTY, COMPARED
from gaza_stabilization.reliability.raw_coding import Cells, Coding

ByCoding = Mapping[str, Cells]
"""One unit as each coding has it that has it."""


class Difference(NamedTuple):
    """One difference, in the columns of `adjudications`; `published_id` is the row's, if any."""

    passage_id: str
    unit: str
    item: str
    variable: str
    before: str
    codings: str
    published_id: str


def differences(published: Coding, codings: Sequence[Coding]) -> list[Difference]:
    """Every difference between the published tables and codings of the same sources, in order.

    Statements are matched as for agreement; positions and ties of a statement are the same where
    they have the same ends. What hangs on a statement that a coding does not have is not listed.
    """
    covered = frozenset.intersection(*(coding.sources for coding in codings))
    published = published.within(covered)
    named = [with_actors_of(published, coding.within(covered)) for coding in codings]
    return list(_Comparison([published, *named]).all())


class _Comparison:
    """The published tables, which come first, beside raw codings."""

    def __init__(self, codings: list[Coding]) -> None:
        self.codings = codings
        self.names = [coding.name for coding in codings]

    def all(self) -> Iterator[Difference]:
        """Differences of actors, of sentences, then of statements and what hangs on them."""
        actors: dict[str, dict[str, Cells]] = {}
        for coding in self.codings:
            for row in coding.tables["actors"]:
                actors.setdefault(row["actor_id"], {})[coding.name] = row
        for id_, rows in sorted(actors.items()):  # Who has which follows from the other rows.
            yield from self.cells("actors", "", id_, rows)
        for id_, rows in self.passages().items():
            yield from self.presence("passages", id_, id_, rows, self.names)
            yield from self.cells("passages", id_, id_, rows)
        for rows in self.statements():
            yield from self.statement(rows)

    def passages(self) -> dict[str, dict[str, Cells]]:
        """The sentences of the published tables, and those of the codings that are the same."""
        published, *codings = self.codings
        units = {row["passage_id"]: {published.name: row} for row in published.tables["passages"]}
        for coding in codings:
            for known, row in sentences(published, coding).pairs:
                units[known["passage_id"]][coding.name] = row
        return units

    def statements(self) -> list[dict[str, Cells]]:
        """The statements, each as the codings have it, in the order of the text."""
        units: list[dict[str, Cells]] = []
        passages = {
            row["passage_id"]: row for coding in self.codings for row in coding.tables["passages"]
        }
        firsts = Coding("so far", {"passages": list(passages.values()), "statements": []})
        for coding in self.codings:
            firsts.tables["statements"] = [_first(rows) for rows in units]
            matched = statements(firsts, coding)
            for known, row in matched.pairs:
                next(rows for rows in units if _first(rows) is known)[coding.name] = row
            units += [{coding.name: row} for row in matched.only_b]

        def order(rows: ByCoding) -> tuple[str, int, int, int]:
            row = _first(rows)
            return *firsts.place(row), int(row["start"]), int(row["end"])

        return sorted(units, key=order)

    def statement(self, unit: ByCoding) -> Iterator[Difference]:
        """Differences of a statement, its span, its chain, and its positions and ties."""
        first = _first(unit)
        place, item = first["passage_id"], f"{first['speaker_id']} {first['start']}-{first['end']}"
        yield from self.presence("statements", place, item, unit, self.names)
        yield from self.cells("statements", place, item, unit)
        spans = {name: f"{row['start']}-{row['end']}" for name, row in unit.items()}
        yield from self.values("statements", place, item, SPAN, spans, unit)
        chains = {
            coding.name: " > ".join(coding.chains.get(unit[coding.name]["statement_id"], []))
            for coding in self.codings
            if coding.name in unit
        }
        yield from self.values("relays", place, item, CHAIN, chains, unit)
        for table in IDENTITY:
            for ends, rows in self.claims(table, unit).items():
                claim = f"{item}: {' '.join(ends)}"
                yield from self.presence(table, place, claim, rows, unit)
                yield from self.cells(table, place, claim, rows)

    def claims(self, table: str, unit: ByCoding) -> dict[tuple[str, ...], dict[str, Cells]]:
        """The positions or ties of a statement by their ends, each as the codings have it."""
        rows = [
            (coding.name, tuple(row[name] for name in IDENTITY[table]), row)
            for coding in self.codings
            if coding.name in unit
            for row in coding.tables[table]
            if row["statement_id"] == unit[coding.name]["statement_id"]
        ]
        keys = [(name, ends) for name, ends, _ in rows]
        # A tie that stands in two modalities is two claims.
        twice = {ends for name, ends in keys if keys.count((name, ends)) > 1}
        units: dict[tuple[str, ...], dict[str, Cells]] = {}
        for name, ends, row in rows:
            full = (*ends, row["modality"]) if ends in twice else ends
            units.setdefault(full, {})[name] = row
        return units

    def presence(
        self, table: str, place: str, item: str, rows: ByCoding, wanted: Sequence[str] | ByCoding
    ) -> Iterator[Difference]:
        """Whether some of the wanted codings have it and others not."""
        values = {
            name: PRESENT if name in rows else ABSENT for name in self.names if name in wanted
        }
        yield from self.values(table, place, item, PRESENCE, values, rows)

    def cells(self, table: str, place: str, item: str, rows: ByCoding) -> Iterator[Difference]:
        """The columns in which those that have it differ; the certainty is each coder's own."""
        for column in COMPARED[table]:
            if column not in (*IDENTITY.get(table, ()), CERTAINTY):
                cells = {name: row[column] for name, row in rows.items()}
                if column in WHETHER:
                    cells = {name: PRESENT if cell else ABSENT for name, cell in cells.items()}
                yield from self.values(table, place, item, column, cells, rows)

    def values(
        self,
        table: str,
        place: str,
        item: str,
        variable: str,
        values: Mapping[str, str],
        rows: ByCoding,
    ) -> Iterator[Difference]:
        """The difference, if the values of the codings differ."""
        if len(set(values.values())) < 2:
            return
        published, *others = self.names
        pairs = [f"{name}={values[name]}" for name in sorted(others) if name in values]
        key = key_column("statements" if table == "relays" else table)
        id_ = rows[published][key] if published in rows else ""
        unit = table.removesuffix("s")  # A unit has the name of its table, in the singular.
        before, codings = values.get(published, ""), LIST_SEPARATOR.join(pairs)
        yield Difference(place, unit, item, variable, before, codings, id_)


def _first(rows: ByCoding) -> Cells:
    return next(iter(rows.values()))
