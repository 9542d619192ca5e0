"""Version numbers, and how far a change moves them."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from ..schema.cells import VERSION

_NUMBER = re.compile(rf"{VERSION}(\.dev0)?")


class Bump(IntEnum):
    """How far a change moves the version number, least first."""

    patch = 1
    minor = 2
    major = 3


class Number(NamedTuple):
    """A version number; one in `development` is not released yet, and written with `.dev0`."""

    major: int
    minor: int
    patch: int
    development: bool = False

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}" + (".dev0" if self.development else "")

    @property
    def release(self) -> Number:
        """The released version that this one is, or will be."""
        return self._replace(development=False)

    @property
    def before_release(self) -> Number:
        """What this version is called until it is released."""
        return self._replace(development=True)

    def bumped(self, bump: Bump) -> Number:
        """The next released version by some step.

        >>> str(Number(0, 2, 1).bumped(Bump.minor))
        '0.3.0'
        """
        if bump is Bump.major:
            return Number(self.major + 1, 0, 0)
        if bump is Bump.minor:
            return Number(self.major, self.minor + 1, 0)
        return Number(self.major, self.minor, self.patch + 1)


def read_number(text: str) -> Number | None:
    """The version number that a text is, or None.

    >>> read_number("0.3.0.dev0")
    Number(major=0, minor=3, patch=0, development=True)
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    return Number(int(match[1]), int(match[2]), int(match[3]), match[4] is not None)
