"""Which unit of one coding is which of another: sentences, statements, actors, positions, ties.

Statements are matched by the place of their words alone. Their other columns are never asked, but
for the speaker where statements have the very same span: what is compared must not decide what is
compared with what. Positions and ties of a statement are matched by their ids; how far these are
the same is therefore measured with all that found no partner.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from .coding import ACTORS, Cells, Coding

T = TypeVar("T")
LEAST_OVERLAP = 0.5


@dataclass(frozen=True)
class Matched:
    """Pairs of rows of two codings, and the rows of each that have no partner."""

    pairs: list[tuple[Cells, Cells]]
    only_a: list[Cells]
    only_b: list[Cells]


def overlap(first: Cells, second: Cells) -> float:
    """Characters that two spans have in common, by those that either has, from 0 to 1.

    >>> overlap({"start": "0", "end": "10"}, {"start": "5", "end": "10"})
    0.5
    """
    (a, b), (c, d) = (
        (int(first["start"]), int(first["end"])),
        (int(second["start"]), int(second["end"])),
    )
    common = max(0, min(b, d) - max(a, c))
    return common / (b - a + d - c - common)


def same_actors(a: Coding, b: Coding) -> dict[str, str]:
    """For each actor of `b` that is one of `a`: its id in `a`.

    The same are actors with the same id, else with the same Wikidata item, else with the same name
    in any case. Another spelling of an id is no disagreement about who speaks.
    """
    found: dict[str, str] = {}
    for column in ("actor_id", "wikidata", "name"):
        of_a: dict[str, str] = {}
        for row in a.tables["actors"]:
            if row[column] and row["actor_id"] not in found.values():
                of_a.setdefault(row[column].casefold(), row["actor_id"])  # The first, both ways.
        for row in b.tables["actors"]:
            known = of_a.get(row[column].casefold())
            if row["actor_id"] not in found and known and known not in found.values():
                found[row["actor_id"]] = known
    return found


def with_actors_of(a: Coding, b: Coding) -> Coding:
    """`b` with the ids that `a` has for the same actors."""
    same = same_actors(a, b)
    # An id of b that a has for somebody else must not be taken for it.
    taken = {row["actor_id"] for row in a.tables["actors"]}
    ids = {
        row["actor_id"]: same.get(
            row["actor_id"],
            f"{row['actor_id']} ({b.name})" if row["actor_id"] in taken else row["actor_id"],
        )
        for row in b.tables["actors"]
    }

    def renamed(table: str, row: Cells) -> Cells:
        names = ["actor_id"] if table == "actors" else ACTORS[table]
        return row | {name: ids.get(row[name], row[name]) for name in names}

    tables = {table: [renamed(table, row) for row in rows] for table, rows in b.tables.items()}
    return Coding(b.name, tables)


def sentences(a: Coding, b: Coding) -> Matched:
    """Sentences with the same source, paragraph and span."""
    return _by_key(
        a.tables["passages"],
        b.tables["passages"],
        [lambda row: tuple(row[name] for name in ("source_id", "paragraph", "start", "end"))],
    )


def actors(a: Coding, b: Coding) -> Matched:
    """Actors with the same id, of codings that were given the same ids."""
    return _by_key(a.tables["actors"], b.tables["actors"], [lambda row: row["actor_id"]])


def statements(a: Coding, b: Coding) -> Matched:
    """Statements that share half or more of the characters that either has, the best first."""
    rows_a, rows_b = a.tables["statements"], b.tables["statements"]
    by_place: dict[Hashable, list[tuple[int, Cells]]] = {}
    for number, row in enumerate(rows_b):
        by_place.setdefault(b.place(row), []).append((number, row))
    candidates = [
        (-overlap(row, other), _another_speaker(row, other), i, j)
        for i, row in enumerate(rows_a)
        for j, other in by_place.get(a.place(row), [])
        if overlap(row, other) >= LEAST_OVERLAP
    ]
    partner: dict[int, int] = {}
    for _, _, i, j in sorted(candidates):
        if i not in partner and j not in partner.values():
            partner[i] = j
    pairs = [(rows_a[i], rows_b[j]) for i, j in sorted(partner.items())]
    only_a = [row for i, row in enumerate(rows_a) if i not in partner]
    only_b = [row for j, row in enumerate(rows_b) if j not in partner.values()]
    return Matched(pairs, only_a, only_b)


def _another_speaker(first: Cells, second: Cells) -> bool:
    """Whether two statements of the same span have two speakers; never asked of other spans."""
    return overlap(first, second) == 1 and first["speaker_id"] != second["speaker_id"]


def positions(a: Sequence[Cells], b: Sequence[Cells]) -> Matched:
    """Positions of one statement: of the same holder and issue, else issue, else holder."""
    return _by_key(
        a,
        b,
        [
            lambda row: (row["holder_id"], row["issue_id"]),
            lambda row: row["issue_id"],
            lambda row: row["holder_id"],
        ],
    )


def ties(a: Sequence[Cells], b: Sequence[Cells]) -> Matched:
    """Ties of one statement: the same, else the same relation and one end, else the same ends.

    Where a statement has a tie in two modalities, it is matched with the same one first.
    """
    return _by_key(
        a,
        b,
        [
            lambda row: (row["subject_id"], row["relation"], row["object_id"], row["modality"]),
            lambda row: (row["subject_id"], row["relation"], row["object_id"]),
            lambda row: (row["subject_id"], row["relation"]),
            lambda row: (row["relation"], row["object_id"]),
            lambda row: (row["subject_id"], row["object_id"]),
        ],
    )


def _by_key(
    a: Sequence[Cells], b: Sequence[Cells], keys: Sequence[Callable[[Cells], Hashable]]
) -> Matched:
    """Rows with the same key, each once; what is left is tried with the next key."""
    partner: dict[int, int] = {}
    for key in keys:
        free: dict[Hashable, list[int]] = {}
        for j, row in enumerate(b):
            if j not in partner.values():
                free.setdefault(key(row), []).append(j)
        for i, row in enumerate(a):
            if i not in partner and free.get(key(row)):
                partner[i] = free[key(row)].pop(0)
    taken = set(partner.values())
    return Matched(
        [(a[i], b[j]) for i, j in sorted(partner.items())],
        [row for i, row in enumerate(a) if i not in partner],
        [row for j, row in enumerate(b) if j not in taken],
    )
