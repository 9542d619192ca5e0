"""Typed pandas frames and their Pandera schemas, derived from the row models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import pandas as pd
import pandera.pandas as pa

from .cells import Scale
from .characters import CHARACTERS, cleaned, flaws
from .order import ORDER, SORTED, place_of
from .row_rules import RowRule
from .rows import CellError, Column, Row, columns

DTypes = pd.StringDtype | pd.Int64Dtype | pd.BooleanDtype | pd.CategoricalDtype


def dtype(column: Column) -> DTypes:
    """The pandas dtype of a column: categorical for codes, else `Int64`, `boolean` or `string`."""
    if column.datatype == "code":
        assert column.codes is not None
        codes = [code.value for code in column.codes]
        return pd.CategoricalDtype(codes, ordered=issubclass(column.codes, Scale))
    if column.datatype == "integer":
        return pd.Int64Dtype()
    return pd.BooleanDtype() if column.datatype == "boolean" else pd.StringDtype()


@cache
def frame_schema(model: type[Row]) -> pa.DataFrameSchema:
    """The Pandera schema of a table: dtypes, codes, spelling, keys, order, claims, row rules.

    Built from the row model; every check is named after its rule, and its `error` says what was
    expected.

    >>> from gaza_stabilization.schema.frame_schemas import frame_schema
    >>> from gaza_stabilization.schema.models import MODELS
    >>> list(frame_schema(MODELS["relays"]).columns)
    ['statement_id', 'depth', 'relay_id']
    """
    about = model.about
    checks = [
        *(_wide(rule, names, _first_of(names), words) for rule, names, words in about.distinct),
        _wide(ORDER, about.key, _in_order(about.key), SORTED),
        *(_wide(rule.name, rule.columns, _holds(rule), rule.sentence) for rule in about.rules),
    ]
    return pa.DataFrameSchema(
        {column.name: _schema_of(column) for column in columns(model)},
        checks=checks,
        strict=True,
        ordered=True,
        name=about.name,
        title=about.title,
    )


def _schema_of(column: Column) -> pa.Column:
    check = pa.Check(
        lambda cells: cells.map(lambda cell: not cell_errors(column, cell)).astype(bool),
        name=CELL,
        error=column.expected,
    )
    return pa.Column(
        dtype(column),
        checks=[check],
        nullable=not column.required,
        description=column.description,
    )


CELL = "cell"
"""The check of one cell; which of the rules it breaks, `cell_errors` says."""


def cell_errors(column: Column, value: Any) -> list[CellError]:
    """What is wrong with a cell of a frame: as with the same cell of a file."""
    cell = cell_text(value)
    rules = [CellError(column.name, rule, CHARACTERS[rule]) for rule in flaws(cell)]
    error = column.error(cleaned(cell))
    return rules if error is None else [*rules, error]


def cell_text(value: Any) -> str:
    """A value as it stands in a file: plain whole numbers, `true` and `false`."""
    if pd.api.types.is_bool(value):
        return str(bool(value)).lower()
    # pandas makes floats of whole numbers beside an empty cell, also of years.
    if pd.api.types.is_float(value) and float(value).is_integer():
        return str(int(value))
    return str(value)


def _wide(
    rule: str, names: Sequence[str], test: Callable[[pd.DataFrame], pd.Series[bool]], expected: str
) -> pa.Check:
    """A check of whole rows, which passes where a column that it needs is missing."""

    def check(frame: pd.DataFrame) -> pd.Series[bool]:
        if set(names) <= set(frame.columns):
            return test(frame)
        return pd.Series(True, index=frame.index)

    return pa.Check(check, name=rule, error=expected, title=" ".join(names), ignore_na=False)


def columns_of(check: pa.Check) -> tuple[str, ...]:
    """The columns that a check of whole rows needs; empty for the check of one column."""
    return tuple((check.title or "").split())


def _first_of(names: tuple[str, ...]) -> Callable[[pd.DataFrame], pd.Series[bool]]:
    return lambda frame: ~frame.duplicated(list(names))


def _in_order(names: tuple[str, ...]) -> Callable[[pd.DataFrame], pd.Series[bool]]:
    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        cells = frame[list(names)].astype("string").fillna("")
        keys = [place_of(row) for row in cells.itertuples(index=False)]
        good = [True, *(before <= after for before, after in pairwise(keys))]
        return pd.Series(good[: len(frame)], index=frame.index)

    return test


def _holds(rule: RowRule) -> Callable[[pd.DataFrame], pd.Series[bool]]:
    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        rows = frame[list(rule.columns)].astype(object)
        records = rows.where(rows.notna(), None).to_dict("records")
        return pd.Series([_holds_or_unreadable(rule, row) for row in records], index=frame.index)

    return test


def _holds_or_unreadable(rule: RowRule, row: dict[Any, Any]) -> bool:
    # A cell of the wrong kind has its own problem; the rule has nothing to say of it.
    try:
        return rule.holds(row)
    except (TypeError, ValueError):
        return True
