"""The public comparison: of versions, packages and folders, and what cannot be compared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gaza_stabilization.schema.models import MODELS

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.paths import DATA
from gaza_stabilization.releases.markdown import as_markdown
from gaza_stabilization.releases.snapshot import snapshot
from tests.folder import Folder


def test_the_frame_has_one_row_a_difference(changed: Folder) -> None:
    changes = gs.diff("0.2.0", changed.path)
    frame = changes.frame()
    assert frame.columns.tolist() == ["table", "change", "id", "label", "column", "old", "new"]
    cells = frame.query("change == 'cell changed'")
    assert cells[["id", "column", "old", "new"]].values.tolist() == [
        ["p003", "holder_id", "marco-rubio", "hamas"],
        ["p003", "stance", "support", "oppose"],
    ]
    assert [row["id"] for row in changes.retired] == ["r010"]
    assert gs.required_bump("0.2.0", changed.path) == "minor"
    assert not gs.diff("0.2.0", "0.2.0")


def test_one_table_alone(changed: Folder) -> None:
    changes = gs.diff("0.2.0", changed.path, table="positions")
    assert list(changes.tables) == ["positions"]
    assert changes.required_bump == "minor"  # Of the versions, not of what is shown of them.
    with pytest.raises(gs.UnknownNameError, match="did you mean 'positions'"):
        gs.diff("0.2.0", changed.path, table="position")


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


def test_a_package_a_folder_and_the_working_tables_are_the_same(package: Folder) -> None:
    for old, new in [(package.path, None), (DATA, None), (DATA, package.path)]:
        assert not gs.diff(old, new)


def test_the_new_side_may_be_left_out_before_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", str(DATA), "positions"]) == 0
    assert capsys.readouterr().out.endswith("no differences\n")
    assert main(["diff", str(DATA), "position"]) == 2
    assert "did you mean 'positions'" in capsys.readouterr().err


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
        (edited(title=None), True),
        (edited(description=3), False),
        (key_as_text, True),
        (self_reference, True),
        (odd_field(categories=[{"value": "state", "label": None, "description": ""}]), True),
        (odd_field(example=None, description=None), True),
        (edited(schema="schema.json"), False),
        (edited(schema=None), False),
        (edited(path="nothing.csv"), False),
        (edited(path=["actors.csv"]), False),
        (odd_field(type=None, categories=[]), False),
        (odd_field(constraints=None), True),
        (odd_field(constraints=[]), False),
    ],
)
def test_a_package_of_another_form_is_compared_or_refused(
    package: Folder, edit: Callable[[dict[str, Any]], None], readable: bool
) -> None:
    path = package.path / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    edit(described["resources"][0])
    path.write_text(json.dumps(described), encoding="utf-8")
    package.set("actors", "hamas", actor_id="Hamas")
    if readable:
        changes = gs.diff(package.path)
        assert "Hamas" in str(changes)
        assert "Hamas" in as_markdown(changes)
        return
    with pytest.raises(gs.InvalidDataError, match=r"datapackage\.json") as caught:
        gs.diff(package.path)
    assert "Error(" not in str(caught.value)


def test_one_table_still_says_what_its_retired_rows_gave_way_to(changed: Folder) -> None:
    changes = gs.diff("0.2.0", changed.path, table="relationships")
    assert [row["id"] for row in changes.retired] == ["r010"]


def broken_line(kept: Folder) -> None:
    kept.text_line("positions", 3, lambda text: text + ",")


def doubled_key(kept: Folder) -> None:
    kept.add("positions", "p001")


def no_key(kept: Folder) -> None:
    kept.text_line("positions", 1, lambda text: text.replace("position_id", "id"))


def not_utf8(kept: Folder) -> None:
    kept.bytes("positions", lambda content: content + b"\xff")


def no_tables(kept: Folder) -> None:
    for table in MODELS:
        kept.file(table).unlink(missing_ok=True)


def another_package(kept: Folder) -> None:
    (kept.path / "datapackage.json").write_text('{"resources": [{}]}')


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (broken_line, "cannot compare .*positions.csv: line 3: found .12 cells.; expected 11"),
        (doubled_key, "line 80 has the key of another row: p001"),
        (no_key, "line 1: found nothing; expected a column position_id"),
        (not_utf8, "cannot compare .*positions.csv.*validate"),
        (no_tables, "holds no tables"),
        (another_package, "json:version description: found nothing; expected a value"),
    ],
)
def test_what_cannot_be_compared_is_an_error(kept: Folder, damage, says: str) -> None:  # type: ignore
    damage(kept)
    with pytest.raises(gs.GazaStabilizationError, match=says):
        gs.diff("0.2.0", kept.path)


@pytest.mark.parametrize("wrong", ["9.9.9", "no/such/folder", "pyproject.toml", "a" * 5000])
def test_an_unknown_version_or_folder_names_those_that_there_are(wrong: str) -> None:
    with pytest.raises(gs.UnknownNameError, match=r"there are: 0\.2\.0"):
        gs.diff(wrong)


def test_a_table_that_only_one_side_has_is_new_or_gone(kept: Folder, tmp_path: Path) -> None:
    kept.file("retired_ids").unlink()
    assert "retired_ids: new table" in str(gs.diff(kept.path, "0.2.0"))
    assert "retired_ids: the table is gone" in str(gs.diff("0.2.0", kept.path))
    assert gs.required_bump("0.2.0", kept.path) == "major"


def test_columns_come_and_go_with_what_stands_in_them(kept: Folder) -> None:
    header, *rows = kept.records("actors")
    kept.write("actors", [[*header[:-1], "note"], *([*row[:-1], "Made up."] for row in rows)])
    changes = gs.diff("0.2.0", kept.path)
    text = str(changes)
    assert "  + column note:  (filled in 57 of the rows that were there before)" in text
    assert "  - column description" in text
    assert changes.tables["actors"].changed == {}
    cells = changes.frame().query("table == 'actors' and change == 'cell changed'")
    assert cells["column"].unique().tolist() == ["note"]
    assert len(cells) == 57


def test_a_snapshot_of_a_released_version_is_that_of_its_package(tmp_path: Path) -> None:
    folder = gs.export("datapackage", tmp_path / "package", version="0.2.0")
    released, package = (
        snapshot(dataset.tables) for dataset in (gs.release("0.2.0"), gs.Dataset(folder))
    )
    assert package.tables == released.tables
    assert set(released.views) == {"claims", "ties"}


def test_two_codings_differ_in_rows_and_not_in_what_their_columns_hold() -> None:
    release = gs.release("1.0.0")
    assert release.coding("ai-1").diff(release.coding("ai-2")).required_bump == "minor"
