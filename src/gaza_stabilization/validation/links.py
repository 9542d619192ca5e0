"""Links as row numbers: what a row says of the rows that it leads to, as columns of its table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from ..reading.problems import MOST_IDS, Problem, missing_key
from ..schema.cells import Spelling
from ..schema.models import key_column, references
from ..schema.rows import columns, kind_of
from .across import shared_id
from .corpus import IDENTIFIED
from .forms import PADDED, digest_of, letter_of
from .large import LargeTable

Derived = Callable[["Links"], pl.Series]
DERIVED: dict[tuple[str, str], Derived] = {}
"""Columns that are found out from other rows, by table and name."""
OWN_LINKS = {("passages", "before"): "passages"}
"""The derived columns that lead to rows, with their tables."""


def derived(*tables: str) -> Callable[[Callable[..., pl.Series]], Callable[..., pl.Series]]:
    """Let a function make a column, named as it is, of some tables.

    It gets the links and, where there are several tables, the name of the table.
    """

    def add(make: Callable[..., pl.Series]) -> Callable[..., pl.Series]:
        for table in tables:

            def column(links: Links, table: str = table) -> pl.Series:
                return make(links, table) if len(tables) > 1 else make(links)

            DERIVED[table, make.__name__] = column
        return make

    return add


class Links:
    """The clean tables of a large folder, and where the links between them lead.

    A link is the number of a row; it is null where there is none, and where it leads nowhere.
    """

    def __init__(self, tables: Mapping[str, LargeTable]) -> None:
        self.tables = {name: table for name, table in tables.items() if table.clean}
        self.missing: dict[str, set[str]] = {}
        self.problems: list[Problem] = []
        self._derived: dict[tuple[str, str], pl.Series] = {}
        self._dangling: dict[str, pl.Series] = {}
        for name in self.tables:
            for column, target, _ in references(name):
                if target in self.tables:
                    self._link(name, column.name, target)

    def frame(self, table: str) -> pl.DataFrame:
        """The rows of a table as they are kept."""
        return self.tables[table].frame

    def column(self, table: str, path: str) -> pl.Series:
        """A column of a table, or of the rows to which some of its links lead, joined by dots."""
        first, _, rest = path.partition(".")
        if rest:
            target = OWN_LINKS.get((table, first)) or self.target(table, first)
            values, rows = self.column(target, rest), self.column(table, first)
            if target in self._dangling:  # What leads nowhere is not followed.
                gone = self._dangling[target].gather(rows)
                rows = rows.zip_with(~gone.fill_null(False), rows.clear(len(rows)))
            return values.gather(rows)
        if (table, path) not in DERIVED:
            return self.frame(table)[path]
        if (table, path) not in self._derived:
            self._derived[table, path] = DERIVED[table, path](self)
        return self._derived[table, path]

    def select(self, table: str, **paths: str) -> pl.DataFrame:
        """Some columns of a table under names of one's own."""
        return pl.DataFrame({name: self.column(table, path) for name, path in paths.items()})

    def target(self, table: str, column: str) -> str:
        return next(target for link, target, _ in references(table) if link.name == column)

    def dangling(self, table: str) -> pl.Series | None:
        """Whether a link of a row leads nowhere; None where none of the table does."""
        return self._dangling.get(table)

    def _link(self, table: str, column: str, target: str) -> None:
        """Find where the links of a column lead, and say which lead nowhere."""
        frame = self.frame(table)
        if f"?{column}" in frame.columns:
            gone = frame[f"?{column}"].is_not_null()
        elif column in self.tables[table].form.known:
            return
        else:
            keys = self.frame(target)[key_column(target)]
            rows = row_numbers(frame[column], keys.hash() if keys.dtype == pl.String else keys)
            gone = frame[column].is_not_null() & rows.is_null()
            self.tables[table].frame = frame.with_columns(rows.alias(column))
        if not gone.any():
            return
        before = self._dangling.get(table)
        self._dangling[table] = gone if before is None else before | gone
        lines = lines_of(gone.arg_true())
        known = self.ids(target) if self.frame(target).height <= MOST_IDS else range(MOST_IDS + 1)
        for line in self.tables[table].lines(lines).lines:
            id_ = line.cells[column]
            self.missing.setdefault(target, set()).add(id_)
            key = key_column(target)
            self.problems.append(missing_key(table, line.number, column, id_, target, key, known))

    def ids(self, table: str) -> list[str]:
        """The ids of the rows of a table."""
        key = key_column(table)
        if self.frame(table)[key].dtype == pl.String:
            return self.frame(table)[key].drop_nulls().to_list()
        lines = self.tables[table].lines(lines_of(range(self.frame(table).height)))
        return [line.cells[key] for line in lines.lines]

    def rows_with(self, table: str, ids: Iterable[str]) -> pl.Series:
        """The numbers of the rows that have some ids."""
        key = self.frame(table)[key_column(table)]
        letter = self._letter(table)
        wanted: list[Any] = list(ids)
        if letter:
            wanted = [code for id_ in wanted if (code := number_of(id_, letter)) is not None]
        elif key.dtype != pl.String:
            wanted = [digest_of(id_) for id_ in wanted]
        return key.is_in(pl.Series(wanted, dtype=key.dtype, strict=False).implode()).arg_true()

    def stored(self, table: str, column: str, ids: Iterable[str]) -> pl.Series:
        """How some ids are kept in a column that refers to others, as far as there are any."""
        target = self.target(table, column)
        if target in self.tables:
            return self.rows_with(target, ids)
        return pl.Series([digest_of(id_) for id_ in ids], dtype=pl.UInt64)

    def _letter(self, table: str) -> str:
        key = key_column(table)
        return next(
            letter_of(column) for column in columns(self.tables[table].model) if column.name == key
        )

    def shared_ids(self) -> Iterator[Problem]:
        """Every id that stands in a second table."""
        tables = [name for name in IDENTIFIED if name in self.tables]
        names, patterns = pl.Series(dtype=pl.String), ["^$"]
        for name in tables:
            key = self.frame(name)[key_column(name)]
            if key.dtype == pl.String:
                names = names.append(key.drop_nulls())
            else:  # Ids of another form, of which no two tables have the same.
                kind = kind_of(self.tables[name].model, key.name)
                patterns.append(f"^(?:{kind.pattern})$" if isinstance(kind, Spelling) else "")
        twice = names.is_duplicated() | names.str.contains("|".join(patterns))
        odd, first = names.filter(twice).to_list(), dict[str, str]()
        for name in tables if odd else ():
            rows = self.rows_with(name, odd).to_list()
            for line in self.tables[name].lines(lines_of(rows)).lines:
                id_ = line.cells[key_column(name)]
                if first.setdefault(id_, name) != name:
                    yield shared_id(name, line.number, id_, first[id_])


