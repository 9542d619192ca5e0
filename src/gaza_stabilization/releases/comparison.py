"""The public comparison of two versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InvalidFrameError, look_up
from .changes import Changes, apply, compare
from .rendering import Record, as_text, headline, records
from .snapshot import Snapshot, TableState, snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from ..tables.folder import Tables


class Diff(Changes):
    """What changed between two versions; false where nothing did. Printing it shows it for people.

    `tables` has the changes of each table that differs: rows `added` and `removed`, cells `changed`
    with old and new text, `columns_added`, `codes_added`, `definitions` and the like. `retired` is
    what `retired_ids` says of the rows that went, `required_bump` the step that the version needs.
    """

    def __str__(self) -> str:
        return as_text(self).rstrip("\n")

    def __repr__(self) -> str:
        return f"<Diff {headline(self)}>"

    def __bool__(self) -> bool:
        return bool(self.tables)

    def frame(self) -> pd.DataFrame:
        """One row a difference, all text: table, change, id, label, column, old, new.

        Of a row that came or went each filled cell is a row; `label` says in words what the row
        of the table is about.
        """
        import pandas as pd

        return pd.DataFrame(records(self), columns=list(Record._fields), dtype="string")

    def apply(self, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """The tables after the changes, from those before, as `load(version=...)` gives them.

        The frames have the columns, codes and dtypes of the newer version, sorted by key. Raises
        `UnknownNameError` where a table is missing.

        >>> import gaza_stabilization as gs
        >>> old = gs.release("0.2.0")
        >>> new = old.diff("0.2.0").apply(old.load())
        >>> len(new["statements"])
        59
        """
        import pandas as pd

        from ..reading.frames import frame_of, text_of

        states: dict[str, TableState] = {}
        for name, state in loaded(self.old).items():
            frame = look_up("frame", name, tables)
            if list(frame.columns) != list(state.shape.fields):
                expected = ", ".join(state.shape.fields)
                raise InvalidFrameError(name, [f"columns: expected {expected}"])
            cells = text_of(frame).fillna("").itertuples(index=False)
            rows = [dict(zip(state.shape.fields, map(str, row), strict=True)) for row in cells]
            keyed = {tuple(row[column] for column in state.shape.key): row for row in rows}
            states[name] = TableState(state.shape, keyed)
        known = loaded(self.old) | loaded(self.new)
        changes = {name: change for name, change in self.tables.items() if name in known}
        return {
            name: frame_of(
                pd.DataFrame(state.rows.values(), columns=list(state.shape.fields), dtype="string"),
                state.shape,
            )
            for name, state in apply(changes, states).items()
        }


def loaded(snapshot: Snapshot) -> dict[str, TableState]:
    """The tables that `load()` gives: neither raw codings nor views."""
    return {name: state for name, state in snapshot.tables.items() if "/" not in name}


def diff(old: Tables, new: Tables, table: str | None = None) -> Diff:
    """What changed from `old` to `new`, as `Dataset.diff` describes it."""
    changes = compare(snapshot(old), snapshot(new))
    tables = changes.tables
    if table is not None:
        look_up("table", table, changes.old.tables | changes.new.states)
        tables = {name: change for name, change in tables.items() if name == table}
    return Diff(changes.old, changes.new, tables, changes.bump)
