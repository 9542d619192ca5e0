"""Damage is one problem, and lets no rule wait but those that read the damaged table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gaza_stabilization.validation.rules import RULES
from tests.folder import Folder
from tests.test_files import found
from tests.test_links import MUTATIONS
from tests.validated import same_at_once


def bad_start(data: Folder) -> None:
    data.set("passages", "jns-sherman-p02-s1", start="x")


def bad_relay(data: Folder) -> None:
    data.set("relays", "s010", depth="x")


def bad_span(data: Folder) -> None:
    data.set("statements", "s001", end="1e2")


def nowhere(data: Folder) -> None:
    data.set("statements", "s001", passage_id="nowhere-p01-s1")


def bad_holder(data: Folder) -> None:
    data.set("positions", "p005", holder_id="Marco Rubio")


def bad_subject(data: Folder) -> None:
    data.set("relationships", "r001", subject_id="Marco Rubio")


def lost_actors(data: Folder) -> None:
    data.file("actors").write_bytes(b"\x80\x80")


def ragged(table: str, key: str) -> Callable[[Folder], None]:
    return lambda data: data.text_line(table, data.line(table, key), lambda line: f"{line},")


def open_quote(table: str, key: str) -> Callable[[Folder], None]:
    return lambda data: data.text_line(table, data.line(table, key), lambda line: f'"{line}')


def lost_letter(table: str, key: str) -> Callable[[Folder], None]:
    return lambda data: data.text_line(table, data.line(table, key), lambda line: f"{line}\ufffd")


SENTENCE = ("passages", "jns-sherman-p02-s1")
LINES = [damage(*SENTENCE) for damage in (ragged, open_quote, lost_letter)]
SPOKEN = [damage("statements", "s001") for damage in (ragged, open_quote, lost_letter)]
RELAYED = [damage("relays", "s010") for damage in (ragged, open_quote, lost_letter)]


@pytest.mark.parametrize(
    ("damage", "rule"),
    [
        (bad_start, "sentences-adjoin"),
        (bad_start, "two-actors"),
        (bad_relay, "sentences-adjoin"),
        (bad_relay, "part-of-once"),
        (bad_holder, "author-exactly-for-the-author"),
        (bad_subject, "coded-exactly-where-spoken"),
        (lost_actors, "own-exactly-for-the-speaker"),
        (bad_start, "coded-exactly-where-spoken"),
        (bad_relay, "asserter-has-a-voice"),
        (bad_span, "same-place-same-hash"),
        (bad_span, "span-lies-in-its-paragraph"),
        (nowhere, "same-place-same-hash"),
        (bad_holder, "every-actor-used"),
        (bad_holder, "own-exactly-for-the-speaker"),
        (bad_subject, "part-of-once"),
        (bad_subject, "no-cycle-of-parts"),
        *((line, "sentences-adjoin") for line in LINES),
        *((line, "span-lies-in-its-paragraph") for line in LINES),
        *((line, "coded-exactly-where-spoken") for line in LINES + SPOKEN),
        *((line, "same-place-same-hash") for line in LINES + SPOKEN),
        *((line, "asserter-has-a-voice") for line in RELAYED + SPOKEN),
        *((line, "every-actor-used") for line in RELAYED + SPOKEN),
        (lost_actors, "two-actors"),
        (lost_actors, "same-place-same-hash"),
    ],
)
def test_damage_lets_only_those_rules_wait_that_read_the_damaged_table(
    data: Folder, damage: Callable[[Folder], None], rule: str
) -> None:
    expected = MUTATIONS[rule](data)
    damage(data)
    found = same_at_once(data.path)
    dirty = {problem.file for problem in found.problems if problem.level < 3}
    (asked,) = (one for one in RULES if one.name == rule)
    waited_for = dirty & {f"{table}.csv" for table in asked.reads}
    if waited_for:
        assert waited_for <= found.waiting[f"{asked.table}.csv"]
        assert rule not in {problem.rule for problem in found.problems}
    else:
        places = {(one.rule, one.file, one.line, one.column) for one in found.problems}
        assert set(expected) <= places


def test_a_misspelt_speaker_or_author_is_one_problem(data: Folder) -> None:
    line = data.set("statements", "s036", speaker_id="recep-tayip-erdogan")
    assert found(data) == [("foreign-key", "statements.csv", line, "speaker_id")]
    data.set("statements", "s036", speaker_id="recep-tayyip-erdogan")
    line = data.set("sources", "jns-sherman", author_id="shimon-shermann")
    assert found(data) == [("foreign-key", "sources.csv", line, "author_id")]


def test_a_look_alike_key_is_not_offered_as_a_hint(data: Folder) -> None:
    line = data.set("actors", "hamas", actor_id="h\u0430mas")
    assert found(data) == [("id", "actors.csv", line, "actor_id")]


@pytest.mark.parametrize("damage", [*LINES, *SPOKEN, *RELAYED])
def test_a_damaged_line_is_one_problem(data: Folder, damage: Callable[[Folder], None]) -> None:
    damage(data)
    assert len(found(data)) == 1
