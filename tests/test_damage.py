"""Damage at one place silences no rule at another, and is no more than one problem."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.folder import Folder
from tests.test_files import found
from tests.test_links import MUTATIONS


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
def test_damage_at_one_place_hides_no_problem_at_another(
    data: Folder, damage: Callable[[Folder], None], rule: str
) -> None:
    expected = MUTATIONS[rule](data)
    damage(data)
    assert set(expected) <= set(found(data))


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
