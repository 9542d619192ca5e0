"""Level 3: links and rules across tables are found at their line."""

from __future__ import annotations

import pytest
from gaza_stabilization.schema.models import MODELS, references
from gaza_stabilization.schema.order import natural

from gaza_stabilization.validation.rules import RULES
from tests.folder import Folder
from tests.test_adjudications import MUTATIONS as ADJUDICATED
from tests.test_files import Found, found
from tests.validated import validate

LINKS = [(name, column.name) for name in MODELS for column, _, _ in references(name)]
WELL_SPELLED = {"passage_id": "nowhere-p01-s1", "statement_id": "s999", "relation": "nothing"}


@pytest.mark.parametrize(("table", "column"), LINKS)
def test_every_link_must_lead_somewhere(data: Folder, table: str, column: str) -> None:
    header, *rows = data.records(table)
    rows[-1][header.index(column)] = WELL_SPELLED.get(column, "nobody-here")
    if (table, column) == ("passages", "source_id"):  # The id of a passage is made of it.
        rows[-1][0] = "nobody-here-p39-s1"
    data.write(table, [header, *rows])
    assert ("foreign-key", f"{table}.csv", len(rows) + 1, column) in found(data)


def test_dangling_link_names_the_nearest_id(data: Folder) -> None:
    data.set("positions", data.last("positions"), issue_id="turkey-influense")
    (problem,) = validate(data.path)
    assert "'turkey-influence'" in problem.hint


def every_paragraph(data: Folder) -> list[Found]:
    line = data.set("sources", "jns-sherman", paragraphs="40")
    return [("every-paragraph", "sources.csv", line, "paragraphs")]


def sentences_in_sequence(data: Folder) -> list[Found]:
    line = data.set("passages", "jns-sherman-p39-s1", passage_id="jns-sherman-p39-s2", sentence="2")
    return [("sentences-in-sequence", "passages.csv", line, "sentence")]


def sentences_adjoin(data: Folder) -> list[Found]:
    start = int(data.cell("passages", "jns-sherman-p36-s3", "start"))
    line = data.set("passages", "jns-sherman-p36-s3", start=str(start + 1))
    return [("sentences-adjoin", "passages.csv", line, "start")]


def coded_exactly_where_spoken(data: Folder) -> list[Found]:
    coded = data.set("passages", "jns-sherman-p36-s3", status="scene_setting")
    other = data.set("passages", "jns-sherman-p39-s1", status="coded")
    rule = "coded-exactly-where-spoken"
    return [(rule, "passages.csv", line, "status") for line in (coded, other)]


def span_starts_in_its_sentence(data: Folder) -> list[Found]:
    key = data.where("statements", passage_id="jns-sherman-p36-s1")
    line = data.set("statements", key, passage_id="jns-sherman-p36-s2")
    return [("span-starts-in-its-sentence", "statements.csv", line, "start")]


def span_lies_in_its_paragraph(data: Folder) -> list[Found]:
    last = int(data.cell("passages", "jns-sherman-p38-s3", "end"))
    line = data.set("statements", data.last("statements"), end=str(last + 1))
    return [("span-lies-in-its-paragraph", "statements.csv", line, "end")]


def same_place_same_hash(data: Folder) -> list[Found]:
    # s004 shares its span with s003.
    line = data.set("statements", "s004", sha256="0" * 64)
    return [("same-place-same-hash", "statements.csv", line, "sha256")]


def author_exactly_for_the_author(data: Folder) -> list[Found]:
    speaker = data.set("statements", "s042", attribution="indirect", venue="unspecified")
    other = data.set("statements", "s007", attribution="author", venue="")
    rule = "author-exactly-for-the-author"
    return [(rule, "statements.csv", line, "attribution") for line in (other, speaker)]


def no_media_addressee(data: Folder) -> list[Found]:
    line = data.set("statements", "s010", addressee_id="new-york-post")
    return [("no-media-addressee", "statements.csv", line, "addressee_id")]


def relays_in_sequence(data: Folder) -> list[Found]:
    line = data.set("relays", "s010", depth="2")
    return [("relays-in-sequence", "relays.csv", line, "depth")]


