"""Errors that say what was wrong, what was expected and what to do."""

from __future__ import annotations

import difflib
import importlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

V = TypeVar("V")


class GazaStabilizationError(Exception):
    """Every error that this package raises on purpose."""


class UnknownNameError(GazaStabilizationError, LookupError):
    """A table, field, id or format that does not exist; the message names the nearest one.

    `place` says where it was looked for, such as `in my-folder`.
    """

    def __init__(self, what: str, name: object, known: Iterable[str], place: str = "") -> None:
        self.what, self.name = what, name
        self.nearest = nearest(str(name), known)
        where = f" {place}" if place else ""
        super().__init__(f"there is no {what} {name!r}{where}; {self.nearest}")

    def __str__(self) -> str:
        return str(self.args[0])


class RetiredIdError(GazaStabilizationError, LookupError):
    """An id of a row that went; the message says what took its place."""


class InvalidFrameError(GazaStabilizationError, ValueError):
    """A frame that does not fit its table; `problems` has one line each."""

    def __init__(self, table: str, problems: list[str]) -> None:
        self.table, self.problems = table, problems
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(f"the frame does not fit table {table!r}:\n{lines}")


class InvalidDataError(GazaStabilizationError, ValueError):
    """Data that had to be valid and are not; validate them to see every problem."""


class ReleaseError(GazaStabilizationError, ValueError):
    """A release that was refused; nothing was changed."""


class UsageError(GazaStabilizationError, ValueError):
    """A call that cannot be carried out as it was made."""


class DestinationError(UsageError):
    """A place that may not be written to, because something else is there."""


class MissingExtraError(GazaStabilizationError, ImportError):
    """A library of an optional extra is not installed; the message has the line to install it."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f'{what} needs the extra {extra!r}: python -m pip install "gaza-stabilization[{extra}]"'
        )


def optional(module: str, what: str, extra: str) -> Any:
    """The module of an optional extra that something needs. Raises `MissingExtraError`."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingExtraError(what, extra) from None


def look_up(what: str, name: object, known: Mapping[str, V], place: str = "") -> V:
    """What `known` has under a name that a user gave. Raises `UnknownNameError` otherwise.

    >>> look_up("colour", "red", {"red": 1})
    1
    """
    if not isinstance(name, str) or name not in known:
        raise UnknownNameError(what, name, known, place)
    return known[name]


def path_of(what: str, given: object) -> Path:
    """The path that a user gave for something. Raises `UsageError` where it is none.

    >>> path_of("folder", "data").name
    'data'
    """
    if isinstance(given, (str, os.PathLike)):
        path = os.fsdecode(given)
        if path and "\0" not in path:
            return Path(path)
    raise UsageError(f"the {what} is {given!r}; expected a path")


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint for a wrong name: the nearest known one, or all where they are few.

    >>> nearest("positon", ["actors", "positions"])
    "did you mean 'positions'?"
    """
    names = sorted(str(name) for name in known)  # Codes are enum members.
    close = difflib.get_close_matches(name.lower(), names, n=1)
    if close:
        return f"did you mean {close[0]!r}?"
    if not names:
        return "there is none"
    if len(names) <= 20:
        return "there are: " + ", ".join(names)
    return f"there are {len(names)}, from {names[0]!r} to {names[-1]!r}"
