"""Typed frames against their Pandera schema, for level 2 and for a user's own frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pandera.errors

from ..errors import InvalidFrameError, UsageError, nearest
from ..schema.cells import LIST_SEPARATOR
from ..schema.frame_schemas import columns_of, frame_schema, typed
from ..schema.rows import Row, columns
from ..tables.loading import model_of
from .entries import Rows
from .problems import shown


@dataclass(frozen=True)
class Failure:
    """What Pandera found: a rule, the index label of the row, and the columns that it needs."""

    rule: str
    row: Any
    columns: tuple[str, ...]
    found: str | None
    expected: str


def check(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """A frame of your own against the schema of a table; returns it typed as `load` types it.

    Columns of plain text are accepted where they can be converted without loss. Checked are
    columns and their order, dtypes, codes, spelling, keys, sorting, doubled claims and the rules
    within a row; links between tables are what `validate` checks.

    Raises `InvalidFrameError` with a line per problem (`problems`), named by the frame's own
    index, and `UnknownNameError` where there is no such table, `UsageError` where
    `frame` is no DataFrame. Source: the row models in `schema`.

    >>> from gaza_stabilization import load
    >>> check(load("relays"), "relays").shape == load("relays").shape
    True
    >>> check(load("relays").head(1).assign(depth=0), "relays")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    gaza_stabilization.errors.InvalidFrameError: the frame does not fit table 'relays':
      row 0, depth: number: found '0'; expected a whole number of 1 or more ...
    """
    model = model_of(table)
    if not isinstance(frame, pd.DataFrame):
        raise UsageError(f"check wants a pandas DataFrame, not {type(frame).__name__}")
    doubled = frame.columns[frame.columns.duplicated()].unique()
    if len(doubled):
        places = [f"{name}: doubled-column: expected one column {name}" for name in doubled]
        raise InvalidFrameError(table, places)
    result = typed(frame, model)
    problems = [_line(failure) for failure in failures(result, model)]
    if problems:
        raise InvalidFrameError(table, problems)
    return result


def frame_of(rows: Rows[Row]) -> pd.DataFrame:
    """The rows as a typed frame, indexed by line number; unreadable cells are NA."""
    names = [column.name for column in columns(rows.model)]
    records = [[_plain(entry.row.__dict__.get(name)) for name in names] for entry in rows.entries]
    index = [entry.line for entry in rows.entries]
    frame = pd.DataFrame(records, columns=names, index=index, dtype=object)
    return typed(frame, rows.model)


def failures(frame: pd.DataFrame, model: type[Row]) -> Iterator[Failure]:
    """What does not hold in a typed frame, each once, in no particular order."""
    labels = list(frame.index)  # Labels may repeat; positions do not.
    frame = frame.reset_index(drop=True)
    try:
        frame_schema(model).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        # Read from the single errors: the summary frame repeats wide failures once a column.
        found = [one for error in errors.schema_errors for one in _failures_of(error, frame, model)]
        found = [one if one.row is None else replace(one, row=labels[one.row]) for one in found]
        cells = {(one.columns[0], one.rule != "dtype") for one in found if one.row is not None}
        for one in dict.fromkeys(found):
            if one.rule == "dtype" and (one.columns[0], True) in cells:
                continue  # The cells that made the dtype impossible are named one by one.
            yield one


def _failures_of(
    error: pandera.errors.SchemaError, frame: pd.DataFrame, model: type[Row]
) -> Iterator[Failure]:
    by_name = {column.name: column for column in columns(model)}
    reason = str(error.reason_code).rpartition(".")[2]
    name = getattr(error.schema, "name", None)
    if reason in {"COLUMN_NOT_IN_DATAFRAME", "COLUMN_NOT_IN_SCHEMA", "COLUMN_NOT_ORDERED"}:
        for case in _cases(error):
            yield _column_failure(reason, str(case), list(by_name))
    elif reason == "WRONG_DATATYPE":
        column = by_name[str(name)]
        expected = f"{error.schema.dtype}: {column.expected}"
        yield Failure("dtype", None, (column.name,), str(frame[column.name].dtype), expected)
    elif reason == "SERIES_CONTAINS_NULLS":
        column = by_name[str(name)]
        for row in frame.index[frame[column.name].isna()]:
            yield Failure("required", row, (column.name,), None, column.expected)
    elif isinstance(error.check_output, pd.Series):
        check = error.check
        needed = columns_of(check) or (str(name),)
        for row in error.check_output.index[~error.check_output.astype(bool)]:
            cells = frame.loc[[row], list(needed)].iloc[0]
            found = ", ".join("" if pd.isna(cell) else str(cell) for cell in cells)
            yield Failure(str(check.name), row, needed, found, str(check.error))
    else:
        yield Failure(reason.lower(), None, (str(name),), None, str(error))


def _column_failure(reason: str, name: str, known: list[str]) -> Failure:
    if reason == "COLUMN_NOT_IN_DATAFRAME":
        return Failure("missing-column", None, (name,), None, f"a column {name}")
    if reason == "COLUMN_NOT_IN_SCHEMA":
        return Failure(
            "extra-column", None, (name,), name, f"no such column; {nearest(name, known)}"
        )
    order = ", ".join(known)
    return Failure("column-order", None, (known[0],), "another order", f"the order {order}")


def _cases(error: pandera.errors.SchemaError) -> list[Any]:
    cases = error.failure_cases
    return list(cases["failure_case"]) if isinstance(cases, pd.DataFrame) else [cases]


def _line(failure: Failure) -> str:
    place = (
        failure.columns[0] if failure.row is None else f"row {failure.row}, {failure.columns[0]}"
    )
    found = "nothing" if not failure.found else f"'{shown(failure.found)}'"
    return f"{place}: {failure.rule}: found {found}; expected {failure.expected}"


def _plain(value: Any) -> Any:
    """A typed cell as its dtype wants it: codes as text, lists of codes joined."""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(map(str, value))
    return str(value) if isinstance(value, str) else value
