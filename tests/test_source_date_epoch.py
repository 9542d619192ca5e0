"""Any whole seconds in SOURCE_DATE_EPOCH make an export, dated as near as its format can."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pyreadstat
import pytest

import gaza_stabilization as gs
from gaza_stabilization.checks.exporting import write_export
from gaza_stabilization.formats.registry import MODULES
from gaza_stabilization.tables.folder import Tables
from tests.made_up import write_made_up

ZIP_FIRST, ZIP_LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)
# The seconds, and what a ZIP and the header of an SPSS file say.
TIMES = {
    "0": (ZIP_FIRST, "1970-01-01 00:00:00"),
    "1": (ZIP_FIRST, "1970-01-01 00:00:01"),
    "315532799": (ZIP_FIRST, "1979-12-31 23:59:59"),
    "1700000000": ((2023, 11, 14, 22, 13, 20), "2023-11-14 22:13:20"),
    "4354819199": (ZIP_LAST, "2038-01-19 03:14:07"),
    "4354819200": (ZIP_LAST, "2038-01-19 03:14:07"),
    "99999999999": (ZIP_LAST, "2038-01-19 03:14:07"),
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """A small corpus, read once."""
    return gs.Dataset(write_made_up(tmp_path_factory.mktemp("corpus")).path).tables


def export(tables: Tables, format: str, folder: Path) -> Path:
    return write_export(tables, format, folder, {})


@pytest.mark.parametrize("format", MODULES)
def test_every_format_takes_any_seconds(
    tables: Tables, format: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for epoch in TIMES:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert (export(tables, format, tmp_path / epoch) / "SHA256SUMS").is_file()


@pytest.mark.parametrize("epoch", TIMES)
def test_a_format_says_the_nearest_time_that_it_can_hold(
    tables: Tables, epoch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    (archive,) = export(tables, "csv", tmp_path / "csv").glob("*.zip")
    with zipfile.ZipFile(archive) as opened:
        assert {entry.date_time for entry in opened.infolist()} == {TIMES[epoch][0]}
    folder = export(tables, "spss", tmp_path / "spss")
    _, meta = pyreadstat.read_sav(folder / "actors.sav")
    assert str(meta.creation_time) == TIMES[epoch][1]
