"""What the list of retired ids says of a row that went."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..errors import InvalidDataError
from ..schema.cells import LIST_SEPARATOR
from ..schema.retired_ids import RetiredId

if TYPE_CHECKING:
    from .folder import Tables


def retired(tables: Tables, id: str) -> str | None:
    """What became of a row that went, in words; None where `id` is not a retired one."""
    if RetiredId.about.name not in tables.names:
        return None
    try:
        rows = tables.typed(RetiredId)
    except InvalidDataError:
        return None  # Who mistypes a name learns of that, and validation tells the rest.
    return sentence(
        id, {row.id: {column: str(value or "") for column, value in row} for row in rows}
    )


def sentence(id_: str, listed: Mapping[str, Mapping[str, str]]) -> str | None:
    """When and why a row went and what stands for it today; None where it is not listed.

    >>> listed = {"p1": {"retired_in": "0.3.0", "replaced_by": "p2", "reason": "Said twice."}}
    >>> sentence("p1", listed)
    'p1 was retired in 0.3.0: Said twice. In its place: p2'
    """
    if id_ not in listed:
        return None
    row = listed[id_]
    instead = ", ".join(successors(id_, listed)) or "nothing"
    return f"{id_} was retired in {row['retired_in']}: {row['reason']} In its place: {instead}"


def successors(id_: str, listed: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The ids that stand for a retired one today: what replaced it may be retired as well."""
    found: list[str] = []
    after, seen = [id_], set[str]()
    while after:
        next_id = after.pop(0)
        if next_id in listed and next_id not in seen:
            after += filter(None, listed[next_id]["replaced_by"].split(LIST_SEPARATOR))
        elif next_id not in listed and next_id not in found:
            found.append(next_id)
        seen.add(next_id)
    return found
