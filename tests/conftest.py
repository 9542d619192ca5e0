"""What the tests share: released tables to break, made-up corpora, the article if here."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from gaza_stabilization.schema.views import VIEWS

import gaza_stabilization as gs
from gaza_stabilization.about import ABOUT
from gaza_stabilization.paths import DATA
from gaza_stabilization.releases.archive import archived
from tests.folder import Folder
from tests.made_up import write_made_up
from tests.project import Project, start_project

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def unpack(version: str, path: Path) -> Folder:
    """The tables and raw codings of a release in a new folder; no later version alters them."""
    documents = {"README.md", "CODEBOOK.md", "SHA256SUMS", "datapackage.json"}
    for name, content in archived(version).items():
        if name not in documents and name.removesuffix(".csv") not in VIEWS:
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content)
    return Folder(path)


@pytest.fixture(scope="session")
def _unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = unpack("1.0.0", tmp_path_factory.mktemp("released") / "data")
    shutil.copy(DATA / ABOUT, folder.path)  # No release so far had one.
    return folder.path


@pytest.fixture
def data(_unpacked: Path, tmp_path: Path) -> Folder:
    """The tables and raw codings of 1.0.0, whose rows are known, for a test to break."""
    folder = Folder(tmp_path / "data")
    folder.copy(_unpacked)
    return folder


@pytest.fixture(scope="session")
def _exported_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gs.export("datapackage", tmp_path_factory.mktemp("exported") / "package")


@pytest.fixture
def package(_exported_once: Path, tmp_path: Path) -> Folder:
    """The exported data package of the data that ship, which a test may break."""
    shutil.copytree(_exported_once, tmp_path / "package")
    return Folder(tmp_path / "package")


@pytest.fixture
def kept(tmp_path: Path) -> Folder:
    """The tables of 0.2.0, which have another schema."""
    return unpack("0.2.0", tmp_path / "kept")


@pytest.fixture
def changed(kept: Folder) -> Folder:
    """The kept tables with a cell corrected, a row gone and retired, and a row come."""
    kept.set("positions", "p003", holder_id="hamas", stance="oppose")
    cells = kept.records("relationships")[10]
    kept.delete("relationships", cells[0])
    retired = [cells[0], "9.0.0", "r011", "Said twice."]
    kept.write("retired_ids", [kept.records("retired_ids")[0], retired])
    kept.add("issues", kept.last("issues"), issue_id="zz-new", proposition="A *new* <issue>")
    return kept


@pytest.fixture
def made_up(tmp_path: Path) -> Folder:
    """A small corpus of two made-up texts, whose text is known: `texts/one.txt`, `two.txt`."""
    return write_made_up(tmp_path)


@pytest.fixture
def project(made_up: Folder) -> Project:
    """A made-up project of which nothing was released yet, around a small corpus."""
    return start_project(made_up)


@pytest.fixture(scope="session")
def _released_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = start_project(write_made_up(tmp_path_factory.mktemp("released")))
    project.prepare("0.2.0")
    project.release("0.2.0")
    return project.root


@pytest.fixture
def released(_released_once: Path, tmp_path: Path) -> Project:
    """A made-up project whose version 0.2.0 is released."""
    shutil.copytree(_released_once, tmp_path / "released")
    return Project(Folder(tmp_path / "released" / "data"))


@pytest.fixture
def article() -> Path:
    """The coded article, where a copy is: in the shared folder or GAZA_STABILIZATION_SOURCE."""
    named = os.environ.get("GAZA_STABILIZATION_SOURCE")
    path = Path(named) if named else SHARED / "source" / "article.txt"
    if not path.is_file():
        pytest.skip(
            "the article is in copyright and not part of the project; "
            "set GAZA_STABILIZATION_SOURCE to a copy to check every digest"
        )
    return path
