"""Level 1: what is wrong with a file is found at its line, and hides nothing else."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

import gaza_stabilization as gs
from tests.folder import Folder
from tests.validated import validate

Found = tuple[str, str, int | None, str | None]


def found(data: Folder) -> list[Found]:
    """Rule, file, line and column of every problem."""
    return [(one.rule, one.file, one.line, one.column) for one in validate(data.path)]


def last_line(data: Folder, table: str) -> int:
    return len(data.records(table))


def test_the_data_are_clean(data: Folder) -> None:
    assert found(data) == []


def test_unclaimed_file_and_folder(data: Folder) -> None:
    (data.path / "actor.csv").write_text("x\n")
    (data.path / "old").mkdir()
    problems = validate(data.path)
    assert [(one.rule, one.file) for one in problems] == [
        ("unknown-file", "actor.csv"),
        ("unknown-file", "old"),
    ]
    assert "actors.csv" in problems[0].hint


@pytest.mark.parametrize("table", ["actors", "relays", "statements", "sources", "passages"])
@pytest.mark.parametrize(
    ("rule", "damage"),
    [
        ("missing-file", lambda path: path.unlink()),
        ("empty-file", lambda path: path.write_bytes(b"")),
        ("not-a-file", lambda path: (path.unlink(), path.mkdir())),
    ],
)
def test_missing_table_is_one_problem(
    data: Folder, table: str, rule: str, damage: Callable[..., object]
) -> None:
    damage(data.file(table))
    assert found(data) == [(rule, f"{table}.csv", None, None)]


def test_byte_order_mark(data: Folder) -> None:
    data.bytes("actors", lambda text: b"\xef\xbb\xbf" + text)
    assert found(data) == [("byte-order-mark", "actors.csv", 1, None)]


def test_other_encoding_of_the_file(data: Folder) -> None:
    data.bytes("actors", lambda text: text.decode().encode("utf-16"))
    assert found(data) == [("encoding", "actors.csv", 1, None)]


def test_other_encoding_of_a_line(data: Folder) -> None:
    line = data.set("actors", "hamas", description="Caf@")
    data.bytes("actors", lambda text: text.replace(b"Caf@", b"Caf\xe9"))
    assert found(data) == [("encoding", "actors.csv", line, None)]


@pytest.mark.parametrize(("table", "column"), [("actors", "actor_type"), ("positions", "stance")])
def test_the_mark_of_a_lost_letter_is_found(data: Folder, table: str, column: str) -> None:
    line = data.set(table, data.last(table), **{column: "st\ufffdte"})
    assert found(data) == [("encoding", f"{table}.csv", line, None)]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-32-be"])
def test_other_encoding_without_a_mark_is_one_problem(data: Folder, encoding: str) -> None:
    data.bytes("positions", lambda text: text.decode().encode(encoding))
    assert found(data) == [("encoding", "positions.csv", 1, None)]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separator_is_one_problem(data: Folder, mark: str) -> None:
    data.bytes("positions", lambda text: text.replace(b",", mark.encode()))
    assert found(data) == [("separator", "positions.csv", 1, None)]


def test_carriage_return_inside_a_line(data: Folder) -> None:
    line = data.line("actors", "kuwait")
    data.text_line("actors", line, lambda text: text.replace("State", "A\rstate"))
    assert found(data) == [("line-end", "actors.csv", line, None)]


def test_windows_and_old_mac_line_ends(data: Folder) -> None:
    data.bytes("actors", lambda text: text.replace(b"\n", b"\r\n"))
    data.bytes("issues", lambda text: text.replace(b"\n", b"\r"))
    assert found(data) == [
        ("line-end", "actors.csv", 1, None),
        ("line-end", "issues.csv", 1, None),
    ]


def test_final_newline(data: Folder) -> None:
    data.bytes("actors", lambda text: text.rstrip(b"\n"))
    assert found(data) == [("final-newline", "actors.csv", last_line(data, "actors"), None)]


def test_blank_lines(data: Folder) -> None:
    data.text_line("actors", 3, lambda line: f"\n{line}")
    data.bytes("issues", lambda text: text + b"\n")
    lines = len(data.file("issues").read_text().split("\n")) - 1
    assert found(data) == [
        ("blank-line", "actors.csv", 3, None),
        ("blank-line", "issues.csv", lines, None),
    ]


def test_rows_of_empty_cells_are_blank_lines(data: Folder) -> None:
    data.bytes("relays", lambda text: text + b",,\n")
    assert found(data) == [("blank-line", "relays.csv", last_line(data, "relays"), None)]


@pytest.mark.parametrize("table", ["actors", "sources", "passages", "statements"])
def test_a_table_that_must_have_rows(data: Folder, table: str) -> None:
    data.write(table, data.records(table)[:1])
    assert ("no-rows", f"{table}.csv", None, None) in found(data)
    assert "foreign-key" not in {rule for rule, _, _, _ in found(data)}


def test_a_byte_order_mark_alone_is_an_empty_file(data: Folder) -> None:
    data.file("relays").write_bytes(b"\xef\xbb\xbf")
    assert found(data) == [("empty-file", "relays.csv", None, None)]


def test_a_file_that_may_not_be_read(data: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == data.file("relays"):
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)  # Tests may run as somebody who may read all.
    (problem,) = gs.validate(data.path)
    assert (problem.rule, problem.file) == ("unreadable-file", "relays.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_place_of_a_table_is_not_waited_for(data: Folder) -> None:
    data.file("relays").unlink()
    os.mkfifo(data.file("relays"))
    assert found(data) == [("not-a-file", "relays.csv", None, None)]


def test_a_key_that_cannot_be_read_is_one_problem(data: Folder) -> None:
    line = data.line("actors", "recep-tayyip-erdogan")
    data.bytes("actors", lambda text: text.replace(b"erdogan,", b"erdog\xffn,"))
    assert found(data) == [("encoding", "actors.csv", line, None)]


def test_a_key_behind_an_open_quote_is_one_problem(data: Folder) -> None:
    line = data.line("actors", "hamas")
    data.text_line("actors", line, lambda text: f'"{text}')
    assert found(data) == [("open-quote", "actors.csv", line, None)]


def test_merge_conflict_markers(data: Folder) -> None:
    data.text_line("positions", 4, lambda line: f"<<<<<<< HEAD\n{line}\n=======\n>>>>>>> other")
    assert found(data) == [("merge-conflict", "positions.csv", line, None) for line in (4, 6, 7)]


def test_open_quote_takes_no_other_line_with_it(data: Folder) -> None:
    later = data.set("positions", "p070", stance="suport")
    line = data.line("positions", "p003")
    data.text_line("positions", line, lambda text: text.replace(",support", ',"support'))
    assert found(data) == [
        ("open-quote", "positions.csv", line, None),
        ("code", "positions.csv", later, "stance"),
    ]


def test_quoting(data: Folder) -> None:
    data.text_line("positions", 2, lambda line: line.replace("p001", '"p001"'))
    data.text_line("positions", 3, lambda line: line.replace("p002", '"p002"x'))
    data.text_line("positions", 4, lambda line: line.replace("plain", 'pl"ain'))
    assert found(data) == [
        ("quoting", "positions.csv", 2, None),
        ("quoting", "positions.csv", 3, None),
        ("quoting", "positions.csv", 4, None),
        ("code", "positions.csv", 4, "intensity"),
    ]


@pytest.mark.parametrize(
    "text", [" State.", "State. ", "A  state.", "A\u00a0state.", "A\tstate.", "A\u2009state."]
)
def test_white_space(data: Folder, text: str) -> None:
    line = data.set("actors", "kuwait", description=text)
    assert found(data) == [("white-space", "actors.csv", line, "description")]


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\u200b", "\u202e", "\ufeff", "\u00ad", "\u3164"]
)
def test_hidden_characters_in_a_key_are_one_problem(data: Folder, character: str) -> None:
    line = data.set("actors", "kuwait", actor_id=f"kuw{character}ait")
    assert found(data) == [("hidden-character", "actors.csv", line, "actor_id")]


def test_decomposed_text(data: Folder) -> None:
    name = unicodedata.normalize("NFD", "Recep Tayyip Erdoğan")
    line = data.set("actors", "recep-tayyip-erdogan", name=name)
    assert found(data) == [("not-nfc", "actors.csv", line, "name")]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd|x", "-2+3=1", "-x!A1", "+A1(2)"])
def test_what_a_spreadsheet_would_run(data: Folder, text: str) -> None:
    line = data.set("actors", "kuwait", description=text)
    assert found(data) == [("formula", "actors.csv", line, "description")]


@pytest.mark.parametrize(
    "text",
    [
        "+972 Magazine",
        '"Quoted", with a comma',
        "'Apostrophe' first",
        "- a dash, then words",
        "Recep Tayyip Erdoğan, Ţ, 東京, العربية",
        "long " * 40_000 + "cell",
        "None of these",
        "100% = all",
    ],
)
def test_what_is_right_passes(data: Folder, text: str) -> None:
    data.set("actors", "kuwait", description=text)
    assert found(data) == []


def test_missing_extra_doubled_and_reordered_columns(data: Folder) -> None:
    def change(table: str, edit: Callable[[list[str]], list[str]]) -> None:
        data.write(table, [edit(record) for record in data.records(table)])

    change("positions", lambda row: row[:-1])
    change("issues", lambda row: [*row, "x" if row[0] != "issue_id" else "colour"])
    change("actors", lambda row: [*row, row[1]])
    change("relays", lambda row: [row[0], row[2], row[1]])
    assert found(data) == [
        ("doubled-column", "actors.csv", 1, "name"),
        ("extra-column", "issues.csv", 1, "colour"),
        ("missing-column", "positions.csv", 1, "certainty"),
        ("column-order", "relays.csv", 1, None),
    ]


def test_renamed_key_column_hides_no_cell_and_dangles_no_link(data: Folder) -> None:
    records = data.records("actors")
    data.write("actors", [["actor", *records[0][1:]], *records[1:]])
    line = data.set("actors", "kuwait", actor_type="stat")
    assert found(data) == [
        ("extra-column", "actors.csv", 1, "actor"),
        ("missing-column", "actors.csv", 1, "actor_id"),
        ("code", "actors.csv", line, "actor_type"),
    ]


def test_missing_header(data: Folder) -> None:
    data.write("relays", data.records("relays")[1:])
    assert found(data) == [("missing-header", "relays.csv", 1, None)]


def test_ragged_rows(data: Folder) -> None:
    data.text_line("positions", 2, lambda line: line + ",")
    data.text_line("positions", 5, lambda line: line.rpartition(",")[0])
    assert found(data) == [
        ("ragged-row", "positions.csv", 2, None),
        ("ragged-row", "positions.csv", 5, None),
    ]


@pytest.mark.parametrize("junk", [b"\xff\xfe\x00", b"\x00" * 100, b"PK\x03\x04" + b"\x80" * 999])
def test_no_file_is_too_damaged(data: Folder, junk: bytes) -> None:
    data.file("issues").write_bytes(junk)
    later = data.set("positions", "p070", stance="suport")
    rules = found(data)
    assert ("code", "positions.csv", later, "stance") in rules
    assert any(file == "issues.csv" for _, file, _, _ in rules)


def test_a_formula_behind_a_space_is_found_at_once(data: Folder) -> None:
    data.set("actors", "kuwait", description=" =1+1")
    assert [rule for rule, _, _, _ in found(data)] == ["formula", "white-space"]
