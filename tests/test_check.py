"""A user's own frame against the schema of a table."""

from __future__ import annotations

import pandas as pd
import pytest
from gaza_stabilization.schema.models import MODELS

import gaza_stabilization as gs
from gaza_stabilization.paths import DATA


def problems(frame: pd.DataFrame, table: str = "positions") -> list[str]:
    with pytest.raises(gs.InvalidFrameError) as caught:
        gs.check(frame, table)
    return caught.value.problems


@pytest.mark.parametrize("table", MODELS)
def test_the_package_s_own_frames_pass(table: str) -> None:
    pd.testing.assert_frame_equal(gs.check(gs.load(table), table), gs.load(table))


@pytest.mark.parametrize("table", MODELS)
def test_plain_text_from_a_csv_passes_and_comes_back_typed(table: str) -> None:
    plain = gs.load(table).astype("string").astype(object)
    if table == "relation_types":
        plain["symmetric"] = plain["symmetric"].str.lower()
    pd.testing.assert_frame_equal(gs.check(plain, table), gs.load(table))


def test_bad_cells_are_named_by_the_frame_s_own_index() -> None:
    frame = gs.load("positions").astype("string").set_index(gs.load("positions").index + 100)
    frame.loc[103, "stance"] = "suport"
    frame.loc[104, "holder_id"] = "The Turks"
    frame.loc[105, "issue_id"] = pd.NA
    found = problems(frame)
    assert len(found) == 3
    assert any(one.startswith("row 103, stance: code: found 'suport'") for one in found)
    assert any(one.startswith("row 104, holder_id: id: found 'The Turks'") for one in found)
    assert any(one.startswith("row 105, issue_id: required") for one in found)


def test_columns_are_checked() -> None:
    frame = gs.load("positions").rename(columns={"stance": "stanze"})
    found = problems(frame)
    assert any("did you mean 'stance'" in one for one in found)
    assert any("expected a column stance" in one for one in found)


def test_column_order_is_one_problem() -> None:
    frame = gs.load("positions")
    (found,) = problems(frame[frame.columns[::-1]])
    assert "column-order" in found


def test_repeated_rows_are_named_also_where_the_index_repeats() -> None:
    frame = gs.load("positions")
    found = problems(pd.concat([frame, frame.iloc[:1]]))
    assert {one.split(": ")[1] for one in found} == {"duplicate-key", "order", "two-stances"}


def test_row_rules_are_checked() -> None:
    frame = gs.load("passages")
    frame.loc[4, "end"] = 0
    (found,) = problems(frame, "passages")
    assert found.startswith("row 4, end: reversed-span")


def test_unknown_table_names_the_nearest() -> None:
    with pytest.raises(gs.UnknownNameError, match="'positions'"):
        gs.check(gs.load("positions"), "postions")


def test_an_empty_text_is_an_empty_cell() -> None:
    frame = gs.load("positions").astype("string").fillna("").astype(object)
    pd.testing.assert_frame_equal(gs.check(frame, "positions"), gs.load("positions"))
    frame.loc[3, "holder_id"] = ""
    (found,) = problems(frame)
    assert found.startswith("row 3, holder_id: required")


@pytest.mark.parametrize("number", ["012", "+1", "１", "1e2", "9" * 20, "x", 0, 10**30, 1.5])
def test_numbers_are_spelled_as_in_the_tables(number: object) -> None:
    frame = gs.load("relays").astype(object)
    frame.loc[0, "depth"] = number
    (found,) = problems(frame, "relays")
    assert found.startswith("row 0, depth: number")
    if isinstance(number, str):
        (found,) = problems(frame.astype("string"), "relays")
        assert found.startswith("row 0, depth: number")


def test_whole_floats_are_whole_numbers() -> None:
    frame = gs.load("relays").astype({"depth": float})
    pd.testing.assert_frame_equal(gs.check(frame, "relays"), gs.load("relays"))


def test_booleans_are_spelled_as_in_the_tables() -> None:
    frame = gs.load("relation_types").astype({"symmetric": object})
    frame.loc[0, "symmetric"] = "yes"
    (found,) = problems(frame, "relation_types")
    assert found.startswith("row 0, symmetric: boolean")


def test_words_for_nothing_are_found() -> None:
    frame = gs.load("actors").astype(object)
    frame.loc[2, "description"] = "NA"
    (found,) = problems(frame, "actors")
    assert found.startswith("row 2, description: null-word")


def test_doubled_columns_are_one_problem() -> None:
    frame = gs.load("relays")
    (found,) = problems(pd.concat([frame, frame["depth"]], axis=1), "relays")
    assert found == "depth: doubled-column: expected one column depth"


@pytest.mark.parametrize("thing", [None, "positions", [], {}, gs.load("relays")["depth"]])
def test_what_is_no_frame_is_a_usage_error(thing: object) -> None:
    with pytest.raises(gs.UsageError, match="wants a pandas DataFrame"):
        gs.check(thing, "relays")  # type: ignore[arg-type]


def test_frames_of_another_reader_come_back_as_load_types_them() -> None:
    plain = pd.read_csv(DATA / "positions.csv")
    pd.testing.assert_frame_equal(gs.check(plain, "positions"), gs.load("positions"))


def test_a_line_break_in_a_text_is_found() -> None:
    frame = gs.load("actors")
    frame.loc[2, "description"] = "Two\nlines."
    (found,) = problems(frame, "actors")
    assert found.startswith("row 2, description: white-space")


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("Erdog\u0306an", "not-nfc"),
        ("Ankara ", "white-space"),
        (" Ankara", "white-space"),
        ("two  blanks", "white-space"),
        ("a\u200bb", "hidden-character"),
        ("=1+1", "formula"),
        ("@cmd", "formula"),
        ("N/A", "null-word"),
    ],
)
def test_characters_are_those_that_a_file_may_have(cell: str, rule: str) -> None:
    frame = gs.load("actors")
    frame.loc[3, "name"] = cell
    (found,) = problems(frame, "actors")
    assert found.startswith(f"row 3, name: {rule}")


@pytest.mark.parametrize("name", ["Null", "Nan", "None", "NA"])
def test_somebody_can_be_called_null(name: str) -> None:
    frame = gs.load("actors")
    frame.loc[3, "name"] = name
    assert gs.check(frame, "actors").loc[3, "name"] == name


@pytest.mark.parametrize("table", MODELS)
def test_the_own_file_read_by_pandas_is_no_stranger(table: str) -> None:
    # pandas makes floats of whole numbers beside an empty cell, also of years.
    plain = pd.read_csv(DATA / f"{table}.csv", keep_default_na=False, na_values=[""])
    pd.testing.assert_frame_equal(gs.check(plain, table), gs.load(table))
