"""Rules between the cells of one row, each written once as a small object.

A rule knows its columns, so that it can be left out where one of them is unreadable; it says
whether a row holds, and what was expected, in words. For many rows at once it says where they
break it, as a condition on whole columns. Pydantic, Pandera, the screen for large data and the
codebook all use the same object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from . import edtf


class Cells(Protocol):
    """The cells of many rows, by column; what it gives compares, and joins by `&`, as one row's."""

    def __getitem__(self, column: str) -> Any:
        """The values of a column."""
        ...

    def filled(self, column: str) -> Any:
        """Whether there is a value."""
        ...

    def among(self, column: str, values: tuple[str, ...]) -> Any:
        """Whether the value is one of some."""
        ...

    def composed(self, template: str) -> Any:
        """A text put together from columns, as `str.format` does from names."""
        ...


class RowRule(Protocol):
    """What every rule offers; `columns[0]` is the column that a problem is reported at."""

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    def holds(self, row: Mapping[str, Any]) -> bool: ...
    def broken(self, cells: Cells) -> Any:
        """Where rows may break the rule: never false of one that does."""
        ...

    @property
    def sentence(self) -> str: ...


@dataclass(frozen=True)
class Less:
    """A number lies below another."""

    low: str
    high: str
    name = "reversed-span"

    @property
    def columns(self) -> tuple[str, ...]:
        return self.high, self.low

    def holds(self, row: Mapping[str, Any]) -> bool:
        return bool(row[self.low] < row[self.high])

    def broken(self, cells: Cells) -> Any:
        return cells[self.low] >= cells[self.high]

    @property
    def sentence(self) -> str:
        return f"`{self.high}` is greater than `{self.low}`"


@dataclass(frozen=True)
class InOrder:
    """A date does not lie after another; dates that overlap are in order."""

    first: str
    last: str
    name = "reversed-dates"

    @property
    def columns(self) -> tuple[str, ...]:
        return self.last, self.first

    def holds(self, row: Mapping[str, Any]) -> bool:
        first, last = row[self.first], row[self.last]
        return first is None or last is None or edtf.earliest(first) <= edtf.latest(last)

    def broken(self, cells: Cells) -> Any:
        first, last = cells[self.first], cells[self.last]
        return (first > last) & ~first.str.starts_with(last)  # A month lies in its year.

    @property
    def sentence(self) -> str:
        return f"`{self.last}` does not lie before `{self.first}`"


@dataclass(frozen=True)
class FilledOnlyWhere:
    """A cell may be filled only where another column has one of some values."""

    column: str
    where: str
    values: tuple[str, ...]
    name = "filled-only-where"

    @property
    def columns(self) -> tuple[str, ...]:
        return self.column, self.where

    def holds(self, row: Mapping[str, Any]) -> bool:
        return row[self.column] is None or str(row[self.where]) in self.values

    def broken(self, cells: Cells) -> Any:
        return cells.filled(self.column) & ~cells.among(self.where, self.values)

    @property
    def sentence(self) -> str:
        return f"`{self.column}` is empty unless `{self.where}` is {_either(self.values)}"


@dataclass(frozen=True)
class FilledExactlyWhere(FilledOnlyWhere):
    """A cell is filled where another column has one of some values, and empty elsewhere."""

    name = "filled-exactly-where"

    def holds(self, row: Mapping[str, Any]) -> bool:
        return (row[self.column] is not None) == (str(row[self.where]) in self.values)

    def broken(self, cells: Cells) -> Any:
        return cells.filled(self.column) != cells.among(self.where, self.values)

    @property
    def sentence(self) -> str:
        return f"`{self.column}` is filled exactly where `{self.where}` is {_either(self.values)}"


@dataclass(frozen=True)
class Different:
    """Two cells do not hold the same value."""

    column: str
    other: str
    name = "same-value"

    @property
    def columns(self) -> tuple[str, ...]:
        return self.column, self.other

    def holds(self, row: Mapping[str, Any]) -> bool:
        return row[self.column] is None or row[self.column] != row[self.other]

    def broken(self, cells: Cells) -> Any:
        return cells[self.column] == cells[self.other]

    @property
    def sentence(self) -> str:
        return f"`{self.column}` differs from `{self.other}`"


@dataclass(frozen=True)
class Composed:
    """A cell is put together from others of its row."""

    column: str
    template: str
    parts: tuple[str, ...]
    in_words: str
    name = "composed-id"

    @property
    def columns(self) -> tuple[str, ...]:
        return self.column, *self.parts

    def holds(self, row: Mapping[str, Any]) -> bool:
        expected = self.template.format(**{part: row[part] for part in self.parts})
        return bool(row[self.column] == expected)

    def broken(self, cells: Cells) -> Any:
        return cells[self.column] != cells.composed(self.template)

    @property
    def sentence(self) -> str:
        return f"`{self.column}` is {self.in_words}"


def _either(values: tuple[str, ...]) -> str:
    quoted = [f"`{value}`" for value in values]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
