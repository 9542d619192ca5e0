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

from .content import Content, Losses
from .labelled import DAY, TEXT, DataSet, Variable, frame_of, labels, write_each

_LONGEST_LABEL = 80  # Characters, of a variable and of a data set.
_LONGEST_STRING = 2045  # Bytes; what is longer stands in a column of long strings (strL).
_ZERO_DAY, _FIRST_DAY = dt.date(1960, 1, 1), dt.date(100, 1, 1)
_NAME, _FORMAT = struct.Struct("129s"), struct.Struct("57s")
_MAP = struct.Struct("<14Q")  # Where the parts of a file begin.


def write(content: Content, folder: Path) -> Losses:
    """Write a file for each table, flat view and the codebook; returns what they cannot hold."""
    return write_each(content, folder, ".dta", _write)


def _write(data_set: DataSet, path: Path, moment: dt.datetime | None, losses: Counter[str]) -> None:
    # pandas alters names that Stata allows, such as `end`; with a line at its end none is one of
    # those. The set of value labels of a variable keeps it.
    variables = {f"{variable.name}_": variable for variable in data_set.variables}
    buffer = io.BytesIO()
    frame_of(data_set, _ZERO_DAY, _FIRST_DAY, losses).add_suffix("_").to_stata(
        buffer,
        write_index=False,
        version=118,
        byteorder="little",
        time_stamp=moment or dt.datetime(1960, 1, 1),  # Taken out again where it is not known.
        data_label=data_set.label[:_LONGEST_LABEL],
        variable_labels=dict(zip(variables, labels(data_set, _LONGEST_LABEL, losses), strict=True)),
        value_labels={
            name: {**variable.values} for name, variable in variables.items() if variable.values
        },
        convert_strl=[name for name, variable in variables.items() if _is_long(variable)],
    )
    data = _completed(buffer.getvalue(), data_set)
    path.write_bytes(data if moment else _replaced(data, b"timestamp", b"\0"))


def _is_long(variable: Variable) -> bool:
    # Told by its bytes, because pandas 2 goes by characters where a text is long.
    return variable.type == TEXT and any(
        len(text.encode()) > _LONGEST_STRING for text in variable.cells
    )


def _completed(data: bytes, data_set: DataSet) -> bytes:
    """A file with what pandas does not write: the names, days of any century, and notes."""
    names = [_NAME.pack(variable.name.encode()) for variable in data_set.variables]
    formats = [
        _FORMAT.pack(b"%td" if variable.type == DAY else format)
        for variable, (format,) in zip(
            data_set.variables, _FORMAT.iter_unpack(data[_part(data, b"formats")]), strict=True
        )
    ]
    notes = [str(len(data_set.notes)), *data_set.notes]
    data = _replaced(data, b"varnames", b"".join(names))
    data = _replaced(data, b"formats", b"".join(formats))
    return _replaced(data, b"characteristics", b"".join(map(_note, range(len(notes)), notes)))


def _note(number: int, text: str) -> bytes:
    """A note, which is a characteristic of the data set, `_dta`; note 0 is their number."""
    note = _NAME.pack(b"_dta") + _NAME.pack(b"note%d" % number) + text.encode() + b"\0"
    return b"<ch>" + struct.pack("<I", len(note)) + note + b"</ch>"


def _part(data: bytes, tag: bytes) -> slice:
    """Where the part of a file between two tags stands."""
    start = data.index(b"<%b>" % tag) + len(tag) + 2
    return slice(start, data.index(b"</%b>" % tag, start))


def _replaced(data: bytes, tag: bytes, part: bytes) -> bytes:
    """A file with another part between two tags, and a map that says where its parts begin now."""
    old = _part(data, tag)
    longer = len(part) - (old.stop - old.start)
    data = data[: old.start] + part + data[old.stop :]
    places = _part(data, b"map")
    moved = (place + longer * (place >= old.stop) for place in _MAP.unpack(data[places]))
    return data[: places.start] + _MAP.pack(*moved) + data[places.stop :]
