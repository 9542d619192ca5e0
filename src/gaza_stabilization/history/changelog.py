"""The changelog: its sections, and what they name."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(r"## \[(?P<name>[^\]]+)\](?: - (?P<date>\S+))?")
MEANING_CHANGED = "meaning changed"


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
        return MEANING_CHANGED in " ".join(self.text.lower().split())

    @property
    def summary(self) -> str:
        """The first paragraph, as one line; empty where the section begins with something else."""
        first = self.text.strip().split("\n\n")[0]
        return "" if first.startswith(("#", "-", "*")) else " ".join(first.split())


def sections(text: str) -> list[Section]:
    r"""The sections of a changelog, newest first, as they stand.

    >>> sections("# Changelog\n\n## [0.2.0] - 2026-11-22\n\nFirst.\n")[0].summary
    'First.'
    """
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith("## ")]
    found = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        match = _HEADING.fullmatch(lines[start].rstrip())
        if match:
            body = "\n".join(lines[start + 1 : end])
            found.append(Section(match["name"], match["date"], start + 1, body))
    return found
