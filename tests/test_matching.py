"""Which unit is which: by place and ends alone, and what has no partner is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from gaza_stabilization.schema.models import CODED

import gaza_stabilization as gs
from gaza_stabilization.reliability.matching import (
    claims,
    same_actors,
    statements,
    with_actors_of,
)
from gaza_stabilization.reliability.raw_coding import Cells, Coding
from tests.analysis import coding, read_coding, write_analysis


def said(id_: str, start: int, end: int, speaker: str = "a", place: str = "x-p01-s1") -> Cells:
    return {
        "statement_id": id_,
        "passage_id": place,
        "start": str(start),
        "end": str(end),
        "speaker_id": speaker,
    }


def of(*rows: Cells) -> Coding:
    places = {row["passage_id"] for row in rows}
    passages = [
        {"passage_id": one, "source_id": "x", "paragraph": one.split("-p")[1].split("-")[0]}
        for one in places
    ]
    return Coding("made up", {"passages": passages, "statements": list(rows)})


def ids(pairs: list[tuple[Cells, Cells]]) -> list[tuple[str, str]]:
    return [(one["statement_id"], other["statement_id"]) for one, other in pairs]


def test_statements_are_matched_by_the_better_half_of_their_words() -> None:
    found = statements(
        of(said("s1", 0, 100), said("s2", 100, 140)),
        of(said("t1", 0, 60), said("t2", 60, 100), said("t3", 100, 119)),
    )
    assert ids(found.pairs) == [("s1", "t1")]
    assert [row["statement_id"] for row in found.only_a] == ["s2"]
    assert [row["statement_id"] for row in found.only_b] == ["t2", "t3"]


def test_the_same_offsets_in_another_paragraph_are_another_place() -> None:
    found = statements(of(said("s1", 0, 9)), of(said("t1", 0, 9, place="x-p02-s1")))
    assert found.pairs == []


def test_who_speaks_decides_only_between_statements_of_the_same_span() -> None:
    twins = of(said("s1", 0, 9, "a"), said("s2", 0, 9, "b"))
    turned = of(said("t1", 0, 9, "b"), said("t2", 0, 9, "a"))
    assert ids(statements(twins, turned).pairs) == [("s1", "t2"), ("s2", "t1")]
    assert ids(statements(of(said("s1", 0, 9, "a")), of(said("t1", 0, 9, "z"))).pairs) == [
        ("s1", "t1")
    ]


def tie(subject: str, relation: str, object_: str, modality: str = "actual") -> Cells:
    return {
        "subject_id": subject,
        "relation": relation,
        "object_id": object_,
        "modality": modality,
    }


def test_the_same_tie_is_matched_before_a_similar_one() -> None:
    a = [tie("x", "funds", "y"), tie("x", "funds", "z")]
    b = [tie("x", "funds", "w"), tie("x", "funds", "y")]
    assert claims("relationships", a, b).pairs == [(a[0], b[1]), (a[1], b[0])]


def test_a_tie_in_two_modalities_is_matched_with_the_same_one() -> None:
    a = [tie("x", "categorises", "y", "denied"), tie("x", "categorises", "y")]
    assert claims("relationships", a, a[::-1]).pairs == [(a[0], a[0]), (a[1], a[1])]


def test_positions_are_matched_by_issue_before_holder() -> None:
    a = [{"holder_id": "x", "issue_id": "i"}]
    b = [{"holder_id": "x", "issue_id": "j"}, {"holder_id": "y", "issue_id": "i"}]
    assert claims("positions", a, b).pairs == [(a[0], b[1])]
    assert claims("positions", a, b[:1]).pairs == [(a[0], b[0])]


def test_another_spelling_of_an_actor_is_the_same_actor(tmp_path: Path) -> None:
    folder = write_analysis(tmp_path)
    other = coding(folder, "ai-2")
    for table in ("actors", "statements", "positions", "relationships", "relays"):
        other.bytes(table, lambda data: data.replace(b"toma-redwick", b"zz-redwick"))
    other.write("actors", [other.records("actors")[0], *sorted(other.records("actors")[1:])])
    a, b = read_coding(coding(folder).path), read_coding(other.path)
    assert same_actors(a, b)["zz-redwick"] == "toma-redwick"  # By the name.
    speakers = {row["speaker_id"] for row in with_actors_of(a, b).tables["statements"]}
    assert "toma-redwick" in speakers
    assert "zz-redwick" not in speakers


def test_an_id_that_means_somebody_else_is_not_taken_for_the_same(tmp_path: Path) -> None:
    folder = write_analysis(tmp_path)
    a = read_coding(coding(folder).path)
    b = Coding("b", {"actors": [{"actor_id": "velmark", "wikidata": "", "name": "Velmark"}]})
    assert same_actors(a, b) == {"velmark": "velmark"}
    renamed = Coding("b", {"actors": [{"actor_id": "ardonia", "wikidata": "", "name": "Velmark"}]})
    assert same_actors(a, renamed) == {"ardonia": "ardonia"}  # An id outranks a name.


@pytest.mark.parametrize("column", ["wikidata", "name"])
def test_an_actor_has_one_partner_only(column: str) -> None:
    row = {"wikidata": "Q1", "name": "One"}
    a = Coding("a", {"actors": [{"actor_id": "x", **row}]})
    b = Coding("b", {"actors": [{"actor_id": "y", **row}, {"actor_id": "z", **row}]})
    assert same_actors(a, b) == {"y": "x"}


@pytest.mark.parametrize("turned", [("statements",), ("positions", "relationships"), CODED])
def test_no_figure_turns_on_how_a_file_is_sorted(tmp_path: Path, turned: tuple[str, ...]) -> None:
    first, second = (gs.release("1.0.0").coding(coder) for coder in ("ai-1", "ai-2"))
    folder = tmp_path / "ai-2"
    folder.mkdir()
    for table in CODED:
        header, *rows = second.tables.files[f"{table}.csv"].splitlines(keepends=True)
        rows = rows[::-1] if table in turned else rows
        (folder / f"{table}.csv").write_bytes(b"".join([header, *rows]))
    expected = gs.agreement(first, second, resamples=20).frame()
    assert gs.agreement(first, folder, resamples=20).frame().equals(expected)


def test_no_figure_turns_on_how_statements_of_a_clause_are_numbered(tmp_path: Path) -> None:
    """Two speakers share a clause as s003 and s004; the other coder has it a word longer."""
    release = gs.release("1.0.0")
    first, second = release.coding("ai-1"), release.coding("ai-2")
    folder = tmp_path / "ai-1"
    folder.mkdir()
    for table in CODED:
        text = first.tables.files[f"{table}.csv"].decode()
        swapped = text.replace("s003", "?").replace("s004", "s003").replace("?", "s004")
        (folder / f"{table}.csv").write_text(swapped, encoding="utf-8", newline="")
    expected = gs.agreement(first, second, resamples=5).frame()
    columns = ["table", "variable", "n", "agreement", "alpha", "f1"]
    found = gs.agreement(folder, second, resamples=5).frame()
    assert found[columns].equals(expected[columns])
