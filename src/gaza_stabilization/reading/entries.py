"""The rows of one table with their line numbers, and what of it could not be read.

What cannot be read raises `UnusableError` where it is needed, so that a damaged cell silences the
rules at its own place only: it has a problem of its own there.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from ..schema.rows import Row, UnusableError

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Entry(Generic[R]):
    """One row with the number and text of its line, and the text of its readable cells."""

    line: int
    row: R
    text: str
    cells: dict[str, str]


@dataclass
class Rows(Generic[R]):
    """The rows of one table.

    `lost` holds the text of lines and keys that could not be read; `readable` is false where the
    table as a whole could not.
    """

    model: type[R]
    entries: list[Entry[R]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    readable: bool = True

    def __iter__(self) -> Iterator[R]:
        return (entry.row for entry in self.entries)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every key that stands in the file, well spelled or not."""
        key = self.model.about.key[0]
        return frozenset(entry.cells[key] for entry in self.entries if entry.cells.get(key))

    @cached_property
    def _by_key(self) -> dict[str, R]:
        (key,) = self.model.about.key
        return {entry.cells[key]: entry.row for entry in self.entries if key in entry.cells}

    def __getitem__(self, key: str) -> R:
        if key not in self._by_key:
            raise UnusableError(key)
        return self._by_key[key]

    @cached_property
    def good_ids(self) -> frozenset[str]:
        """The keys that are spelled as they should be, to be offered as hints."""
        key = self.model.about.key[0]
        return frozenset(str(getattr(row, key)) for row in self if key in row.__dict__)

    def lacks(self, key: str) -> bool:
        """Whether the table surely has no such key: not where a lost line may have held it."""
        if key in self.ids or not self.readable:
            return False
        return not self.may_have_lost(key)

    def may_have_lost(self, word: str) -> bool:
        """Whether a line or key that could not be read holds `word`, or nearly so."""
        keys = [text.partition(",")[0].strip('" ') for text in self.lost]
        near = difflib.get_close_matches(word, keys, n=1, cutoff=0.8)
        return bool(near) or any(word in text for text in self.lost)


class Groups(Generic[R]):
    """Rows by some place, and the places at which a row could not be read.

    `place` is the place of a row; `damaged` finds it in what is left of a row that has lost the
    cells for that, or says None: then there may be rows missing at any place.
    """

    def __init__(
        self,
        rows: Rows[R],
        place: Callable[[R], Hashable],
        damaged: Callable[[Entry[R]], Hashable | None],
    ) -> None:
        self.by_place: dict[Hashable, list[R]] = {}
        self.damaged: set[Hashable] = set()
        self.complete = rows.readable
        for entry in rows.entries:
            try:
                self.by_place.setdefault(place(entry.row), []).append(entry.row)
            except UnusableError:
                where = damaged(entry)
                if where is None:
                    self.complete = False
                else:
                    self.damaged.add(where)

    def some(self, place: Hashable) -> list[R]:
        """The readable rows at a place; there may be others."""
        return self.by_place.get(place, [])

    def all(self, place: Hashable) -> list[R]:
        """All rows at a place; raises `UnusableError` where one of them could not be read."""
        if not self.complete or place in self.damaged:
            raise UnusableError(str(place))
        return self.some(place)

    @property
    def places(self) -> set[Hashable]:
        """Every place that has a row; raises `UnusableError` where one is not known."""
        if not self.complete:
            raise UnusableError("places")
        return set(self.by_place) | self.damaged
