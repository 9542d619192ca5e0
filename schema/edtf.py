"""Dates in the three EDTF forms that the tables use: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`."""

from __future__ import annotations

import calendar
import datetime as dt
import re

PATTERN = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_INTERVAL_START = re.compile(rf"({PATTERN})(?:/\.\.)?")


def earliest(date: str) -> dt.date:
    """The first day that `date` covers; of an open interval, the first day of its start.

    Raises `ValueError` where `date` has another form or is no day of the calendar.

    >>> earliest("2024-07")
    datetime.date(2024, 7, 1)
    """
    year, month, day = _parts(date)
    return dt.date(year, month or 1, day or 1)


def latest(date: str) -> dt.date:
    """The last day that `date` covers; an open interval has none and gives `date.max`.

    >>> latest("2024-02")
    datetime.date(2024, 2, 29)
    """
    if date.endswith("/.."):
        return dt.date.max
    year, month, day = _parts(date)
    month = month or 12
    return dt.date(year, month, day or calendar.monthrange(year, month)[1])


def is_date(date: str) -> bool:
    """Whether `date` has one of the forms and names days that exist.

    >>> is_date("2023-02-29")
    False
    """
    try:
        return earliest(date) <= latest(date)
    except ValueError:
        return False


def _parts(date: str) -> tuple[int, int | None, int | None]:
    match = _INTERVAL_START.fullmatch(date)
    if match is None:
        raise ValueError(f"{date!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
    numbers = [int(part) for part in match[1].split("-")]
    year, month, day = [*numbers, None, None][:3]
    assert year is not None
    if year == 0:
        raise ValueError("there is no year 0000 in the tables")
    return year, month, day
