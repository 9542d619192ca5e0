"""Flat views: what is joined in is what the tables say."""

from __future__ import annotations

import pandas as pd
import pytest
from gaza_stabilization.schema.views import VIEWS

import gaza_stabilization as gs


@pytest.mark.parametrize(("name", "read"), [("claims", gs.claims), ("ties", gs.ties)])
def test_one_row_a_base_row_in_the_columns_of_the_codebook(name: str, read: object) -> None:
    frame = read()  # type: ignore[operator]
    base = gs.load(VIEWS[name].base)
    assert frame.iloc[:, 0].tolist() == base.iloc[:, 0].tolist()
    assert list(frame.columns) == gs.codebook(name)["field"].tolist()
    assert not frame.columns.has_duplicates


def test_summary_and_certainty_are_those_of_the_row_not_of_its_statement() -> None:
    ties, rows = gs.ties(), gs.load("relationships")
    assert ties["summary"].tolist() == rows["summary"].tolist()
    assert ties["certainty"].tolist() == rows["certainty"].tolist()
    assert gs.claims()["certainty"].tolist() == gs.load("positions")["certainty"].tolist()


def test_names_follow_ids() -> None:
    names = gs.load("actors").set_index("actor_id")["name"]
    for frame in (gs.claims(), gs.ties()):
        for id_ in (column for column in frame if column.endswith("_id")):
            role = id_.removesuffix("_id")
            if role in frame and role != "issue":
                expected = frame[id_].map(names)
                assert frame[role].fillna("").tolist() == expected.fillna("").tolist()


def test_relays_stand_outermost_first_and_are_counted() -> None:
    released = gs.claims("1.0.0")
    row = released[released["statement_id"] == "s030"].iloc[0]
    assert row.relays == "i24news|gulf-sources"
    claims = gs.claims()
    counted = claims["relays"].fillna("").str.count(r"\|") + claims["relays"].notna()
    assert claims["relay_count"].tolist() == counted.tolist()


def test_codes_stay_categorical() -> None:
    assert isinstance(gs.claims()["attribution"].dtype, pd.CategoricalDtype)
    assert isinstance(gs.ties()["relation_class"].dtype, pd.CategoricalDtype)
