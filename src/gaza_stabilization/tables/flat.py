"""Flat views: one row a position or relationship, with what it rests on joined in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import look_up
from ..paths import DATA
from ..releases.frames import frame_of
from ..releases.snapshot import of_release
from ..schema.cells import LIST_SEPARATOR
from ..schema.tables import key_column
from ..schema.views import VIEWS
from .chains import passed_on
from .loading import read_frame

if TYPE_CHECKING:
    import pandas as pd


def claims(version: str | None = None) -> pd.DataFrame:
    """One row a position, with names, speaker, chain of relays and place joined in.

    Columns are those of `codebook("claims")`, in the dtypes of `load`; `relays` are ids, outermost
    first, joined by `|`, and `relay_count` is their number. With `version`, as that version had
    it; errors are those of `load`. Source: the package's own data and releases.

    >>> row = claims().query("holder_id == 'saudi-arabia' and issue_id == 'gulf-funding'").iloc[0]
    >>> row.stance, row.speaker, row.relays
    ('oppose', 'Gulf states', 'i24news|gulf-sources')
    """
    return _view_of("claims", version)


def ties(version: str | None = None) -> pd.DataFrame:
    """One row a relationship, with names, asserter, speaker, chain of relays and place joined in.

    Columns are those of `codebook("ties")`, in the dtypes of `load`; `relays` and `relay_count` as
    in `claims`. With `version`, as that version had it; errors are those of `load`. Source: the
    package's own data and releases.

    >>> row = ties().query("relation == 'guarantees'").iloc[0]
    >>> row.subject, row.object, row.asserted_by
    ('Turkey', 'Cyprus', 'Hay Eytan Cohen Yanarocak')
    """
    return _view_of("ties", version)


def _view_of(name: str, version: str | None) -> pd.DataFrame:
    if version is None:
        return read_view(name)
    views = of_release(version).views
    return frame_of(look_up(f"flat view of version {version}", name, views))


def read_view(name: str, folder: Path = DATA) -> pd.DataFrame:
    """A flat view of the valid tables in a folder."""
    import pandas as pd

    view = VIEWS[name]
    base, passages, spoken, relays = (
        read_frame(table, folder) for table in (view.base, "passages", "statements", "relays")
    )
    # What the base says itself (summary, certainty) is not taken from the statement.
    spoken = spoken.set_index("statement_id")
    frame = base.join(spoken[spoken.columns.difference(base.columns)], on="statement_id")
    frame = frame.join(passages.set_index("passage_id")["source_id"], on="passage_id")
    frame["relays"], frame["relay_count"] = _relays(frame, relays)
    if view.base == "relationships":
        classes = read_frame("relation_types", folder).set_index("relation")["relation_class"]
        frame["relation_class"] = frame["relation"].map(classes).astype(classes.dtype)
    for column in view.columns:
        if column.name not in frame:
            frame[column.name] = _names(frame, column.name, folder)
    return pd.DataFrame(frame[[column.name for column in view.columns]])


def _relays(frame: pd.DataFrame, relays: pd.DataFrame) -> tuple[pd.Series[str], pd.Series[int]]:
    """For each row, those between the asserter of the claim and the source, and their number."""
    import pandas as pd

    of = relays.groupby("statement_id")["relay_id"].agg(list).to_dict()
    asserter = frame["asserted_by_id" if "asserted_by_id" in frame else "speaker_id"]
    chains = [
        passed_on(of.get(statement, []), speaker, who)
        for statement, speaker, who in zip(
            frame["statement_id"], frame["speaker_id"], asserter, strict=True
        )
    ]
    ids = [LIST_SEPARATOR.join(chain) or pd.NA for chain in chains]
    return (
        pd.Series(ids, index=frame.index, dtype="string"),
        pd.Series([len(chain) for chain in chains], index=frame.index, dtype="Int64"),
    )


def _names(frame: pd.DataFrame, role: str, folder: Path) -> pd.Series[str]:
    table, shown = ("issues", "proposition") if role == "issue" else ("actors", "name")
    names = read_frame(table, folder).set_index(key_column(table))[shown]
    return frame[f"{role}_id"].map(names).astype("string")
