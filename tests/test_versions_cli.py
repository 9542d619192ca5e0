"""The command on a made-up project whose released version differs from its tables."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.project import Project


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
    records = released.data.records("relation_types")
    released.data.write("relation_types", records[:2])
    released.set_version("0.3.0.dev0")
    return released


def run(project: Project, *arguments: object) -> str:
    command = [sys.executable, "-m", "gaza_stabilization.cli", *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(project.root / "src")}
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_verb_that_takes_a_version_gives_that_version(
    checkout: Project, tmp_path: Path
) -> None:
    assert "Nordland" in run(checkout, "load", "actors")
    assert "Norland" in run(checkout, "load", "actors", "--version", "0.2.0")
    assert "Norland" in run(checkout, "load", "claims", "--version", "0.2.0")
    # Booleans stand as they do in the tables.
    kept = checkout.snapshot("0.2.0").tables["relation_types"].rows
    assert {cells["symmetric"] for cells in kept.values()} == {"false"}
    assert ",false," in run(checkout, "load", "relation_types", "--version", "0.2.0")
    assert "relation_types       2 rows" in run(checkout, "load", "--version", "0.2.0")
    assert "relation_types       1 rows" in run(checkout, "load")
    assert "(2020)" in run(checkout, "cite", "--version", "0.2.0")
    assert "(n.d.)" in run(checkout, "cite")
    run(checkout, "export", "datapackage", tmp_path / "package", "--version", "0.2.0")
    actors = (tmp_path / "package" / "actors.csv").read_text(encoding="utf-8")
    assert ",Norland," in actors
    assert "  ~ norland  Norland" in run(checkout, "diff", "0.2.0")


def test_the_versions_are_listed_and_the_one_in_use_where_it_is_not_released(
    checkout: Project,
) -> None:
    lines = run(checkout, "versions").splitlines()
    assert lines[0].startswith("0.2.0        2020-01-01")
    assert lines[1].strip() == "Summary of 0.2.0."
    assert lines[2] == "0.3.0.dev0   in use, not released"
    checkout.set_version("0.2.0")
    assert len(run(checkout, "versions").splitlines()) == 2
