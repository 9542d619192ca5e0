"""Rules of ids: each stands in one table, and one that was retired in none."""

from __future__ import annotations

from collections.abc import Iterator

from ..reading.problems import Problem
from ..schema.cells import LIST_SEPARATOR
from ..schema.retired_ids import RetiredId
from ..schema.rows import UnusableError
from .across import Finding, rule
from .corpus import Corpus


@rule("retired_ids", "id", level=4)
def retired_id_reused(retired: RetiredId, corpus: Corpus) -> Finding | None:
    """A retired id is never used again."""
    tables = corpus.tables_with(retired.id)
    if not tables:
        return None
    hint = f"give the row in {tables[0]} a new id, or take {retired.id} out of this list"
    return Finding(f"an id that stands in no table; it stands in {tables[0]}", hint)


@rule("retired_ids", "replaced_by")
def replacement_exists(retired: RetiredId, corpus: Corpus) -> Finding | None:
    """What took a row's place stands in a table, or is retired itself, and not in a circle."""
    seen = {retired.id}
    after = (retired.replaced_by or "").split(LIST_SEPARATOR)
    while after:
        id_ = after.pop()
        if id_ == retired.id:
            return Finding("other rows than the one that went", "they replace each other")
        if id_ in seen or not id_ or corpus.tables_with(id_):
            continue
        seen.add(id_)
        if id_ in corpus.retired.ids:
            after += (corpus.retired[id_].replaced_by or "").split(LIST_SEPARATOR)
        elif corpus.may_have_lost(id_):
            raise UnusableError(id_)
        else:
            return Finding(f"ids of rows that there are; {id_} stands in no table")
    return None


def shared_id_problems(corpus: Corpus) -> Iterator[Problem]:
    """Every id that stands in a second table: whoever looks it up could not tell which is meant."""
    for name, rows in corpus.identified.items():
        key = rows.model.about.key[0]
        for entry in rows.entries:
            id_ = entry.cells.get(key, "")
            first = corpus.tables_with(id_)[:1]
            if first not in ([], [name]):
                expected = f"an id that no other table has; it stands in {first[0]}"
                yield Problem(3, "shared-id", f"{name}.csv", entry.line, key, id_, expected)
