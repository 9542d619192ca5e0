"""Which unit of one coding is which of another: sentences, statements, actors, positions, ties.

Statements are matched by the place of their words alone. Their other columns are never asked, but
for the speaker where several fit equally well: what is compared must not decide what is compared
with what. Of those with the same speaker the first by its id is taken; how the rows of a file are
sorted decides nothing. Positions and ties of a statement are matched by their ids;
how far these are the same is therefore measured with all that found no partner.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .raw_coding import ACTORS, Cells, Coding, Place

LEAST_OVERLAP = 0.5
IDENTITY = {
    "positions": ("holder_id", "issue_id"),
    "relationships": ("subject_id", "relation", "object_id"),
}
"""The ids by which claims of one statement are the same."""
_SIMILAR = {
    "positions": (("issue_id",), ("holder_id",)),
    "relationships": (
        ("subject_id", "relation"),
        ("relation", "object_id"),
        ("subject_id", "object_id"),
    ),
}


@dataclass(frozen=True)
class Matched:
    """Pairs of rows of two codings, and the rows of each that have no partner."""

    pairs: list[tuple[Cells, Cells]]
    only_a: list[Cells]
    only_b: list[Cells]

    def exact(self, names: Sequence[str]) -> Matched:
        """The same, with the pairs that differ in some columns taken apart."""
        same: list[tuple[Cells, Cells]] = []
        apart: list[tuple[Cells, Cells]] = []
        for a, b in self.pairs:
            (same if all(a[name] == b[name] for name in names) else apart).append((a, b))
        only_a, only_b = [a for a, _ in apart], [b for _, b in apart]
        return Matched(same, [*self.only_a, *only_a], [*self.only_b, *only_b])


def overlap(a: Cells, b: Cells) -> float:
    """Characters that two spans have in common, by those that either has, from 0 to 1.

    >>> overlap({"start": "0", "end": "10"}, {"start": "5", "end": "10"})
    0.5
    """
    starts, ends = (int(a["start"]), int(b["start"])), (int(a["end"]), int(b["end"]))
    common = max(0, min(ends) - max(starts))
    return common / (sum(ends) - sum(starts) - common)


def same_actors(a: Coding, b: Coding) -> dict[str, str]:
    """For each actor of `b` that is one of `a`: its id in `a`.

    The same are actors with the same id, else with the same Wikidata item, else with the same name
    in any case. Another spelling of an id is no disagreement about who speaks.
    """
    same: dict[str, str] = {}
    for column in ("actor_id", "wikidata", "name"):
        of_a: dict[str, str] = {}
        for row in a.tables["actors"]:
            if row[column] and row["actor_id"] not in same.values():
                of_a.setdefault(row[column].casefold(), row["actor_id"])  # The first, both ways.
        for row in b.tables["actors"]:
            known = of_a.get(row[column].casefold())
            if row["actor_id"] not in same and known and known not in same.values():
                same[row["actor_id"]] = known
    return same


def with_actors_of(a: Coding, b: Coding) -> Coding:
    """`b` with the ids that `a` has for the same actors."""
    same = same_actors(a, b)
    # An id of b that a has for somebody else must not be taken for it.
    taken = {row["actor_id"] for row in a.tables["actors"]}
    ids = {
        id_: same.get(id_, f"{id_} ({b.name})" if id_ in taken else id_)
        for id_ in (row["actor_id"] for row in b.tables["actors"])
    }

    def renamed(table: str, row: Cells) -> Cells:
        names = ["actor_id"] if table == "actors" else ACTORS[table]
        return row | {name: ids.get(row[name], row[name]) for name in names}

    tables = {table: [renamed(table, row) for row in rows] for table, rows in b.tables.items()}
    return Coding(b.name, tables)


def sentences(a: Coding, b: Coding) -> Matched:
    """Sentences with the same source, paragraph and span."""
    place = ("source_id", "paragraph", "start", "end")
    return _by_columns(a.tables["passages"], b.tables["passages"], place)


def actors(a: Coding, b: Coding) -> Matched:
    """Actors with the same id, of codings that were given the same ids."""
    return _by_columns(a.tables["actors"], b.tables["actors"], ("actor_id",))


def statements(a: Coding, b: Coding) -> Matched:
    """Statements that share half or more of the characters that either has, the best first."""
    rows_a, rows_b = a.tables["statements"], b.tables["statements"]
    by_place: dict[Place, list[int]] = {}
    for j, row in enumerate(rows_b):
        by_place.setdefault(b.place(row), []).append(j)
    candidates = []
    for i, row in enumerate(rows_a):
        for j in by_place.get(a.place(row), []):
            share = overlap(row, rows_b[j])
            # Who speaks is asked where several fit equally well by their place, and only there.
            differ = row["speaker_id"] != rows_b[j]["speaker_id"]
            if share >= LEAST_OVERLAP:
                candidates.append((-share, differ, i, j))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return _matched(rows_a, rows_b, partner)


def claims(table: str, a: Sequence[Cells], b: Sequence[Cells]) -> Matched:
    """Positions or ties of one statement: the same ones, else those that are alike.

    Positions of the same issue, else the same holder; ties of the same relation and one end, else
    the same ends. Where a statement has a tie in two modalities, it is matched with the same first.
    """
    same = IDENTITY[table]
    twice = [(*same, "modality")] if table == "relationships" else []
    return _by_columns(a, b, *twice, same, *_SIMILAR[table])


def _by_columns(a: Sequence[Cells], b: Sequence[Cells], *keys: Sequence[str]) -> Matched:
    """Rows with the same cells in some columns, each once; what is left, by the next columns."""
    partner: dict[int, int] = {}
    for names in keys:
        taken = set(partner.values())
        free: dict[tuple[str, ...], list[int]] = {}
        for j, row in enumerate(b):
            if j not in taken:
                free.setdefault(tuple(row[name] for name in names), []).append(j)
        for i, row in enumerate(a):
            if i not in partner and (alike := free.get(tuple(row[name] for name in names))):
                partner[i] = alike.pop(0)
    return _matched(a, b, partner)


def _matched(a: Sequence[Cells], b: Sequence[Cells], partner: Mapping[int, int]) -> Matched:
    """The rows by the numbers of those that are one."""
    taken = set(partner.values())
    return Matched(
        [(a[i], b[j]) for i, j in sorted(partner.items())],
        [row for i, row in enumerate(a) if i not in partner],
        [row for j, row in enumerate(b) if j not in taken],
    )
