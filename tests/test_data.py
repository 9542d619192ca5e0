"""The data themselves: they validate, and what is known of them stands."""

from __future__ import annotations

import pytest
from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.rows import FIRST_VERSION, columns

import gaza_stabilization as gs
from gaza_stabilization.text import canonical


def test_the_data_are_valid() -> None:
    assert gs.validate() == []


def test_every_field_says_in_which_version_it_came() -> None:
    released = gs.versions()["version"].tolist()
    had = {version: gs.load(version=version) for version in released}
    coming = gs.__version__.removesuffix(".dev0")
    for model in MODELS.values():
        for column in columns(model):
            table, name = column.table, column.name
            first = [one for one in released if table in had[one] and name in had[one][table]]
            # What was there before anything was kept may say an earlier one.
            assert column.since in (first[0] if first else coming, FIRST_VERSION), (table, name)


def test_a_known_row_stands() -> None:
    claims = gs.claims("1.0.0").set_index("position_id")
    row = claims.query("holder_id == 'recep-tayyip-erdogan' and date == '2023'").iloc[0]
    assert row.issue_id == "hamas-terrorist-label"
    assert (row.stance, row.intensity, row.ascription) == ("oppose", "categorical", "own")
    assert (row.holder, row.principal) == ("Recep Tayyip Erdoğan", "Turkey")
    assert row.attribution == "direct_quote"


def test_a_chain_of_relays_is_kept() -> None:
    chained = gs.claims("1.0.0").query("relay_count > 1")
    assert set(chained["relays"]) == {"i24news|gulf-sources"}
    assert set(chained["speaker_id"]) == {"saudi-arabia", "united-arab-emirates", "gulf-states"}


def test_key_phrases_are_canonical_and_short() -> None:
    phrases = gs.load("statements")["key_phrase"].dropna()
    assert len(phrases) > 0
    assert all(phrase == canonical(phrase) for phrase in phrases)


@pytest.mark.parametrize("table", ["statements", "relationships"])
def test_every_summary_says_who_makes_the_claim(table: str) -> None:
    # A summary that stands alone must not read as a statement of fact.
    names = {actor.actor_id: actor.name for actor in gs.rows("actors")}
    authors = {row.author_id for row in gs.rows("sources")}
    outlets = {row.outlet_id for row in gs.rows("sources")}
    column = "speaker_id" if table == "statements" else "asserted_by_id"
    for row in gs.load(table).itertuples():
        voice = str(getattr(row, column))
        words = names[voice].replace("U.S.", "US").split()
        words.append("".join(word[0] for word in words))  # Such as UAE.
        words += ["The author"] * (voice in authors) + ["The outlet"] * (voice in outlets)
        assert any(word in row.summary for word in words), row
