"""How a comparison is shown: names beside ids, nothing left out, nothing taken for markup."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.paths import DATA
from gaza_stabilization.releases.markdown import as_markdown
from gaza_stabilization.releases.rendering import as_csv, as_json, as_text
from tests.every_kind import every_kind
from tests.folder import Folder


def test_the_text_names_actors_and_issues_beside_the_ids(changed: Folder) -> None:
    text = str(gs.diff("0.2.0", changed.path))
    assert text.splitlines()[0] == f"0.2.0 -> {changed.path}: a minor change"
    # The row as it was, and then what became of it.
    assert "  ~ p003  Marco Rubio - support - Turkey should have some part in post-war Gaza" in text
    assert "      holder_id  marco-rubio (Marco Rubio) -> hamas (Hamas)" in text
    assert "      stance     support -> oppose" in text
    assert "  - r010  JD Vance - holds office in - United States" in text
    assert "      r010 was retired in 9.0.0: Said twice. In its place: r011" in text
    assert text.count("Said twice") == 1  # And not again as a row of the list.
    assert "  + zz-new  A *new* <issue>" in text
    assert "\033[" not in text


def test_every_kind_of_change_as_text() -> None:
    assert (
        as_text(every_kind())
        == """\
1.0.0 -> 2.0.0: a major change

actors: 1 row added, 1 row removed
  - b  Bob
  + c  Cem

positions: 1 row added, 1 row removed, 1 row changed, 1 column added, 1 column removed, \
1 code added, 1 code removed, 1 definition changed
  + column come: A new column. (filled in 1 of the rows that were there before)
  - column gone
  + code stance=r: Come.
  - code stance=q
  ~ definition of positions.stance=p
      - Once.
      + Now.
  - p2  Bob - q
      p2 was retired in 2.0.0: Said twice. In its place: p3
  + p3  Ada - r
  ~ p1  Ada - p
      holder_id  a (Ada) -> c (Cem)

