"""Rules of ids: each stands in one table, and one that was retired in none."""

from __future__ import annotations

from collections.abc import Iterator

from ..reading.problems import Problem
from ..schema.cells import LIST_SEPARATOR
from ..schema.retired_ids import RetiredId
from .across import Finding, every_row, rule, shared_id
from .corpus import IDENTIFIED, Corpus


@rule("retired_ids", "id", reads=IDENTIFIED, level=4, suspect=every_row)
def retired_id_reused(retired: RetiredId, corpus: Corpus) -> Finding | None:
    """A retired id is never used again."""
    tables = corpus.tables_with(retired.id)
    if not tables:
        return None
    hint = f"give the row in {tables[0]} a new id, or take {retired.id} out of this list"
    return Finding(f"an id that stands in no table; it stands in {tables[0]}", hint)


@rule("retired_ids", "replaced_by", reads=IDENTIFIED, suspect=every_row)
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
        row = corpus.ids(RetiredId).get(id_)
        if isinstance(row, RetiredId):
            after += (row.replaced_by or "").split(LIST_SEPARATOR)
        else:
            return Finding(f"ids of rows that there are; {id_} stands in no table")
    return None


def shared_id_problems(corpus: Corpus) -> Iterator[Problem]:
    """Every id that stands in a second table: whoever looks it up could not tell which is meant."""
    first: dict[str, str] = {}
    for name, records in corpus.identified.items():
        for id_, line in zip(records.by_key, records.lines, strict=True):
            if first.setdefault(id_, name) != name:
                yield shared_id(name, line, id_, first[id_])
