"""The Pandera schemas of frames and the rows of Pydantic find the same, whatever is in a cell."""

from __future__ import annotations

import pandas as pd
import pytest
from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.rows import Column, columns
from gaza_stabilization.schema.shapes import shape_of
from gaza_stabilization.schema.views import VIEWS

import gaza_stabilization as gs
from gaza_stabilization.reading.frame_text import as_text
from gaza_stabilization.reading.frames import failures, frame_of
from gaza_stabilization.reading.records import read_records
from gaza_stabilization.reading.text_tables import read_text
from tests.folder import Folder

CELLS = (
    *("", " ", "NA", "-", "none", "null", "x", "X y", "0", "-1", "007", "1.0", "9" * 20, "=1+1"),
    *("two  blanks", " edge", "e\u0301", "a\u200bb", "true", "True", "s001", "s1", "a-b-", "TUR"),
    *("2024-02-30", "2024-13", "2024-07/..", "a|b", "state|place", "x" * 201, "w " * 8 + "w"),
    *("ğü", "\u0645\u0635\u0631", "united-stаtes", "https://example.org", "0" * 64, "en", "N/A"),
)
COLUMNS = [column for model in MODELS.values() for column in columns(model)]
Place = tuple[int, str, str]


def findings(data: Folder, table: str) -> tuple[set[Place], set[Place]]:
    """Line, column and rule of what rows find in a file, and of what its frame finds."""
    model = MODELS[table]
    text = read_text(model, data.file(table).read_bytes())
    of_rows = read_records(text, model).problems
    header, *records = data.records(table)
    lines = range(2, len(records) + 2)
    raw = pd.DataFrame(records, columns=header, index=lines, dtype="string")
    of_frames = failures(frame_of(raw, shape_of(table)), model)
    return (
        {(problem.line or 0, problem.column or "", problem.rule) for problem in of_rows},
        {(failure.row, failure.columns[0], failure.rule) for failure in of_frames},
    )


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.table}.{column.name}")
def test_rows_and_frames_find_the_same_in_a_cell(data: Folder, column: Column) -> None:
    header, *rows = data.records(column.table)
    if not rows:
        pytest.skip(f"{column.table} has no row to break")
    # A row for each cell, so that one reading tells of all; between them nothing is asked.
    at = header.index(column.name)
    broken = [list(rows[number % len(rows)]) for number in range(len(CELLS))]
    for row, cell in zip(broken, CELLS, strict=True):
        row[at] = cell
    data.write(column.table, [header, *broken])
    model = MODELS[column.table].about
    between = {"duplicate-key", "order", *model.unique, *(rule.name for rule in model.rules)}
    found = [
        {place for place in side if place[2] not in between}
        for side in findings(data, column.table)
    ]
    assert found[0] == found[1] != set()


@pytest.mark.parametrize("table", MODELS)
def test_rows_and_frames_find_the_same_between_rows(data: Folder, table: str) -> None:
    header, *rows = data.records(table)
    if len(rows) < 2:
        rows.append([f"{rows[0][0]}-2", *rows[0][1:]])
    data.write(table, [header, *rows[::-1], rows[0]])
    of_rows, of_frames = findings(data, table)
    assert of_rows == of_frames
    assert {"order", "duplicate-key"} <= {rule for _, _, rule in of_rows}


@pytest.mark.parametrize("table", [*MODELS, *VIEWS])
def test_a_frame_is_the_caller_s_own(data: Folder, table: str) -> None:
    dataset = gs.Dataset(data.path)
    first = dataset.load(table)
    kept = first.copy()
    for name in first.columns:
        first[name] = pd.NA
    pd.testing.assert_frame_equal(dataset.load(table), kept)


@pytest.mark.parametrize("table", ["relation_types", "passages", "positions"])
def test_a_frame_that_is_read_stays_what_it_was(data: Folder, table: str) -> None:
    frame = gs.Dataset(data.path).load(table)
    kept = frame.copy()
    gs.check(frame, table)
    as_text(frame)
    pd.testing.assert_frame_equal(frame, kept)


ROW_RULES = [
    ("passages", {"end": "0"}),
    ("passages", {"sentence": "9"}),
    ("statements", {"venue": ""}),
    ("statements", {"attribution": "author"}),
    ("statements", {"attribution": "indirect", "key_phrase": "prominent roles"}),
    ("relationships", {"time_start": "2013", "time_end": "2012-05"}),
    ("relationships", {"term": "any"}),
]


@pytest.mark.parametrize(("table", "cells"), ROW_RULES)
def test_rows_and_frames_find_the_same_within_a_row(
    data: Folder, table: str, cells: dict[str, str]
) -> None:
    for key in [record[0] for record in data.records(table)[1:4]]:
        data.set(table, key, **cells)
    of_rows, of_frames = findings(data, table)
    assert of_rows == of_frames
    rules = {rule.name for rule in MODELS[table].about.rules}
    assert rules & {rule for _, _, rule in of_rows}
