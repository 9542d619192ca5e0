"""The made-up news analysis as a whole corpus: text, tables, and two raw codings of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from gaza_stabilization.schema.models import CODED, CODINGS, MODELS
from gaza_stabilization.schema.rows import columns

import gaza_stabilization as gs
from gaza_stabilization.reliability.raw_coding import Coding, coding_of
from tests.folder import Folder

HERE = Path(__file__).parent / "made_up_analysis"
TEXT = HERE / "text.txt"


def write_analysis(root: Path) -> Folder:
    """Write the corpus below `root`; the first coding stands for the published tables."""
    folder = Folder(root / "analysis")
    folder.copy(HERE / "data")
    for table in CODED:
        shutil.copy(folder.path / CODINGS / "ai-1" / f"{table}.csv", folder.file(table))
    for table, model in MODELS.items():
        if not folder.file(table).exists():
            folder.write(table, [[column.name for column in columns(model)]])
    return folder


def coding(folder: Folder, coder: str = "ai-1") -> Folder:
    """The tables of a raw coding."""
    return Folder(folder.path / CODINGS / coder)


def read_coding(name: str | Path) -> Coding:
    """A raw coding of the package's own data by its coder, or that in a folder."""
    return coding_of(name, gs.Dataset().tables)
