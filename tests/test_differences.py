"""What changed between two versions: complete, applied it gives the new one, readable."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gaza_stabilization.schema.order import natural
from gaza_stabilization.schema.tables import MODELS
from hypothesis import given
from hypothesis import strategies as st

import gaza_stabilization as gs
from gaza_stabilization._where import DATA
from gaza_stabilization.cli import main
from gaza_stabilization.history.changes import Changes, TableChanges, apply, compare, row_id
from gaza_stabilization.history.markdown import as_markdown
from gaza_stabilization.history.numbers import Bump
from gaza_stabilization.history.rendering import as_csv, as_json, as_text
from gaza_stabilization.history.snapshot import (
    CodeEntry,
    Field,
    Shape,
    Snapshot,
    TableState,
    snapshot,
)
from tests.folder import Folder

NAMES = st.sampled_from(["id", "part", "a", "b", "c"])
TEXTS = st.sampled_from(["", "x", "y", "10", "9"])


@st.composite
def fields(draw: st.DrawFn) -> Field:
    codes = draw(st.lists(st.sampled_from("pqr"), unique=True))
    return Field(
        type="code" if codes else draw(st.sampled_from(["text", "integer"])),
        description=draw(TEXTS),
        example="",
        codes={code: CodeEntry(draw(TEXTS), draw(TEXTS)) for code in codes},
        codes_description=draw(TEXTS),
        ordered=draw(st.booleans()),
        references=draw(st.sampled_from([None, "one"])),
        constraints=draw(TEXTS),
    )


@st.composite
def tables(draw: st.DrawFn) -> TableState:
    key = draw(st.sampled_from([("id",), ("id", "part")]))
    others = draw(st.lists(st.sampled_from("abc"), unique=True))
    names = draw(st.permutations([*key, *others]))
    keys = draw(st.lists(st.tuples(*(TEXTS for _ in key)), unique=True, max_size=4))
    keys.sort(key=lambda one: [natural(part) for part in one])
    rows = {
        found: {
            name: dict(zip(key, found, strict=True)).get(name) or draw(TEXTS) * (name not in key)
            for name in names
        }
        for found in keys
    }
    described = {name: draw(fields()) for name in names}
    rules = tuple(draw(st.lists(TEXTS.filter(bool))))
    shape = Shape(draw(TEXTS), draw(TEXTS), key, described, rules)
    return TableState(shape, rows)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    found = draw(st.dictionaries(st.sampled_from(["one", "two"]), tables()))
    return Snapshot("made up", None, found)


def written(states: dict[str, TableState]) -> dict[str, object]:
    """Tables with the order of rows, columns and codes, which equal mappings need not share."""
    return {
        name: (
            [(key, list(cells.items())) for key, cells in state.rows.items()],
            [
                (name, list(field.codes.items()), field)
                for name, field in state.shape.fields.items()
            ],
            state.shape,
        )
        for name, state in states.items()
    }


@given(snapshots(), snapshots())
def test_applying_the_changes_to_the_old_gives_the_new(old: Snapshot, new: Snapshot) -> None:
    changes = compare(old, new)
    assert written(apply(changes.tables, old.tables)) == written(new.tables)
    assert bool(changes.tables) == (written(old.tables) != written(new.tables))
    assert (changes.bump is None) == (not changes.tables)


@given(snapshots(), snapshots())
def test_the_csv_has_every_changed_cell(old: Snapshot, new: Snapshot) -> None:
    lines = list(csv.DictReader(io.StringIO(as_csv(compare(old, new)))))
    for table, state in new.tables.items():
        rows = {row_id(key): dict(row) for key, row in _rows(old, table).items()}
        gone = {row_id(key) for key in (compare(old, new).tables.get(table) or NONE).removed}
        rows = {id_: row for id_, row in rows.items() if id_ not in gone}
        for line in lines:
            if line["table"] == table and line["change"] in ("row added", "cell changed"):
                rows.setdefault(line["id"], {})[line["column"]] = line["new"]
        now = {row_id(key): row for key, row in state.rows.items() if any(row.values())}
        found = {
            id_: {name: row.get(name, "") for name in state.shape.fields}
            for id_, row in rows.items()
            if id_ in now
        }
        assert found == now


def _rows(of: Snapshot, table: str) -> dict[tuple[str, ...], dict[str, str]]:
    return of.tables[table].rows if table in of.tables else {}


NONE = TableChanges("one", None, None)


@given(snapshots(), snapshots())
def test_every_form_can_show_every_change(old: Snapshot, new: Snapshot) -> None:
    changes = compare(old, new)
    shown = json.loads(as_json(changes))
    assert set(shown["tables"]) == set(changes.tables)
    for table in changes.tables:
        assert f"\n{table}: " in as_text(changes)
        assert f"| `{table}` |" in as_markdown(changes)


PLAIN = Field("text", "", "", {}, "", False, None, "")


def _with(field: Field = PLAIN, **others: object) -> Snapshot:
    """One table with a column `a`, and one row."""
    parts: dict[str, object] = {"title": "", "definition": "", "key": ("id",), "cell": "x"}
    parts |= {"rows": ["r1"], "names": ["id", "a"]} | others
    columns = {name: field if name == "a" else PLAIN for name in parts["names"]}  # type: ignore
    shape = Shape(parts["title"], parts["definition"], parts["key"], columns)  # type: ignore
    rows = {
        (id_,): {name: id_ if name == "id" else str(parts["cell"]) for name in columns}
        for id_ in parts["rows"]  # type: ignore
    }
    return Snapshot("made up", None, {"one": TableState(shape, rows)})


def _codes(*codes: str, ordered: bool = False, meaning: str = "") -> Field:
    entries = {code: CodeEntry(code, meaning) for code in codes}
    return Field("code", "", "", entries, "", ordered, None, "")


NOTHING = Snapshot("nothing", None, {})


@pytest.mark.parametrize(
    ("old", "new", "bump"),
    [
        (_with(), _with(), None),
        (_with(), NOTHING, Bump.major),
        (_with(), _with(names=["id"]), Bump.major),
        (_with(_codes("p", "q")), _with(_codes("p")), Bump.major),
        (_with(), _with(Field("integer", "", "", {}, "", False, None, "")), Bump.major),
        (_with(), _with(Field("text", "", "", {}, "", False, "one", "")), Bump.major),
        (_with(), _with(key=("a",), rows=[]), Bump.major),
        (_with(_codes("p", "q")), _with(_codes("p", "q", ordered=True)), Bump.major),
        (
            _with(_codes("p", "q", ordered=True)),
            _with(_codes("q", "p", ordered=True)),
            Bump.major,
        ),
        (NOTHING, _with(), Bump.minor),
        (_with(), _with(names=["id", "a", "b"]), Bump.minor),
        (_with(_codes("p")), _with(_codes("p", "q")), Bump.minor),
        (_with(), _with(rows=["r1", "r2"]), Bump.minor),
        (_with(rows=["r1", "r2"]), _with(), Bump.minor),
        (_with(), _with(cell="y"), Bump.patch),
        (_with(), _with(definition="Reworded."), Bump.patch),
        (_with(), _with(title="Renamed"), Bump.patch),
        (_with(), _with(Field("text", "Reworded.", "", {}, "", False, None, "")), Bump.patch),
        (_with(), _with(Field("text", "", "", {}, "", False, None, "required")), Bump.patch),
        (_with(_codes("p")), _with(_codes("p", meaning="Reworded.")), Bump.patch),
        (_with(_codes("p", "q")), _with(_codes("q", "p")), Bump.patch),
        (_with(), _with(names=["a", "id"]), Bump.patch),
    ],
)
def test_how_far_the_version_has_to_move(old: Snapshot, new: Snapshot, bump: Bump | None) -> None:
    assert compare(old, new).bump is bump


@pytest.fixture
def data(kept: Folder, tmp_path: Path) -> Folder:
    """A copy of the kept tables that a test may change."""
    folder = Folder(tmp_path / "changed")
    folder.copy(kept.path)
    return folder


@pytest.fixture
def changed(data: Folder) -> Folder:
    """The kept tables with a cell corrected, a row gone and retired, and a row come."""
    data.set("positions", "p003", holder_id="hamas", stance="oppose")
    cells = data.records("relationships")[10]
    data.delete("relationships", cells[0])
    retired = [cells[0], "9.0.0", "r011", "Said twice."]
    data.write("retired_ids", [data.records("retired_ids")[0], retired])
    data.add("issues", data.last("issues"), issue_id="zz-new", proposition="A *new* <issue>")
    return data


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


EVERY_KIND = Field("code", "Made up.", "", {}, "", False, None, "")


def every_kind() -> Changes:
    """One of every kind of change, in a table that points to another."""
    old_codes = {"p": CodeEntry("p", "Once."), "q": CodeEntry("q", "Gone.")}
    new_codes = {"p": CodeEntry("p", "Now."), "r": CodeEntry("r", "Come.")}
    link = replace(PLAIN, references="actors")
    old_fields = {
        "id": PLAIN,
        "holder_id": link,
        "stance": replace(EVERY_KIND, codes=old_codes),
        "gone": PLAIN,
    }
    new_fields = {
        "id": PLAIN,
        "holder_id": link,
        "stance": replace(EVERY_KIND, codes=new_codes),
        "come": replace(PLAIN, description="A new column."),
    }

    def actors(**names: str) -> TableState:
        rows = {(id_,): {"actor_id": id_, "name": name} for id_, name in names.items()}
        return TableState(Shape("", "", ("actor_id",), {"actor_id": PLAIN, "name": PLAIN}), rows)

    def row(*cells: str, fields: dict[str, Field]) -> dict[tuple[str, ...], dict[str, str]]:
        return {(cells[0],): dict(zip(fields, cells, strict=True))}

    retired = Shape(
        "", "", ("id",), dict.fromkeys(["id", "retired_in", "replaced_by", "reason"], PLAIN)
    )
    gone = ["p2", "2.0.0", "p3", "Said twice."]
    before = row("p1", "a", "p", "x", fields=old_fields) | row(
        "p2", "b", "q", "", fields=old_fields
    )
    after = row("p1", "c", "p", "y", fields=new_fields) | row("p3", "a", "r", "", fields=new_fields)
    old = {
        "actors": actors(a="Ada", b="Bob"),
        "positions": TableState(Shape("", "", ("id",), old_fields), before),
        "retired_ids": TableState(retired, {}),
    }
    new = {
        "actors": actors(a="Ada", c="Cem"),
        "positions": TableState(Shape("", "", ("id",), new_fields), after),
        "retired_ids": TableState(retired, row(*gone, fields=retired.fields)),
    }
    return compare(Snapshot("1.0.0", "1.0.0", old), Snapshot("2.0.0", "2.0.0", new))


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


def test_a_long_text_that_changed_stands_in_two_lines(data: Folder) -> None:
    data.set(
        "statements", "s001", summary="Made up at some length, so that it is a long line. " * 3
    )
    lines = str(gs.diff("0.2.0", data.path)).splitlines()
    place = lines.index("      summary")
    assert lines[place + 1].startswith("        - ")
    assert lines[place + 2].startswith("        + Made up")


def test_the_markdown_takes_nothing_of_the_data_for_markup(changed: Folder) -> None:
    text = as_markdown(gs.diff("0.2.0", changed.path))
    assert r"- **added** `zz-new` A \*new\* \<issue\>" in text
    assert "    - `stance`: support → oppose" in text
    assert "| `positions` | 1 row changed |" in text


def test_a_long_list_is_folded_away(data: Folder, tmp_path: Path) -> None:
    empty = Folder(tmp_path / "empty")
    empty.copy(data.path)
    empty.write("relationships", data.records("relationships")[:1])
    text = as_markdown(gs.diff(empty.path, data.path))
    assert "<details><summary>148 rows added</summary>" in text
    assert text.count("- **added**") == 148


def test_the_frame_has_one_row_a_difference(changed: Folder) -> None:
    found = gs.diff("0.2.0", changed.path)
    frame = found.frame()
    assert frame.columns.tolist() == ["table", "change", "id", "label", "column", "old", "new"]
    cells = frame.query("change == 'cell changed'")
    assert cells[["id", "column", "old", "new"]].values.tolist() == [
        ["p003", "holder_id", "marco-rubio", "hamas"],
        ["p003", "stance", "support", "oppose"],
    ]
    assert [row["id"] for row in found.retired] == ["r010"]
    assert gs.required_bump("0.2.0", changed.path) == "minor"
    assert not gs.diff("0.2.0", "0.2.0")


def test_one_table_alone(changed: Folder) -> None:
    found = gs.diff("0.2.0", changed.path, table="positions")
    assert list(found.tables) == ["positions"]
    assert found.required_bump == "minor"  # Of the versions, not of what is shown of them.
    with pytest.raises(gs.UnknownNameError, match="did you mean 'positions'"):
        gs.diff("0.2.0", changed.path, table="position")


def test_a_definition_that_changed_shows_its_lines(tmp_path: Path) -> None:
    gs.export("datapackage", tmp_path / "new")
    path = tmp_path / "new" / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    positions = next(one for one in described["resources"] if one["name"] == "positions")
    positions["description"] += "\n- Another rule."
    stance = next(one for one in positions["schema"]["fields"] if one["name"] == "stance")
    stance["categories"][0]["description"] = "Against it."
    stance["categories"].append({"value": "unclear", "label": "unclear", "description": "New."})
    stance["categoriesDescription"] = "Which way."
    positions["schema"]["rules"] = []
    positions["schema"]["uniqueKeys"] = []
    claims = next(one for one in described["resources"] if one["name"] == "claims")
    claims["schema"]["fields"][-1]["description"] = "What was said."
    path.write_text(json.dumps(described), encoding="utf-8")
    gs.export("datapackage", tmp_path / "old")
    found = gs.diff(tmp_path / "old", tmp_path / "new")
    text = str(found)
    assert "  ~ definition of positions\n      + - Another rule." in text
    assert "  ~ definition of positions.stance=oppose\n      - Against the proposition" in text
    assert "      + Against it." in text
    assert "  + code stance=unclear: New." in text
    assert "  ~ codes of positions.stance\n      - Direction of a stance, as uttered." in text
    assert "  ~ rules of positions\n      - no two rows share statement_id, holder_id" in text
    assert "  ~ description of claims.summary" in text
    assert found.required_bump == "minor"
    new = found.apply(gs.load())  # A view that changed is no table to be changed.
    assert "unclear" in new["positions"]["stance"].cat.categories
    claims["schema"]["fields"].pop()
    path.write_text(json.dumps(described), encoding="utf-8")
    assert gs.required_bump(tmp_path / "old", tmp_path / "new") == "major"


def test_applied_to_the_frames_of_the_old_version_it_gives_those_of_the_new(
    changed: Folder,
) -> None:
    old = gs.load(version="0.2.0")
    new = gs.diff("0.2.0", changed.path).apply(old)
    assert new["positions"].set_index("position_id").loc["p003", "stance"] == "oppose"
    assert new["positions"].dtypes.to_dict() == old["positions"].dtypes.to_dict()
    assert "r010" not in set(new["relationships"]["relationship_id"])
    assert new["relation_types"].equals(old["relation_types"])
    back = gs.diff(changed.path, "0.2.0").apply(new)
    assert all(back[table].equals(old[table]) for table in old)
    with pytest.raises(gs.UnknownNameError, match="no frame 'actors'"):
        gs.diff("0.2.0", changed.path).apply({})
    with pytest.raises(gs.InvalidFrameError, match="expected actor_id, name"):
        gs.diff("0.2.0", changed.path).apply(old | {"actors": old["actors"][["name"]]})


def test_working_tables_follow_from_the_last_version() -> None:
    version = gs.versions()["version"].iloc[-1]
    new = gs.diff(version).apply(gs.load(version=version))
    for table, frame in gs.load().items():
        assert new[table].equals(frame), table


def test_shown_in_a_notebook_it_is_one_line(changed: Folder) -> None:
    assert repr(gs.diff("0.2.0", changed.path)).count("\n") == 0


def test_on_a_narrow_terminal_lines_are_broken_between_words(changed: Folder) -> None:
    found = gs.diff("0.2.0", changed.path)
    text = as_text(found, width=50)
    assert max(map(len, text.splitlines()[1:])) <= 50
    assert "\n  ~ p003  Marco Rubio - support - Turkey should\n      have some part" in text
    assert "".join(text.split()) == "".join(as_text(found).split())


def test_a_package_a_folder_and_the_working_tables_are_the_same(tmp_path: Path) -> None:
    gs.export("datapackage", tmp_path / "package")
    for old, new in [(tmp_path / "package", None), (DATA, None), (DATA, tmp_path / "package")]:
        assert not gs.diff(old, new)


@pytest.mark.parametrize("format", ["text", "json", "csv", "markdown"])
def test_the_command_shows_every_form(
    capsys: pytest.CaptureFixture[str], changed: Folder, format: str
) -> None:
    assert main(["diff", "0.2.0", str(changed.path), "positions", "--format", format]) == 0
    out = capsys.readouterr().out
    assert "marco-rubio" in out
    assert "r010" not in out
    assert "\033[" not in out


def test_the_new_side_may_be_left_out_before_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(DATA), "positions"]) == 0
    assert capsys.readouterr().out.endswith("no differences\n")
    assert main(["diff", str(DATA), "position"]) == 2
    assert "did you mean 'positions'" in capsys.readouterr().err


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


def test_what_stands_in_cells_cannot_forge_lines_or_steer_a_terminal(data: Folder) -> None:
    evil = "one\n  + p999  forged \x1b[2J\u202e"
    data.set("positions", "p003", condition=evil)
    data.set("positions", "p004", position_id="p`04 <script>\n- **removed** x")
    found = gs.diff("0.2.0", data.path)
    for text in (str(found), as_markdown(found)):
        assert "<U+000A>" in text or r"\<U+000A\>" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\n  + p999" not in text
        assert "\n- **removed** x" not in text
    assert " <script>" not in as_markdown(found)


def edited(**changes: object) -> Callable[[dict[str, Any]], None]:
    return lambda resource: resource.update(changes)


def self_reference(resource: dict[str, Any]) -> None:
    keys = {"fields": ["name"], "reference": {"resource": "", "fields": ["actor_id"]}}
    resource["schema"]["foreignKeys"] = [keys]


def key_as_text(resource: dict[str, Any]) -> None:
    resource["schema"]["primaryKey"] = "actor_id"


def odd_field(**changes: object) -> Callable[[dict[str, Any]], None]:
    return lambda resource: resource["schema"]["fields"][2].update(changes)


@pytest.mark.parametrize(
    ("edit", "readable"),
    [
        (edited(title=None, description=3), True),
        (key_as_text, True),
        (self_reference, True),
        (odd_field(categories=[{"value": "state", "label": None, "description": 3}]), True),
        (odd_field(example=None, description=None), True),
        (edited(schema="schema.json"), False),
        (edited(schema=None), False),
        (edited(path="nothing.csv"), False),
        (edited(path=["actors.csv"]), False),
        (odd_field(type=None, categories=[]), False),
        (odd_field(constraints=None), False),
        (odd_field(constraints=[]), False),
    ],
)
def test_a_package_of_another_form_is_compared_or_refused(
    tmp_path: Path, edit: Callable[[dict[str, Any]], None], readable: bool
) -> None:
    folder = gs.export("datapackage", tmp_path / "package")
    path = folder / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    edit(described["resources"][0])
    path.write_text(json.dumps(described), encoding="utf-8")
    Folder(folder).set("actors", "hamas", actor_id="Hamas")
    if readable:
        found = gs.diff(folder)
        assert "Hamas" in str(found)
        assert "Hamas" in as_markdown(found)
        return
    with pytest.raises(gs.InvalidDataError, match=r"package") as caught:
        gs.diff(folder)
    assert "Error(" not in str(caught.value)


def test_one_table_still_says_what_its_retired_rows_gave_way_to(changed: Folder) -> None:
    found = gs.diff("0.2.0", changed.path, table="relationships")
    assert [row["id"] for row in found.retired] == ["r010"]


def broken_line(data: Folder) -> None:
    data.text_line("positions", 3, lambda text: text + ",")


def doubled_key(data: Folder) -> None:
    data.add("positions", "p001")


def no_key(data: Folder) -> None:
    data.text_line("positions", 1, lambda text: text.replace("position_id", "id"))


def not_utf8(data: Folder) -> None:
    data.bytes("positions", lambda content: content + b"\xff")


def no_tables(data: Folder) -> None:
    for table in MODELS:
        data.file(table).unlink()


def another_package(data: Folder) -> None:
    (data.path / "datapackage.json").write_text('{"resources": [{}]}')


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (broken_line, "cannot compare .*positions.csv: line 3 has not as many cells"),
        (doubled_key, "line 80 has the key of another row: p001"),
        (no_key, "has no column 'position_id'"),
        (not_utf8, "cannot compare .*positions.csv.*validate"),
        (no_tables, "holds no tables"),
        (another_package, "no data package of this project"),
    ],
)
def test_what_cannot_be_compared_is_an_error(data: Folder, damage, says: str) -> None:  # type: ignore
    damage(data)
    with pytest.raises(gs.GazaStabilizationError, match=says):
        gs.diff("0.2.0", data.path)


@pytest.mark.parametrize("wrong", ["9.9.9", "no/such/folder", "pyproject.toml", "a" * 5000])
def test_an_unknown_version_or_folder_names_those_that_there_are(wrong: str) -> None:
    with pytest.raises(gs.UnknownNameError, match=r"there are: 0\.2\.0"):
        gs.diff(wrong)


def test_a_table_that_only_one_side_has_is_new_or_gone(data: Folder, tmp_path: Path) -> None:
    data.file("retired_ids").unlink()
    assert "retired_ids: new table" in str(gs.diff(data.path, "0.2.0"))
    assert "retired_ids: the table is gone" in str(gs.diff("0.2.0", data.path))
    assert gs.required_bump("0.2.0", data.path) == "major"


def test_columns_come_and_go_with_what_stands_in_them(data: Folder) -> None:
    header, *rows = data.records("actors")
    data.write("actors", [[*header[:-1], "note"], *([*row[:-1], "Made up."] for row in rows)])
    changes = gs.diff("0.2.0", data.path)
    text = str(changes)
    assert "  + column note:  (filled in 57 of the rows that were there before)" in text
    assert "  - column description" in text
    assert changes.tables["actors"].changed == {}
    cells = changes.frame().query("table == 'actors' and change == 'cell changed'")
    assert cells["column"].unique().tolist() == ["note"]
    assert len(cells) == 57


def test_a_snapshot_of_a_released_version_is_that_of_its_package(tmp_path: Path) -> None:
    folder = gs.export("datapackage", tmp_path / "package", version="0.2.0")
    assert snapshot(folder).tables == snapshot("0.2.0").tables
    assert set(snapshot("0.2.0").views) == {"claims", "ties"}
