"""The public comparison of two versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import look_up
from .changes import Changes, Record, compare
from .shown import as_text
from .snapshot import snapshot

if TYPE_CHECKING:
    import pandas as pd


class Diff(Changes):
    """What changed between two versions. Printing it shows it for people.

    `tables` has the :class:`TableChanges` of each table that differs: `added` and `removed` rows,
    `changed` cells with old and new text, columns, codes and definitions. `retired` is what
    `retired_ids` says of the rows that went, `bump` the step that these tables need of the version.
    """

    def __str__(self) -> str:
        return as_text(self).rstrip("\n")

    def __bool__(self) -> bool:
        return bool(self.tables)

    def frame(self) -> pd.DataFrame:
        """One row a difference, all text: table, change, id, column, old, new."""
        import pandas as pd

        records = [record for one in self.tables.values() for record in one.records()]
        return pd.DataFrame(records, columns=list(Record._fields), dtype="string")


def diff(old: str | Path, new: str | Path | None = None, table: str | None = None) -> Diff:
    """What changed from `old` to `new`, row by row and cell by cell; print it to read it.

    Each is a released version or a folder, of an exported data package or of tables alone (of
    which the definitions are not compared); without `new`, the package's own tables as they are.
    `table` leaves the other tables out. Cells are compared as text.

    Returns a :class:`Diff`, false where nothing differs. Raises `UnknownNameError` where there is
    no such version, folder or table, `InvalidDataError` where one cannot be read.

    >>> print(diff("0.2.0", "0.2.0"))
    0.2.0 -> 0.2.0: no differences
    """
    found = compare(snapshot(old), snapshot(new))
    if table is not None:
        known = found.old.tables | found.new.tables
        look_up("table", table, known)
    kept = {name: one for name, one in found.tables.items() if table in (None, name)}
    return Diff(found.old, found.new, kept)


def required_bump(old: str | Path, new: str | Path | None = None) -> str | None:
    """How far the version has to move from `old` to `new`: `major`, `minor`, `patch`, or None.

    A table, column or code that goes, or a column that holds something else, is major; rows,
    columns, tables and codes that come, and rows that go, are minor; corrected cells and reworded
    definitions are patches. That a definition changed its meaning only its author can say: where
    the changelog says *meaning changed*, the version has to move by a major step all the same.

    Arguments and errors are those of :func:`diff`.

    >>> required_bump("0.2.0", "0.2.0") is None
    True
    """
    bump = compare(snapshot(old), snapshot(new)).bump
    return bump.name if bump else None
