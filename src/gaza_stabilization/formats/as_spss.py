"""SPSS files (`.sav`), one a table, flat view and the codebook.

A code is a number with a value label; the numbers are constants of the schema, so that versions
agree, and `codebook.sav` has the code beside its label. Lists of codes and ids are text, truth is 0
or 1, an empty cell is the system missing value or a blank text. Beside each date stand its
earliest and latest day as dates: 2024-07 runs from 1 to 31 July 2024, an open interval has no
latest day. `DISPLAY DOCUMENTS` shows what the rows are, how to cite them, and their licence. The
same data give the same bytes with the same version of the library pyreadstat.
"""

from __future__ import annotations

import datetime as dt
import importlib
import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError
from .content import Content, Losses
from .labelled import DAY, NUMBER, TEXT, DataSet, Variable, all_losses, data_sets, days, labels

if TYPE_CHECKING:
    import pandas as pd

_LONGEST_FILE_LABEL = 64
_LONGEST_LABEL = 255
_LONGEST_LINE = 80  # Of a document; notes are broken into such lines.
_LONGEST_TEXT = 32_767  # Bytes.
_ZERO_DAY = dt.date(1582, 10, 14)  # Days are counted in seconds from here.
_FIRST_DAY = dt.date(1582, 10, 15)
_FORMATS = {NUMBER: "F9.0", DAY: "DATE11"}
_MADE_AT = 92  # Where in the header the day stands, followed by the time.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def library() -> Any:
    """The module `pyreadstat`, of the extra `spss`. Raises `MissingExtraError`."""
    try:
        return importlib.import_module("pyreadstat")
    except ImportError:
        raise MissingExtraError("an SPSS file", "spss") from None


def write(content: Content, folder: Path) -> Losses:
    """Write a file for each table, flat view and the codebook; returns what they cannot hold."""
    losses: Counter[str] = Counter()
    for one in data_sets(content):
        path = folder / f"{one.name}.sav"
        _write(one, path, losses)
        path.write_bytes(_dated(path.read_bytes(), content.moment))
    return all_losses(content, losses)


def _write(of: DataSet, path: Path, losses: Counter[str]) -> None:
    import pandas as pd

    library().write_sav(
        pd.DataFrame({one.name: _series(one, losses) for one in of.variables}),
        path,
        file_label=of.label[:_LONGEST_FILE_LABEL],
        note=[line for note in of.notes for line in textwrap.wrap(note, _LONGEST_LINE)],
        column_labels=labels(of, _LONGEST_LABEL, losses),
        variable_value_labels={one.name: one.values for one in of.variables if one.values},
        variable_measure={one.name: _measure(one) for one in of.variables},
        variable_format={
            one.name: _FORMATS[one.type] for one in of.variables if one.type in _FORMATS
        },
    )


def _series(of: Variable, losses: Counter[str]) -> pd.Series[Any]:
    import pandas as pd

    if of.type == TEXT:
        return pd.Series(_texts(of, losses), dtype=object)
    if of.type == NUMBER:
        return pd.Series(of.cells, dtype="float64")
    seconds = [
        None if day is None else (day - _ZERO_DAY).total_seconds()
        for day in days(of, _FIRST_DAY, losses)
    ]
    return pd.Series(seconds, dtype="float64")


def _texts(of: Variable, losses: Counter[str]) -> list[str]:
    kept = [text.encode()[:_LONGEST_TEXT].decode(errors="ignore") for text in of.cells]
    cut = sum(text != whole for text, whole in zip(kept, of.cells, strict=True))
    losses[f"texts cut to {_LONGEST_TEXT} bytes"] += cut
    return kept


def _measure(of: Variable) -> str:
    if of.values or of.type == TEXT:
        return "ordinal" if of.ordered else "nominal"
    return "scale"


def _dated(data: bytes, moment: dt.datetime | None) -> bytes:
    """A file with day and time of `moment` in its header, where the library wrote those of the run.

    Where no moment is known, the first of January 1970 stands for that by convention.
    """
    at = moment or dt.datetime(1970, 1, 1)
    said = f"{at:%d} {_MONTHS[at.month - 1]} {at:%y%H:%M:%S}".encode("ascii")
    return data[:_MADE_AT] + said + data[_MADE_AT + len(said) :]
