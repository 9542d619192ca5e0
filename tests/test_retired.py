"""A retired id answers with what took its place, wherever it is looked up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import gaza_stabilization as gs
from gaza_stabilization import tables
from gaza_stabilization.cli import main
from gaza_stabilization.tables.loading import retired
from gaza_stabilization.tables.provenance import read_evidence
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


def test_it_names_what_stands_for_it_today(retiring: Folder) -> None:
    said = retired("p901", retiring.path)
    # What replaced it was replaced in turn.
    assert said == "p901 was retired in 0.3.0: Two stances in one row. In its place: p001, p002"
    assert str(retired("p903", retiring.path)).endswith("In its place: nothing")
    assert retired("p001", retiring.path) is None


def test_it_names_the_last_version_that_had_the_row(retiring: Folder) -> None:
    retiring.write("retired_ids", [retiring.records("retired_ids")[0], ["p001", *ROWS[2][1:]]])
    said = str(retired("p001", retiring.path))
    last = gs.versions()["version"].iloc[-1]
    assert said.endswith(
        f"In its place: nothing. {last} was the last version with it, in positions"
    )


def test_evidence_of_a_retired_id_says_what_took_its_place(retiring: Folder) -> None:
    with pytest.raises(gs.RetiredIdError, match=r"p902 was retired in 0\.4\.0.*place: p002"):
        read_evidence("p902", retiring.path)


@pytest.fixture
def _package_has_retired(retiring: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the package's own tables be those with retired ids."""
    read = tables.read_rows

    def read_there(model: type, folder: Path = retiring.path) -> list:  # type: ignore[type-arg]
        return read(model, retiring.path)

    monkeypatch.setattr(tables, "read_rows", read_there)


@pytest.mark.usefixtures("_package_has_retired")
@pytest.mark.parametrize("call", [gs.load, gs.rows, gs.evidence])
def test_looked_up_as_a_table_or_a_row(call: Callable[[str], object]) -> None:
    with pytest.raises(gs.RetiredIdError, match="In its place: p001, p002"):
        call("p901")
    with pytest.raises(gs.UnknownNameError):
        call("p999")


def test_a_circle_or_a_damaged_list_ends_in_the_ordinary_answer(retiring: Folder) -> None:
    retiring.set("retired_ids", "p902", replaced_by="p901")
    assert str(retired("p901", retiring.path)).endswith("In its place: p001")
    retiring.bytes("retired_ids", lambda content: content + b"p903,notaversion,p001,x\n\xff\n")
    assert retired("p901", retiring.path) is None
    retiring.file("retired_ids").unlink()
    assert retired("p901", retiring.path) is None


@pytest.mark.usefixtures("_package_has_retired")
def test_described(capsys: pytest.CaptureFixture[str]) -> None:
    assert gs.describe("p901").endswith("In its place: p001, p002")
    assert main(["describe", "p903"]) == 0
    assert "In its place: nothing" in capsys.readouterr().out
    assert main(["evidence", "p903"]) == 2
    assert "In its place: nothing" in capsys.readouterr().err
