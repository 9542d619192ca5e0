"""Stata files: every cell comes back through its label, days are right, losses are counted."""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

import gaza_stabilization as gs
from gaza_stabilization.about import created
from gaza_stabilization.codebooks.lookup import fields_of
from gaza_stabilization.formats import as_stata
from gaza_stabilization.formats.content import Content, Losses
from gaza_stabilization.paths import DATA
from tests.folder import Folder

TABLES = [*gs.load(), "claims", "ties"]
NAMES = [*TABLES, "codebook"]
DATES = {
    "sources": ["published"],
    "statements": ["date"],
    "relationships": ["time_start", "time_end"],
    "claims": ["date"],
    "ties": ["time_start", "time_end", "date"],
}
DAYS = {
    "2024-07": ("2024-07-01", "2024-07-31"),
    "2023": ("2023-01-01", "2023-12-31"),
    "2024-02-29": ("2024-02-29", "2024-02-29"),
    "2024-07/..": ("2024-07-01", ""),
    "": ("", ""),
}
MOMENT = dt.datetime(2020, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
CUT = "variable labels cut to 80 characters; the codebook has them whole"

# As Stata's manual lists them ([U] 11.3), in any case.
STATA_WORDS = (
    "_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip strL using with"
)

R = """
options(scipen = 100)
for (path in list.files(commandArgs(TRUE), pattern = "[.](dta|sav)$", full.names = TRUE)) {
  read <- if (endsWith(path, "dta")) haven::read_dta else haven::read_sav
  frame <- haven::as_factor(read(path))
  frame[] <- lapply(frame, as.character)
  write.csv(frame, paste0(path, ".csv"), row.names = FALSE, na = "", fileEncoding = "UTF-8")
}
"""


def content_of(folder: Path = DATA) -> Content:
    tables = gs.Dataset(folder).tables
    return Content(tables, created(tables.edition))


def loaded(name: str) -> pd.DataFrame:
    """A table, flat view or the codebook, as the package itself gives it."""
    views: dict[str, Callable[[], pd.DataFrame]] = {
        "claims": gs.claims,
        "ties": gs.ties,
        "codebook": gs.codebook,
    }
    return views[name]() if name in views else gs.load(name)


def shown(name: str) -> pd.DataFrame:
    """The cells as a reader shows them: labels of codes, and an empty text without a value."""
    frame = loaded(name)
    text = frame.astype("string").fillna("")
    for column in frame.columns[frame.dtypes == "category"]:
        text[column] = [label_of(name, column, code) for code in frame[column]]
    for column in frame.columns[frame.dtypes == "boolean"]:
        text[column] = text[column].str.lower()
    return text.astype("string")


def codes_of(name: str, column: str) -> list[Any]:
    return list(next(field.codes for field in fields_of(name) if field.name == column) or [])


def label_of(name: str, column: str, value: Any) -> str:
    labels = {code.value: code.label for code in codes_of(name, column)}
    return "" if pd.isna(value) else str(labels[value])


def as_shown(frame: pd.DataFrame, labels: dict[str, dict[Any, str]]) -> pd.DataFrame:
    """What a library read, as texts, each number through the label that it has in the file."""
    text = {
        column: [_shown(cell, labels.get(column, {})) for cell in frame[column]]
        for column in frame.columns
    }
    return pd.DataFrame(text, dtype="string")


def _shown(cell: Any, labels: dict[Any, str]) -> str:
    if pd.isna(cell):
        return ""
    if labels:
        return labels[cell]
    return str(int(cell)) if isinstance(cell, float) else str(cell)


def without_days(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns=added(name))


def added(name: str) -> list[str]:
    return [f"{date}_{which}" for date in DATES.get(name, []) for which in ("earliest", "latest")]


def with_dates(folder: Folder) -> Path:
    """The made-up corpus with dates of every kind."""
    dates = list(DAYS)
    folder.set("sources", "gull-1", published="2024-07/..")
    folder.set("sources", "gull-2", published="2023")
    folder.set("statements", "s001", date=dates[0])
    folder.set("relationships", "r001", time_start="2023", time_end="2024-02-29")
    folder.set("relationships", "r002", time_start="2024-07", time_end="")
    return folder.path


def days_match(frame: pd.DataFrame, names: list[str]) -> set[str]:
    """Compare the days in some columns with those that are known; returns the dates compared."""
    for date in names:
        for text, first, last in zip(
            frame[date], frame[f"{date}_earliest"], frame[f"{date}_latest"], strict=True
        ):
            assert ("" if pd.isna(first) else str(first)) == DAYS[text][0], text
            assert ("" if pd.isna(last) else str(last)) == DAYS[text][1], text
    return {text for date in names for text in frame[date]}


def through_haven(folder: Path) -> dict[str, pd.DataFrame]:
    """Every file of a folder as R's haven reads it, with labels in place of numbers."""
    run_r(R, "haven", folder)
    return {path.name.split(".")[0]: csv_of(path) for path in folder.glob("*.csv")}


def run_r(script: str, package: str, folder: Path) -> None:
    """Run a script in R on a folder; skips the test where R or the package is not installed."""
    program = shutil.which("Rscript")
    asked = [program or "", "-e", f"quit(status = !requireNamespace('{package}', quietly = TRUE))"]
    if program is None or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip(f"Rscript with the package {package} is not installed")
    (folder / "read.R").write_text(script, encoding="utf-8")
    done = subprocess.run(
        [program, folder / "read.R", folder],
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert done.returncode == 0, done.stderr.decode()


def csv_of(path: Path) -> pd.DataFrame:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return pd.DataFrame(rows, columns=header, dtype="string")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Losses]:
    folder = tmp_path_factory.mktemp("stata")
    return folder, as_stata.write(content_of(), folder)


def read(folder: Path, name: str) -> tuple[pd.DataFrame, Any]:
    frame, meta = pyreadstat.read_dta(str(folder / f"{name}.dta"))
    return frame, meta


def test_there_is_one_file_a_table_and_flat_view_and_the_codebook(
    written: tuple[Path, Losses],
) -> None:
    assert sorted(path.name for path in written[0].iterdir()) == sorted(f"{n}.dta" for n in NAMES)


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


def test_opposition_is_minus_one() -> None:
    # So that a number that is altered in the schema does not pass as its own proof.
    numbers = {code.value: code.number for code in codes_of("positions", "stance")}
    assert numbers == {"oppose": -1, "ambivalent": 0, "support": 1}


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_whole_numbers_and_the_rest_is_text(
    written: tuple[Path, Losses], name: str
) -> None:
    frame = pd.read_stata(written[0] / f"{name}.dta", convert_categoricals=False)
    source = loaded(name)
    for column in source.columns:
        text = isinstance(source[column].dtype, pd.StringDtype)
        assert pd.api.types.is_numeric_dtype(frame[column]) == (not text), column
    for column in added(name):
        assert pd.api.types.is_datetime64_dtype(frame[column]), column


@pytest.mark.parametrize("name", NAMES)
def test_names_are_those_of_the_tables_and_stata_takes_them(
    written: tuple[Path, Losses], name: str
) -> None:
    names = list(read(written[0], name)[0].columns)
    assert [variable for variable in names if variable not in added(name)] == list(
        loaded(name).columns
    )
    for date in DATES.get(name, []):
        at = names.index(date)
        assert names[at + 1 : at + 3] == [f"{date}_earliest", f"{date}_latest"]
    assert len({variable.lower() for variable in names}) == len(names)
    for variable in names:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,31}", variable)
        assert variable not in STATA_WORDS.split()


