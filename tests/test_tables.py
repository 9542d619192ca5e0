"""Loading tables as frames and as rows."""

from __future__ import annotations

import pandas as pd
import pytest
from gaza_stabilization.schema.cells import Code, Scale
from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.rows import columns
from pydantic import ValidationError

import gaza_stabilization as gs


def test_load_without_a_name_is_every_table_in_key_order() -> None:
    assert list(gs.load()) == list(MODELS)


@pytest.mark.parametrize("table", MODELS)
def test_dtypes_are_those_of_the_schema(table: str) -> None:
    frame = gs.load(table)
    assert list(frame.columns) == [column.name for column in columns(MODELS[table])]
    for column in columns(MODELS[table]):
        values = frame[column.name]
        if column.codes is not None and column.datatype == "code":
            assert list(values.cat.categories) == [code.value for code in column.codes]
        elif column.datatype == "integer":
            assert values.dtype == "Int64"
        elif column.datatype == "boolean":
            assert values.dtype == "boolean"
        else:
            assert values.dtype == "string"


def test_scales_are_ordered() -> None:
    positions = gs.load("positions")
    assert (positions["intensity"] > "reserved").sum() < len(positions)
    assert positions["certainty"].max() == "high"
    assert not positions["ascription"].cat.ordered


def test_empty_cells_are_na_and_words_stay_words() -> None:
    sources = gs.load("sources", "1.0.0")
    assert pd.isna(sources.loc[0, "title"])
    assert sources.loc[0, "source_id"] == "jns-sherman"


def test_frames_belong_to_the_caller() -> None:
    frame, before = gs.load("actors"), gs.load("actors")
    frame.loc[:, "name"] = "changed"
    pd.testing.assert_frame_equal(gs.load("actors"), before)


def test_unknown_table_names_the_nearest() -> None:
    with pytest.raises(gs.UnknownNameError, match="did you mean 'positions'"):
        gs.load("position")
    with pytest.raises(gs.UnknownNameError, match="'actors'"):
        gs.rows("actor")


@pytest.mark.parametrize("table", MODELS)
def test_rows_and_frame_say_the_same(table: str) -> None:
    frame = gs.load(table)
    rows = gs.rows(table)
    assert len(rows) == len(frame)
    for row, (_, record) in zip(rows, frame.iterrows(), strict=True):
        for name, value in record.items():
            typed = getattr(row, str(name))
            shown = "|".join(typed) if isinstance(typed, tuple) else typed
            assert pd.isna(value) if typed is None else value == shown


def test_rows_are_typed_and_frozen() -> None:
    row = gs.release("1.0.0").rows("positions")[0]
    assert row.stance.label == "support"
    with pytest.raises(ValidationError):
        row.stance = "oppose"


def test_a_row_that_breaks_a_rule_cannot_be_made() -> None:
    cells = {name: str(value) for name, value in gs.rows("passages")[0]}
    with pytest.raises(ValidationError, match="greater than `start`"):
        MODELS["passages"].model_validate({**cells, "end": "0"})


def code_lists() -> list[type[Code]]:
    lists = {column.codes for model in MODELS.values() for column in columns(model) if column.codes}
    return sorted(lists, key=lambda one: one.__name__)


@pytest.mark.parametrize("codes", code_lists(), ids=lambda one: one.__name__)
def test_no_two_codes_have_the_same_number(codes: type[Code]) -> None:
    numbers = [code.number for code in codes]
    assert len(set(numbers)) == len(numbers)
    if issubclass(codes, Scale):
        assert numbers == sorted(numbers)
