"""What is committed but derived is what it is derived from; what is said twice is said alike."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import gaza_stabilization as gs
from gaza_stabilization.releases.changelog import sections
from tests.conftest import ROOT

ABOUT = gs.Dataset().tables.about


def test_derived_files_are_up_to_date() -> None:
    script = [sys.executable, str(ROOT / ".ci" / "derive.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_changelog_has_the_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    names = [one.name for one in sections(text)]
    coming = gs.__version__.removesuffix(".dev0")
    assert coming in names or (coming != gs.__version__ and names[0] == "Unreleased")


def test_the_project_file_says_what_the_package_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert ABOUT.description.startswith(project["description"])
    assert project["keywords"] == list(ABOUT.keywords)
    assert project["authors"] == [{"name": ABOUT.contributors}]
    base = {line.split(">")[0].split("[")[0] for line in project["dependencies"]}
    assert base == {"pandas", "pandera", "pydantic"}
