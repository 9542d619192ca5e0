"""How problems are shown: in order, once, and without steering the terminal."""

from __future__ import annotations

from pathlib import Path

from gaza_stabilization.reading.problems import Problem, as_github, as_text, in_order


def problem(file: str = "a.csv", line: int | None = 2, found: str | None = "x") -> Problem:
    return Problem(2, "code", file, line, "stance", found, "y")


def test_sorted_by_file_and_line_and_none_twice() -> None:
    given = [problem(line=10), problem("b.csv", None), problem(line=9), problem(line=10)]
    assert [(one.file, one.line) for one in in_order(given)] == [
        ("a.csv", 9),
        ("a.csv", 10),
        ("b.csv", None),
    ]


def test_control_characters_are_spelled_out_and_long_cells_cut() -> None:
    text = as_text([problem(found="\x1b[31mred" + "x" * 500)], Path("data"))
    assert "\x1b" not in text
    assert "<U+001B>" in text
    assert len(text) < 250


def test_annotations_escape_what_the_workflow_would_read() -> None:
    text = as_github([problem(found="100%\n::error::x")], Path("/somewhere"))
    assert text.count("\n") == 1
    assert "100%25" in text
