"""Snapshots: the tables of one version as text, with what that version says of them.

One form for a release, an exported data package and a folder of tables, so that any two of them can
be compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from ..about import Edition
from ..errors import InvalidDataError, UsageError
from ..paths import RELEASES
from ..reading.stamps import Kept
from ..reading.text_tables import TextTable
from ..schema.shapes import Field, Shape
from ..schema.table_schema import coding_resource
from ..tables.descriptor import DESCRIPTOR
from ..tables.folder import Tables
from .archive import archived
from .index import INDEX, archive_name, as_row_counts, release_of

Key = tuple[str, ...]
Cells = dict[str, str]
_UNKNOWN = Field("text")
_OTHER_COLUMNS = {"extra-column", "missing-column"}


@dataclass(frozen=True)
class TableState:
    """A table: its shape, and its rows by key, each cell as text."""

    shape: Shape
    rows: dict[Key, Cells]


@dataclass(frozen=True)
class Snapshot:
    """All tables of one state of the data, and the flat views that go with them, without rows.

    The tables of raw codings are named `codings/<coder>/<table>`.
    """

    name: str
    tables: dict[str, TableState]
    views: dict[str, TableState] = field(default_factory=dict)

    @property
    def states(self) -> dict[str, TableState]:
        """Tables and views."""
        return self.tables | self.views


def open_release(version: str, folder: Path = RELEASES) -> Tables:
    """The tables of a released version, after its digest was checked.

    Raises `UnknownNameError` where there is no such version, `InvalidDataError` where its archive
    is damaged or not what the index says.
    """
    release = release_of(version, folder)
    return _kept_release(release.version, folder)()


@lru_cache(maxsize=8)
def _kept_release(version: str, folder: Path) -> Kept[Tables]:
    files = folder / INDEX, folder / archive_name(version)
    return Kept(lambda: _open_release(version, folder), lambda: files)


def _open_release(version: str, folder: Path) -> Tables:
    release = release_of(version, folder)
    files = archived(version, folder)
    tables = Tables(files, version, edition=Edition(version, release.date))
    # What was valid when it was released has one row a line, and a header.
    lines = {table: files.get(f"{table}.csv", b"").count(b"\n") for table in tables.names}
    counts = as_row_counts({table: count - 1 for table, count in lines.items()})
    descriptor = tables.package
    if descriptor is None:
        raise InvalidDataError(f"the archive of version {version} holds no {DESCRIPTOR}")
    inside = descriptor.version, (descriptor.created or "")[:10], counts
    if inside != (version, release.date, release.rows):
        raise InvalidDataError(
            f"the archive of version {version} holds {', '.join(inside)}; the index says "
            f"{release.date}, {release.rows}"
        )
    return tables


def snapshot(tables: Tables) -> Snapshot:
    """The snapshot of some tables and their raw codings.

    Of a folder of tables the header says which columns there are, and the schema in use what they
    mean. Raises `UsageError` where there is no table, `InvalidDataError` where one cannot be read.
    """
    parts = {"": tables}
    parts |= {coding_resource(coder, ""): tables.coding(coder) for coder in tables.coders}
    states = {
        place + name: state_of(part.text(name), part.shape(name), f"{part.name}: {name}.csv")
        for place, part in parts.items()
        for name in part.names
        if f"{name}.csv" in part.files
    }
    if not states:
        raise UsageError(f"{tables.name} holds no tables; give a folder with one CSV a table")
    views = {name: TableState(tables.shape(name), {}) for name in tables.views}
    return Snapshot(tables.name, states, views)


def state_of(text: TextTable, shape: Shape, place: str) -> TableState:
    """A table as text by key, with the columns that its header names.

    Raises `InvalidDataError` where rows cannot be told apart.
    """
    fields = {name: shape.fields.get(name, _UNKNOWN) for name in text.header}
    for problem in text.blocking:
        if problem.rule not in _OTHER_COLUMNS or problem.column in shape.key:
            at = f"line {problem.line}: " if problem.line else ""
            raise InvalidDataError(
                f"cannot compare {place}: {at}{problem.message}; validate to see more"
            )
    rows: dict[Key, Cells] = {}
    for line in text.lines:
        key = tuple(line.cells[column] for column in shape.key)
        if key in rows:
            raise InvalidDataError(
                f"cannot compare {place}: line {line.number} has the key of another row: "
                f"{'/'.join(key)}"
            )
        rows[key] = line.cells
    return TableState(replace(shape, fields=fields), rows)