def test_variable_labels_are_there_and_those_that_were_cut_are_counted(
    written: tuple[Path, Losses],
) -> None:
    folder, losses = written
    cut = 0
    for name in TABLES:
        labels = read(folder, name)[1].column_names_to_labels
        whole = {column.name: column.description for column in fields_of(name)}
        for column, label in labels.items():
            base = re.sub("_(earliest|latest)$", "", column) if column in added(name) else column
            text = whole[base]
            if column in added(name):
                which = column.removeprefix(f"{base}_").capitalize()
                text = f"{which} day of `{base}`: {text}"
            assert len(label) <= 80
            if label != text:
                cut += 1
                kept = label.removesuffix(" ...")
                assert kept != label
                assert text.startswith(f"{kept} ")
    assert cut > 0
    assert losses[CUT] == cut


def test_days_of_every_kind_of_date(made_up: Folder, tmp_path: Path) -> None:
    as_stata.write(content_of(with_dates(made_up)), tmp_path)
    seen: set[str] = set()
    for name, names in DATES.items():
        seen |= days_match(read(tmp_path, name)[0], names)
    assert seen == set(DAYS)


@pytest.mark.parametrize("name", list(DATES))
def test_days_in_the_data_begin_as_their_dates_do(written: tuple[Path, Losses], name: str) -> None:
    frame, _ = read(written[0], name)
    for date in DATES[name]:
        for text, first, last in zip(
            frame[date], frame[f"{date}_earliest"], frame[f"{date}_latest"], strict=True
        ):
            start, open_end = text.removesuffix("/.."), text.endswith("/..")
            assert pd.isna(first) == (not text)
            assert pd.isna(last) == (not text or open_end)
            assert not text or str(first).startswith(start)
            assert not text or open_end or str(last).startswith(start)


