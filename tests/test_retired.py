"""A retired id answers with what took its place, wherever it is looked up."""

from __future__ import annotations

import pytest

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.releases.retirement import retired_since
from tests.folder import Folder

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


def test_it_names_the_last_version_that_had_the_row(retiring: Folder) -> None:
    retiring.write("retired_ids", [retiring.records("retired_ids")[0], ["p001", *ROWS[2][1:]]])
    last = gs.versions()["version"].iloc[-1]
    assert retired(retiring, "p001").endswith(
        f"In its place: nothing. {last} was the last version with it, in positions"
    )


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
