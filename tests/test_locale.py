"""The command does the same where the system knows ASCII alone, as in many containers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gaza_stabilization as gs
from gaza_stabilization.paths import DATA
from gaza_stabilization.reading.files import FolderFiles

ASCII = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere names are not bytes")


def command(folder: Path, *arguments: str) -> str:
    """What the command prints in a folder; it ends well."""
    done = subprocess.run(
        [sys.executable, "-m", "gaza_stabilization.cli", *arguments],
        capture_output=True,
        cwd=folder,
        env={**os.environ, **ASCII, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose name is not ASCII, with data in it."""
    shutil.copytree(DATA, tmp_path / "Gülşen" / "öz")
    return tmp_path / "Gülşen"


def test_every_format_is_written_to_any_folder(folder: Path) -> None:
    command(folder, "export", "all", "ığ", "--data", "öz")
    expected = FolderFiles(gs.export("all", folder / "expected", data=folder / "öz"))
    assert dict(FolderFiles(folder / "ığ")) == dict(expected)


def test_words_are_looked_for_as_they_were_typed(folder: Path) -> None:
    name = gs.load("actors").query("name.str.contains('ğ')")["name"].iloc[0]
    assert name in command(folder, "find", name)
    text = folder / "metin.txt"
    text.write_text(f"Title\n\nSo says {name}.", encoding="utf-8")
    assert "paragraph 2  start 8" in command(folder, "locate", "metin.txt", name)


def test_data_in_any_folder_are_checked_and_compared(folder: Path) -> None:
    assert command(folder, "validate", "öz").startswith("clean: ")
    assert command(folder, "diff", "öz", "öz").endswith("no differences\n")
    command(folder, "plot", "coverage", "şekil.svg", "--data", "öz")
    assert (folder / "şekil.svg").is_file()
