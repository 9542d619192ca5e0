"""SPSS files: every cell comes back through its label, days are right, losses are counted.

The files are written with pyreadstat, and pyreadstat and R's haven read by the same C library,
ReadStat. R's foreign, which was made from PSPP, is the reader that shares nothing with the writer.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

import gaza_stabilization as gs
from gaza_stabilization.codebooks.lookup import fields_of
from gaza_stabilization.errors import MissingExtraError
from gaza_stabilization.formats import as_spss
from gaza_stabilization.formats.content import Losses
from tests.folder import Folder
from tests.test_as_stata import (
    DATES,
    DAYS,
    MOMENT,
    NAMES,
    TABLES,
    added,
    as_shown,
    codes_of,
    content_of,
    csv_of,
    days_match,
    loaded,
    run_r,
    shown,
    through_haven,
    with_dates,
    without_days,
)

SPSS_WORDS = "all and by eq ge gt le lt ne not or to with"

# Days come as seconds since the beginning of the calendar of SPSS; texts padded with blanks.
R = """
options(scipen = 100)
for (path in list.files(commandArgs(TRUE), pattern = "[.]sav$", full.names = TRUE)) {
  frame <- foreign::read.spss(path, to.data.frame = TRUE, reencode = "UTF-8")
  days <- grepl("_(earliest|latest)$", names(frame))
  frame[days] <- lapply(frame[days], function(x) as.Date(x / 86400, origin = "1582-10-14"))
  frame[] <- lapply(frame, function(x) trimws(as.character(x), "right"))
  write.csv(frame, paste0(path, ".csv"), row.names = FALSE, na = "", fileEncoding = "UTF-8")
}
"""
LONG = {"sources", "codebook"}  # With texts of more than 255 bytes, which foreign breaks up.


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Losses]:
    folder = tmp_path_factory.mktemp("spss")
    return folder, as_spss.write(content_of(), folder)


def read(folder: Path, name: str) -> tuple[pd.DataFrame, Any]:
    frame, meta = pyreadstat.read_sav(str(folder / f"{name}.sav"))
    return frame, meta


def test_there_is_one_file_a_table_and_flat_view_and_the_codebook(
    written: tuple[Path, Losses],
) -> None:
    assert sorted(path.name for path in written[0].iterdir()) == sorted(f"{n}.sav" for n in NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_comes_back_through_the_labels(written: tuple[Path, Losses], name: str) -> None:
    frame, meta = read(written[0], name)
    got = without_days(name, as_shown(frame, meta.variable_value_labels))
    pd.testing.assert_frame_equal(got, shown(name))


def test_haven_reads_the_same_cells(written: tuple[Path, Losses], tmp_path: Path) -> None:
    shutil.copytree(written[0], tmp_path / "files")
    frames = through_haven(tmp_path / "files")
    assert sorted(frames) == sorted(NAMES)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(without_days(name, frame), shown(name))


def test_a_reader_with_another_origin_reads_the_same_cells(
    written: tuple[Path, Losses], tmp_path: Path
) -> None:
    names = [name for name in NAMES if name not in LONG]
    for name in names:
        shutil.copyfile(written[0] / f"{name}.sav", tmp_path / f"{name}.sav")
    run_r(R, "foreign", tmp_path)
    for name in names:
        frame = csv_of(tmp_path / f"{name}.sav.csv")
        pd.testing.assert_frame_equal(without_days(name, frame), shown(name))


def test_a_reader_with_another_origin_reads_the_same_days(made_up: Folder, tmp_path: Path) -> None:
    as_spss.write(content_of(with_dates(made_up)), tmp_path)
    for name in NAMES:
        if name not in DATES:
            (tmp_path / f"{name}.sav").unlink()
    run_r(R, "foreign", tmp_path)
    seen: set[str] = set()
    for name, names in DATES.items():
        seen |= days_match(csv_of(tmp_path / f"{name}.sav.csv"), names)
    assert seen == set(DAYS)


@pytest.mark.parametrize("name", TABLES)
def test_the_numbers_are_those_of_the_schema_also_of_codes_that_no_row_has(
    written: tuple[Path, Losses], name: str
) -> None:
    frame, meta = read(written[0], name)
    source = loaded(name)
    for column in source.columns[source.dtypes == "category"]:
        codes = codes_of(name, column)
        numbers = {code.value: code.number for code in codes}
        assert frame[column].dropna().tolist() == [
            numbers[code] for code in source[column].dropna()
        ]
        assert meta.variable_value_labels[column] == {code.number: code.label for code in codes}


def test_variables_have_the_type_and_measure_of_their_columns(
    written: tuple[Path, Losses],
) -> None:
    meta = read(written[0], "positions")[1]
    assert meta.variable_measure["stance"] == "ordinal"
    assert meta.variable_measure["ascription"] == "nominal"
    assert meta.variable_measure["holder_id"] == "nominal"
    assert meta.original_variable_types["holder_id"].startswith("A")
    assert read(written[0], "relation_types")[1].variable_measure["symmetric"] == "nominal"
    spoken = read(written[0], "statements")[1]
    assert spoken.variable_measure["start"] == "scale"
    assert spoken.original_variable_types["start"] == "F9.0"
    for name in DATES:
        types = read(written[0], name)[1].original_variable_types
        assert {types[column] for column in added(name)} == {"DATE11"}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_those_of_the_tables_and_spss_takes_them(
    written: tuple[Path, Losses], name: str
) -> None:
    names = list(read(written[0], name)[0].columns)
    assert [variable for variable in names if variable not in added(name)] == list(
        loaded(name).columns
    )
    assert len({variable.lower() for variable in names}) == len(names)
    for variable in names:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,63}", variable)
        assert not variable.endswith("_")
        assert variable not in SPSS_WORDS.split()


@pytest.mark.parametrize("name", TABLES)
def test_variable_labels_are_whole(written: tuple[Path, Losses], name: str) -> None:
    labels = read(written[0], name)[1].column_names_to_labels
    for column in fields_of(name):
        assert labels[column.name] == column.description
    for date in DATES.get(name, []):
        assert labels[f"{date}_latest"] == f"Latest day of `{date}`: {labels[date]}"


def test_days_of_every_kind_of_date(made_up: Folder, tmp_path: Path) -> None:
    as_spss.write(content_of(with_dates(made_up)), tmp_path)
    seen: set[str] = set()
    for name, names in DATES.items():
        seen |= days_match(read(tmp_path, name)[0], names)
    assert seen == set(DAYS)


def test_a_table_without_rows_keeps_its_variables_and_labels(
    made_up: Folder, tmp_path: Path
) -> None:
    as_spss.write(content_of(made_up.path), tmp_path)
    frame, meta = read(tmp_path, "adjudications")
    assert len(frame) == 0
    assert list(frame.columns) == [column.name for column in fields_of("adjudications")]
    assert meta.variable_value_labels["unit"]


def test_letters_survive(written: tuple[Path, Losses]) -> None:
    assert read(written[0], "actors")[0]["name"].str.contains("Erdoğan").any()


def test_a_long_text_stays_whole_and_one_that_is_too_long_is_cut_and_counted(
    made_up: Folder, tmp_path: Path
) -> None:
    made_up.set("sources", "gull-1", note="ğ" * 2000)
    made_up.set("sources", "gull-2", note="ğ" * 20_000)
    losses = as_spss.write(content_of(made_up.path), tmp_path)
    # 32,767 bytes are 16,383 such letters and half of one, which must not stay.
    assert read(tmp_path, "sources")[0]["note"].tolist() == ["ğ" * 2000, "ğ" * 16_383]
    assert losses["texts cut to 32767 bytes"] == 1


def test_the_files_say_what_they_are_and_how_to_cite_them(written: tuple[Path, Losses]) -> None:
    for name in NAMES:
        meta = read(written[0], name)[1]
        assert meta.file_label.startswith(f"gaza-stabilization {gs.__version__}: ")
        said = " ".join(meta.notes)
        for text in (
            gs.cite("apa").strip(),
            "no row is a statement of fact",
            "Creative Commons Attribution 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/",
        ):
            assert text in said


def test_a_dataset_may_say_of_itself_in_any_letters_what_it_is(
    made_up: Folder, tmp_path: Path
) -> None:
    # A line of a document has 80 bytes, and a letter up to four of them.
    description = "Türk gazetelerinde Gazze'nin geleceği üzerine ileri sürülen görüşler, " * 3
    title = "各国在战后加沙的角色" * 10
    text = f'name = "{"norland-" * 9}x"\ntitle = "{title}"\ndescription = "{description}"\n'
    (made_up.path / "dataset.toml").write_text(text, encoding="utf-8")
    as_spss.write(content_of(made_up.path), tmp_path)
    meta = read(tmp_path, "actors")[1]
    assert meta.file_label == ("norland-" * 9)[:64]
    assert description.strip() in " ".join(meta.notes)
    assert title in "".join(meta.notes)


def test_two_runs_give_the_same_bytes_with_the_time_of_the_release(tmp_path: Path) -> None:
    for run in ("one", "two"):
        (tmp_path / run).mkdir()
        as_spss.write(replace(content_of(), moment=MOMENT), tmp_path / run)
    for name in NAMES:
        first = (tmp_path / "one" / f"{name}.sav").read_bytes()
        assert first == (tmp_path / "two" / f"{name}.sav").read_bytes()
        assert first[92:109] == b"04 Mar 2005:06:07"
        # Before it stands the number that the packed cells are counted from.
        assert first[84:92] == bytes.fromhex("0000000000005940")
        assert read(tmp_path / "one", name)[1].creation_time == MOMENT.replace(tzinfo=None)


def test_where_no_time_is_known_the_one_that_stands_for_that_is_said(tmp_path: Path) -> None:
    as_spss.write(replace(content_of(), moment=None), tmp_path)
    assert read(tmp_path, "actors")[1].creation_time == dt.datetime(1970, 1, 1)


def test_losses_are_counted(written: tuple[Path, Losses]) -> None:
    assert dict(written[1]) == {
        "keys and rules, which a statistics package does not know": len(TABLES),
    }


def test_days_before_the_first_of_spss_are_counted(made_up: Folder, tmp_path: Path) -> None:
    made_up.set("relationships", "r001", time_start="1099", time_end="1583")
    losses = as_spss.write(content_of(made_up.path), tmp_path)
    # The earliest and the latest day, in relationships and in ties.
    assert losses["days before 1582-10-15, the first that the format knows"] == 4
    row = read(tmp_path, "relationships")[0].iloc[0]
    assert row["time_start"] == "1099"
    assert pd.isna(row["time_start_earliest"])
    assert str(row["time_end_earliest"]) == "1583-01-01"


def test_without_the_library_the_line_to_install_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(MissingExtraError, match=r"gaza-stabilization\[spss\]"):
        as_spss.write(content_of(), tmp_path)
    assert list(tmp_path.iterdir()) == []
