"""The workflows name files that there are, and what is attached to a release is whole."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from gaza_stabilization.schema.models import CODED, MODELS
from gaza_stabilization.schema.table_schema import coding_resource
from gaza_stabilization.schema.views import VIEWS

import gaza_stabilization as gs
from tests.conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def steps(path: Path) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_script_that_a_workflow_runs_is_there(path: Path) -> None:
    commands = [step["run"] for step in steps(path) if "run" in step]
    assert commands
    for name in re.findall(r"(?:\.ci/\w+(?:\.py)?|validate\.py)", "\n".join(commands)):
        assert (ROOT / name).is_file(), name


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a release in it."""
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "one.zip").write_bytes(b"one")
    (tmp_path / "releases" / "index.csv").write_text("version\n1\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "-c", "user.name=n", "-c", "user.email=", "commit", "-qm", "Released")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("two.zip", "two", None),
        ("index.csv", "version\n1\n2\n", None),
        ("one.zip", "other", "one.zip"),
        ("one.zip", None, "one.zip"),
        ("index.csv", "version\n2\n", "rows are only added"),
        ("index.csv", "version\n", "rows are only added"),
    ],
)
def test_history_shows_where_a_release_was_altered(
    repository: Path, name: str, content: str | None, says: str | None
) -> None:
    path = repository / "releases" / name
    if content is None:
        path.unlink()
    else:
        path.write_text(content)
    command = ["bash", str(ROOT / ".ci" / "unaltered"), "HEAD"]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
    assert (done.returncode, says or "") == (1 if says else 0, says or "")
    assert (says or "") in done.stderr


def assets(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / ".ci" / "assets.py", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_tag_of_another_version_attaches_nothing(tmp_path: Path) -> None:
    done = assets("v0.0.1", tmp_path / "out")
    assert done.returncode == 1
    assert f"v{gs.__version__}" in done.stderr
    assert not (tmp_path / "out").exists()


def test_what_is_attached_to_a_release(tmp_path: Path) -> None:
    version = gs.__version__
    if version not in set(gs.versions()["version"]):
        pytest.skip(f"{version} is not released yet, and attaches nothing")
    done = assets(f"v{version}", tmp_path)
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "assets" / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert sorted(sums) == [
        f"gaza-stabilization-{version}-csv.zip",
        f"gaza-stabilization-{version}-datapackage.zip",
        f"gaza_stabilization-{version}-py3-none-any.whl",
        f"gaza_stabilization-{version}.tar.gz",
    ]
    for name, digest in sums.items():
        content = (tmp_path / "assets" / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
    released = gs.versions().set_index("version").loc[version]
    assert sums[f"gaza-stabilization-{version}-datapackage.zip"] == released["sha256"]
    with zipfile.ZipFile(tmp_path / "assets" / f"gaza-stabilization-{version}-csv.zip") as archive:
        tables = {f"{name}.csv" for name in (*MODELS, *VIEWS)}
        codings = {
            f"{coding_resource(coder, table)}.csv"
            for coder in gs.load("coders")["coder_id"]
            for table in CODED
        }
        documents = {"CODEBOOK.md", "LICENSE", "CITATION.cff"}
        assert set(archive.namelist()) == tables | codings | documents
    notes = (tmp_path / "notes.md").read_text(encoding="utf-8")
    assert notes.startswith(released["summary"].split()[0])
    assert f"(Version {version})" in notes
