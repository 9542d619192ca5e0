"""The changelog: its sections, and what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from .numbers import Number, read_number

UNRELEASED = "Unreleased"
MEANING_CHANGED = "*meaning changed*"  # Emphasised: it can be said in passing otherwise.
_HEADING = re.compile(r"## \[(?P<name>[^\]]+)\](?: - (?P<date>\S+))?(?: \[YANKED\])?")
_UNREAD = re.compile(r"^(?P<fence>```+|~~~+).*?^(?P=fence)|<!--.*?-->", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Section:
    """One section: the version that it is about, or `Unreleased`; its date, line and text.

    The name is None where the heading is not understood.
    """

    name: str | None
    date: str | None
    line: int
    heading: str
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
    r"""The sections of a changelog, as they stand. What is in a fence or a comment is not read.

    >>> sections("# Changelog\n\n## [0.2.0] - 2026-11-22\n\nFirst.\n")[0].summary
    'First.'
    """
    # The other lines keep their numbers.
    plain = _UNREAD.sub(lambda match: "\n" * match[0].count("\n"), text.replace("\r\n", "\n"))
    lines = plain.split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("## ")]
    parts = []
    for start, end in pairwise([*starts, len(lines)]):
        heading = lines[start].rstrip()
        match = _HEADING.fullmatch(heading)
        name, date = (match["name"], match["date"]) if match else (None, None)
        parts.append(Section(name, date, start + 1, heading, "\n".join(lines[start + 1 : end])))
    return parts


def odd_headings(text: str) -> Iterator[Section]:
    """Each section whose heading is not understood, or that stands below an older version."""
    above: Number | None = None
    for section in sections(text):
        version = read_number(section.name or "")
        known = version is not None or section.name == UNRELEASED
        if not known or (above is not None and (version is None or version >= above)):
            yield section
        above = version or above
