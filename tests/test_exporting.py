"""One path for every export: what may be exported, and where to."""

from __future__ import annotations

from pathlib import Path

import pytest

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.errors import DestinationError
from gaza_stabilization.paths import DATA, RELEASES
from gaza_stabilization.releases.archive import archived
from tests.folder import Folder
from tests.project import Project

WAYS = {
    "export": ["export", "datapackage", "{to}", "--data", "{data}"],
    "validate": ["validate", "--data", "{data}", "--export", "{to}"],
}


def export(way: str, data: object, to: Path) -> int:
    return main([word.format(data=data, to=to) for word in WAYS[way]])


def state(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("way", WAYS)
def test_a_release_is_exported_as_it_was(way: str, tmp_path: Path) -> None:
    to = tmp_path / "package"
    released = {to / name: data for name, data in archived("1.0.0").items()}
    other_schema = gs.release("1.0.0").tables.descriptor is not None
    if way == "validate" and other_schema:  # Then it cannot be validated.
        assert export(way, "1.0.0", to) == 2
        assert not to.exists()
    else:
        assert export(way, "1.0.0", to) == 0
        assert state(to) == released


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("coder", ["ai-1", "ai-2"])
def test_a_raw_coding_is_no_data_package(
    way: str, coder: str, data: Folder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(way, data.path / "codings" / coder, tmp_path / "package") == 2
    assert "export the tables around it" in capsys.readouterr().err
    assert not (tmp_path / "package").exists()


PLACES = {
    "itself": "data",
    "inside": "data/export",
    "by dots": "data/codings/../export",
    "in a coding": "data/codings/ai-1/export",
    "by a link": "link/export",
    "above": ".",
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_exported_into_data(way: str, place: str, data: Folder, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(data.path, target_is_directory=True)
    before = state(tmp_path)
    assert export(way, data.path, tmp_path / PLACES[place]) == 2
    assert state(tmp_path) == before


@pytest.mark.parametrize("place", ["data", "data/csv", "."])
def test_an_export_is_not_replaced_by_one_of_itself(place: str, tmp_path: Path) -> None:
    # All of them are earlier exports as they were written, and would be replaced.
    folder = gs.export("csv", tmp_path / "csv").parent / "data"
    gs.export("datapackage", folder)
    before = state(tmp_path)
    with pytest.raises(DestinationError, match="where data are kept"):
        gs.Dataset(folder).export("csv", tmp_path / place)
    assert state(tmp_path) == before


@pytest.mark.parametrize("kept", [DATA, RELEASES])
def test_nothing_is_exported_into_what_ships(kept: Path, data: Folder) -> None:
    before = state(kept)
    for dataset in (gs.Dataset(data.path), gs.release("1.0.0")):
        with pytest.raises(DestinationError, match="where data are kept"):
            dataset.export("datapackage", kept / "export")
    assert state(kept) == before


def test_nothing_is_exported_into_the_releases_of_a_project(released: Project) -> None:
    with pytest.raises(DestinationError, match="where data are kept"):
        gs.Dataset(released.data.path).export("csv", released.releases / "new")


def test_a_release_archive_is_not_replaced(data: Folder) -> None:
    archive = next(RELEASES.glob("*.zip"))
    before = archive.read_bytes()
    with pytest.raises(DestinationError):
        gs.Dataset(data.path).export("csv", archive)
    assert archive.read_bytes() == before


def test_a_text_beside_an_export_is_left_alone(made_up: Folder, tmp_path: Path) -> None:
    text = made_up.path.parent / "texts" / "one.txt"
    before = text.read_bytes()
    for place in (text, text.parent):
        with pytest.raises(DestinationError):
            gs.Dataset(made_up.path).export("csv", place)
    assert text.read_bytes() == before
