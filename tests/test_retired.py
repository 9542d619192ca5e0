"""A retired id answers with what took its place, wherever it is looked up."""

from __future__ import annotations

import pytest

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.releases.retirement import retired_since
from tests.folder import Folder
from tests.project import Project

ROWS = [
    ["p901", "0.3.0", "p001|p902", "Two stances in one row."],
    ["p902", "0.4.0", "p002", "Said twice."],
    ["p903", "0.4.0", "", "Nothing in the text bears it."],
]


@pytest.fixture
def retiring(data: Folder) -> Folder:
    data.write("retired_ids", [data.records("retired_ids")[0], *ROWS])
    assert gs.validate(data.path) == []
    return data


def retired(folder: Folder, id: str) -> str:
    return str(retired_since(gs.Dataset(folder.path).tables, id))


def test_it_names_what_stands_for_it_today(retiring: Folder) -> None:
    # What replaced it was replaced in turn.
    expected = "p901 was retired in 0.3.0: Two stances in one row. In its place: p001, p002"
    assert retired(retiring, "p901") == expected
    assert retired(retiring, "p903").endswith("In its place: nothing")
    assert retired(retiring, "p001") == "None"


def test_it_names_the_last_version_of_its_own_project_that_had_the_row(released: Project) -> None:
    row = ["p001", "0.3.0", "", "Said twice."]
    released.data.write("retired_ids", [released.data.records("retired_ids")[0], row])
    sentence = "p001 was retired in 0.3.0: Said twice. In its place: nothing"
    assert retired(released.data, "p001") == (
        f"{sentence}. 0.2.0 was the last version with it, in positions"
    )
    alone = Folder(released.root / "draft")
    alone.copy(released.data.path)
    assert retired(alone, "p001") == sentence


@pytest.mark.parametrize("where", ["retiring", "package"])
def test_a_folder_that_stands_alone_is_not_answered_from_the_releases_that_ship(
    request: pytest.FixtureRequest, where: str
) -> None:
    folder: Folder = request.getfixturevalue(where)  # Its p001 is another row than that of 1.0.0.
    folder.write("retired_ids", [folder.records("retired_ids")[0], ["p001", *ROWS[2][1:]]])
    dataset = gs.Dataset(folder.path)
    assert dataset.describe("p001").endswith("In its place: nothing")
    with pytest.raises(gs.RetiredIdError, match=r"In its place: nothing$"):
        dataset.evidence("p001")


def test_the_data_that_ship_are_answered_from_the_releases_that_ship() -> None:
    retired = set(gs.load("retired_ids")["id"])
    ids = retired & set(gs.load("relationships", version="0.2.0")["relationship_id"])
    assert ids
    last = gs.release("1.0.0").load("relationships")["relationship_id"]
    for id in ids - set(last):
        assert gs.describe(id).endswith("0.2.0 was the last version with it, in relationships")


@pytest.mark.parametrize("verb", ["load", "rows", "evidence"])
def test_looked_up_as_a_table_or_a_row(retiring: Folder, verb: str) -> None:
    ask = getattr(gs.Dataset(retiring.path), verb)
    with pytest.raises(gs.RetiredIdError, match="In its place: p001, p002"):
        ask("p901")
    with pytest.raises(gs.UnknownNameError):
        ask("p999")


def test_a_circle_or_a_damaged_list_ends_in_the_ordinary_answer(retiring: Folder) -> None:
    retiring.set("retired_ids", "p902", replaced_by="p901")
    assert retired(retiring, "p901").endswith("In its place: p001")
    retiring.bytes("retired_ids", lambda content: content + b"p903,notaversion,p001,x\n\xff\n")
    assert retired(retiring, "p901") == "None"
    retiring.file("retired_ids").unlink()
    assert retired(retiring, "p901") == "None"


def test_described(capsys: pytest.CaptureFixture[str], retiring: Folder) -> None:
    there = ["--data", str(retiring.path)]
    assert gs.Dataset(retiring.path).describe("p901").endswith("In its place: p001, p002")
    assert main(["describe", "p903", *there]) == 0
    assert "In its place: nothing" in capsys.readouterr().out
    assert main(["evidence", "p903", *there]) == 2
    assert "In its place: nothing" in capsys.readouterr().err
