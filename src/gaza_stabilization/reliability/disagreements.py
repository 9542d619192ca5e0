"""What has to be adjudicated: every difference between the published tables and raw codings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..schema.adjudications import ABSENT, CHAIN, PRESENCE, PRESENT, SPAN, WHETHER
from ..schema.cells import LIST_SEPARATOR
from .coding import Cells, Coding
from .matching import sentences, statements, with_actors_of
from .measures import IDENTITY

# Free text and the coders' own certainty are not adjudicated.
_COLUMNS = {
    "actor": ("actor_type", "country"),
    "passage": ("status",),
    "statement": ("speaker_id", "attribution", "addressee_id", "speech_act", "venue", "date"),
    "position": ("principal_id", "stance", "intensity", "condition", "ascription", "explicitness"),
    "relationship": ("asserted_by_id", "modality", "time_start", "time_end"),
}
_CLAIMS = {"position": "positions", "relationship": "relationships"}
ByCoding = Mapping[str, Cells]


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
        yield from self.actors()
        yield from self.passages()
        for said in self.statements():
            yield from self.statement(said)

    def actors(self) -> Iterator[Difference]:
        """Actors that several have, of another type or country; who has which follows from rows."""
        rows = {
            coding.name: {row["actor_id"]: row for row in coding.tables["actors"]}
            for coding in self.codings
        }
        for id_ in sorted({id_ for known in rows.values() for id_ in known}):
            there = {name: known[id_] for name, known in rows.items() if id_ in known}
            yield from self.cells("actor", "", id_, there)

    def passages(self) -> Iterator[Difference]:
        """Sentences of another status, and sentences that a coding divides otherwise."""
        published, *others = self.codings
        rows = {row["passage_id"]: {published.name: row} for row in published.tables["passages"]}
        for other in others:
            for passage, row in sentences(published, other).pairs:
                rows[passage["passage_id"]][other.name] = row
        for id_, there in rows.items():
            yield from self.presence("passage", id_, id_, there, self.names)
            yield from self.cells("passage", id_, id_, there)

    def statements(self) -> list[dict[str, Cells]]:
        """The statements, each as the codings have it, in the order of the text."""
        found: list[dict[str, Cells]] = []
        passages = {
            row["passage_id"]: row for coding in self.codings for row in coding.tables["passages"]
        }
        for coding in self.codings:
            firsts = [_first(said) for said in found]
            known = {"passages": list(passages.values()), "statements": firsts}
            matched = statements(Coding("so far", known), coding)
            for first, row in matched.pairs:
                next(said for said in found if _first(said) is first)[coding.name] = row
            found += [{coding.name: row} for row in matched.only_b]

        def place(said: dict[str, Cells]) -> tuple[str, int, int, int]:
            row = _first(said)
            at = passages[row["passage_id"]]
            return at["source_id"], int(at["paragraph"]), int(row["start"]), int(row["end"])

        return sorted(found, key=place)

    def statement(self, said: ByCoding) -> Iterator[Difference]:
        first = _first(said)
        place, item = first["passage_id"], f"{first['speaker_id']} {first['start']}-{first['end']}"
        yield from self.presence("statement", place, item, said, self.names)
        yield from self.cells("statement", place, item, said)
        spans = {name: f"{row['start']}-{row['end']}" for name, row in said.items()}
        yield from self.values("statement", place, item, SPAN, spans, said)
        chains = {
            coding.name: " > ".join(coding.chains.get(said[coding.name]["statement_id"], []))
            for coding in self.codings
            if coding.name in said
        }
        yield from self.values("relay", place, item, CHAIN, chains, said)
        for unit in _CLAIMS:
            for key, there in self.claims(unit, said).items():
                named = f"{item}: {' '.join(key)}"
                yield from self.presence(unit, place, named, there, said)
                yield from self.cells(unit, place, named, there)

    def claims(self, unit: str, said: ByCoding) -> dict[tuple[str, ...], dict[str, Cells]]:
        """The positions or ties of a statement by their ends, each as the codings have it."""
        table, ends = _CLAIMS[unit], IDENTITY[_CLAIMS[unit]]
        rows = [
            (coding.name, row)
            for coding in self.codings
            if coding.name in said
            for row in coding.tables[table]
            if row["statement_id"] == said[coding.name]["statement_id"]
        ]
        keys = [(name, *(row[end] for end in ends)) for name, row in rows]
        # A tie that stands in two modalities is two claims.
        twice = {key[1:] for key in keys if keys.count(key) > 1}
        found: dict[tuple[str, ...], dict[str, Cells]] = {}
        for (name, row), key in zip(rows, keys, strict=True):
            full = (*key[1:], row["modality"]) if key[1:] in twice else key[1:]
            found.setdefault(full, {})[name] = row
        return found

    def presence(
        self, unit: str, place: str, item: str, there: ByCoding, wanted: Sequence[str] | ByCoding
    ) -> Iterator[Difference]:
        """Whether some of the wanted codings have it and others not."""
        found = {
            name: PRESENT if name in there else ABSENT for name in self.names if name in wanted
        }
        yield from self.values(unit, place, item, PRESENCE, found, there)

    def cells(self, unit: str, place: str, item: str, there: ByCoding) -> Iterator[Difference]:
        """The columns in which those that have it differ."""
        for column in _COLUMNS[unit]:
            cells = {name: row[column] for name, row in there.items()}
            if column in WHETHER:
                cells = {name: PRESENT if cell else ABSENT for name, cell in cells.items()}
            yield from self.values(unit, place, item, column, cells, there)

    def values(
        self,
        unit: str,
        place: str,
        item: str,
        variable: str,
        found: Mapping[str, str],
        there: ByCoding,
    ) -> Iterator[Difference]:
        if len(set(found.values())) < 2:
            return
        published, *others = self.names
        pairs = [f"{name}={found[name]}" for name in sorted(others) if name in found]
        id_ = next(iter(there[published].values())) if published in there else ""
        before = found.get(published, "")
        yield Difference(place, unit, item, variable, before, LIST_SEPARATOR.join(pairs), id_)


def _first(said: ByCoding) -> Cells:
    return next(iter(said.values()))