def relay_is_another(data: Folder) -> list[Found]:
    # The outlet that stood there is named elsewhere, so that it does not become unused.
    data.set("relationships", data.last("relationships"), object_id="new-york-post")
    lines = [
        data.set("relays", "s010", relay_id="unnamed-us-official-1"),
        data.add("relays", "s032", statement_id=data.last("statements"), depth="1", relay_id="jns"),
    ]
    return [("relay-is-another", "relays.csv", line, "relay_id") for line in lines]


def no_relay_of_the_author(data: Folder) -> list[Found]:
    line = data.add("relays", "s032", statement_id="s042", depth="1")
    data.write("relays", sorted(data.records("relays")[1:]))
    header = ["statement_id", "depth", "relay_id"]
    data.write("relays", [header, *data.records("relays")])
    assert data.line("relays", "s042") == line
    return [("no-relay-of-the-author", "relays.csv", line, "statement_id")]


def own_exactly_for_the_speaker(data: Folder) -> list[Found]:
    lines = [
        data.set("positions", "p001", ascription="ascribed"),
        data.set("positions", data.last("positions"), ascription="own"),
    ]
    rule = "own-exactly-for-the-speaker"
    return [(rule, "positions.csv", line, "ascription") for line in lines]


def no_cycle_of_issues(data: Folder) -> list[Found]:
    line = data.set("issues", "qatar-mediation", parent_id="qatar-role")
    data.set("issues", "qatar-role", parent_id="qatar-mediation")
    return [("no-cycle-of-issues", "issues.csv", line, "parent_id")]


def subject_type(data: Folder) -> list[Found]:
    # Only states guarantee.
    key = data.where("relationships", relation="guarantees")
    line = data.set("relationships", key, subject_id="gaza")
    return [("subject-type", "relationships.csv", line, "subject_id")]


def object_type(data: Folder) -> list[Found]:
    key = data.where("relationships", relation="guarantees")
    data.set(
        "relationships", data.last("relationships"), subject_id="cyprus"
    )  # Named elsewhere, so not unused.
    line = data.set("relationships", key, object_id="hamas")
    return [("object-type", "relationships.csv", line, "object_id")]


def two_actors(data: Folder) -> list[Found]:
    line = data.set("relationships", data.last("relationships"), object_id="turkey")
    return [("two-actors", "relationships.csv", line, "object_id")]


def symmetric_order(data: Folder) -> list[Found]:
    key = data.where("relationships", relation="agrees_with")
    ends = [data.cell("relationships", key, end) for end in ("subject_id", "object_id")]
    line = data.set("relationships", key, subject_id=ends[1], object_id=ends[0])
    return [("symmetric-order", "relationships.csv", line, "subject_id")]


def asserter_has_a_voice(data: Folder) -> list[Found]:
    line = data.set("relationships", data.last("relationships"), asserted_by_id="hamas")
    return [("asserter-has-a-voice", "relationships.csv", line, "asserted_by_id")]


def part_of_once(data: Folder) -> list[Found]:
    lines = [
        data.add(
            "relationships",
            data.last("relationships"),
            relationship_id=f"r90{number}",
            subject_id="us-officials",
            relation="part_of",
            object_id=target,
        )
        for number, target in enumerate(["united-states", "us-state-department"])
    ]
    return [("part-of-once", "relationships.csv", lines[0], "relation")]


def no_cycle_of_parts(data: Folder) -> list[Found]:
    # The author has us-state-department in united-states; now also the other way round.
    key = data.where("relationships", subject_id="us-state-department", object_id="united-states")
    like = {"asserted_by_id": data.cell("relationships", key, "asserted_by_id")}
    line = data.add(
        "relationships",
        data.last("relationships"),
        relationship_id="r900",
        subject_id="united-states",
        relation="part_of",
        object_id="us-state-department",
        modality="actual",
        **like,
    )
    return [("no-cycle-of-parts", "relationships.csv", line, "object_id")]


def every_actor_used(data: Folder) -> list[Found]:
    line = data.add("actors", "western-states", actor_id="zanzibar")
    return [("every-actor-used", "actors.csv", line, "actor_id")]


