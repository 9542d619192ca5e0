"""Rows that went: when and why, what stands for them today, and which release had them last."""

from __future__ import annotations

from collections.abc import Mapping

from ..schema.cells import LIST_SEPARATOR
from ..schema.retired_ids import RetiredId
from ..tables.folder import Tables
from .index import releases
from .project import releases_of
from .snapshot import open_release

RETIRED = RetiredId.about.name


def retired_since(tables: Tables, id: str) -> str | None:
    """What became of a row that went, and which release had it last; None of another id.

    Asked are the list of the tables themselves and the releases of the project that they belong to;
    where they stand alone, nothing is known of releases. None also where the list is damaged: who
    mistypes a name learns of that, and validation tells of the list.
    """
    if RETIRED not in tables.names or tables.text(RETIRED).blocking:
        return None
    sentence = fate(id, {line.cells["id"]: line.cells for line in tables.text(RETIRED).lines})
    folder = releases_of(tables)
    if sentence is None or folder is None:
        return sentence
    for release in reversed(releases(folder)):
        old = open_release(release.version, folder)
        for name in old.names:
            key = old.shape(name).key
            if name == RETIRED or len(key) > 1:
                continue
            if any(line.cells[key[0]] == id for line in old.text(name).lines):
                return f"{sentence}. {release.version} was the last version with it, in {name}"
    return sentence


def fate(id: str, listed: Mapping[str, Mapping[str, str]]) -> str | None:
    """When and why a row went and what stands for it today; None where it is not listed.

    >>> listed = {"p1": {"retired_in": "0.3.0", "replaced_by": "p2", "reason": "Said twice."}}
    >>> fate("p1", listed)
    'p1 was retired in 0.3.0: Said twice. In its place: p2'
    """
    if id not in listed:
        return None
    row = listed[id]
    today = ", ".join(successors(id, listed)) or "nothing"
    return f"{id} was retired in {row['retired_in']}: {row['reason']} In its place: {today}"


def successors(id: str, listed: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The ids that stand for a retired one today: what replaced it may be retired as well."""
    current: list[str] = []
    after, seen = [id], set[str]()
    while after:
        next_id = after.pop(0)
        if next_id in listed and next_id not in seen:
            after += filter(None, listed[next_id]["replaced_by"].split(LIST_SEPARATOR))
        elif next_id not in listed and next_id not in current:
            current.append(next_id)
        seen.add(next_id)
    return current
