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
from gaza_stabilization.schema.models import MODELS

from tests.conftest import ROOT
from tests.folder import Folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of a clean copy of the checkout, and the wheel made from that."""
    folder = tmp_path_factory.mktemp("built")
    copy_checkout(folder / "copy")
    build(folder / "copy", "sdist", folder)
    with tarfile.open(sdist_of(folder)) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    build(unpacked, "wheel", folder)
    return folder


def copy_checkout(to: Path) -> None:
    """A clean copy, with other file times than the checkout's."""
    ignored = shutil.ignore_patterns(".*", "build", "dist", "__pycache__")
    shutil.copytree(ROOT, to, ignore=ignored, copy_function=shutil.copy)


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
    for release in (ROOT / "releases").iterdir():
        assert f"gaza_stabilization/released/{release.name}" in names
    assert "gaza_stabilization/py.typed" in names
    assert "gaza_stabilization/schema/models.py" in names


def test_the_sdist_holds_what_a_contributor_needs(built: Path) -> None:
    with tarfile.open(sdist_of(built)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    # Hidden files were left out of the copy that it was built of.
    expected = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    missing = expected - {name.partition("/")[0] for name in names} - {"build", "dist"}
    assert not missing, f"to be named in pyproject.toml: {missing}"
    assert {"validate.py", "schema/models.py", "data/actors.csv", "tests/test_data.py"} <= names
    assert not any(name.startswith(("build/", "shared/")) for name in names)


@pytest.mark.parametrize("distribution", [wheel_of, sdist_of])
def test_installed_it_loads_every_table_offline(
    built: Path,
    tmp_path: Path,
    distribution: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)  # The checkout would come before it.
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
    probe = [python, "-I", ROOT / ".ci" / "probe.py"]  # Whatever PYTHONPATH says.
    done = subprocess.run(probe, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    counts = {table: len(Folder(ROOT / "data").records(table)) - 1 for table in MODELS}
    assert f"{sum(counts.values())} rows in {len(counts)} tables" in done.stdout
    command = [scripts / "gaza-stabilization", "validate"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_everything_that_is_made_is_the_same_bytes_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")
    made = []
    for name, zone in (("one", "UTC"), ("two", "Asia/Tokyo")):
        monkeypatch.setenv("TZ", zone)
        folder = tmp_path / name
        copy_checkout(folder / "checkout")
        for kind in ("sdist", "wheel"):
            build(folder / "checkout", kind, folder)
        code = (
            "import pathlib, sys; import gaza_stabilization as gs;"
            "from gaza_stabilization.releases.archive import pack;"
            "from gaza_stabilization.reading.files import FolderFiles;"
            "from gaza_stabilization.about import created, Edition;"
            "folder = pathlib.Path(sys.argv[1]);"
            "gs.export('datapackage', folder / 'package');"
            "moment = created(Edition('9.9.9', None));"
            "files = FolderFiles(folder / 'package');"
            "(folder / 'release.zip').write_bytes(pack(files, moment))"
        )
        source = folder / "checkout" / "src"
        command = [sys.executable, "-c", code, folder]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(source)})
        shutil.rmtree(folder / "checkout")
        files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        made.append(
            {path.relative_to(folder): (path.read_bytes(), path.stat().st_mtime) for path in files}
        )
    assert {path.suffix for path in made[0]} >= {".whl", ".gz", ".zip", ".json", ".csv"}
    for path, (content, changed) in made[0].items():
        assert made[1][path][0] == content, f"{path} differs"
        if path.parts[0] == "package":
            assert made[1][path][1] == changed == 1_900_000_000
    assert made[0].keys() == made[1].keys()
