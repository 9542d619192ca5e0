"""Making a release: refused unless everything fits, whole or resumable wherever it is killed."""

from __future__ import annotations

import io
import itertools
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from gaza_stabilization.schema.cells import Code
from gaza_stabilization.schema.issues import Issue
from gaza_stabilization.schema.rows import column
from gaza_stabilization.schema.tables import MODELS

import gaza_stabilization as gs
from gaza_stabilization.about import midnight
from gaza_stabilization.cli import main
from gaza_stabilization.errors import ReleaseError
from gaza_stabilization.formats.datapackage import not_earlier
from gaza_stabilization.history.changes import compare
from gaza_stabilization.history.index import edition, releases, row_counts
from gaza_stabilization.tables import frame_of
from gaza_stabilization.writing import alone
from tests.conftest import ROOT
from tests.folder import Folder
from tests.project import EVERYTHING, Project

Change = Callable[[Project], object]


def correct(project: Project) -> None:
    project.data.set("actors", "norland", description="Made-up state in the north.")


def test_a_release_keeps_the_package_whole_and_says_so_everywhere(project: Project) -> None:
    project.prepare("0.2.0")
    made = project.release("0.2.0")
    assert (made.release.version, made.release.date, made.completed) == (
        "0.2.0",
        "2020-01-01",
        False,
    )
    assert made.release.summary == "Summary of 0.2.0."
    assert releases(project.releases) == [made.release]
    counts = {table: len(project.data.records(table)) - 1 for table in MODELS}
    assert row_counts(made.release) == counts
    assert 'VERSION = "0.2.0"' in project.version_file.read_text(encoding="utf-8")
    assert project.problems() == []
    with zipfile.ZipFile(project.releases / "gaza-stabilization-0.2.0.zip") as archive:
        archive.extractall(project.root / "unpacked")
        assert {entry.date_time for entry in archive.infolist()} == {(2020, 1, 1, 0, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o644}
        assert {entry.create_system for entry in archive.infolist()} == {3}
    unpacked = project.root / "unpacked"
    assert not_earlier(unpacked) is None  # All sums are right, and nothing is missing.
    assert "Version 0.2.0." in (unpacked / "README.md").read_text(encoding="utf-8")
    for table in MODELS:
        same = (unpacked / f"{table}.csv").read_bytes() == project.data.file(table).read_bytes()
        assert same, table


def test_the_same_tables_give_the_same_archive(
    project: Project, released: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # The day is the changelog's.
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    project.prepare("0.2.0")
    project.release("0.2.0")
    assert project.files() == released.files()


def invalid(project: Project) -> None:
    correct(project)
    project.data.set("positions", "p001", stance="suport")


def unchanged(project: Project) -> None:
    """Only prepared, as if something had changed."""


def undated(project: Project) -> None:
    correct(project)
    text = project.changelog.read_text(encoding="utf-8")
    project.changelog.write_text(text.replace(" - 2020-01-01\n", "\n"), encoding="utf-8")


def misdated(project: Project) -> None:
    correct(project)
    text = project.changelog.read_text(encoding="utf-8")
    project.changelog.write_text(text.replace("2020-01-01", "2020-02-30"), encoding="utf-8")


def dated_before(project: Project) -> None:
    correct(project)
    text = project.changelog.read_text(encoding="utf-8")
    project.changelog.write_text(text.replace("2020-01-01", "2019-12-31", 1), encoding="utf-8")


def dated_ahead(project: Project) -> None:
    correct(project)
    text = project.changelog.read_text(encoding="utf-8")
    project.changelog.write_text(text.replace("2020-01-01", "2206-11-23", 1), encoding="utf-8")


def not_utf8(project: Project) -> None:
    correct(project)
    project.changelog.write_bytes(project.changelog.read_bytes() + b"Erdo\xf0an\n")


def without_last_row(project: Project) -> None:
    """As after a bad merge: the archive is there, its row is not."""
    correct(project)
    index = project.releases / "index.csv"
    index.write_text(index.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    project.set_version("0.2.0")


def without_summary(project: Project) -> None:
    correct(project)
    text = project.changelog.read_text(encoding="utf-8")
    project.changelog.write_text(text.replace("Summary of 0.2.1.", ""), encoding="utf-8")


def with_long_summary(project: Project) -> None:
    correct(project)
    text = project.changelog.read_text(encoding="utf-8")
    project.changelog.write_text(text.replace("Summary", "Summary " * 26), encoding="utf-8")


def without_section(project: Project) -> None:
    correct(project)
    text = project.changelog.read_text(encoding="utf-8")
    project.changelog.write_text(text.replace("[0.2.1]", "[Unreleased]"), encoding="utf-8")


def without_table(project: Project) -> None:
    correct(project)
    text = project.changelog.read_text(encoding="utf-8")
    text = text.replace(f"- {EVERYTHING}", "- `issues`", 1)
    project.changelog.write_text(f"{text}\n## [0.1.0]\n\n`actors`\n", encoding="utf-8")
    project.say("## [Unreleased]\n\n- `actors`\n")


def with_altered_archive(project: Project) -> None:
    correct(project)
    (project.releases / "gaza-stabilization-0.2.0.zip").write_bytes(b"")


def with_more(project: Project) -> None:
    project.data.add("issues", "norland-pays", issue_id="norland-stays")
    project.set_version("0.3.0.dev0")


def preparing_another(project: Project) -> None:
    correct(project)
    project.set_version("0.3.0.dev0")


@pytest.mark.parametrize(
    ("change", "version", "error", "says"),
    [
        (invalid, "0.2.1", gs.InvalidDataError, r"positions.csv:2:stance code: found 'suport'"),
        (with_altered_archive, "0.2.1", gs.InvalidDataError, "zip archive: found 'e3b0c44298"),
        (without_last_row, "0.2.0", gs.InvalidDataError, "found '0.2.0'; expected 0.2.0.dev0"),
        (unchanged, "0.2.1", ReleaseError, "nothing changed since 0.2.0"),
        (correct, "0.3.0", ReleaseError, "actors: 1 row changed, so it is 0.2.1, not 0.3.0"),
        (with_more, "0.2.1", ReleaseError, "issues: 1 row added, so it is 0.3.0, not 0.2.1"),
        (preparing_another, "0.2.1", ReleaseError, "prepares 0.3.0, not 0.2.1"),
        (without_section, "0.2.1", ReleaseError, r"is missing; its heading is ## \[0.2.1\] - YY"),
        (without_table, "0.2.1", ReleaseError, "does not name `actors`"),
        (undated, "0.2.1", ReleaseError, "has as date ''; expected a day that exists"),
        (misdated, "0.2.1", ReleaseError, "has as date '2020-02-30'; expected a day that exists"),
        (dated_before, "0.2.1", ReleaseError, "expected a day from 2020-01-01, the last release"),
        (dated_ahead, "0.2.1", ReleaseError, "is dated 2206-11-23; expected a day from 2020-01-01"),
        (not_utf8, "0.2.1", gs.InvalidDataError, "a changelog in UTF-8"),
        (
            without_summary,
            "0.2.1",
            ReleaseError,
            "as summary ''; expected at most 200 characters: it stands",
        ),
        (with_long_summary, "0.2.1", ReleaseError, "expected at most 200 characters"),
        (correct, "0.2.0", ReleaseError, "0.2.0 is released already"),
        (correct, "0.2", gs.UsageError, "'0.2' is no version"),
        (correct, "0.2.1.dev0", gs.UsageError, "expected three numbers"),
    ],
)
def test_a_release_that_does_not_fit_is_refused_and_changes_nothing(
    released: Project, change: Change, version: str, error: type[Exception], says: str
) -> None:
    released.prepare("0.2.1")
    change(released)
    before = released.files()
    with pytest.raises(error, match=says):
        released.release(version)
    assert released.files() == before


def test_what_follows_a_release_does_not_undo_it(released: Project) -> None:
    correct(released)
    released.prepare("0.2.1")
    with pytest.raises(ReleaseError, match="released already"):
        released.release("0.2.0")
    assert "0.2.1.dev0" in released.version_file.read_text(encoding="utf-8")


def test_only_the_last_version_is_completed(released: Project) -> None:
    correct(released)
    released.prepare("0.2.1")
    released.release("0.2.1")
    released.set_version("0.2.0.dev0")
    before = released.files()
    with pytest.raises(ReleaseError, match=r"0\.2\.0 is released already"):
        released.release("0.2.0")
    assert released.files() == before


def test_a_release_whose_archive_is_damaged_is_not_completed(released: Project) -> None:
    released.set_version("0.2.0.dev0")
    (released.releases / "gaza-stabilization-0.2.0.zip").write_bytes(b"")
    before = released.files()
    with pytest.raises(gs.InvalidDataError, match="is damaged"):
        released.release("0.2.0")
    assert released.files() == before


def test_another_folder_beside_the_data_is_not_released(released: Project) -> None:
    correct(released)
    released.prepare("0.2.1")
    shutil.copytree(released.data.path, released.root / "data2")
    with pytest.raises(gs.UsageError, match="not the data folder of a checkout"):
        Project(Folder(released.root / "data2")).release("0.2.1")


def test_only_a_checkout_can_be_released(released: Project, made_up: Folder) -> None:
    with pytest.raises(gs.UsageError, match="not the data folder of a checkout"):
        Project(made_up).release("0.2.1")
    released.version_file.rename(released.root / "_version.py")  # As it lies in site-packages.
    with pytest.raises(gs.UsageError, match="not the data folder of a checkout"):
        released.release("0.2.1")


def test_the_command_says_what_it_did_and_what_comes_next(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["release", "0.2.0", str(project.data.path)]
    assert main(arguments) == 2
    assert "not the data folder of a checkout" in capsys.readouterr().err
    project.prepare("0.2.0")
    assert main(arguments) == 0
    out = capsys.readouterr().out
    assert out.startswith("released: 0.2.0, 2020-01-01, SHA-256 ")
    assert "derive.py" in out


class Weight(Code):
    """Made up."""

    light = "light", "light", "Made up."
    heavy = "heavy", "heavy", "Made up."


class WithWeight(Issue):
    __doc__ = Issue.__doc__
    weight: Weight = column("Made up.", example="light", since="0.3.0")


class OneMeasure(Code):
    """The kind of measure that a proposition is about."""

    finance = "finance", "finance", "Paying."


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

    assert [one.version for one in releases(released.releases)] == ["0.2.0", "0.3.0", "1.0.0"]
    assert released.problems() == []
    first, second, third = map(released.snapshot, ["0.2.0", "0.3.0", "1.0.0"])
    assert "weight" not in frame_of(first.tables["issues"])
    issues = frame_of(second.tables["issues"])
    assert issues["weight"].tolist() == ["heavy"]
    assert issues["weight"].cat.categories.tolist() == ["light", "heavy"]
    assert "troops" in issues["measure"].cat.categories
    assert frame_of(third.tables["issues"])["measure"].cat.categories.tolist() == ["finance"]
    assert frame_of(first.tables["relationships"])["relationship_id"].tolist() == ["r001", "r002"]
    changes = compare(second, third)
    assert changes.bump is not None
    assert changes.bump.name == "major"
    assert ("measure", "troops") in changes.tables["issues"].codes_removed
    assert [row["id"] for row in changes.retired] == ["r002"]
    added = compare(first, second).tables["issues"]
    assert list(added.columns_added) == ["weight"]
    assert added.filled == {"weight": {("norland-pays",): "heavy"}}
    assert added.changed == {}


KILLED = """
import os, signal, sys
from pathlib import Path
from gaza_stabilization.releasing import make_release
project, moment = Path(sys.argv[1]), int(sys.argv[2])
writes = []
def kill(event, arguments):
    # Whatever changes a file of the project: opening to write, renaming, deleting.
    paths = [os.fsdecode(one) for one in arguments[:2] if isinstance(one, (str, bytes))]
    writing = event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+")
    if writing or event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir"):
        if any(Path(path).is_relative_to(project) for path in paths):
            if len(writes) == moment:
                os.kill(os.getpid(), signal.SIGKILL)
            writes.append(event)
sys.addaudithook(kill)
make_release("0.2.1", project / "data")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_before_any_write_a_rerun_completes_the_release(
    released: Project, tmp_path: Path
) -> None:
    correct(released)
    released.prepare("0.2.1")
    before = set(released.files())
    shutil.copytree(released.root, tmp_path / "whole")
    whole = Project(Folder(tmp_path / "whole" / "data"))
    whole.release("0.2.1")
    states = []
    for moment in itertools.count():
        root = tmp_path / f"killed-{moment}"
        shutil.copytree(released.root, root)
        project = Project(Folder(root / "data"))
        command = [sys.executable, "-c", KILLED, str(root), str(moment)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            assert project.files() == whole.files()
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        # Nothing that was there is gone or half written, and the version comes last.
        assert before <= set(project.files())
        assert project.version_file.read_bytes() == released.version_file.read_bytes()
        index = [one.version for one in releases(project.releases)]
        states.append((index, sorted({one.rule for one in project.problems()})))
        assert project.release("0.2.1").release.version == "0.2.1"
        assert project.files() == whole.files()
    # Before opening and before renaming each of archive, index and version file.
    assert states == [
        (["0.2.0"], []),
        (["0.2.0"], ["unfinished-release"]),
        (["0.2.0"], ["unfinished-release"]),
        (["0.2.0"], ["unfinished-release"]),
        (["0.2.0", "0.2.1"], ["version"]),
        (["0.2.0", "0.2.1"], ["version"]),
    ]


def test_an_archive_that_is_not_what_would_be_released_is_never_replaced(
    released: Project,
) -> None:
    without_last_row(released)
    released.set_version("0.2.0.dev0")
    before = released.files()
    with pytest.raises(ReleaseError, match="restore the index from the project's history"):
        released.release("0.2.0")
    assert released.files() == before


@pytest.mark.skipif(sys.platform == "win32", reason="there is no lock")
def test_two_releases_at_once_are_one(released: Project) -> None:
    correct(released)
    released.prepare("0.2.1")
    before = released.files()
    with (
        alone(released.releases, "a release"),
        pytest.raises(gs.DestinationError, match="another process is at a release"),
    ):
        released.release("0.2.1")
    assert released.files() == before
    assert released.release("0.2.1").release.version == "0.2.1"


def test_a_refusal_shows_each_problem_on_a_line(
    released: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    invalid(released)
    assert main(["release", "0.2.1", str(released.data.path)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "gaza-stabilization: not released, since the tables are not valid:"
    assert any("positions.csv:2:stance code" in line for line in lines)


def test_what_another_release_left_is_not_deleted(released: Project) -> None:
    stray = released.releases / "gaza-stabilization-0.9.0.zip"
    stray.write_bytes(b"somebody's")
    correct(released)
    released.prepare("0.2.1")
    with pytest.raises(gs.InvalidDataError, match="unfinished-release"):
        released.release("0.2.1")
    assert stray.read_bytes() == b"somebody's"


@pytest.mark.parametrize("version", gs.versions()["version"])
def test_every_released_version_loads_and_exports_as_it_was(tmp_path: Path, version: str) -> None:
    row = next(one for one in releases() if one.version == version)
    counts = row_counts(row)
    assert {table: len(frame) for table, frame in gs.load(version=version).items()} == counts
    assert len(gs.claims(version)) == counts["positions"]
    assert len(gs.ties(version)) == counts["relationships"]
    folder = gs.export("datapackage", tmp_path / "package", version=version)
    assert not_earlier(folder) is None
    with zipfile.ZipFile(ROOT / "releases" / f"gaza-stabilization-{version}.zip") as archive:
        names = archive.namelist()
        assert all((folder / name).read_bytes() == archive.read(name) for name in names)
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    times = {path.stat().st_mtime for path in folder.iterdir()}
    assert times == {midnight(row.date).timestamp()}
    assert edition(version).released in gs.cite("cff", version)
    assert f"version: {version}\n" in gs.cite("cff", version)


def test_a_released_frame_has_the_dtypes_of_a_loaded_one() -> None:
    version = gs.versions()["version"].iloc[-1]
    if gs.diff(version):
        pytest.skip(f"the tables have changed since {version}")
    for table, frame in gs.load(version=version).items():
        assert frame.equals(gs.load(table)), table
        assert frame.dtypes.to_dict() == gs.load(table).dtypes.to_dict()
    for view in (gs.claims, gs.ties):
        assert view(version).dtypes.to_dict() == view().dtypes.to_dict()
        assert view(version).equals(view())


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
    with pytest.raises(gs.UsageError, match=r"call claims\(\)"):
        gs.load("claims", version="0.2.0")
    with pytest.raises(gs.UnknownNameError, match="did you mean 'actors'"):
        gs.load("actor", version="0.2.0")
