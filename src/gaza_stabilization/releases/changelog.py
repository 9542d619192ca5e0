"""The changelog: its sections, and what they name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .numbers import Number, read_number

UNRELEASED = "Unreleased"
MEANING_CHANGED = "*meaning changed*"  # Emphasised: it can be said in passing otherwise.
_HEADING = re.compile(r"## \[(?P<name>[^\]]+)\](?: - (?P<date>\S+))?(?: \[YANKED\])?")
_UNREAD = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)|<!--.*?-->", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """One section: the version that it is about, or `Unreleased`; its date, line and text."""

    name: str
    date: str | None
    line: int
    text: str

    def names(self, table: str) -> bool:
        """Whether the section names a table, or a column of it, in backquotes."""
        return re.search(rf"`{table}(\.\w+)?`", self.text) is not None

    @property
    def meaning_changed(self) -> bool:
        """Whether the section says that a definition changed its meaning."""
        return MEANING_CHANGED in " ".join(self.text.lower().replace("_", "*").split())

    @property
    def summary(self) -> str:
        """The first paragraph, as one line; empty where the section begins with something else."""
        first = self.text.strip().split("\n\n")[0]
        return "" if first.startswith(("#", "-", "*")) else " ".join(first.split())


def sections(text: str) -> list[Section]:
    r"""The sections of a changelog, as they stand; those with another heading are left out.

    What stands in a fence or a comment is not read.

    >>> sections("# Changelog\n\n## [0.2.0] - 2026-11-22\n\nFirst.\n")[0].summary
    'First.'
    """
    lines = _plain(text).split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("## ")]
    found = []
    for start, end in pairwise([*starts, len(lines)]):
        match = _HEADING.fullmatch(lines[start].rstrip())
        if match:
            body = "\n".join(lines[start + 1 : end])
            found.append(Section(match["name"], match["date"], start + 1, body))
    return found


def odd_headings(text: str) -> list[tuple[int, str]]:
    """Line and text of each heading of a section that is not understood, or stands too low."""
    found = []
    above: Number | None = None
    for number, line in enumerate(_plain(text).split("\n"), 1):
        if not line.startswith("## "):
            continue
        match = _HEADING.fullmatch(line.rstrip())
        version = read_number(match["name"]) if match else None
        if match is None or (version is None and match["name"] != UNRELEASED):
            found.append((number, line.rstrip()))
        elif version is not None:
            if above is not None and version >= above:
                found.append((number, line.rstrip()))
            above = version
        elif above is not None:
            found.append((number, line.rstrip()))
    return found


def _plain(text: str) -> str:
    """The text without fences and comments; the other lines keep their numbers."""
    return _UNREAD.sub(lambda match: "\n" * match[0].count("\n"), text.replace("\r\n", "\n"))
