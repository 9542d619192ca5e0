"""Level 5: every digest against the text, on made-up texts and, where it is, on the article."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import gaza_stabilization as gs
from gaza_stabilization import UsageError
from gaza_stabilization.validation.rules import RULES
from tests.folder import Folder
from tests.validated import validate


def texts(made_up: Folder) -> list[str]:
    folder = made_up.path.parent / "texts"
    return [str(folder / "one.txt"), f"gull-2={folder / 'two.txt'}"]


def found(made_up: Folder) -> list[tuple[str, int | None, str | None]]:
    problems = validate(made_up.path, source=texts(made_up))
    return [(one.rule, one.line, one.column) for one in problems if one.level == 5]


def test_texts_belong_to_their_sources_by_digest_or_by_name(made_up: Folder) -> None:
    assert found(made_up) == []


def test_the_article_proves_every_digest(article: Path) -> None:
    assert gs.validate(source=str(article)) == []


MUTATIONS = {
    "text-digest": ("sources", "gull-2", "text_sha256", "0" * 64),
    "text-paragraphs": ("sources", "gull-1", "paragraphs", "3"),
    "text-incipit": ("sources", "gull-1", "incipit", "Harbour tal"),
    "passage-digest": ("passages", "gull-2-p02-s1", "sha256", "0" * 64),
    "statement-digest": ("statements", "s001", "sha256", "0" * 64),
    "key-phrase-in-span": ("statements", "s001", "key_phrase", "we will pay"),
}


@pytest.mark.parametrize("rule", MUTATIONS)
def test_rule_is_found_at_its_cell_and_nothing_else(made_up: Folder, rule: str) -> None:
    table, key, column, value = MUTATIONS[rule]
    line = made_up.set(table, key, **{column: value})
    assert found(made_up) == [(rule, line, column)]


@pytest.mark.parametrize("phrase", ["e will pa", "We will pay,", "minister of Norland", "pay We"])
def test_key_phrases_are_whole_words_of_the_speaker(made_up: Folder, phrase: str) -> None:
    text = (made_up.path.parent / "texts" / "one.txt").read_text(encoding="utf-8")
    assert "minister of Norland" in text  # The article's prose, outside the quotation marks.
    end = str(len('"We will pay," the minister of Norland'))
    made_up.set("statements", "s001", key_phrase=phrase, end=end)
    expected = phrase != "We will pay,"
    assert ("key-phrase-in-span" in {rule for rule, _, _ in found(made_up)}) == expected


@pytest.mark.parametrize("table", ["sources", "relays"])
def test_damaged_tables_are_reported_with_and_without_the_texts(
    made_up: Folder, table: str
) -> None:
    made_up.file(table).unlink()
    line = made_up.set("positions", "p001", stance="suport")
    problems = validate(made_up.path, source=texts(made_up))
    found = [(one.rule, one.file, one.line) for one in problems if one.level < 5]
    assert ("missing-file", f"{table}.csv", None) in found
    assert ("code", "positions.csv", line) in found


def test_every_rule_has_a_mutation() -> None:
    assert {one.name for one in RULES if one.level == 5} == set(MUTATIONS)


def test_the_digest_that_was_expected_is_given(made_up: Folder) -> None:
    right = made_up.cell("statements", "s002", "sha256")
    made_up.set("statements", "s002", sha256="0" * 64)
    (problem,) = validate(made_up.path, source=texts(made_up))
    assert problem.expected == right


def test_another_text_is_one_problem_of_its_source(made_up: Folder) -> None:
    path = made_up.path.parent / "texts" / "two.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("closed", "locked"), encoding="utf-8")
    assert [rule for rule, _, _ in found(made_up)] == ["text-digest"]


def test_quotation_marks_and_spaces_of_the_copy_do_not_matter(made_up: Folder) -> None:
    path = made_up.path.parent / "texts" / "one.txt"
    path.write_text(
        '\r\n Harbour  talks\r\n\n"We will pay," the minister of Norland said. He left.'
    )
    assert found(made_up) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("nothing.txt", "cannot read"),
        ("gull-3={one}", "did you mean 'gull-"),
        ("{other}", "say of which one it is a copy"),
        ("={one}", "expected a text file, or ID=FILE"),
        ("gull-1=", "expected a text file, or ID=FILE"),
        ("", "is a folder"),
        ("{folder}", "is a folder"),
        ("gull-1={folder}", "is a folder"),
    ],
)
def test_text_that_cannot_be_used_is_a_usage_error(made_up: Folder, given: str, says: str) -> None:
    one = made_up.path.parent / "texts" / "one.txt"
    other = made_up.path.parent / "other.txt"
    other.write_text("Another text.")
    with pytest.raises(UsageError, match=says):
        validate(made_up.path, source=given.format(one=one, other=other, folder=one.parent))


def test_two_texts_for_one_source_are_a_usage_error(made_up: Folder) -> None:
    one, two = texts(made_up)
    other = f"gull-1={two.partition('=')[2]}"
    for source in ([one, other], [other, one], [f"gull-1={one}", other]):
        with pytest.raises(UsageError, match="two texts for gull-1") as error:
            gs.validate(made_up.path, source=source)
        assert all(words in str(error.value) for words in source)


def test_two_copies_of_the_same_text_are_one(made_up: Folder) -> None:
    one, two = texts(made_up)
    assert gs.validate(made_up.path, source=[one, f"gull-1={one}", two]) == []


def test_links_that_lead_to_no_text_are_shown_with_the_digests(made_up: Folder) -> None:
    line = made_up.set("passages", "gull-2-p02-s1", source_id="nowhere")
    problems = gs.validate(made_up.path, source=texts(made_up), levels=[5])
    assert [(one.rule, one.file, one.line) for one in problems] == [
        ("foreign-key", "passages.csv", line)
    ]


def test_tables_that_are_not_clean_are_shown_with_the_digests(made_up: Folder) -> None:
    made_up.set("positions", "p001", stance="suport")  # No digest is of a position.
    assert gs.validate(made_up.path, source=texts(made_up), levels=[5]) == []
    line = made_up.set("statements", "s001", speech_act="shout")
    problems = gs.validate(made_up.path, source=texts(made_up), levels=[5])
    assert [(one.level, one.file, one.line) for one in problems] == [(2, "statements.csv", line)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["validate", "{data}", "--source", "{pipe}"], "is a pipe or a device"),
        (["validate", "{data}", "--source", "gull-1=/dev/zero"], "is a pipe or a device"),
        (["locate", "{pipe}", "words"], "is a pipe or a device"),
        (["export", "csv", "{pipe}", "--data", "{data}"], "is a file"),
        (["export", "csv", "{folder}", "--data", "{data}"], "not an earlier export"),
    ],
)
def test_a_pipe_is_refused_and_not_waited_for(
    made_up: Folder, tmp_path: Path, arguments: list[str], says: str
) -> None:
    pipe = tmp_path / "elsewhere" / "README.md"
    pipe.parent.mkdir()
    os.mkfifo(pipe)
    named = [word.format(data=made_up.path, pipe=pipe, folder=pipe.parent) for word in arguments]
    command = [sys.executable, "-m", "gaza_stabilization.cli", *named]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
def test_a_pipe_in_the_place_of_a_table_is_a_problem(made_up: Folder) -> None:
    made_up.file("relays").unlink()
    os.mkfifo(made_up.file("relays"))
    assert "not-a-file" in {problem.rule for problem in gs.validate(made_up.path)}


def test_text_that_is_not_utf8_is_a_usage_error(made_up: Folder) -> None:
    path = made_up.path.parent / "texts" / "one.txt"
    path.write_bytes(b"caf\xe9")
    with pytest.raises(UsageError, match="UTF-8"):
        validate(made_up.path, source=f"gull-1={path}")
