"""Wheel and sdist, installed into a fresh environment, load every table with the network off."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from gaza_stabilization.schema.tables import MODELS

from tests.conftest import ROOT
from tests.folder import Folder

PROBE = """
import socket
def refuse(*_): raise OSError("the network is off")
socket.socket.connect = refuse
import pathlib, sys
import gaza_stabilization as gs
assert pathlib.Path(gs.__file__).is_relative_to(sys.prefix), gs.__file__
tables = gs.load()
assert {name: len(table) for name, table in tables.items()} == COUNTS
assert gs.validate() == []
assert len(gs.claims()) and len(gs.ties()) and gs.codebook() is not None
assert gs.evidence("p001") and gs.find("hamas") is not None and gs.cite()
try:
    import schema
except ImportError:
    pass
else:
    raise AssertionError(f"a top-level module schema was installed: {schema}")
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of a clean copy of the checkout, and the wheel made from that."""
    folder = tmp_path_factory.mktemp("built")
    ignored = shutil.ignore_patterns(".*", "build", "dist", "__pycache__")
    shutil.copytree(ROOT, folder / "copy", ignore=ignored)
    build(folder / "copy", "sdist", folder)
    with tarfile.open(sdist_of(folder)) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    build(unpacked, "wheel", folder)
    return folder


def build(checkout: Path, kind: str, folder: Path) -> None:
    """Build with the backend that is installed here, so that no network is needed."""
    code = f"import hatchling.build as b; b.build_{kind}({str(folder)!r})"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=checkout, capture_output=True)


def wheel_of(folder: Path) -> Path:
    (wheel,) = folder.glob("*.whl")
    return wheel


def sdist_of(folder: Path) -> Path:
    (sdist,) = folder.glob("*.tar.gz")
    return sdist


def test_the_wheel_holds_package_schema_and_data_and_nothing_else(built: Path) -> None:
    names = zipfile.ZipFile(wheel_of(built)).namelist()
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.endswith(".dist-info")} == {"gaza_stabilization"}
    for table in MODELS:
        assert f"gaza_stabilization/data/{table}.csv" in names
    assert "gaza_stabilization/py.typed" in names
    assert "gaza_stabilization/schema/tables.py" in names


def test_the_sdist_holds_what_a_contributor_needs(built: Path) -> None:
    with tarfile.open(sdist_of(built)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"validate.py", "schema/tables.py", "data/actors.csv", "tests/test_data.py"} <= names
    assert not any(name.startswith(("build/", "shared/")) for name in names)


@pytest.mark.parametrize("distribution", [wheel_of, sdist_of])
def test_installed_it_loads_every_table_offline(
    built: Path, tmp_path: Path, distribution: Callable[[Path], Path]
) -> None:
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "new"], check=True)
    scripts = tmp_path / "new" / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    purelib = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = subprocess.run(purelib, capture_output=True, text=True, check=True).stdout.strip()
    # A path file lends the libraries of this environment, without its editable installs.
    Path(site, "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "-q", "--force-reinstall"]
    install = [python, "-m", "pip", "install", *options, distribution(built)]
    subprocess.run(install, check=True)
    counts = {table: len(Folder(ROOT / "data").records(table)) - 1 for table in MODELS}
    probe = [python, "-c", PROBE.replace("COUNTS", repr(counts))]
    done = subprocess.run(probe, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    command = [scripts / "gaza-stabilization", "validate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
