"""Rows and columns: the base class of the row models, and what can be read back from them.

A field is written once, in the row model of its table, with :func:`column`. Everything else that
must know it (Pandera schemas, Table Schema, codebook, error texts) reads it as a :class:`Column`.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from .cells import Code, SortedCodes, Spelling, TrueFalse, WholeNumber
from .row_rules import RowRule

FIRST_VERSION = "0.1.0"
NULL_MARKS = frozenset({"n/a", "#n/a", "<na>", "-"})
NULL_WORDS = NULL_MARKS | {"na", "null", "none", "nan", "nat"}

Kind = Spelling | WholeNumber | TrueFalse | SortedCodes


class UnusableError(AttributeError):
    """A cell, or the row that an id points to, could not be read; rules pass over it."""


@dataclass(frozen=True)
class CellError:
    """One cell, or one rule of a row, that does not hold."""

    column: str
    rule: str
    expected: str


@dataclass(frozen=True)
class Column:
    """One field of a table, as it was written in the row model."""

    table: str
    name: str
    datatype: str  # text, integer, boolean, code or codes
    required: bool
    description: str
    example: str
    since: str
    references: str | None
    codes: type[Code] | None
    kind: Kind | None

    @property
    def expected(self) -> str:
        """What a cell of the column holds, in words."""
        if self.datatype == "code" and self.codes is not None:
            return "one of " + ", ".join(self.codes)
        assert self.kind is not None
        return self.kind.expected

    def error(self, cell: str) -> CellError | None:
        """What is wrong with a cell as text in canonical characters, if anything.

        >>> from gaza_stabilization.schema.rows import columns
        >>> from gaza_stabilization.schema.models import MODELS
        >>> columns(MODELS["relays"])[1].error("0").rule
        'number'
        """
        if cell == "":
            return self._error("required", f"a filled cell: {self.expected}", not self.required)
        if is_null_word(cell, self.kind):
            return self._error("null-word", "an empty cell where there is no value")
        if self.datatype == "code":
            return self._error("code", self.expected, cell in set(self.codes or ()))
        assert self.kind is not None
        return self._error(self.kind.rule, self.expected, self.kind.accepts_text(cell))

    def _error(self, rule: str, expected: str, holds: bool = False) -> CellError | None:
        return None if holds else CellError(self.name, rule, expected)


def column(
    description: str,
    *,
    example: str | int | bool,
    references: str | None = None,
    since: str = FIRST_VERSION,
) -> Any:
    """Describe a field. `example` is a value as it stands in a cell; `references` names a table."""
    shown = str(example).lower() if isinstance(example, bool) else str(example)
    extra = {"references": references, "since": since, "example": shown}
    return Field(description=description, json_schema_extra=dict(extra))


@dataclass(frozen=True)
class Table:
    """What a table is, beside its columns.

    `shown` are the columns by which a person recognises a row where its id alone says little.
    `unique` names further sets of columns that no two rows share; `rules` hold within each row. A
    corpus can be without rows of a table only where `may_be_empty` says so. `coded` is true of the
    tables that a coder fills anew from the text alone.
    """

    name: str
    title: str
    key: tuple[str, ...]
    shown: tuple[str, ...]
    unique: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[RowRule, ...] = ()
    may_be_empty: bool = False
    coded: bool = False

    @property
    def distinct(self) -> Iterator[tuple[str, tuple[str, ...], str]]:
        """The rules that no two rows share some cells: name, columns, and what is expected."""
        yield "duplicate-key", self.key, "a key that no row above has"
        for rule, names in self.unique.items():
            yield rule, names, f"no two rows with the same {', '.join(names)}"


class Row(BaseModel):
    """One row of a table. Built from text or from values; what does not hold raises.

    The docstring of a row class says what one row is and by which rules it is coded.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    about: ClassVar[Table]

    @field_validator("*", mode="before")
    @classmethod
    def _empty_cells(cls, value: Any, info: ValidationInfo) -> Any:
        return _filled(value, kind_of(cls, str(info.field_name)))

    @model_validator(mode="after")
    def _rules(self) -> Row:
        for rule in self.about.rules:
            if not rule.holds(self.__dict__):
                raise PydanticCustomError(rule.name, "{expected}", {"expected": rule.sentence})
        return self

    if not typing.TYPE_CHECKING:

        def __getattr__(self, name):
            # Only reached for what is not there: a row from `read` lacks its unreadable cells.
            if name in type(self).model_fields:
                raise UnusableError(name)
            return super().__getattr__(name)

    @classmethod
    def read(cls, cells: Mapping[str, str]) -> tuple[typing.Self, list[CellError]]:
        """The row that `cells` hold, without the cells that cannot be read, and every error.

        Unlike the constructor it never raises and never stops at the first kind of error.
        """
        try:
            return cls.model_validate(cells), []
        except ValidationError:
            pass  # Rare: read cell by cell, so that no error hides another.
        values: dict[str, Any] = {}
        errors: list[CellError] = []
        for column in columns(cls):
            if column.name not in cells:
                continue
            cell = cells[column.name]
            error = column.error(cell)
            if error is not None:
                errors.append(error)
            else:
                values[column.name] = _adapter(cls, column.name).validate_python(cell or None)
        for rule in cls.about.rules:
            if set(rule.columns) <= values.keys() and not rule.holds(values):
                errors.append(CellError(rule.columns[0], rule.name, rule.sentence))
        return cls.model_construct(_fields_set=None, **values), errors


