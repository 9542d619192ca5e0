"""Large data: all rows at once find what each row finds, whatever is damaged, and however much."""

from __future__ import annotations

import csv
import importlib
import random
import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gaza_stabilization.schema.characters import cell_problems
from gaza_stabilization.schema.models import CODED, MODELS

from gaza_stabilization.cli import main
from gaza_stabilization.reading.problems import LEVELS, Problem
from gaza_stabilization.tables.opening import open_folder
from gaza_stabilization.validation import blocks, large, run
from gaza_stabilization.validation.across import rule_problems
from gaza_stabilization.validation.corpus import Corpus
from gaza_stabilization.validation.rules import RULES
from tests.analysis import coding, write_analysis
from tests.copies import write_copies
from tests.folder import Folder
from tests.test_adjudications import MUTATIONS as ADJUDICATED
from tests.test_links import MUTATIONS as LINKED
from tests.validated import said_of_one_level, same_at_once

MUTATIONS = LINKED | ADJUDICATED
NUMBERS = {"start", "end", "paragraph", "sentence", "paragraphs", "depth"}


def another_cell(dice: random.Random, cell: str, column: list[str]) -> str:
    return dice.choice(column)


def a_typo(dice: random.Random, cell: str, column: list[str]) -> str:
    at = dice.randrange(len(cell) + 1)
    return cell[:at] + dice.choice(["x", "-", "1", "0", " ", "é", '"', ",", "\u200b"]) + cell[at:]


def nothing(dice: random.Random, cell: str, column: list[str]) -> str:
    return ""


def another_number(dice: random.Random, cell: str, column: list[str]) -> str:
    return str(max(0, int(cell) + dice.choice([-1, 1, 5]))) if cell.isdigit() else cell


GENTLE = (another_cell, another_cell, another_number)
"""Edits that mostly leave files and cells what they should be, so that links are looked at."""
ROUGH = (another_cell, a_typo, nothing)


def edit_cell(dice: random.Random, data: Folder, table: str, gentle: bool) -> None:
    header, *rows = data.records(table)
    at, change = dice.randrange(len(header)), dice.choice(GENTLE if gentle else ROUGH)
    if change is another_number:
        numbers = [place for place, name in enumerate(header) if name in NUMBERS]
        at = dice.choice(numbers) if numbers else at
    rows = [row for row in rows if len(row) > at]
    if rows:
        row = dice.choice(rows)
        row[at] = change(dice, row[at], [other[at] for other in rows])
        data.write(table, [header, *rows])


def edit_rows(dice: random.Random, data: Folder, table: str, gentle: bool) -> None:
    header, *rows = data.records(table)
    if len(rows) > 2:
        at = dice.randrange(len(rows) - 1)
        edits: list[Callable[[], object]] = [lambda: rows.pop(at)]
        if not gentle:
            edits.append(lambda: rows.insert(at, rows[at]))
            edits.append(lambda: rows.insert(at, rows.pop(at + 1)))
        dice.choice(edits)()
        data.write(table, [header, *rows])


def edit_bytes(dice: random.Random, data: Folder, table: str) -> None:
    def change(content: bytes) -> bytes:
        at = dice.randrange(len(content))
        odd = dice.choice([b",", b'"', b"\n", b"\xff", b"\r", b" ", b"+", b"0", b"\xef\xbb\xbf"])
        return content[:at] + odd + content[at:]

    data.bytes(table, change)


def damage(dice: random.Random, data: Folder) -> None:
    """From 1 to 20 edits, by the mutations of single rules among others."""
    gentle = dice.random() < 0.6
    edits = (edit_cell, edit_cell, edit_cell, edit_rows)
    for _ in range(dice.randint(1, 3) if dice.random() < 0.4 else dice.randint(2, 20)):
        if dice.random() < 0.2:
            try:
                dice.choice(list(MUTATIONS.values()))(data)
            except (LookupError, ValueError, AssertionError, csv.Error):
                continue  # What it wants to edit is gone already.
        else:
            table = dice.choice([name for name in MODELS if len(data.records(name)) > 2])
            dice.choice(edits)(dice, data, table, gentle)
    for _ in range(0 if gentle else dice.randint(0, 3)):  # At last: nothing reads them then.
        edit_bytes(dice, data, dice.choice(list(MODELS)))


