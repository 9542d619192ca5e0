"""Flat views: one row a position or relationship, with what it rests on joined in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ..schema.cells import LIST_SEPARATOR
from ..schema.models import key_column
from ..schema.relays import Relay
from ..schema.views import VIEWS, shown_by
from .chains import relay_chain

if TYPE_CHECKING:
    import pandas as pd

    from .folder import Tables


def flat_view(tables: Tables, name: str) -> pd.DataFrame:
    """A flat view of the tables: the columns of `codebook(name)`, in the dtypes of `load`."""
    import pandas as pd

    view = VIEWS[name]
    joined = view.base, "passages", "statements"
    base, passages, statements = map(tables.frame, joined)
    tables.refuse(Relay.about.name)
    tables.refuse_dangling((*joined, Relay.about.name))
    # What the base says itself (summary, certainty) is not taken from the statement.
    statements = statements.set_index("statement_id")
    frame = base.join(statements[statements.columns.difference(base.columns)], on="statement_id")
    frame = frame.join(passages.set_index("passage_id")["source_id"], on="passage_id")
    frame["relays"], frame["relay_count"] = _relays(frame, tables.relays)
    if view.base == "relationships":
        classes = tables.frame("relation_types").set_index("relation")["relation_class"]
        frame["relation_class"] = frame["relation"].map(classes).astype(classes.dtype)
    for column in view.columns:
        if column.name not in frame:
            table, shown = shown_by(column.name)
            names = tables.frame(table).set_index(key_column(table))[shown]
            frame[column.name] = frame[f"{column.name}_id"].map(names).astype("string")
    return pd.DataFrame(frame[[column.name for column in view.columns]])


def _relays(
    frame: pd.DataFrame, relays: Mapping[str, list[str]]
) -> tuple[pd.Series[str], pd.Series[int]]:
    """For each row, those between the asserter of the claim and the source, and their number."""
    import pandas as pd

    asserters = frame["asserted_by_id" if "asserted_by_id" in frame else "speaker_id"]
    chains = [
        relay_chain(relays.get(statement, []), speaker, asserter)
        for statement, speaker, asserter in zip(
            frame["statement_id"], frame["speaker_id"], asserters, strict=True
        )
    ]
    ids = [LIST_SEPARATOR.join(chain) or pd.NA for chain in chains]
    return (
        pd.Series(ids, index=frame.index, dtype="string"),
        pd.Series([len(chain) for chain in chains], index=frame.index, dtype="Int64"),
    )
