"""Released versions load, export and are cited as they were, by Python and by the command."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from gaza_stabilization.schema.cells import Code
from gaza_stabilization.schema.issues import Issue
from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.rows import column
from gaza_stabilization.schema.views import VIEWS

import gaza_stabilization as gs
from gaza_stabilization.about import midnight
from gaza_stabilization.reading.files import FolderFiles
from gaza_stabilization.releases.changes import compare
from gaza_stabilization.releases.index import releases, row_counts
from gaza_stabilization.releases.snapshot import open_release
from gaza_stabilization.tables.sums import not_an_export
from tests.conftest import ROOT
from tests.folder import Folder
from tests.project import Project


class Weight(Code):
    """Made up."""

    light = "light", "light", "Made up.", 1
    heavy = "heavy", "heavy", "Made up.", 2


class WithWeight(Issue):
    __doc__ = Issue.__doc__
    weight: Weight = column("Made up.", example="light", since="0.3.0")


class OneMeasure(Code):
    """The kind of measure that a proposition is about."""

    finance = "finance", "finance", "Paying.", 6


class WithFewer(WithWeight):
    __doc__ = Issue.__doc__
    measure: OneMeasure = column("Kind of measure.", example="finance")


def test_three_releases_with_other_columns_and_codes_stay_what_they_were(
    released: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = released.data
    monkeypatch.setitem(MODELS, "issues", WithWeight)
    header, row = data.records("issues")
    data.write("issues", [[*header, "weight"], [*row, "heavy"]])
    released.prepare("0.3.0", says="`issues.weight`")
    released.release("0.3.0")
    monkeypatch.setitem(MODELS, "issues", WithFewer)
    data.delete("relationships", "r002")
    data.write(
        "retired_ids", [data.records("retired_ids")[0], ["r002", "1.0.0", "r001", "Made up."]]
    )
    released.prepare("1.0.0", says="`issues.measure`, `relationships`, `retired_ids`")
    released.release("1.0.0")

    versions = ["0.2.0", "0.3.0", "1.0.0"]
    assert [release.version for release in releases(released.releases)] == versions
    assert released.problems() == []
    frames = [open_release(version, released.releases).frame for version in versions]
    first, second, third = map(released.snapshot, versions)
    assert "weight" not in frames[0]("issues")
    issues = frames[1]("issues")
    assert issues["weight"].tolist() == ["heavy"]
    assert issues["weight"].cat.categories.tolist() == ["light", "heavy"]
    assert "troops" in issues["measure"].cat.categories
    assert frames[2]("issues")["measure"].cat.categories.tolist() == ["finance"]
    assert frames[0]("relationships")["relationship_id"].tolist() == ["r001", "r002"]
    changes = compare(second, third)
    assert changes.bump is not None
    assert changes.bump.name == "major"
    assert ("measure", "troops") in changes.tables["issues"].codes_removed
    assert [row["id"] for row in changes.retired] == ["r002"]
    added = compare(first, second).tables["issues"]
    assert list(added.columns_added) == ["weight"]
    assert added.cells == {("norland-pays",): {"weight": ("", "heavy")}}
    assert added.changed == {}


@pytest.mark.parametrize("version", gs.versions()["version"])
def test_every_released_version_loads_and_exports_as_it_was(tmp_path: Path, version: str) -> None:
    row = next(release for release in releases() if release.version == version)
    counts = row_counts(row)
    assert {table: len(frame) for table, frame in gs.load(version=version).items()} == counts
    assert len(gs.claims(version)) == counts["positions"]
    assert len(gs.ties(version)) == counts["relationships"]
    folder = gs.export("datapackage", tmp_path / "package", version=version)
    assert not_an_export(folder) is None
    with zipfile.ZipFile(ROOT / "releases" / f"gaza-stabilization-{version}.zip") as archive:
        names = archive.namelist()
        assert all((folder / name).read_bytes() == archive.read(name) for name in names)
    assert sorted(names) == list(FolderFiles(folder))
    times = {path.stat().st_mtime for path in folder.rglob("*")}
    assert times == {midnight(row.date).timestamp()}
    assert row.date in gs.cite("cff", version)
    assert f'version: "{version}"\n' in gs.cite("cff", version)


def test_a_released_frame_is_that_of_the_same_tables_in_a_folder(data: Folder) -> None:
    release, folder = gs.release("1.0.0"), gs.Dataset(data.path)
    assert list(release.load()) == list(folder.load())
    for table in (*release.load(), *VIEWS):
        assert release.load(table).equals(folder.load(table)), table
        assert release.load(table).dtypes.to_dict() == folder.load(table).dtypes.to_dict()


def test_archives_do_not_depend_on_a_compressor() -> None:
    for path in (ROOT / "releases").glob("*.zip"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}


def test_a_version_with_data_or_without_being_released_is_refused(tmp_path: Path) -> None:
    with pytest.raises(gs.UsageError, match="leave the data folder out"):
        gs.export("datapackage", tmp_path / "x", data=ROOT / "data", version="0.2.0")
    for call in (gs.load, gs.claims, gs.ties):
        with pytest.raises(gs.UnknownNameError, match=r"released version '9.9.9'; there are: 0.2"):
            call(version="9.9.9")
    assert gs.load("claims", version="0.2.0").equals(gs.claims("0.2.0"))
    with pytest.raises(gs.UnknownNameError, match="did you mean 'actors'"):
        gs.load("actor", version="0.2.0")


@pytest.fixture
def checkout(released: Project) -> Project:
    """A whole checkout of a made-up project, changed since 0.2.0."""
    ignored = shutil.ignore_patterns("__pycache__", "_version.py")
    package = released.version_file.parent
    shutil.copytree(
        ROOT / "src" / "gaza_stabilization", package, ignore=ignored, dirs_exist_ok=True
    )
    shutil.copytree(ROOT / "schema", released.root / "schema", ignore=ignored)
    released.data.set("actors", "norland", name="Nordland")
    released.data.add("relation_types", "holds_office_in", relation="sits_in")
    released.set_version("0.3.0.dev0")
    return released


RUN = """
import contextlib, io, json, sys
from gaza_stabilization.cli import main
outputs = []
for arguments in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(arguments) == 0, arguments
    outputs.append(out.getvalue())
