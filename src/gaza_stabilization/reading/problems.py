"""A problem, and how problems are shown: as text, as JSON, as annotations on GitHub."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..errors import nearest
from ..text import visible

LEVELS = {1: "file", 2: "cells and tables", 3: "links", 4: "release", 5: "source"}
MOST_IDS = 10_000
"""The nearest id is looked for among so many; among more, looking takes longer than it helps."""
FIRST = 5  # Problems that the message of an error names.
SHOWN = 120  # A longer cell is cut in texts for people; the JSON form keeps it whole.


@dataclass(frozen=True)
class Problem:
    """What is wrong at one place, what was expected there, and what may help.

    `line` counts from 1, the header; it is None where the whole file is meant, as is `column`
    where the whole line is, and `found` where nothing is there.
    """

    level: int
    rule: str
    file: str
    line: int | None
    column: str | None
    found: str | None
    expected: str
    hint: str = ""

    @property
    def message(self) -> str:
        """The problem in one sentence, without its place."""
        found = "nothing" if not self.found else f"'{shown(self.found)}'"
        text = f"found {found}; expected {visible(self.expected)}"
        return f"{text}; {visible(self.hint)}" if self.hint else text


def missing_key(
    table: str, line: int, column: str, cell: str, target: str, key: str, known: Collection[Any]
) -> Problem:
    """The problem that a cell points to a row that is not there."""
    expected = f"an id that stands in {target}.csv, column {key}"
    hint = nearest(cell, known) if len(known) <= MOST_IDS else ""
    return Problem(3, "foreign-key", f"{table}.csv", line, column, cell, expected, hint)


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Sorted by file and line, then by level, column and rule; none twice."""

    def place(problem: Problem) -> tuple[str, int, int, str, str, str]:
        return (
            problem.file,
            problem.line or 0,
            problem.level,
            problem.column or "",
            problem.rule,
            problem.found or "",
        )

    return sorted(dict.fromkeys(problems), key=place)


def as_text(problems: Sequence[Problem], folder: Path) -> str:
    """One line a problem: `file:line:column rule: message`."""
    lines = []
    for problem in problems:
        path = os.path.normpath(folder / shown(problem.file))  # Some lie beside the folder.
        place = ":".join(str(part) for part in (path, problem.line, problem.column) if part)
        lines.append(f"{place} {problem.rule}: {problem.message}\n")
    return "".join(lines)


def as_lines(problems: Sequence[Problem]) -> str:
    """The first problems for the message of an error, a line each; validation names them all."""
    lines = as_text(problems[:FIRST], Path()).rstrip("\n").split("\n")
    rest = len(problems) - FIRST
    return "\n".join([*lines, f"and {rest} more"] if rest > 0 else lines)


def as_json(problems: Sequence[Problem], folder: Path) -> str:
    """A list of objects with the attributes of :class:`Problem`; `file` is relative to `folder`."""
    return (
        json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2) + "\n"
    )


def as_github(problems: Sequence[Problem], folder: Path) -> str:
    """Workflow commands that GitHub shows as annotations on the changed line."""
    here = Path.cwd()
    path = (folder if folder.is_absolute() else here / folder).resolve()
    base = path.relative_to(here) if path.is_relative_to(here) else path
    lines = []
    for problem in problems:
        file = Path(os.path.normpath(base / shown(problem.file))).as_posix()
        place = f"file={_property(file)},line={problem.line or 1}"
        title = _property(f"{problem.column}: {problem.rule}" if problem.column else problem.rule)
        lines.append(f"::error {place},title={title}::{_data(problem.message)}\n")
    return "".join(lines)


FORMATS = {"text": as_text, "json": as_json, "github": as_github}


def shown(cell: str) -> str:
    """`found` for people: visible and cut."""
    text = visible(cell)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
