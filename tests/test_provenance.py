"""Evidence: every row leads back to its place."""

from __future__ import annotations

import pytest
from gaza_stabilization.schema.models import references

import gaza_stabilization as gs
from gaza_stabilization import Dataset
from gaza_stabilization.tables.provenance import FOLLOWED
from tests.folder import Folder


@pytest.mark.parametrize("table", ["positions", "relationships", "statements"])
def test_every_row_has_its_evidence(table: str) -> None:
    for id_ in gs.load(table).iloc[::7, 0]:
        evidence = gs.evidence(id_)
        assert evidence.statement.passage_id == evidence.passage.passage_id
        assert evidence.passage.source_id == evidence.source.source_id
        assert evidence.passage.start <= evidence.statement.start < evidence.passage.end
        assert evidence.chain[0] == evidence.outlet.actor_id
        assert evidence.chain[-1] == evidence.asserter.actor_id
        assert evidence.statement.sha256 in str(evidence)


def test_the_chain_is_kept_in_order() -> None:
    evidence = gs.release("1.0.0").evidence("s010")
    assert evidence.chain == ("jns", "shimon-sherman", "new-york-post", "unnamed-us-official-1")
    assert "JNS > Shimon Sherman > New York Post > Unnamed U.S. official (1)" in str(evidence)


def test_the_author_s_own_voice_has_no_further_link() -> None:
    assert gs.release("1.0.0").evidence("s008").chain == ("jns", "shimon-sherman")


def test_unknown_id_names_the_nearest() -> None:
    with pytest.raises(gs.UnknownNameError, match="did you mean"):
        gs.evidence("r0001")


def test_a_tie_has_the_chain_of_whoever_asserts_it() -> None:
    relayed = set(gs.load("relays")["statement_id"])
    ties = [row for row in gs.ties().itertuples() if row.statement_id in relayed]
    assert any(row.relay_count > 0 for row in ties)
    for row in ties:
        evidence = gs.evidence(row.relationship_id)
        publishers = [*filter(None, (evidence.source.outlet_id, evidence.source.author_id))]
        between = [] if row.relay_count == 0 else row.relays.split("|")
        if row.asserted_by_id in publishers:
            assert list(evidence.chain) == publishers
            assert between == []
        else:
            assert list(evidence.chain) == [*publishers, *between, row.asserted_by_id]


def test_a_source_without_an_author_speaks_as_its_outlet(made_up: Folder) -> None:
    evidence = Dataset(made_up.path).evidence("r001")
    assert evidence.chain == ("daily-gull",)
    assert '"We will pay"' in str(evidence)


NOWHERE = {
    "statement_id": "s999",
    "passage_id": "nowhere-p01-s1",
    "relation": "leads_nowhere",
    "source_id": "nowhere",
}
LINKS = [(table, column.name) for table in FOLLOWED for column, _, _ in references(table)]
LINKS.remove(("passages", "source_id"))  # It is a part of the passage's own id.


@pytest.mark.parametrize(("table", "column"), LINKS)
def test_a_link_that_leads_nowhere_is_named_and_no_traceback(
    data: Folder, table: str, column: str
) -> None:
    header, *rows = data.records(table)
    place = next(place for place, row in enumerate(rows) if row[header.index(column)])
    wrong = NOWHERE.get(column, "nobody-here")
    rows[place][header.index(column)] = wrong
    data.write(table, [header, *rows])
    own = Dataset(data.path)
    said = rf"{table}\.csv:{place + 2}:{column} foreign-key: found '{wrong}'"
    with pytest.raises(gs.InvalidDataError, match=said):
        own.evidence("s001")
    joined = {"sources": 0, "positions": 1, "relationships": 2}.get(table, 3)
    asked = {
        own.claims: joined in (1, 3),
        own.ties: joined in (2, 3),
        lambda: own.network("congruence"): joined in (1, 3),
        lambda: own.network("relationships"): joined in (2, 3),
        lambda: own.network("attribution"): joined in (0, 3),
    }
    for ask, follows in asked.items():
        if follows:
            with pytest.raises(gs.InvalidDataError, match=said):
                ask()
        else:
            ask()


def test_a_passage_or_statement_that_is_gone_is_named(data: Folder) -> None:
    gone = {"passages": "passage_id", "statements": "statement_id"}
    for table, column in gone.items():
        key = data.cell("statements", "s010", column)
        kept = data.file(table).read_bytes()
        data.delete(table, key)
        own = Dataset(data.path)
        for ask in (own.claims, lambda own=own: own.evidence("s009")):
            with pytest.raises(gs.InvalidDataError, match=rf"{column} foreign-key: found '{key}'"):
                ask()
        data.file(table).write_bytes(kept)


def test_relays_are_told_in_the_order_of_their_depth(data: Folder) -> None:
    expected = Dataset(data.path).evidence("s010").chain
    header, *rows = data.records("relays")
    data.write("relays", [header, *reversed(rows)])
    own = Dataset(data.path)
    assert own.evidence("s010").chain == expected
    assert own.claims().equals(gs.release("1.0.0").claims())
