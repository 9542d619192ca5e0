"""Tables as pandas frames: made from text, and checked against their Pandera schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pandera.errors

from ..errors import InvalidDataError, InvalidFrameError, UsageError, look_up, nearest
from ..schema.cells import WholeNumber
from ..schema.frame_schemas import CELL, cell_errors, cell_text, columns_of, frame_schema
from ..schema.models import MODELS
from ..schema.order import place_of
from ..schema.rows import Row, columns
from ..schema.shapes import Field, Shape, shape_of
from .problems import shown
from .text_tables import TextTable


@dataclass(frozen=True)
class Failure:
    """What Pandera found: a rule, the index label of the row, and the columns that it needs."""

    rule: str
    row: Any
    columns: tuple[str, ...]
    found: str | None
    expected: str


def read_frame(text: TextTable, shape: Shape, model: type[Row] | None) -> pd.DataFrame:
    """A table as text as a frame, in the dtypes of its shape and sorted by key, from 0.

    With a row model it is checked against its Pandera schema. Raises `InvalidDataError`.
    """
    names = list(shape.fields)
    lines = sorted(
        text.lines, key=lambda line: place_of(line.cells.get(name, "") for name in shape.key)
    )
    cells = [[line.cells.get(name, "") for name in names] for line in lines]
    index = [line.number for line in lines]
    frame = frame_of(pd.DataFrame(cells, columns=names, index=index, dtype="string"), shape)
    problems = [_line(failure) for failure in failures(frame, model)] if model else []
    if problems:
        shown = "\n".join(f"  {line}" for line in problems).replace("  row ", "  line ")
        raise InvalidDataError(f"{text.file} does not fit its table:\n{shown}")
    return frame.reset_index(drop=True)


def frame_of(text: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    """A frame of text cells, in the dtypes of the shape's columns and codes; an empty cell is NA.

    A column with a cell that its dtype cannot hold stays text, for the schema to report.
    """
    frame = text.astype("string")
    frame = frame.mask(frame == "")
    for name, field in shape.fields.items():
        if name in frame:
            frame[name] = _typed(frame[name], field)
    return frame


def _typed(cells: pd.Series[Any], field: Field) -> pd.Series[Any]:
    if field.type == "code":
        known = cells.dropna().isin(list(field.codes)).all()
        dtype = pd.CategoricalDtype(list(field.codes), ordered=field.ordered)
        return cells.astype(dtype) if known else cells
    if field.type not in _READERS:
        return cells
    name, pattern, read = _READERS[field.type]
    # Cell by cell, so that one bad cell does not make the others look bad.
    good = [pd.isna(cell) or re.fullmatch(pattern, cell) is not None for cell in cells]
    values = [
        read(cell) if fits and not pd.isna(cell) else cell
        for cell, fits in zip(cells, good, strict=True)
    ]
    series = pd.Series(values, index=cells.index, dtype=object)
    return series.astype(pd.api.types.pandas_dtype(name)) if all(good) else series


_READERS: dict[str, tuple[str, str, Callable[[str], Any]]] = {
    "integer": ("Int64", WholeNumber.pattern, int),
    "boolean": ("boolean", "true|false", {"true": True, "false": False}.__getitem__),
}
"""For each type that is not text: its dtype, how a cell is spelled, and what reads it."""


def text_of(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with every cell as it stands in a CSV, or NA."""
    text = frame.copy()
    for name in frame.columns:
        dtype = frame[name].dtype
        cells = frame[name].astype(object)
        if isinstance(dtype, pd.StringDtype):
            continue
        text[name] = pd.Series(
            [None if _is_empty(cell) else cell_text(cell) for cell in cells],
            index=frame.index,
            dtype="string",
        )
    return text


def _is_empty(cell: Any) -> bool:
    return bool(pd.api.types.is_scalar(cell) and pd.isna(cell))


def check(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """A frame of your own against the schema of a table; returns it typed as `load` types it.

    Columns of plain text are accepted where they can be converted without loss, and so are the
    floats that pandas makes of whole numbers beside an empty cell. Checked are columns and their
    order, dtypes, codes, spelling, characters, keys, sorting, doubled claims and the rules within a
    row; links between tables are what `validate` checks.

    Raises `InvalidFrameError` with a line per problem (`problems`), named by the frame's own
    index, `UnknownNameError` where there is no such table, and `UsageError` where `frame` is no
    DataFrame. Source: the row models in `schema`.

    >>> from gaza_stabilization import load
    >>> check(load("relays"), "relays").shape == load("relays").shape
    True
    >>> check(load("relays").head(1).assign(depth=0), "relays")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    gaza_stabilization.errors.InvalidFrameError: the frame does not fit table 'relays':
      row 0, depth: number: found '0'; expected a whole number of 1 or more ...
    """
    model = look_up("table", table, MODELS)
    if not isinstance(frame, pd.DataFrame):
        raise UsageError(f"check wants a pandas DataFrame, not {type(frame).__name__}")
    doubled = frame.columns[frame.columns.duplicated()].unique()
    if len(doubled):
        places = [f"{name}: doubled-column: expected one column {name}" for name in doubled]
        raise InvalidFrameError(table, places)
    result = frame_of(text_of(frame), shape_of(table))
    problems = [_line(failure) for failure in failures(result, model)]
    if problems:
        raise InvalidFrameError(table, problems)
    return result


def failures(frame: pd.DataFrame, model: type[Row]) -> Iterator[Failure]:
    """What does not hold in a typed frame, each once, in no particular order."""
    labels = list(frame.index)  # Labels may repeat; positions do not.
    frame = frame.reset_index(drop=True)
    try:
        frame_schema(model).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        # Read from the single errors: the summary frame repeats wide failures once a column.
        broken = [
            failure
            for error in errors.schema_errors
            for failure in _failures_of(error, frame, model)
        ]
        broken = [
            failure if failure.row is None else replace(failure, row=labels[failure.row])
            for failure in broken
        ]
        cells = {
            (failure.columns[0], failure.rule != "dtype")
            for failure in broken
            if failure.row is not None
        }
        for failure in dict.fromkeys(broken):
            if failure.rule == "dtype" and (failure.columns[0], True) in cells:
                continue  # The cells that made the dtype impossible are named one by one.
            yield failure


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
        needed = columns_of(check)
        for row in error.check_output.index[~error.check_output.astype(bool)]:
            if check.name == CELL:
                cell = frame.loc[row, str(name)]
                for flaw in cell_errors(by_name[str(name)], cell):
                    yield Failure(flaw.rule, row, (str(name),), cell_text(cell), flaw.expected)
                continue
            cells = frame.loc[[row], list(needed)].iloc[0]
            values = ", ".join("" if pd.isna(cell) else str(cell) for cell in cells)
            yield Failure(str(check.name), row, needed, values, str(check.error))
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