def retire(data: Folder, *cells: str) -> int:
    """List a retired id at its place; returns its line."""
    header, *rows = data.records("retired_ids")
    data.write(
        "retired_ids", [header, *sorted([*rows, list(cells)], key=lambda row: natural(row[0]))]
    )
    return data.line("retired_ids", cells[0])


def retired_id_reused(data: Folder) -> list[Found]:
    line = retire(data, data.last("statements"), "0.2.0", "", "Made up.")
    return [("retired-id-reused", "retired_ids.csv", line, "id")]


def replacement_exists(data: Folder) -> list[Found]:
    good, last = data.last("positions"), "u"
    lines = [
        retire(data, f"{last}901", "0.2.0", f"{good}|u903", "Made up."),
        retire(data, f"{last}902", "0.2.0", f"{last}901", "Made up."),
    ]
    return [("replacement-exists", "retired_ids.csv", line, "replaced_by") for line in lines]


MUTATIONS = {
    function.__name__.replace("_", "-"): function
    for function in (
        every_paragraph,
        sentences_in_sequence,
        sentences_adjoin,
        coded_exactly_where_spoken,
        span_starts_in_its_sentence,
        span_lies_in_its_paragraph,
        same_place_same_hash,
        author_exactly_for_the_author,
        no_media_addressee,
        relays_in_sequence,
        relay_is_another,
        no_relay_of_the_author,
        own_exactly_for_the_speaker,
        no_cycle_of_issues,
        subject_type,
        object_type,
        two_actors,
        symmetric_order,
        asserter_has_a_voice,
        part_of_once,
        no_cycle_of_parts,
        every_actor_used,
        retired_id_reused,
        replacement_exists,
    )
}


@pytest.mark.parametrize("rule", MUTATIONS)
def test_rule_is_found_at_its_line_and_nothing_else(data: Folder, rule: str) -> None:
    assert sorted(MUTATIONS[rule](data), key=str) == sorted(found(data), key=str)


def test_every_rule_has_a_mutation() -> None:
    assert {one.name for one in RULES if one.level in (3, 4)} == set(MUTATIONS) | set(ADJUDICATED)


def test_made_up_corpus_of_two_sources_is_clean(made_up: Folder) -> None:
    assert found(made_up) == []


def part_of(data: Folder, **cells: str) -> int:
    like = {"relation": "part_of", "modality": "actual", "asserted_by_id": "shimon-sherman"}
    return data.add(
        "relationships",
        data.last("relationships"),
        **(like | {"relationship_id": "r900"} | cells),
    )


def test_a_cycle_of_parts_needs_one_asserter_and_actual_ties(data: Folder) -> None:
    # The author has civil-military-coordination-center in us-central-command.
    centre = "civil-military-coordination-center"
    back = {"subject_id": "us-central-command", "object_id": centre}
    part_of(data, **back)
    assert [rule for rule, _, _, _ in found(data)] == ["no-cycle-of-parts"]
    data.delete("relationships", "r900")
    part_of(data, **back, modality="prospective")
    assert found(data) == []
    data.delete("relationships", "r900")
    part_of(data, **back, asserted_by_id="hay-eytan-cohen-yanarocak")
    assert found(data) == []


def test_part_of_may_stand_once_in_each_source(made_up: Folder) -> None:
    records = made_up.records("relation_types")
    row = ["part_of", "background", "is part of", "Belongs.", "", "", "false", ""]
    made_up.write("relation_types", [*records, row])
    tie = ["norland", "part_of", "sudland"]
    rest = ["actual", "", "", "", "The asserter says so.", "high"]
    rows = [
        ["r003", "s001", *tie, "minister", *rest],
        ["r004", "s002", *tie, "sudland", *rest],
    ]
    made_up.write("relationships", [*made_up.records("relationships"), *rows])
    assert found(made_up) == []
    again = ["r005", "s002", *tie, "ada-quill", *rest]
    made_up.write("relationships", [*made_up.records("relationships"), again])
    assert [rule for rule, _, _, _ in found(made_up)] == ["part-of-once"]
