"""What the formats of statistics packages share: numbers with labels, and the days of dates."""

from __future__ import annotations

import datetime as dt
import operator
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from ..releases.citation import cited
from ..schema import cells, edtf
from ..schema.rows import Column
from .content import CODEBOOK, NAMES, Content, Losses

if TYPE_CHECKING:
    import pandas as pd

TEXT, NUMBER, DAY = "text", "number", "day"

_DATES = {get_args(kind)[1] for kind in (cells.Date, cells.OpenDate)}
_BOOLEAN: Mapping[float, str] = {0: "false", 1: "true"}
_COUNTING = (
    "Do not count claims and ties beside the tables that they are made of, and do not add "
    "positions and relationships up."
)


@dataclass(frozen=True)
class Variable:
    """One variable: its cells, as text, whole numbers or days, and what they mean.

    A text without a value is empty, a number or day without one is None. `values` are the labels
    of numbers; `ordered` says whether the numbers rise as the codes do on their scale.
    """

    name: str
    type: str  # text, number or day
    cells: Sequence[Any]
    label: str = ""
    values: Mapping[float, str] | None = None
    ordered: bool = False


@dataclass(frozen=True)
class DataSet:
    """What one file holds; the label says what and of which version, the notes all the rest."""

    name: str
    label: str
    notes: tuple[str, ...]
    variables: tuple[Variable, ...]


def data_sets(content: Content) -> Iterator[DataSet]:
    """The tables, the flat views, and the codebook."""
    for name in NAMES:
        frame = content.frame(name)
        variables = tuple(
            variable for column in content.columns(name) for variable in _variables(column, frame)
        )
        yield _data_set(content, name, variables)
    book = content.frame(CODEBOOK)
    fields = tuple(_plain(str(name), book[name]) for name in book.columns)
    yield _data_set(content, CODEBOOK, fields)


def _data_set(content: Content, name: str, variables: tuple[Variable, ...]) -> DataSet:
    version, shape, licence = content.edition.version, content.shape(name), content.about.licence
    notes = (
        f"{content.about.title}. Version {version}.",
        content.about.description,
        f"{shape.title}: {shape.definition.splitlines()[0]}",
        _COUNTING,
        f"Cite: {cited(content.about, content.edition).strip()}",
        *([f"Licence of the data: {licence}"] if licence else []),
    )
    return DataSet(name, f"{content.about.name} {version}: {shape.title}", notes, variables)


def _variables(column: Column, frame: pd.DataFrame) -> Iterator[Variable]:
    """The variable of a column; after a date, two more with its earliest and latest day."""
    values = frame[column.name]
    if column.datatype == "code":
        codes = list(column.codes or [])
        numbers = {code.value: code.number for code in codes}
        yield Variable(
            column.name,
            NUMBER,
            [numbers.get(value) for value in values],  # An empty cell is no code.
            column.description,
            {code.number: code.label for code in codes},
            issubclass(column.codes or cells.Code, cells.Scale)
            and [code.number for code in codes] == sorted(code.number for code in codes),
        )
        return
    yield _plain(column.name, values, column.description)
    if column.kind in _DATES:
        for which, day in (("earliest", edtf.earliest), ("latest", _latest)):
            days = [day(value) if value else None for value in values.fillna("")]
            label = f"{which.capitalize()} day of `{column.name}`: {column.description}"
            yield Variable(f"{column.name}_{which}", DAY, days, label)


def _plain(name: str, values: pd.Series[Any], label: str = "") -> Variable:
    """The variable of a column without a code list."""
    if values.dtype not in ("Int64", "boolean"):
        return Variable(name, TEXT, values.fillna("").tolist(), label)
    numbers = values.astype("Int64").astype(object)
    whole = numbers.where(numbers.notna(), None).tolist()
    return Variable(name, NUMBER, whole, label, _BOOLEAN if values.dtype == "boolean" else None)


def _latest(date: str) -> dt.date | None:
    """The last day of a date; None of an open interval."""
    day = edtf.latest(date)
    return None if day == dt.date.max else day


def write_each(
    content: Content,
    folder: Path,
    ending: str,
    write: Callable[[DataSet, Path, dt.datetime | None, Counter[str]], None],
) -> Losses:
    """Write a file for each table, flat view and the codebook; returns what they cannot hold."""
    losses: Counter[str] = Counter()
    for data_set in data_sets(content):
        write(data_set, folder / f"{data_set.name}{ending}", content.moment, losses)
    counted = {
        "keys and rules, which a statistics package does not know": len(NAMES),
        **losses,
    }
    return {what: count for what, count in counted.items() if count}


def labels(data_set: DataSet, longest: int, losses: Counter[str]) -> list[str]:
    """The label of each variable, cut at a word where it is too long; those are counted."""
    whole = [variable.label for variable in data_set.variables]
    cut = [textwrap.shorten(label, longest, placeholder=" ...") for label in whole]
    losses[f"variable labels cut to {longest} characters; the codebook has them whole"] += sum(
        map(operator.ne, cut, whole)
    )
    return cut


def frame_of(
    data_set: DataSet, zero_day: dt.date, first_day: dt.date, losses: Counter[str]
) -> pd.DataFrame:
    """The cells by variable: texts, whole numbers, and days as their number since a day zero.

    A day before the first that the format knows has none; those are counted.
    """
    import pandas as pd

    def number(day: dt.date | None) -> int | None:
        if day is None or day >= first_day:
            return None if day is None else (day - zero_day).days
        losses[f"days before {first_day}, the first that the format knows"] += 1
        return None

    series = {}
    for variable in data_set.variables:
        cells = map(number, variable.cells) if variable.type == DAY else variable.cells
        dtype = "object" if variable.type == TEXT else "Int64"
        series[variable.name] = pd.Series(list(cells), dtype=dtype)
    return pd.DataFrame(series)
