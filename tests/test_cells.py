"""Level 2: what is wrong with a cell, a row or a table is found at its line and column."""

from __future__ import annotations

import pytest

import gaza_stabilization as gs
from tests.folder import Folder
from tests.test_files import found
from tests.validated import validate

COUNTRY = ("actors", "kuwait", "country")
DEPTH = ("relays", "s010", "depth")
START = ("passages", "jns-sherman-p05-s1", "start")
DATE = ("statements", "s058", "date")


def one_problem(data: Folder, place: tuple[str, str, str], value: str) -> tuple[str, str]:
    """Rule and hint of the only problem that a cell's new value makes; it is at that cell."""
    table, key, column = place
    line = data.set(table, key, **{column: value})
    (problem,) = validate(data.path)
    assert (problem.file, problem.line, problem.column) == (f"{table}.csv", line, column)
    assert problem.found == (value or "")
    return problem.rule, problem.hint


@pytest.mark.parametrize(
    "word", ["NA", "N/A", "#N/A", "<NA>", "null", "NULL", "None", "nan", "NaN", "NaT", "-"]
)
@pytest.mark.parametrize("place", [COUNTRY, DATE, DEPTH, ("actors", "kuwait", "description")])
def test_words_for_nothing(data: Folder, place: tuple[str, str, str], word: str) -> None:
    assert one_problem(data, place, word)[0] == "null-word"


@pytest.mark.parametrize(
    "place",
    [
        ("actors", "kuwait", "name"),
        ("positions", "p010", "stance"),
        DEPTH,
        ("statements", "s010", "sha256"),
    ],
)
def test_empty_cell_that_must_be_filled(data: Folder, place: tuple[str, str, str]) -> None:
    assert one_problem(data, place, "")[0] == "required"


@pytest.mark.parametrize(
    ("cells", "rule", "column"),
    [
        (["P901", "0.2.0", "", "Made up."], "id", "id"),
        (["p901", "0.2", "", "Made up."], "version", "retired_in"),
        (["p901", "0.2.0.dev0", "", "Made up."], "version", "retired_in"),
        (["p901", "00.2.0", "", "Made up."], "version", "retired_in"),
        (["p901", "0.2.0", "p002|p001", "Made up."], "id-list", "replaced_by"),
        (["p901", "0.2.0", "p001|p001", "Made up."], "id-list", "replaced_by"),
        (["p901", "0.2.0", "p001,p002", "Made up."], "id-list", "replaced_by"),
        (["p901", "0.2.0", "p001", ""], "required", "reason"),
    ],
)
def test_a_retired_id_that_is_misspelt(
    data: Folder, cells: list[str], rule: str, column: str
) -> None:
    records = [*data.records("retired_ids"), cells]
    data.write("retired_ids", records)
    assert (rule, "retired_ids.csv", len(records), column) in found(data)


@pytest.mark.parametrize(
    "number",
    [
        "12.0",
        "1e2",
        "+12",
        "012",
        "１２",
        "-1",
        "1,2",
        "0x1",
        "1_0",
        "9" * 20,
        "1" * 5000,
        "1" * 5000 + ".0",
    ],
)
def test_numbers_in_other_spellings(data: Folder, number: str) -> None:
    assert one_problem(data, START, number)[0] == "number"


def test_number_below_its_least_value(data: Folder) -> None:
    assert one_problem(data, DEPTH, "0")[0] == "number"


def test_a_huge_number_of_paragraphs_is_answered_at_once(data: Folder) -> None:
    line = data.set("sources", "jns-sherman", paragraphs="999999999")
    assert found(data) == [("every-paragraph", "sources.csv", line, "paragraphs")]


def test_an_id_of_thousands_of_digits_is_an_id(data: Folder) -> None:
    data.add("positions", data.last("positions"), position_id="p" + "9" * 5000, issue_id="us-plan")
    assert gs.validate(data.path) == []  # The screen leaves such an id to the rows.


def test_the_language_of_nauru_is_no_word_for_nothing(data: Folder) -> None:
    data.set("sources", "jns-sherman", language="na")
    assert found(data) == []


def test_hint_gives_the_plain_number(data: Folder) -> None:
    assert one_problem(data, DEPTH, "1.0") == ("number", "write 1")


