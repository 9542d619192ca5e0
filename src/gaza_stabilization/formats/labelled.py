"""What the formats of statistics packages share: numbers with labels, and the days of dates."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from ..releases.citation import cited
from ..schema import cells, edtf
from ..schema.rows import Column, definition
from ..schema.tables import MODELS
from ..schema.views import VIEWS
from .content import Content, Losses

if TYPE_CHECKING:
    import pandas as pd

TEXT, NUMBER, DAY = "text", "number", "day"

_DATES = {get_args(kind)[1] for kind in (cells.Date, cells.OpenDate)}
_BOOLEAN: Mapping[float, str] = {0: "false", 1: "true"}
_CODEBOOK = "codebook"
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
    for name in content.names:
        frame = content.frame(name)
        variables = tuple(
            variable for column in content.columns(name) for variable in _variables(column, frame)
        )
        about = VIEWS[name].definition if name in VIEWS else definition(MODELS[name])
        yield _data_set(content, name, content.title(name), about.splitlines()[0], variables)
    book = content.codebook()
    fields = tuple(_plain(str(name), book[name]) for name in book.columns)
    yield _data_set(content, _CODEBOOK, "Codebook", "One row a field of a table.", fields)


def _data_set(
    content: Content, name: str, title: str, about: str, variables: tuple[Variable, ...]
) -> DataSet:
    version = content.edition.version
    notes = (
        f"{content.about.title}. Version {version}.",
        content.about.description,
        f"{title}: {about}",
        _COUNTING,
        f"Cite: {cited(content.about, content.edition).strip()}",
        f"Licence of the data: {content.about.licence}",
    )
    return DataSet(name, f"{content.about.name} {version}: {title}", notes, variables)


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


def labels(of: DataSet, longest: int, losses: Counter[str]) -> dict[str, str]:
    """The label of each variable, cut at a word where it is too long; those are counted."""
    found = {
        one.name: textwrap.shorten(one.label, longest, placeholder=" ...") for one in of.variables
    }
    cut = sum(found[one.name] != one.label for one in of.variables)
    losses[f"variable labels cut to {longest} characters; the codebook has them whole"] += cut
    return found


def days(of: Variable, first: dt.date, losses: Counter[str]) -> list[dt.date | None]:
    """The days of a variable, none before the first that a format knows; those are counted."""
    early = [day is not None and day < first for day in of.cells]
    losses[f"days before {first}, the first that the format knows"] += sum(early)
    return [None if gone else day for day, gone in zip(of.cells, early, strict=True)]


def all_losses(content: Content, losses: Counter[str]) -> Losses:
    """What was counted, and what no format of a statistics package holds."""
    counted = {
        "keys and rules, which a statistics package does not know": len(content.names),
        **losses,
        "raw codings, which the data package has": content.raw_codings,
    }
    return {what: count for what, count in counted.items() if count}
