"""Evidence: every row leads back to its place."""

from __future__ import annotations

import pytest

import gaza_stabilization as gs
from gaza_stabilization import Dataset
from tests.folder import Folder


@pytest.mark.parametrize("table", ["positions", "relationships", "statements"])
def test_every_row_has_its_evidence(table: str) -> None:
    for id_ in gs.load(table).iloc[::7, 0]:
        found = gs.evidence(id_)
        assert found.statement.passage_id == found.passage.passage_id
        assert found.passage.source_id == found.source.source_id
        assert found.passage.start <= found.statement.start < found.passage.end
        assert found.chain[0] == found.outlet.actor_id
        assert found.chain[-1] == found.asserter.actor_id
        assert found.statement.sha256 in str(found)


def test_the_chain_is_kept_in_order() -> None:
    found = gs.release("1.0.0").evidence("s010")
    assert found.chain == ("jns", "shimon-sherman", "new-york-post", "unnamed-us-official-1")
    assert "JNS > Shimon Sherman > New York Post > Unnamed U.S. official (1)" in str(found)


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
        publishers = [one for one in (evidence.source.outlet_id, evidence.source.author_id) if one]
        between = [] if row.relay_count == 0 else row.relays.split("|")
        if row.asserted_by_id in publishers:
            assert list(evidence.chain) == publishers
            assert between == []
        else:
            assert list(evidence.chain) == [*publishers, *between, row.asserted_by_id]


def test_a_source_without_an_author_speaks_as_its_outlet(made_up: Folder) -> None:
    found = Dataset(made_up.path).evidence("r001")
    assert found.chain == ("daily-gull",)
    assert '"We will pay"' in str(found)
