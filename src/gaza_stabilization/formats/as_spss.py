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
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import optional
from .content import Content, Losses
from .labelled import DAY, NUMBER, TEXT, DataSet, Variable, frame_of, labels, write_each

# Bytes; of a label of a variable, characters, since those of the schema are ASCII.
_LONGEST_FILE_LABEL = 64
_LONGEST_LABEL = 255
_LONGEST_LINE = 80  # Of a document; notes are broken into such lines.
_LONGEST_TEXT = 32_767
_ZERO_DAY, _FIRST_DAY = dt.date(1582, 10, 14), dt.date(1582, 10, 15)
_SECONDS = 86_400  # Of a day; days are counted in seconds.
_FORMATS = {NUMBER: "F9.0", DAY: "DATE11"}
_MADE_AT = 92  # Where in the header the day stands, followed by the time.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FIRST_MADE = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LAST_MADE = dt.datetime(2038, 1, 19, 3, 14, 7, tzinfo=dt.UTC)  # Readers count in 32 bits.


def library() -> Any:
    """The module `pyreadstat`, of the extra `spss`. Raises `MissingExtraError`."""
    return optional("pyreadstat", "an SPSS file", "spss")


def write(content: Content, folder: Path) -> Losses:
    """Write a file for each table, flat view and the codebook; returns what they cannot hold."""
    return write_each(content, folder, ".sav", _write)


def _write(data_set: DataSet, path: Path, moment: dt.datetime | None, losses: Counter[str]) -> None:
    variables = data_set.variables
    frame = frame_of(data_set, _ZERO_DAY, _FIRST_DAY, losses)
    for variable in variables:
        if variable.type == DAY:
            frame[variable.name] *= _SECONDS
        elif variable.type == TEXT:
            frame[variable.name] = [_cut(text, losses) for text in variable.cells]
    library().write_sav(
        frame,
        path,
        file_label=_first_bytes(data_set.label, _LONGEST_FILE_LABEL),
        note=[line for note in data_set.notes for line in _lines(note)],
        column_labels=labels(data_set, _LONGEST_LABEL, losses),
        variable_value_labels={each.name: each.values for each in variables if each.values},
        variable_measure={each.name: _measure(each) for each in variables},
        variable_format={each.name: _FORMATS[each.type] for each in variables if each.type != TEXT},
    )
    path.write_bytes(_dated(path.read_bytes(), moment))


def _cut(text: str, losses: Counter[str]) -> str:
    kept = _first_bytes(text, _LONGEST_TEXT)
    losses[f"texts cut to {_LONGEST_TEXT} bytes"] += kept != text
    return kept


def _first_bytes(text: str, count: int) -> str:
    """The whole letters among the first bytes of a text."""
    return text.encode()[:count].decode(errors="ignore")


def _lines(text: str, width: int = _LONGEST_LINE) -> Iterator[str]:
    """A note in lines of a document, narrower where letters have more bytes than one."""
    for line in textwrap.wrap(text, width):
        fits = len(line.encode()) <= _LONGEST_LINE
        yield from [line] if fits else _lines(line, width // 2)


def _measure(variable: Variable) -> str:
    if variable.values or variable.type == TEXT:
        return "ordinal" if variable.ordered else "nominal"
    return "scale"


def _dated(data: bytes, moment: dt.datetime | None) -> bytes:
    """A file with day and time of `moment` in its header, where the library wrote those of the run.

    One that readers do not take from two digits of the year is the nearest that they do; where none
    is known, the first of January 1970 stands for that by convention.
    """
    at = min(max(moment or _FIRST_MADE, _FIRST_MADE), _LAST_MADE)
    stamp = f"{at:%d} {_MONTHS[at.month - 1]} {at:%y%H:%M:%S}".encode("ascii")
    return data[:_MADE_AT] + stamp + data[_MADE_AT + len(stamp) :]