def is_null_word(value: str, kind: Kind | None) -> bool:
    """Whether `value` stands for nothing in a column of a kind, where a cell would be empty."""
    return len(value) <= 4 and value.lower() in null_words(kind)


def null_words(kind: Kind | None) -> frozenset[str]:
    """What stands for nothing in a column of a kind, in lower case.

    Where somebody's words or a name stand, `none` and `Nan` are words like any other.
    """
    return NULL_MARKS if isinstance(kind, Spelling) and kind.any_word else NULL_WORDS


def _filled(value: Any, kind: Kind | None) -> Any:
    """`value`, or None for an empty cell; a word that stands for nothing raises."""
    if not isinstance(value, str):
        return value
    if is_null_word(value, kind):
        expected = "an empty cell where there is no value"
        raise PydanticCustomError("null-word", "{expected}", {"expected": expected})
    return value or None


@cache
def kind_of(model: type[Row], name: str) -> Kind | None:
    """The kind of a column's cells; None for a plain code."""
    return next(column.kind for column in columns(model) if column.name == name)


@cache
def _adapter(model: type[Row], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(typing.get_type_hints(model, include_extras=True)[name])


@cache
def columns(model: type[Row]) -> tuple[Column, ...]:
    """The columns of a table, in order.

    >>> from gaza_stabilization.schema.models import MODELS
    >>> [column.name for column in columns(MODELS["relays"])]
    ['statement_id', 'depth', 'relay_id']
    """
    hints = typing.get_type_hints(model, include_extras=True)
    return tuple(_column(model, name, hints[name]) for name in model.model_fields)


def _column(model: type[Row], name: str, hint: Any) -> Column:
    info = model.model_fields[name]
    extra = typing.cast(dict[str, Any], info.json_schema_extra)
    base, kind, required = _unwrap(hint)
    codes = kind.codes if isinstance(kind, SortedCodes) else None
    if isinstance(base, type) and issubclass(base, Code):
        codes, datatype = base, "code"
    elif isinstance(kind, SortedCodes):
        datatype = "codes"
    else:
        datatype = {int: "integer", bool: "boolean", str: "text"}[base]
    return Column(
        table=model.about.name,
        name=name,
        datatype=datatype,
        required=required,
        description=str(info.description),
        example=extra["example"],
        since=extra["since"],
        references=extra["references"],
        codes=codes,
        kind=kind,
    )


def _unwrap(hint: Any) -> tuple[Any, Kind | None, bool]:
    """Base type, kind and whether it is required, of `Annotated[base, kind]` or that `| None`."""
    required = True
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
        required = False
    if typing.get_origin(hint) is not typing.Annotated:
        return hint, None, required
    base, *marks = typing.get_args(hint)
    return base, next((mark for mark in marks if isinstance(mark, Kind)), None), required


def definition(model: type[Row]) -> str:
    """What one row of the table is, and the rules by which it is coded, in Markdown."""
    return inspect.cleandoc(model.__doc__ or "")