@pytest.mark.parametrize("seed", range(40))
def test_many_damages_at_once(data: Folder, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(seed)
    block, piece = dice.choice([(large.BLOCK, large.PIECE), (large.BLOCK, 300), (5000, 700)])
    monkeypatch.setattr(large, "BLOCK", block)
    monkeypatch.setattr(large, "PIECE", piece)
    damage(dice, data)
    same_at_once(data.path)
    said_of_one_level(data.path)


@pytest.mark.parametrize("seed", range(15))
def test_many_damages_in_varied_sources(tmp_path: Path, seed: int) -> None:
    data = Folder(tmp_path / "data")
    write_copies(data.path, 5)
    dice = random.Random(seed)
    damage(dice, data)
    same_at_once(data.path)


def test_varied_sources_are_clean_and_nothing_is_read_row_by_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_copies(tmp_path / "data", 40)
    assert same_at_once(tmp_path / "data").problems == []

    def refuse(*_: object) -> None:
        raise AssertionError("read line by line")

    monkeypatch.setattr(large, "_line_by_line", refuse)
    found = run.find_problems(open_folder(tmp_path / "data"), (), (1, 2, 3), large=0)
    assert found.problems == []


def test_a_circle_through_two_sources_is_one_problem(tmp_path: Path) -> None:
    data = Folder(tmp_path / "data")
    write_copies(data.path, 3)
    header, *rows = data.records("relationships")
    statement = header.index("statement_id")
    ends = [["zz-one", "zz-two"], ["zz-two", "zz-one"]]
    asserter = rows[0][header.index("asserted_by_id")]
    for row, (part, whole) in zip((rows[0], rows[-1]), ends, strict=True):
        cells = {"subject_id": part, "relation": "part_of", "object_id": whole, "term": ""}
        cells |= {"modality": "actual", "asserted_by_id": asserter}
        for name, cell in cells.items():
            row[header.index(name)] = cell
    assert rows[0][statement] != rows[-1][statement]
    data.write("relationships", [header, *rows])
    like = data.records("actors")[-1]
    data.write("actors", [*data.records("actors"), *([id_, *like[1:]] for id_ in ends[0])])
    circles = [one for one in same_at_once(data.path).problems if one.rule == "no-cycle-of-parts"]
    assert [one.line for one in circles] == [2]


@pytest.mark.parametrize("seed", range(8))
def test_many_damages_in_a_raw_coding(tmp_path: Path, seed: int) -> None:
    dice, folder = random.Random(seed), write_analysis(tmp_path)
    one = coding(folder)
    for _ in range(dice.randint(1, 6)):
        table = dice.choice([name for name in CODED if len(one.records(name)) > 2])
        dice.choice([edit_cell, edit_rows])(dice, one, table, gentle=seed % 4 > 0)
    if seed % 2:
        edit_cell(dice, folder, dice.choice(["sources", "issues"]), gentle=True)
    same_at_once(folder.path)
    said_of_one_level(folder.path)


NULS = b"\0" * 200
ODD_LINES = {
    "zeros at the end": lambda line: line + NULS,
    "zeros in a cell": lambda line: line.replace(b",", b"," + NULS, 1),
    "zeros first": lambda line: NULS + line,
    "mark of UTF-8": lambda line: b"\xef\xbb\xbf" + line,
    "mark of UTF-16": lambda line: b"\xff\xfe" + line,
    "mark of UTF-32": lambda line: b"\xff\xfe\0\0" + line,
    "UTF-16": lambda line: line.decode().encode("utf-16"),
    "Windows-1254": lambda line: line + "ğ".encode("cp1254"),
    "CR": lambda line: line.replace(b",", b"\r"),
    "CR at the end": lambda line: line + b"\r",
}


@pytest.mark.parametrize("piece", [900, large.PIECE])
@pytest.mark.parametrize("odd", ODD_LINES)
def test_some_lines_are_not_read_as_if_they_were_the_file(
    data: Folder, odd: str, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "PIECE", piece)

    def change(content: bytes) -> bytes:
        lines = content.split(b"\n")
        # Two lines that are not in order, so that these and no others are cut out.
        lines[8:10] = [ODD_LINES[odd](lines[9]), ODD_LINES[odd](lines[8])]
        return b"\n".join(lines)

    data.bytes("passages", change)
    problems = same_at_once(data.path).problems
    assert {problem.file for problem in problems} == {"passages.csv"}


def lose(data: Folder, table: str) -> None:
    data.file(table).unlink()


def leave_the_header(data: Folder, table: str) -> None:
    data.write(table, data.records(table)[:1])


LOSSES = (lose, leave_the_header)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("table", MODELS)
def test_a_table_that_is_lost(tmp_path: Path, table: str, loss: Callable[..., None]) -> None:
    folder = write_analysis(tmp_path)
    loss(folder, table)
    same_at_once(folder.path)
    same_at_once(coding(folder).path)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("table", CODED)
def test_a_table_that_a_coding_lost(tmp_path: Path, table: str, loss: Callable[..., None]) -> None:
    folder = write_analysis(tmp_path)
    one = coding(folder)
    loss(one, table)
    problems = same_at_once(folder.path).problems
    same_at_once(one.path)
    if loss is not leave_the_header:
        assert [problem.file for problem in problems] == [f"codings/ai-1/{table}.csv"]


@pytest.mark.parametrize("author", ["zz-author", "zz-autor"])
def test_a_source_that_a_coding_does_not_cover_names_nobody_in_it(
    tmp_path: Path, author: str
) -> None:
    folder = write_analysis(tmp_path)
    one = coding(folder)
    folder.add("sources", folder.last("sources"), source_id="zz-source", author_id=author)
    lines = [
        data.add("actors", data.last("actors"), actor_id="zz-author") for data in (folder, one)
    ]
    found = same_at_once(one.path)
    assert [(problem.rule, problem.line) for problem in found.problems] == [
        ("every-actor-used", lines[1])
    ]
    assert found.sources == ["lantern-dunnet"]
    same_at_once(folder.path)


@pytest.mark.parametrize("edit", ["none", "end", "nowhere", "twice", "another"])
def test_ids_with_leading_zeros_are_ids_of_their_own(tmp_path: Path, edit: str) -> None:
    data = Folder(tmp_path / "data")
    write_copies(data.path, 2)
    for table in ("statements", "relays", "positions", "relationships"):
        padded = re.compile("(?m)(?<![^,\n])([spr])([0-9]{3})(?=,)")
        text = data.file(table).read_text(encoding="utf-8")
        data.file(table).write_text(padded.sub(r"\g<1>00\2", text), encoding="utf-8")
    edits: dict[str, Callable[[], object]] = {
        "none": lambda: None,
        "end": lambda: data.set("statements", "s00005", end="99999"),
        "nowhere": lambda: data.set("positions", "p00005", statement_id="s005"),
        "twice": lambda: data.set("positions", "p00006", position_id="p00005"),
        "another": lambda: data.set("positions", "p00006", position_id="p0006"),
    }
    edits[edit]()
    rules = {problem.rule for problem in same_at_once(data.path).problems}
    assert bool(rules) == (edit not in ("none", "another"))


SUSPICIONS: dict[str, Callable[[Any], Any]] = {
    "sentences-adjoin": lambda of: of["start"] >= 0,
    "no-cycle-of-parts": lambda of: of.filled("subject_id"),  # Of several rows, one is named.
    "no-cycle-of-issues": lambda of: of.filled("issue_id"),
    "every-actor-used": lambda of: of["rank"] == 1,
}


@pytest.mark.parametrize("name", SUSPICIONS)
def test_where_a_suspect_proves_innocent_every_row_is_asked(
    data: Folder, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = data.set("positions", "p001", ascription="ascribed")
    rules = [
        replace(rule, suspect=SUSPICIONS[name]) if rule.name == name else rule for rule in RULES
    ]
    monkeypatch.setattr(run, "RULES", rules)
    notes: list[str] = []
    found = run.find_problems(open_folder(data.path), (), LEVELS, notes.append, large=0)
    assert [(one.rule, one.line) for one in found.problems if one.level == 3] == [
        ("own-exactly-for-the-speaker", line)
    ]
    assert any("row by row" in note for note in notes)


def test_without_the_extra_large_data_are_read_row_by_row(
    data: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = data.set("positions", "p001", ascription="ascribed")
    monkeypatch.setattr(run, "find_spec", lambda name: None)
    notes: list[str] = []
    found = run.find_problems(open_folder(data.path), (), (1, 2, 3), notes.append, large=1000)
    assert [(one.rule, one.line) for one in found.problems] == [
        ("own-exactly-for-the-speaker", line)
    ]
    assert any(note.startswith("reading positions.csv") for note in notes)


def test_without_the_extra_the_command_says_what_would_be_faster(
    data: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    command = importlib.import_module("gaza_stabilization.cli.validate")
    monkeypatch.setattr(command, "is_large", lambda tables: True)
    monkeypatch.setattr(run, "find_spec", lambda name: None)
    assert main(["validate", str(data.path)]) == 0
    assert "gaza-stabilization[fast]" in capsys.readouterr().err


@pytest.mark.parametrize("table", ["actors", "issues", "relation_types", "sources"])
@pytest.mark.parametrize("edit", ["drop", "rename", "spoil"])
def test_damage_in_a_table_that_all_sources_share(tmp_path: Path, table: str, edit: str) -> None:
    data = Folder(tmp_path / "data")
    write_copies(data.path, 4)
    header, *rows = data.records(table)
    if edit == "drop":
        del rows[1]
    else:
        rows[1][0] = f"{rows[1][0]}{'x' if edit == 'rename' else ' X'}"
    data.write(table, [header, *rows])
    assert same_at_once(data.path).problems != []


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_rule_reads_the_tables_that_it_says(data: Folder, name: str) -> None:
    MUTATIONS[name](data)
    tables = {table: open_folder(data.path).records(table) for table in MODELS}
    (rule,) = (rule for rule in RULES if rule.name == name)

    def problems(of: Corpus) -> list[Problem]:
        return list(rule_problems(of, rule))

    everything = problems(Corpus(tables))
    assert everything
    assert problems(Corpus({table: tables[table] for table in rule.reads})) == everything


def test_what_passes_as_seen_is_seen() -> None:
    spans = blocks.SEEN.replace("\\", "")
    ends = [spans[at : at + 3] for at in range(0, len(spans), 3)]
    characters = [chr(n) for first, _, last in ends for n in range(ord(first), ord(last) + 1)]
    assert len(characters) > 40_000
    for character in characters:
        assert not list(cell_problems(f"a{character}")), hex(ord(character))
        assert character.isprintable()
        assert unicodedata.combining(character) == 0
    # Nothing that could be composed with what stands before it.
    composed = {
        unicodedata.normalize("NFD", chr(n))[-1]
        for n in range(sys.maxunicode)
        if len(unicodedata.normalize("NFD", chr(n))) > 1
    }
    assert not composed & set(characters)
