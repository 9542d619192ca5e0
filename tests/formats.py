"""What the tests of the formats share: an export in a format, and cells as comparable text."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from gaza_stabilization.schema.views import VIEWS

import gaza_stabilization as gs
from gaza_stabilization.about import Edition, created
from gaza_stabilization.formats.content import Content
from gaza_stabilization.paths import DATA
from gaza_stabilization.reading.files import FolderFiles
from gaza_stabilization.reading.frame_text import plain
from gaza_stabilization.releases.project import edition_in
from gaza_stabilization.tables.opening import open_folder


def expected(name: str) -> list[tuple[str, ...]]:
    """The rows of a table or flat view as text, as they stand in the CSVs."""
    frame = getattr(gs, name)() if name in VIEWS else gs.load(name)
    return [tuple(map(str, row)) for row in plain(frame).itertuples(index=False)]


def as_text(rows: pd.DataFrame) -> list[tuple[str, ...]]:
    """Rows that a reader gave back, as text: nothing where there is no value."""

    def cell(value: object) -> str:
        if value is None or value is pd.NA or value != value:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        return str(int(value)) if isinstance(value, float) else str(value)

    return [tuple(cell(value) for value in row) for row in rows.astype(object).to_numpy()]


def same_bytes(format: str, tmp_path: Path, **options: object) -> bool:
    """Whether two exports in a format are the same, file by file."""
    folders = [gs.export(format, tmp_path / name, **options) for name in ("one", "two")]  # type: ignore[arg-type]
    files = [dict(FolderFiles(folder)) for folder in folders]
    return files[0] == files[1] and len(files[0]) > 2


def content_of(data: Path = DATA, edition: Edition | None = None) -> Content:
    """What an export of a folder is made of, as of an edition; by default the one in use."""
    known = edition_in(FolderFiles(DATA)) if edition is None else edition
    return Content(open_folder(data, lambda _: known), created(known))
