"""Adjudications: every difference has its row, what was decided is carried out, and rules hold."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from gaza_stabilization.schema.models import CODED

import gaza_stabilization as gs
from gaza_stabilization.paths import DATA
from gaza_stabilization.releases.archive import archived
from gaza_stabilization.reliability.raw_coding import Coding
from tests.analysis import coding, read_coding, write_analysis
from tests.disagreements import Difference, differences
from tests.folder import Folder
from tests.test_files import Found, found


def problem(rule: str, line: int, column: str, table: str = "adjudications") -> Found:
    return (rule, f"{table}.csv", line, column)


def coders_are_known(data: Folder) -> list[Found]:
    cell = data.cell("adjudications", "a017", "codings").replace("ai-2", "ai-3")
    line = data.set("adjudications", "a017", codings=cell)
    return [problem("coders-are-known", line, "codings")]


def variable_is_known(data: Folder) -> list[Found]:
    key = data.where("adjudications", decided="absent", variable="presence", unit="relationship")
    line = data.set("adjudications", key, variable="mode", row_id="r001")
    r001 = data.line("relationships", "r001")
    data.set("relationships", "r001", certainty="medium")
    assert r001
    return [problem("variable-is-known", line, "variable")]


def rule_is_in_the_codebook(data: Folder) -> list[Found]:
    keys = {"a001": "actor", "a002": "actors.land", "a003": "positions.stance=against"}
    lines = [data.set("adjudications", key, rule=rule) for key, rule in keys.items()]
    return [problem("rule-is-in-the-codebook", line, "rule") for line in lines]


def decision_has_its_row(data: Folder) -> list[Found]:
    gone = data.where("adjudications", decided="absent", unit="relationship")
    there = data.where("adjudications", decided="present", unit="relationship")
    row = data.cell("adjudications", there, "row_id")
    lines = [
        data.set("adjudications", gone, row_id="r900"),
        data.set("adjudications", there, row_id=""),
    ]
    assert row
    # Another tie, of another sentence, is not the one that was decided on.
    elsewhere = data.where("adjudications", decided="present", unit="statement")
    data.set("statements", "s001", certainty="medium")
    lines.append(data.set("adjudications", elsewhere, row_id="s001"))
    # A tie that was decided to be absent stands again.
    back = data.where("adjudications", item="jd-vance 80-234: turkey cooperates_with united-states")
    data.add(
        "relationships", "r010", relationship_id="r900", subject_id="turkey",
        relation="cooperates_with", object_id="united-states", asserted_by_id="jd-vance",
    )  # fmt: skip
    lines.append(data.line("adjudications", back))
    return [problem("decision-has-its-row", line, "row_id") for line in sorted(lines)]


def decision_is_carried_out(data: Folder) -> list[Found]:
    key = data.where("adjudications", variable="attribution")
    line = data.set("adjudications", key, decided="indirect")
    span = data.set("adjudications", data.where("adjudications", variable="span"), decided="0-9")
    whether = data.where("adjudications", variable="condition")
    condition = data.set("adjudications", whether, decided="present")
    presence = data.where("adjudications", decided="absent")
    word = data.set("adjudications", presence, decided="gone", row_id="r001")
    data.set("relationships", "r001", certainty="medium")
    data.set("statements", data.cell("adjudications", key, "row_id"), certainty="medium")
    rule = "decision-is-carried-out"
    return [problem(rule, one, "decided") for one in sorted([line, span, condition, word])]


def differed_statement_not_high(data: Folder) -> list[Found]:
    line = data.set("statements", "s018", certainty="high")
    return [problem("differed-statement-not-high", line, "certainty", "statements")]


def differed_position_not_high(data: Folder) -> list[Found]:
    line = data.set("positions", "p038", certainty="high")
    return [problem("differed-position-not-high", line, "certainty", "positions")]


def differed_tie_not_high(data: Folder) -> list[Found]:
    # Both codings were without it, and it was decided that it stays.
    line = data.set("relationships", "r101", certainty="high")
    return [problem("differed-tie-not-high", line, "certainty", "relationships")]


MUTATIONS = {
    function.__name__.replace("_", "-"): function
    for function in (
        coders_are_known,
        variable_is_known,
        rule_is_in_the_codebook,
        decision_has_its_row,
        decision_is_carried_out,
        differed_statement_not_high,
        differed_position_not_high,
        differed_tie_not_high,
    )
}


@pytest.mark.parametrize("rule", MUTATIONS)
def test_rule_is_found_at_its_line_and_nothing_else(data: Folder, rule: str) -> None:
    assert sorted(MUTATIONS[rule](data), key=str) == sorted(found(data), key=str)


def test_a_chain_is_adjudicated_by_its_statement(data: Folder) -> None:
    cells = {
        "passage_id": "jns-sherman-p22-s1", "unit": "relay", "item": "gulf-states 71-221",
        "variable": "chain", "before": "i24news", "codings": "ai-1=i24news|ai-2=",
        "decided": "i24news > gulf-sources", "row_id": "s032",
    }  # fmt: skip
    line = data.add("adjudications", "a095", adjudication_id="a900", **cells)
    certainty = data.set("statements", "s032", certainty="high")
    assert found(data) == [
        problem("differed-statement-not-high", certainty, "certainty", "statements")
    ]
    data.set("statements", "s032", certainty="medium")
    assert found(data) == []
    data.set("adjudications", "a900", decided="gulf-sources > i24news")
    assert found(data) == [problem("decision-is-carried-out", line, "decided")]


def test_edges_of_a_span_on_which_the_codings_are_one_leave_the_certainty(data: Folder) -> None:
    key = data.where("adjudications", variable="span", row_id="s008")
    assert data.cell("adjudications", key, "codings") == "ai-1=84-250|ai-2=84-250"
    assert data.cell("statements", "s008", "certainty") == "high"
    assert found(data) == []


def before_adjudication(folder: Path) -> Path:
    """The tables of 0.2.0, with the ids that 1.0.0 gave to actors."""
    folder.mkdir()
    renamed = {
        row.id: row.replaced_by
        for row in gs.release("1.0.0").rows("retired_ids")
        if row.replaced_by and row.id in archived("0.2.0")["actors.csv"].decode()
        and not row.id.startswith("r")
    }  # fmt: skip
    files = archived("0.2.0")
    for table in CODED:
        rows = csv.reader(files[f"{table}.csv"].decode().splitlines())
        cells = [[renamed.get(cell, cell) for cell in row] for row in rows]
        head, *body = cells
        Folder(folder).write(table, [head, *sorted(body)])
    return folder


def test_every_difference_has_its_adjudication_and_no_other_has(tmp_path: Path) -> None:
    # Of the release that adjudicated them; those to come are about other texts or coders.
    published = read_coding(before_adjudication(tmp_path / "published"))
    listed = differences(published, [read_coding("ai-1"), read_coding("ai-2")])
    wanted = {one[:4]: (one.before, one.codings) for one in listed}
    rows = gs.release("1.0.0").rows("adjudications")
    there = {
        (row.passage_id or "", row.unit.value, row.item, row.variable): (
            row.before or "",
            row.codings,
        )
        for row in rows
    }
    assert there == wanted
    assert len(rows) == len(wanted) > 90


def test_what_differs_from_a_coding_today_was_decided_so() -> None:
    # Of every coder, those to come among them.
    tables = read_coding(DATA)
    rows = gs.rows("adjudications")
    by_row = {(one.unit.value, one.variable, one.row_id): one for one in rows}
    absent = {
        (one.passage_id, one.unit.value, one.item.rpartition(": ")[2])
        for one in rows
        if one.decided == "absent"
    }
    for coder in gs.load("coders")["coder_id"]:
        for one in differences(tables, [read_coding(coder)]):
            if one.published_id:
                decided = by_row[one.unit, one.variable, one.published_id]
                assert f"{coder}={one.codings.partition('=')[2]}" in decided.codings.split("|"), one
            elif one.unit == "statement":
                assert any(row.passage_id == one.passage_id and row.unit.value == "statement"
                           and row.decided == "absent" for row in rows), one  # fmt: skip
            else:
                assert (one.passage_id, one.unit, one.item.rpartition(": ")[2]) in absent, one


def test_what_took_the_place_of_a_tie_that_went_speaks_of_the_same_statement() -> None:
    ties = {row["relationship_id"]: row for _, row in gs.load("relationships", "0.2.0").iterrows()}
    release = gs.release("1.0.0")
    positions = release.load("positions").set_index("position_id")["statement_id"]
    for row in release.rows("retired_ids"):
        if row.id in ties and row.replaced_by:
            assert positions[row.replaced_by] == ties[row.id]["statement_id"]


def named(listed: list[Difference]) -> set[tuple[str, str]]:
    return {(one.unit, one.variable) for one in listed}


def test_a_coding_does_not_differ_from_itself(tmp_path: Path) -> None:
    one = read_coding(coding(write_analysis(tmp_path)).path)
    assert differences(one, [Coding("other", one.tables)]) == []


def test_each_kind_of_difference_is_listed_once(tmp_path: Path) -> None:
    folder = write_analysis(tmp_path)
    published, other = read_coding(folder.path), coding(folder)
    other.set("actors", "velmark", actor_type="place")
    other.set("statements", "s003", speech_act="warn")
    other.set("positions", "p001", stance="ambivalent", condition="made up")
    other.set("relationships", "r002", certainty="low", summary="Said in other words.")
    other.delete("positions", other.last("positions"))
    relay = other.records("relays")[1]
    other.set("relays", relay[0], relay_id="pilots")
    listed = differences(published, [read_coding(other.path)])
    assert named(listed) == {
        ("actor", "actor_type"),
        ("statement", "speech_act"),
        ("position", "stance"),
        ("position", "condition"),
        ("position", "presence"),
        ("relay", "chain"),
    }
    assert len(listed) == len({one[:4] for one in listed})
    stance = next(one for one in listed if one.variable == "stance")
    assert (stance.published_id, stance.codings.partition("=")[2]) == ("p001", "ambivalent")


def test_what_hangs_on_a_statement_that_is_missing_is_not_listed(tmp_path: Path) -> None:
    folder = write_analysis(tmp_path)
    other = coding(folder)
    statement = other.cell("positions", "p001", "statement_id")
    for table in ("positions", "relationships", "relays"):
        header, *rows = other.records(table)
        at = header.index("statement_id")
        other.write(table, [header, *(row for row in rows if row[at] != statement)])
    other.delete("statements", statement)
    listed = differences(read_coding(folder.path), [read_coding(other.path)])
    assert [(one.unit, one.variable, one.before) for one in listed] == [
        ("statement", "presence", "present")
    ]


def test_the_package_has_the_codings_that_it_speaks_of() -> None:
    assert {path.name for path in (DATA / "codings").glob("*/")} == {
        row.coder_id for row in gs.rows("coders")
    }
