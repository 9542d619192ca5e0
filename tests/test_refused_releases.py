"""A release that does not fit is refused, and changes nothing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

import pytest

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.errors import ReleaseError
from gaza_stabilization.writing import alone
from tests.folder import Folder
from tests.project import EVERYTHING, Project
from tests.test_releasing import correct

Change = Callable[[Project], object]


def invalid(project: Project) -> None:
    correct(project)
    project.data.set("positions", "p001", stance="suport")


def unchanged(project: Project) -> None:
    """Only prepared, as if something had changed."""


def not_utf8(project: Project) -> None:
    correct(project)
    project.changelog.write_bytes(project.changelog.read_bytes() + b"Erdo\xf0an\n")


def without_last_row(project: Project) -> None:
    """As after a bad merge: the archive is there, its row is not."""
    correct(project)
    index = project.releases / "index.csv"
    index.write_text(index.read_text(encoding="utf-8").split("\n")[0] + "\n", encoding="utf-8")
    project.set_version("0.2.0")


def without_table(project: Project) -> None:
    """The table is named in older and newer sections, and not in the one that counts."""
    correct(project)
    project.reword(f"- {EVERYTHING}", "- `issues`")
    with project.changelog.open("a", encoding="utf-8") as file:
        file.write("\n## [0.1.0]\n\n`actors`\n")
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
        (without_table, "0.2.1", ReleaseError, "does not name `actors`"),
        (not_utf8, "0.2.1", gs.InvalidDataError, "a changelog in UTF-8"),
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


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[0.2.1]", "[Unreleased]", r"is missing; its heading is ## \[0.2.1\] - YY"),
        (" - 2020-01-01\n", "\n", "has as date ''; expected a day that exists"),
        ("2020-01-01", "2020-02-30", "has as date '2020-02-30'; expected a day that exists"),
        ("2020-01-01", "2019-12-31", "expected a day from 2020-01-01, the last release"),
        ("2020-01-01", "2206-11-23", "is dated 2206-11-23; expected a day from 2020-01-01"),
        ("Summary of 0.2.1.", "", "as summary ''; expected at most 200 characters: it stands"),
        ("Summary", "Summary " * 26, "expected at most 200 characters"),
    ],
)
def test_a_release_that_the_changelog_announces_otherwise_is_refused(
    released: Project, old: str, new: str, says: str
) -> None:
    released.prepare("0.2.1")
    correct(released)
    released.reword(old, new)
    before = released.files()
    with pytest.raises(ReleaseError, match=says):
        released.release("0.2.1")
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
    released.install()
    with pytest.raises(gs.UsageError, match="not the data folder of a checkout"):
        released.release("0.2.1")


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
    assert main(["release", "0.2.1", "--data", str(released.data.path)]) == 1
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
