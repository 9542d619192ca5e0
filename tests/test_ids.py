"""Ids: each stands in one table, and what took the place of a retired one stands somewhere."""

from __future__ import annotations

from tests.folder import Folder
from tests.test_files import found
from tests.test_links import retire


def test_an_id_stands_in_one_table_only(data: Folder) -> None:
    line = data.add("issues", data.last("issues"), issue_id="zz-hamas")
    data.add("actors", "hamas", actor_id="zz-hamas")
    places = [one[1:] for one in found(data) if one[0] == "shared-id"]
    assert places == [("issues.csv", line, "issue_id")]


def test_what_took_a_place_may_be_retired_itself_but_not_in_a_circle(data: Folder) -> None:
    one = retire(data, "u901", "0.2.0", "u902", "Made up.")
    two = retire(data, "u902", "0.2.0", data.last("positions"), "Made up.")
    assert found(data) == []
    data.set("retired_ids", "u902", replaced_by="u901")
    places = [(rule, line) for rule, _, line, _ in found(data)]
    assert places == [("replacement-exists", one), ("replacement-exists", two)]


def test_a_replacement_that_a_damaged_line_may_have_held_is_not_called_missing(
    data: Folder,
) -> None:
    last = data.last("positions")
    retire(data, "u901", "0.2.0", last, "Made up.")
    line = data.line("positions", last)
    data.text_line("positions", line, lambda text: f'"{text}')
    assert [rule for rule, *_ in found(data)] == ["open-quote"]