def test_a_table_without_rows_keeps_its_variables_and_labels(
    made_up: Folder, tmp_path: Path
) -> None:
    as_stata.write(content_of(made_up.path), tmp_path)
    frame, meta = read(tmp_path, "adjudications")
    assert len(frame) == 0
    assert list(frame.columns) == [column.name for column in fields_of("adjudications")]
    assert meta.variable_value_labels["unit"]


def test_letters_survive(written: tuple[Path, Losses]) -> None:
    assert read(written[0], "actors")[0]["name"].str.contains("Erdoğan").any()


def test_a_long_text_stays_whole(made_up: Folder, tmp_path: Path) -> None:
    # Of 2000 characters, but more bytes than a common string variable holds.
    long = "ğ" * 2000
    made_up.set("sources", "gull-1", note=long)
    made_up.set("sources", "gull-2", note="x" * 2045)
    losses = as_stata.write(content_of(made_up.path), tmp_path)
    assert read(tmp_path, "sources")[0]["note"].tolist() == [long, "x" * 2045]
    assert pd.read_stata(tmp_path / "sources.dta")["note"].tolist() == [long, "x" * 2045]
    assert not any("text" in what for what in losses)


def test_the_files_say_what_they_are_and_how_to_cite_them(written: tuple[Path, Losses]) -> None:
    for name in NAMES:
        meta = read(written[0], name)[1]
        assert meta.file_label.startswith(f"gaza-stabilization {gs.__version__}: ")
        assert len(meta.file_label) <= 80
        said = "\n".join(meta.notes)
        for text in (
            gs.cite("apa").strip(),
            "no row is a statement of fact",
            "Creative Commons Attribution 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/",
        ):
            assert text in said


def test_two_runs_give_the_same_bytes_with_the_time_of_the_release(tmp_path: Path) -> None:
    for run in ("one", "two"):
        (tmp_path / run).mkdir()
        as_stata.write(replace(content_of(), moment=MOMENT), tmp_path / run)
    for name in NAMES:
        first = (tmp_path / "one" / f"{name}.dta").read_bytes()
        assert first == (tmp_path / "two" / f"{name}.dta").read_bytes()
        assert b"<timestamp>\x1104 Mar 2020 05:06</timestamp>" in first


def test_where_no_time_is_known_none_is_said(tmp_path: Path) -> None:
    as_stata.write(replace(content_of(), moment=None), tmp_path)
    for name in NAMES:
        assert b"<timestamp>\x00</timestamp>" in (tmp_path / f"{name}.dta").read_bytes()
        frame, meta = read(tmp_path, name)
        got = without_days(name, as_shown(frame, meta.variable_value_labels))
        pd.testing.assert_frame_equal(got, shown(name))
        # This reader follows the map of the file, which says where its parts begin.
        assert len(pd.read_stata(tmp_path / f"{name}.dta")) == len(frame)


def test_losses_are_counted(written: tuple[Path, Losses]) -> None:
    losses = dict(written[1])
    assert losses.pop("keys and rules, which a statistics package does not know") == len(TABLES)
    assert list(losses) == [CUT]


def test_days_before_the_first_of_stata_are_counted(made_up: Folder, tmp_path: Path) -> None:
    made_up.set("relationships", "r001", time_start="0099", time_end="0100")
    losses = as_stata.write(content_of(made_up.path), tmp_path)
    # The earliest and the latest day, in relationships and in ties.
    assert losses["days before 0100-01-01, the first that the format knows"] == 4
    row = read(tmp_path, "relationships")[0].iloc[0]
    assert row["time_start"] == "0099"
    assert pd.isna(row["time_start_earliest"])
    assert str(row["time_end_earliest"]) == "0100-01-01"