retired_ids: 1 row added
"""
    )


def test_every_kind_of_change_as_markdown() -> None:
    text = as_markdown(every_kind())
    for line in (
        "## 1.0.0 → 2.0.0: a major change",
        "| `actors` | 1 row added, 1 row removed |",
        "- **column added** `come`: A new column. (filled in 1 of the rows that were there before)",
        "- **column removed** `gone`",
        "- **code added** `stance=r`: Come.",
        "- **code removed** `stance=q`",
        "- **definition changed** `positions.stance=p`",
        "    - Once.",
        "    + Now.",
        "- **removed** `p2` Bob - q",
        "    - p2 was retired in 2.0.0: Said twice. In its place: p3",
        "- **added** `p3` Ada - r",
        "- **changed** `p1` Ada - p",
        "    - `holder_id`: a (Ada) → c (Cem)",
    ):
        assert f"{line}\n" in text, line


def test_every_kind_of_change_as_json() -> None:
    shown = json.loads(as_json(every_kind()))
    assert (shown["old"], shown["new"], shown["required_bump"]) == ("1.0.0", "2.0.0", "major")
    assert [row["id"] for row in shown["retired"]] == ["p2"]
    assert shown["tables"]["positions"] == {
        "table": "kept",
        "columns_added": ["come"],
        "columns_removed": ["gone"],
        "codes_added": [{"column": "stance", "code": "r"}],
        "codes_removed": [{"column": "stance", "code": "q"}],
        "definitions_changed": [
            {"name": "positions.stance=p", "aspect": "definition", "old": "Once.", "new": "Now."}
        ],
        "rows_added": [
            {
                "id": "p3",
                "label": "Ada - r",
                "cells": {"id": "p3", "holder_id": "a", "stance": "r", "come": ""},
            }
        ],
        "rows_removed": [
            {
                "id": "p2",
                "label": "Bob - q",
                "cells": {"id": "p2", "holder_id": "b", "stance": "q", "gone": ""},
            }
        ],
        "rows_changed": [
            {
                "id": "p1",
                "label": "Ada - p",
                "cells": {
                    "holder_id": {"old": "a", "new": "c"},
                    "come": {"old": "", "new": "y"},
                },
            }
        ],
    }


def test_every_kind_of_change_as_lines() -> None:
    lines = [tuple(line) for line in csv.reader(io.StringIO(as_csv(every_kind())))]
    mine = [line[1:] for line in lines if line[0] == "positions"]
    assert mine == [
        ("column added", "", "", "come", "", "A new column."),
        ("column removed", "", "", "gone", "", ""),
        ("code added", "", "", "stance", "", "r"),
        ("code removed", "", "", "stance", "q", ""),
        ("definition changed", "", "", "stance=p", "Once.", "Now."),
        ("row removed", "p2", "Bob - q", "id", "p2", ""),
        ("row removed", "p2", "Bob - q", "holder_id", "b", ""),
        ("row removed", "p2", "Bob - q", "stance", "q", ""),
        ("row added", "p3", "Ada - r", "id", "", "p3"),
        ("row added", "p3", "Ada - r", "holder_id", "", "a"),
        ("row added", "p3", "Ada - r", "stance", "", "r"),
        ("cell changed", "p1", "Ada - p", "holder_id", "a", "c"),
        ("cell changed", "p1", "Ada - p", "come", "", "y"),
    ]


def test_a_long_text_that_changed_stands_in_two_lines(kept: Folder) -> None:
    kept.set(
        "statements", "s001", summary="Made up at some length, so that it is a long line. " * 3
    )
    lines = str(gs.diff("0.2.0", kept.path)).splitlines()
    place = lines.index("      summary")
    assert lines[place + 1].startswith("        - ")
    assert lines[place + 2].startswith("        + Made up")


def test_the_markdown_takes_nothing_of_the_data_for_markup(changed: Folder) -> None:
    text = as_markdown(gs.diff("0.2.0", changed.path))
    assert r"- **added** `zz-new` A \*new\* \<issue\>" in text
    assert "    - `stance`: support → oppose" in text
    assert "| `positions` | 1 row changed" in text


def test_a_long_list_is_folded_away(kept: Folder, tmp_path: Path) -> None:
    empty = Folder(tmp_path / "empty")
    empty.copy(kept.path)
    empty.write("relationships", kept.records("relationships")[:1])
    text = as_markdown(gs.diff(empty.path, kept.path))
    assert "<details><summary>148 rows added</summary>" in text
    assert text.count("- **added**") == 148


def test_a_definition_that_changed_shows_its_lines(package: Folder) -> None:
    path = package.path / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in described["resources"]}
    positions, claims = resources["positions"], resources["claims"]
    positions["description"] += "\n- Another rule."
    stance = next(field for field in positions["schema"]["fields"] if field["name"] == "stance")
    stance["categories"][0]["description"] = "Against it."
    stance["categories"].append({"value": "unclear", "label": "unclear", "description": "New."})
    stance["categoriesDescription"] = "Which way."
    positions["schema"]["rules"] = []
    positions["schema"]["uniqueKeys"] = []
    claims["schema"]["fields"][-1]["description"] = "What was said."
    path.write_text(json.dumps(described), encoding="utf-8")
    changes = gs.diff(DATA, package.path)
    text = str(changes)
    assert "  ~ definition of positions\n      + - Another rule." in text
    assert "  ~ definition of positions.stance=oppose\n      - Against the proposition" in text
    assert "      + Against it." in text
    assert "  + code stance=unclear: New." in text
    assert "  ~ codes of positions.stance\n      - Direction of a stance, as uttered." in text
    assert "  ~ rules of positions\n      - no two rows share statement_id, holder_id" in text
    assert "  ~ description of claims.summary" in text
    assert changes.required_bump == "minor"
    new = changes.apply(gs.load())  # A view that changed is no table to be changed.
    assert "unclear" in new["positions"]["stance"].cat.categories
    claims["schema"]["fields"].pop()
    path.write_text(json.dumps(described), encoding="utf-8")
    assert gs.required_bump(DATA, package.path) == "major"


def test_shown_in_a_notebook_it_is_one_line(changed: Folder) -> None:
    assert repr(gs.diff("0.2.0", changed.path)).count("\n") == 0


def test_on_a_narrow_terminal_lines_are_broken_between_words(changed: Folder) -> None:
    changes = gs.diff("0.2.0", changed.path)
    text = as_text(changes, width=50)
    assert max(map(len, text.splitlines()[1:])) <= 50
    assert "\n  ~ p003  Marco Rubio - support - Turkey should\n      have some part" in text
    assert "".join(text.split()) == "".join(as_text(changes).split())


@pytest.mark.parametrize("format", ["text", "json", "csv", "markdown"])
def test_the_command_shows_every_form(
    capsys: pytest.CaptureFixture[str], changed: Folder, format: str
) -> None:
    assert main(["diff", "0.2.0", str(changed.path), "positions", "--format", format]) == 0
    out = capsys.readouterr().out
    assert "marco-rubio" in out
    assert "r010" not in out
    assert "\033[" not in out


def test_colour_is_for_terminals(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, changed: Folder
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    arguments = ["diff", "0.2.0", str(changed.path)]
    main(arguments)
    assert "\033[31m  - r010  JD Vance" in capsys.readouterr().out
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            main(arguments)
            assert "\033[" not in capsys.readouterr().out


def test_what_stands_in_cells_cannot_forge_lines_or_steer_a_terminal(kept: Folder) -> None:
    # From a file no such letter comes, but other makers of changes may be less careful.
    evil = "one\n  + p999  forged \x1b[2J\u202e"
    changes = gs.diff("0.2.0", kept.path)
    table = gs.diff("0.2.0", gs.release("1.0.0"), "positions").tables["positions"]
    rows = {("p`04 <script>\n- **removed** x",): dict.fromkeys(table.new.fields, evil)}
    changes.tables["positions"] = replace(table, added=rows, cells={})
    for text in (str(changes), as_markdown(changes)):
        assert "<U+000A>" in text or r"\<U+000A\>" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\n  + p999" not in text
        assert "\n- **removed** x" not in text
    assert " <script>" not in as_markdown(changes)