class Look:
    """The rows of a table as a rule sees them, all at once: a namespace of columns."""

    def __init__(self, links: Links, table: str) -> None:
        self.links, self.table = links, table

    def __getitem__(self, path: str) -> pl.Series:
        return self.links.column(self.table, path)

    def filled(self, path: str) -> pl.Series:
        return self[path].is_not_null()

    def among(self, path: str, values: tuple[str, ...]) -> pl.Series:
        cells = self[path]
        if isinstance(cells.dtype, pl.Enum):
            codes = [n for n, code in enumerate(cells.dtype.categories) if code in values]
            return cells.to_physical().is_in(codes)
        return cells.is_in(self.links.stored(self.table, path, values).cast(cells.dtype).implode())


def lines_of(rows: Iterable[int]) -> list[int]:
    """The numbers of the lines of some rows; in a clean table, no line is without a row."""
    return [row + 2 for row in rows]


def row_numbers(links: pl.Series, keys: pl.Series) -> pl.Series:
    """The numbers of the rows that have the keys which stand in links; null where none has."""
    most = keys.max() if keys.dtype.is_integer() else None
    if isinstance(most, int) and most < 4 * len(keys) + 1000:
        # Keys that are dense enough: a table from key to row, one more than its number.
        rows = pl.int_range(1, len(keys) + 1, dtype=pl.UInt32, eager=True)
        at = pl.zeros(most + 1, dtype=pl.UInt32, eager=True).scatter(keys, rows)
        inside = pl.select(pl.when(links <= most).then(links)).to_series()
        ahead = at.gather(inside)
        return pl.select(pl.when(ahead > 0).then(ahead - 1)).to_series()
    numbered = pl.DataFrame({"key": keys}).with_row_index("row")
    wanted = pl.DataFrame({"key": links.cast(keys.dtype, strict=False)})
    return wanted.join(numbered, on="key", how="left", maintain_order="left")["row"]


def number_of(id_: str, letter: str) -> int | None:
    """The number that stands for an id such as `s001` in a column; None for another kind of id."""
    digits = id_[1:]
    if not re.fullmatch(rf"{letter}[0-9]{{3,15}}", id_):
        return None
    zeros = len(digits) - max(3, len(str(int(digits))))
    return int(digits) + zeros * PADDED
