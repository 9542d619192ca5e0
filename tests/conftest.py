"""What the tests share: a copy of the data to break, a made-up corpus, the article if here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gaza_stabilization._where import DATA
from tests.folder import Folder
from tests.made_up import write_made_up

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture
def data(tmp_path: Path) -> Folder:
    """A copy of the data that a test may break."""
    folder = Folder(tmp_path / "data")
    folder.copy(DATA)
    return folder


@pytest.fixture
def made_up(tmp_path: Path) -> Folder:
    """A small corpus of two made-up texts, whose text is known: `texts/one.txt`, `two.txt`."""
    return write_made_up(tmp_path)


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
