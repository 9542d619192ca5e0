"""Stata files (`.dta`, format 118: Stata 14 and later), one a table, flat view and the codebook.

A code is a number with a value label; the numbers are constants of the schema, so that versions
agree, and `codebook.dta` has the code beside its label. Lists of codes and ids are text, truth is 0
or 1, an empty cell is the system missing value or an empty text. Beside each date stand its
earliest and latest day as daily dates: 2024-07 runs from 1 to 31 July 2024, an open interval has
no latest day. `notes` shows what the rows are, how to cite them, and their licence. The same data
give the same bytes with the same version of pandas.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .content import Content, Losses
from .labelled import DAY, TEXT, DataSet, Variable, all_losses, data_sets, days, labels

if TYPE_CHECKING:
    import pandas as pd

_LONGEST_LABEL = 80  # Characters, of a variable and of a data set.
_LONGEST_STRING = 2045  # Bytes; what is longer stands in a column of long strings (strL).
_ZERO_DAY = dt.date(1960, 1, 1)  # Days are counted from here.
_FIRST_DAY = dt.date(100, 1, 1)
_NAME, _FORMAT = "129s", "57s"  # The fields that hold a name and a format.


def library() -> None:
    """Nothing is needed beside the package: pandas writes the format."""


def write(content: Content, folder: Path) -> Losses:
    """Write a file for each table, flat view and the codebook; returns what they cannot hold."""
    losses: Counter[str] = Counter()
    for one in data_sets(content):
        data = _file(one, content.moment, losses)
        (folder / f"{one.name}.dta").write_bytes(data)
    return all_losses(content, losses)


def _file(of: DataSet, moment: dt.datetime | None, losses: Counter[str]) -> bytes:
    import pandas as pd

    buffer = io.BytesIO()
    said = labels(of, _LONGEST_LABEL, losses)
    frame = pd.DataFrame({_stand_in(one.name): _series(one, losses) for one in of.variables})
    frame.to_stata(
        buffer,
        write_index=False,
        version=118,
        byteorder="little",
        time_stamp=moment or dt.datetime(1960, 1, 1),  # Taken out again where it is not known.
        data_label=of.label[:_LONGEST_LABEL],
        variable_labels={_stand_in(name): label for name, label in said.items()},
        value_labels={_stand_in(one.name): {**one.values} for one in of.variables if one.values},
        convert_strl=[_stand_in(one.name) for one in of.variables if _is_long(one)],
    )
    data = _with_notes(_with_days(_with_names(buffer.getvalue(), of), of), of.notes)
    return data if moment else _without_time(data)


def _stand_in(name: str) -> str:
    """A name that pandas takes; it alters some that Stata allows, such as `end`.

    The set of value labels of a variable keeps it as its name.
    """
    return f"{name}_"


def _series(of: Variable, losses: Counter[str]) -> pd.Series[Any]:
    import pandas as pd

    if of.type == TEXT:
        return pd.Series(of.cells, dtype=object)
    numbers = of.cells
    if of.type == DAY:
        numbers = [
            None if day is None else (day - _ZERO_DAY).days for day in days(of, _FIRST_DAY, losses)
        ]
    return pd.Series(numbers, dtype="Int64")


def _is_long(of: Variable) -> bool:
    # Told by its bytes, because pandas 2 goes by characters where a text is long.
    return of.type == TEXT and any(len(text.encode()) > _LONGEST_STRING for text in of.cells)


def _with_names(data: bytes, of: DataSet) -> bytes:
    """A file with the names of its variables in place of the stand-ins."""
    start = data.index(b"<varnames>") + len(b"<varnames>")
    fields = b"".join(struct.pack(_NAME, one.name.encode()) for one in of.variables)
    return _spliced(data, start, data.index(b"</varnames>"), fields)


def _with_days(data: bytes, of: DataSet) -> bytes:
    """A file in which days have the format of days; pandas 2 can write few centuries of them."""
    start = data.index(b"<formats>") + len(b"<formats>")
    width = struct.calcsize(_FORMAT)
    for at, one in enumerate(of.variables):
        if one.type == DAY:
            place = start + at * width
            data = _spliced(data, place, place + width, struct.pack(_FORMAT, b"%td"))
    return data


def _with_notes(data: bytes, notes: tuple[str, ...]) -> bytes:
    """A file with notes, which pandas does not write: characteristics of the data set, `_dta`."""
    named = {"note0": str(len(notes)), **{f"note{at}": text for at, text in enumerate(notes, 1)}}
    block = b"".join(_characteristic(name, text) for name, text in named.items())
    place = data.index(b"</characteristics>")
    return _spliced(data, place, place, block)


def _characteristic(name: str, text: str) -> bytes:
    names = struct.pack(_NAME, b"_dta") + struct.pack(_NAME, name.encode())
    content = names + text.encode() + b"\0"
    return b"<ch>" + struct.pack("<I", len(content)) + content + b"</ch>"


def _without_time(data: bytes) -> bytes:
    """A file that does not say when it was made: the time has the length 0."""
    start = data.index(b"<timestamp>") + len(b"<timestamp>")
    return _spliced(data, start, data.index(b"</timestamp>"), b"\0")


def _spliced(data: bytes, start: int, end: int, new: bytes) -> bytes:
    """A file with other bytes at a place, and a map that says where its parts begin now."""
    longer = len(new) - (end - start)
    data = data[:start] + new + data[end:]
    at = data.index(b"<map>") + len(b"<map>")
    places = struct.unpack_from("<14Q", data, at)
    moved = struct.pack("<14Q", *(place + longer if place >= end else place for place in places))
    return data[:at] + moved + data[at + len(moved) :]
