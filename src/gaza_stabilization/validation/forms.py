"""How the rows of a table are kept: of what type each column is, and how ids become numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl

from ..schema.cells import Spelling
from ..schema.row_rules import Composed
from ..schema.rows import Column, Row, columns

_NUMBERED = re.compile(r"([a-z])\[0-9\]\{3,\}")
PADDED = 1 << 52  # What each leading zero adds to the number of an id, so that s0012 is not s012.


Key = tuple[str, ...]


class UnscreenableError(Exception):
    """Data that are perhaps right, but of a kind that the screen does not hold."""


def letter_of(column: Column) -> str:
    """The letter before the digits of an id such as `s001`; empty for another kind of cell."""
    pattern = column.kind.pattern if isinstance(column.kind, Spelling) else None
    match = _NUMBERED.fullmatch(pattern or "")
    return match[1] if match else ""


def is_named(model: type[Row]) -> bool:
    """Whether the rows of a table have names for ids, and not numbers or texts made of others."""
    (key, *more) = model.about.key
    made = any(isinstance(rule, Composed) and rule.column == key for rule in model.about.rules)
    (column,) = (column for column in columns(model) if column.name == key)
    return not more and not made and not letter_of(column)


def digest_of(text: str) -> int:
    """The number that stands for a text in a column of hashes."""
    return int(pl.Series([text], dtype=pl.String).hash()[0])


class Form:
    """The form of the rows of a table.

    `known` are the ids of tables that were read before and are clean, in the order of their rows.
    """

    def __init__(self, model: type[Row], known: Mapping[str, pl.Series]) -> None:
        self.model = model
        self.columns = columns(model)
        # Made once: older versions of Polars cannot make it in two threads at a time.
        self.known = {
            column.name: pl.Enum(known[column.references])
            for column in self.columns
            if column.references is not None
            and column.references in known
            and column.references != column.table
        }
        self.header = (",".join(column.name for column in self.columns) + "\n").encode()
        self.numbered = [column for column in self.columns if letter_of(column)]
        self.composed = {
            rule.column: rule for rule in model.about.rules if isinstance(rule, Composed)
        }
        compared = {name for names in model.about.unique.values() for name in names}
        self.hashed = {
            column.name
            for column in self.columns
            if column.references
            or column.name in compared | set(self.composed)
            or (isinstance(column.kind, Spelling) and column.kind.rule == "digest")
        }

    def dtype(self, column: Column, linked: bool) -> pl.DataType:
        """How a column is read; where `linked`, a link to a known table holds known ids only."""
        if column.datatype == "integer":
            return pl.UInt32()
        if column.datatype == "boolean":
            return pl.Enum(["false", "true"])
        if column.datatype == "code":
            return pl.Enum([code.value for code in column.codes or []])
        if linked and column.name in self.known:
            return self.known[column.name]
        return pl.String()
