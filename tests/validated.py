"""Validation as tests ask for it: row by row, and whether all rows at once give the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gaza_stabilization as gs
from gaza_stabilization.checks.levels import run
from gaza_stabilization.reading.problems import LEVELS, Problem, in_order
from gaza_stabilization.tables.opening import open_folder
from gaza_stabilization.validation.findings import Findings
from gaza_stabilization.validation.run import find_problems

NEVER = 1 << 62


def validate(folder: Path, source: str | Sequence[str] = ()) -> list[Problem]:
    """The problems in a folder, after a look whether large data would have had the same."""
    same_at_once(folder, [source] if isinstance(source, str) else source)
    return gs.validate(folder, source=source)


def said_of_one_level(folder: Path) -> None:
    """What a level waits for is said where that level is asked for alone."""
    result = run(open_folder(folder), levels=[3])
    assert result.problems or not result.waiting


def same_at_once(folder: Path, source: Sequence[str] = ()) -> Findings:
    """What is found row by row; it must be what is found all rows at once, and that be found so."""
    notes: list[str] = []
    rows = find_problems(open_folder(folder), source, LEVELS, notes.append, large=NEVER)
    once = find_problems(open_folder(folder), source, LEVELS, notes.append, large=0)
    assert not any("row by row" in note for note in notes)
    for found in (rows, once):
        said = len(found.problems)
        found.problems = in_order(found.problems)
        assert len(found.problems) == said  # None twice.
    assert once == rows
    return rows
