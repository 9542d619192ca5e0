"""Making a release: whole, the same bytes each time, resumable wherever it is killed."""

from __future__ import annotations

import itertools
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from gaza_stabilization.schema.models import MODELS

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.releases.index import releases, row_counts
from gaza_stabilization.tables.sums import not_an_export
from tests.folder import Folder
from tests.project import Project


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
    assert not_an_export(unpacked) is None  # All sums are right, and nothing is missing.
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


KILLED = """
import os, signal, sys
from pathlib import Path
from gaza_stabilization.checks.releasing import make_release
project, moment = Path(sys.argv[1]), int(sys.argv[2])
writes = []
def kill(event, arguments):
    # Whatever changes a file of the project: opening to write, renaming, deleting.
    paths = [os.fsdecode(path) for path in arguments[:2] if isinstance(path, (str, bytes))]
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
        index = [release.version for release in releases(project.releases)]
        states.append((index, sorted(project.rules())))
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


def test_the_tables_of_another_checkout_bear_its_version(project: Project, tmp_path: Path) -> None:
    project.prepare("0.2.0")
    assert gs.Dataset(project.data.path).version == "0.2.0.dev0"
    project.release("0.2.0")
    own = gs.Dataset(project.data.path)
    assert own.version == "0.2.0"
    assert "(2020)" in own.cite()
    assert gs.Dataset(own.export("datapackage", tmp_path / "package")).version == "0.2.0"
