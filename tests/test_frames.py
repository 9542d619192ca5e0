"""The Pandera schemas of frames and the rows of Pydantic find the same, whatever is in a cell."""

from __future__ import annotations

import pytest
from gaza_stabilization.schema.rows import Column, columns
from gaza_stabilization.schema.shapes import shape_of
from gaza_stabilization.schema.tables import MODELS

from gaza_stabilization.reading.files import read_text
from gaza_stabilization.reading.frames import failures, text_frame
from gaza_stabilization.reading.records import read_records
from tests.folder import Folder

CELLS = (
    *("", " ", "NA", "-", "none", "null", "x", "X y", "0", "-1", "007", "1.0", "9" * 20, "=1+1"),
    *("two  blanks", " edge", "e\u0301", "a\u200bb", "true", "True", "s001", "s1", "a-b-", "TUR"),
    *("2024-02-30", "2024-13", "2024-07/..", "a|b", "state|place", "x" * 201, "w " * 8 + "w"),
    *("ğü", "\u0645\u0635\u0631", "united-stаtes", "https://example.org", "0" * 64, "en", "N/A"),
)
COLUMNS = [column for model in MODELS.values() for column in columns(model)]


def findings_of_rows(data: bytes, table: str) -> set[tuple[int, str, str]]:
    records = read_records(read_text(MODELS[table], data), MODELS[table])
    return {(problem.line or 0, problem.column or "", problem.rule) for problem in records.problems}


def findings_of_frames(data: bytes, table: str) -> set[tuple[int, str, str]]:
    lines = data.decode().splitlines()
    frame = text_frame(lines, shape_of(table))
    return {(one.row, one.columns[0], one.rule) for one in failures(frame, MODELS[table])}


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.table}.{column.name}")
def test_rows_and_frames_find_the_same_in_a_cell(data: Folder, column: Column) -> None:
    if len(data.records(column.table)) < 3:
        pytest.skip(f"{column.table} has too few rows to break one")
    original = data.records(column.table)
    at = original[0].index(column.name)
    # One row a cell, so that one reading tells of all; keys and claims that it doubles count too.
    rows = [list(original[1 + number % (len(original) - 1)]) for number in range(len(CELLS))]
    for row, cell in zip(rows, CELLS, strict=True):
        row[at] = cell
    data.write(column.table, [original[0], *rows])
    content = data.file(column.table).read_bytes()
    assert findings_of_rows(content, column.table) == findings_of_frames(content, column.table)