@pytest.mark.parametrize("word", ["True", "1", "yes", "TRUE"])
def test_booleans_in_other_spellings(data: Folder, word: str) -> None:
    assert one_problem(data, ("relation_types", "funds", "symmetric"), word)[0] == "boolean"


def test_unknown_code_names_the_nearest(data: Folder) -> None:
    rule, hint = one_problem(data, ("positions", "p010", "stance"), "suport")
    assert rule == "code"
    assert "'support'" in hint


@pytest.mark.parametrize("codes", ["state|place", "place|place", "place|", "place|town"])
def test_lists_of_codes(data: Folder, codes: str) -> None:
    assert one_problem(data, ("relation_types", "guarantees", "object_types"), codes)[0] == (
        "code-list"
    )


@pytest.mark.parametrize("code", ["KW", "kwt", "Kuwait", "XKX", "KWX", "ＫＷＴ"])
def test_countries(data: Folder, code: str) -> None:
    assert one_problem(data, COUNTRY, code)[0] == "country"


@pytest.mark.parametrize(
    "date",
    [
        "2024-13",
        "2023-02-29",
        "2024-7",
        "24-07",
        "July 2024",
        "2024/07",
        "0000",
        "2024-07/..",
        "２０２４",
    ],
)
def test_dates(data: Folder, date: str) -> None:
    assert one_problem(data, DATE, date)[0] == "date"


@pytest.mark.parametrize("date", ["2024", "2024-02-29", "1999-12"])
def test_dates_that_are_right_pass(data: Folder, date: str) -> None:
    data.set("statements", "s058", date=date)
    assert found(data) == []


@pytest.mark.parametrize(
    ("place", "value", "rule"),
    [
        (("statements", "s010", "sha256"), "A" * 64, "digest"),
        (("statements", "s010", "sha256"), "a" * 63, "digest"),
        (("statements", "s010", "summary"), "x" * 201, "too-long"),
        (
            ("statements", "s010", "key_phrase"),
            "one two three four five six seven",
            "too-many-words",
        ),
        (("sources", "jns-sherman", "language"), "English", "language"),
        (("sources", "jns-sherman", "url"), "www.example.org", "url"),
        (("sources", "jns-sherman", "published"), "2024-13/..", "date"),
        (("actors", "kuwait", "wikidata"), "817", "wikidata"),
        (("statements", "s010", "passage_id"), "jns-sherman-p8-s1", "id"),
        (("relationships", "r010", "relation"), "Holds office in", "id"),
    ],
)
def test_spelling(data: Folder, place: tuple[str, str, str], value: str, rule: str) -> None:
    assert one_problem(data, place, value)[0] == rule


def test_a_summary_of_200_characters_passes(data: Folder) -> None:
    data.set("statements", "s010", summary="ğ" * 200)
    assert found(data) == []


def test_look_alike_letter_in_an_id_is_named(data: Folder) -> None:
    rule, hint = one_problem(data, ("positions", "p020", "holder_id"), "united-stаtes")
    assert rule == "id"
    assert "CYRILLIC SMALL LETTER A" in hint


def test_row_rules(data: Folder) -> None:
    lines = {
        "span": data.set("passages", "jns-sherman-p39-s1", end="0"),
        "venue": data.set("statements", "s008", venue="speech"),
        "no venue": data.set("statements", "s011", venue=""),
        "date": data.set("statements", "s008", date="2024"),
        "phrase": data.set("statements", "s001", key_phrase="prominent roles"),
        "term": data.set("relationships", "r001", term="any"),
        "no term": data.set(
            "relationships", data.where("relationships", relation="categorises"), term=""
        ),
        "times": data.set(
            "relationships", data.where("relationships", time_start="2012"), time_end="2011-12"
        ),
        "parent": data.set("issues", "us-plan", parent_id="us-plan"),
    }
    assert found(data) == [
        ("same-value", "issues.csv", lines["parent"], "parent_id"),
        ("reversed-span", "passages.csv", lines["span"], "end"),
        ("filled-exactly-where", "relationships.csv", lines["term"], "term"),
        ("filled-exactly-where", "relationships.csv", lines["no term"], "term"),
        ("reversed-dates", "relationships.csv", lines["times"], "time_end"),
        ("filled-only-where", "statements.csv", lines["phrase"], "key_phrase"),
        ("filled-only-where", "statements.csv", lines["date"], "date"),
        ("filled-exactly-where", "statements.csv", lines["venue"], "venue"),
        ("filled-exactly-where", "statements.csv", lines["no venue"], "venue"),
    ]


