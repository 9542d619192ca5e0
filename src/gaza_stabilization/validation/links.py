"""Links as row numbers: what a row says of the rows that it leads to, as columns of its table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from ..reading.problems import Problem
from ..schema.cells import Spelling
from ..schema.rows import columns, kind_of
from ..schema.tables import key_column, references
from .across import MOST_IDS, missing_key, shared_id
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
        self._columns: dict[tuple[str, str], pl.Series] = {}
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
        if (table, path) not in self._columns:
            first, _, rest = path.partition(".")
            if rest:
                target = OWN_LINKS.get((table, first)) or self.target(table, first)
                values, rows = self.column(target, rest), self.column(table, first)
                if target in self._dangling:  # What leads nowhere is not followed.
                    gone = self._dangling[target].gather(rows)
                    rows = rows.zip_with(~gone.fill_null(False), rows.clear(len(rows)))
                self._columns[table, path] = values.gather(rows)
            elif (table, path) in DERIVED:
                self._columns[table, path] = DERIVED[table, path](self)
            else:
                return self.frame(table)[path]
        return self._columns[table, path]

    def select(self, table: str, **paths: str) -> pl.DataFrame:
        """Some columns of a table under names of one's own."""
        return pl.DataFrame({name: self.column(table, path) for name, path in paths.items()})

    def forget(self, table: str) -> None:
        """Let go of what was found out of a table, but for its own links."""
        for key in [key for key in self._columns if key[0] == table and "." in key[1]]:
            del self._columns[key]

    def target(self, table: str, column: str) -> str:
        return next(target for one, target, _ in references(table) if one.name == column)

    def dangling(self, table: str) -> pl.Series | None:
        """Whether a link of a row leads nowhere; None where none of the table does."""
        return self._dangling.get(table)

    def _link(self, table: str, column: str, target: str) -> None:
        """Find where the links of a column lead, and say which lead nowhere."""
        cells = self.frame(table)[column]
        if f"?{column}" in self.frame(table).columns:
            cells, rows = self.frame(table)[f"?{column}"], cells
            gone = cells.is_not_null()
        elif self._is_row_number(table, column):
            return
        else:
            keys = self.frame(target)[key_column(target)]
            rows = row_numbers(cells, keys.hash() if keys.dtype == pl.String else keys)
            gone = cells.is_not_null() & rows.is_null()
            self._columns[table, column] = rows
        if not gone.any():
            return
        before = self._dangling.get(table)
        self._dangling[table] = gone if before is None else before | gone
        lines = self.frame(table)["line"].filter(gone)
        known = self.ids(target) if self.frame(target).height <= MOST_IDS else range(MOST_IDS + 1)
        for line in self.tables[table].lines(lines).lines:
            id_ = line.cells[column]
            self.missing.setdefault(target, set()).add(id_)
            key = key_column(target)
            self.problems.append(missing_key(table, line.number, column, id_, target, key, known))

    def _is_row_number(self, table: str, column: str) -> bool:
        return column in self.tables[table].form.known

    def ids(self, table: str) -> list[str]:
        """The ids of the rows of a table."""
        key = key_column(table)
        if self.frame(table)[key].dtype == pl.String:
            return self.frame(table)[key].to_list()
        lines = self.tables[table].lines(self.frame(table)["line"]).lines
        return [line.cells[key] for line in lines]

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
        return next(letter_of(one) for one in columns(self.tables[table].model) if one.name == key)

    def shared_ids(self) -> Iterator[Problem]:
        """Every id that stands in a second table."""
        tables = [name for name in IDENTIFIED if name in self.tables]
        names, patterns = pl.Series(dtype=pl.String), ["^$"]
        for name in tables:
            key = self.frame(name)[key_column(name)]
            if key.dtype == pl.String:
                names = names.append(key)
            else:  # Ids of another form, of which no two tables have the same.
                kind = kind_of(self.tables[name].model, key.name)
                patterns.append(f"^(?:{kind.pattern})$" if isinstance(kind, Spelling) else "")
        twice = names.is_duplicated() | names.str.contains("|".join(patterns))
        odd, first = names.filter(twice).to_list(), dict[str, str]()
        for name in tables if odd else ():
            rows = self.rows_with(name, odd).to_list()
            lines = self.frame(name)["line"].gather(rows).to_list()
            for line in self.tables[name].lines(lines).lines:
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
    wanted = pl.DataFrame({"key": links.cast(keys.dtype)})
    return wanted.join(numbered, on="key", how="left", maintain_order="left")["row"]


def number_of(id_: str, letter: str) -> int | None:
    """The number that stands for an id such as `s001` in a column; None for another kind of id."""
    digits = id_[1:]
    if not re.fullmatch(rf"{letter}[0-9]{{3,15}}", id_):
        return None
    zeros = len(digits) - max(3, len(str(int(digits))))
    return int(digits) + zeros * PADDED
