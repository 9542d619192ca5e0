"""The public comparison of two versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import look_up
from .changes import Changes, apply, compare
from .frames import frame_of, state_of
from .rendering import Record, as_text, headline, records
from .snapshot import snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


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

        >>> from gaza_stabilization import load
        >>> new = diff("0.2.0", "0.2.0").apply(load(version="0.2.0"))
        >>> len(new["statements"])
        59
        """
        states = {
            name: state_of(look_up("frame", name, tables), state.shape)
            for name, state in self.old.tables.items()
        }
        known = self.old.tables | self.new.tables  # Views say nothing of their own.
        changes = {name: one for name, one in self.tables.items() if name in known}
        return {name: frame_of(state) for name, state in apply(changes, states).items()}


def diff(old: str | Path, new: str | Path | None = None, table: str | None = None) -> Diff:
    """What changed from `old` to `new`, row by row and cell by cell; print it to read it.

    Each is a released version or a folder, of an exported data package or of tables alone (what
    their columns mean is taken from the schema in use); without `new`, the package's own tables as
    they are. `table` leaves the other tables out. Cells are compared as text. Of the flat views,
    which are made of the tables, only columns and definitions are compared.

    Returns a :class:`Diff`. Raises `UnknownNameError` where there is no such version, folder or
    table, `UsageError` where a folder holds no tables, `InvalidDataError` where one cannot be read.

    >>> print(diff("0.2.0", "0.2.0"))
    0.2.0 -> 0.2.0: no differences
    """
    found = compare(snapshot(old), snapshot(new))
    tables = found.tables
    if table is not None:
        look_up("table", table, found.old.stored | found.new.stored | found.new.views)
        tables = {name: one for name, one in tables.items() if name == table}
    return Diff(found.old, found.new, tables, found.bump)


def required_bump(old: str | Path, new: str | Path | None = None) -> str | None:
    """How far the version has to move from `old` to `new`: `major`, `minor`, `patch`, or None.

    A table, column or code that goes, or a column that holds something else, is major; rows,
    columns, tables and codes that come, and rows that go, are minor; corrected cells and reworded
    definitions are patches. That a definition changed its meaning only its author can say: where
    the changelog says *meaning changed*, validation wants a major step all the same.

    Arguments and errors are those of :func:`diff`.

    >>> required_bump("0.2.0", "0.2.0") is None
    True
    """
    return diff(old, new).required_bump