@pytest.mark.parametrize(
    ("start", "end"), [("2012", "2012"), ("2012-05", "2012"), ("2012", "2012-01")]
)
def test_dates_that_overlap_are_in_order(data: Folder, start: str, end: str) -> None:
    data.set(
        "relationships",
        data.where("relationships", time_start="2012"),
        time_start=start,
        time_end=end,
    )
    assert found(data) == []


def test_passage_id_is_made_of_its_parts(data: Folder) -> None:
    # The last passage is a byline, so nothing points to it.
    line = data.set("passages", "jns-sherman-p39-s1", passage_id="jns-sherman-p39-s2")
    assert found(data) == [("composed-id", "passages.csv", line, "passage_id")]


def test_a_bad_cell_does_not_hide_a_rule_of_its_row(data: Folder) -> None:
    line = data.set("statements", "s008", venue="speech", certainty="very high")
    assert found(data) == [
        ("code", "statements.csv", line, "certainty"),
        ("filled-exactly-where", "statements.csv", line, "venue"),
    ]


def test_duplicate_keys(data: Folder) -> None:
    line = data.add("actors", "western-states")
    assert found(data) == [("duplicate-key", "actors.csv", line, "actor_id")]


def test_rows_out_of_order(data: Folder) -> None:
    records = data.records("positions")
    records[3], records[4] = records[4], records[3]
    data.write("positions", records)
    assert found(data) == [("order", "positions.csv", 5, "position_id")]


def test_numbers_are_sorted_as_numbers(data: Folder) -> None:
    last = data.records("positions")[-1][0]
    data.add("positions", last, position_id="p999", issue_id="us-plan")
    data.add("positions", last, position_id="p1000", issue_id="turkey-role")
    assert found(data) == []


def test_doubled_claims(data: Folder) -> None:
    lines = [
        data.add("statements", data.last("statements"), statement_id="s900"),
        data.add("positions", data.last("positions"), position_id="p900", stance="oppose"),
        data.add("relationships", data.last("relationships"), relationship_id="r900"),
    ]
    assert found(data) == [
        ("two-stances", "positions.csv", lines[1], "statement_id"),
        ("doubled-claim", "relationships.csv", lines[2], "statement_id"),
        ("doubled-claim", "statements.csv", lines[0], "passage_id"),
    ]


def test_one_difference_twice(data: Folder) -> None:
    line = data.add("adjudications", "a017", adjudication_id="a900")
    assert found(data) == [("doubled-difference", "adjudications.csv", line, "passage_id")]


@pytest.mark.parametrize("cell", ["ai-1", "ai-2=x|ai-1=y", "ai-1=x|ai-1=y", "AI=x", "ai-1=x|"])
def test_what_each_coding_had(data: Folder, cell: str) -> None:
    assert one_problem(data, ("adjudications", "a017", "codings"), cell)[0] == "values-by-coder"


@pytest.mark.parametrize("cell", ["positions.", "Positions", "positions.stance=", "a b", "x=y"])
def test_where_a_rule_stands(data: Folder, cell: str) -> None:
    assert one_problem(data, ("adjudications", "a017", "rule"), cell)[0] == "codebook-name"


@pytest.mark.parametrize("version", ["1.0", "1.0.0.dev1", "v1.0.0"])
def test_the_version_of_a_codebook(data: Folder, version: str) -> None:
    assert one_problem(data, ("coders", "ai-1", "codebook_version"), version)[0] == "version"


def test_one_relay_twice_in_a_chain(data: Folder) -> None:
    line = data.add("relays", "s032", depth="3")
    assert found(data) == [("doubled-relay", "relays.csv", line, "statement_id")]


def test_one_place_twice(data: Folder) -> None:
    line = data.add("passages", "jns-sherman-p39-s1")
    assert found(data) == [
        ("duplicate-key", "passages.csv", line, "passage_id"),
        ("doubled-place", "passages.csv", line, "source_id"),
    ]