json.dump(outputs, sys.stdout)
"""


def run(project: Project, *commands: str) -> list[str]:
    """What some commands of a checkout print, in one process."""
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps([command.split() for command in commands]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(project.root / "src")},
        cwd=project.root,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outputs: list[str] = json.loads(done.stdout)
    return outputs


def test_every_verb_that_takes_a_version_gives_that_version(checkout: Project) -> None:
    # Booleans stand as they do in the tables.
    kept = checkout.snapshot("0.2.0").tables["relation_types"].rows
    assert {cells["symmetric"] for cells in kept.values()} == {"false"}
    texts = {
        "load actors": "Nordland",
        "load actors --version 0.2.0": "Norland",
        "load claims --version 0.2.0": "Norland",
        "load relation_types --version 0.2.0": ",false,",
        "load --version 0.2.0": "relation_types       2 rows",
        "load": "relation_types       3 rows",
        "cite --version 0.2.0": "(2020)",
        "cite": "(n.d.)",
        "export datapackage package --version 0.2.0": "",
        "diff 0.2.0": "  ~ norland  Norland",
    }
    for text, out in zip(texts.values(), run(checkout, *texts), strict=True):
        assert text in out
    assert ",Norland," in (checkout.root / "package" / "actors.csv").read_text(encoding="utf-8")


def test_the_versions_are_listed_and_the_one_in_use_where_it_is_not_released(
    checkout: Project,
) -> None:
    lines = run(checkout, "versions")[0].splitlines()
    assert lines[0].startswith("0.2.0        2020-01-01")
    assert lines[1].strip() == "Summary of 0.2.0."
    assert lines[2] == "0.3.0.dev0   in use, not released"
    checkout.set_version("0.2.0")
    assert len(run(checkout, "versions")[0].splitlines()) == 2
