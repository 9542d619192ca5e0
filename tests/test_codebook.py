"""The codebook as answers: complete, counted, and kind to a misspelt name."""

from __future__ import annotations

import re

import pytest
from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.rows import columns, definition

import gaza_stabilization as gs
from gaza_stabilization.codebooks.book import codebook_markdown
from gaza_stabilization.validation.rules import RULES
from tests.folder import Folder

FIGURES = re.compile("alpha [0-9]|F1 [0-9]|Krippendorff")


def test_every_field_is_described_with_an_example_that_is_valid() -> None:
    book = gs.codebook()
    for name, model in MODELS.items():
        assert book.query("table == @name")["field"].tolist() == list(gs.load(name))
        for column in columns(model):
            _, errors = model.read({column.name: column.example})
            assert errors == [], (name, column.name)
            assert column.description.endswith(".")
    assert book["description"].notna().all()


def test_codebook_of_a_view_and_of_nothing() -> None:
    assert "relay_count" in set(gs.codebook("claims")["field"])
    with pytest.raises(gs.UnknownNameError, match="'claims'"):
        gs.codebook("claim")


def test_describe_counts_every_code() -> None:
    text = gs.describe("positions.stance")
    for code, count in gs.load("positions")["stance"].value_counts().items():
        assert any(line.split()[:2] == [code, str(count)] for line in text.splitlines())


@pytest.mark.parametrize("name", ["positions", "claims", "claims.relay_count", "hamas", "p001"])
def test_describe_knows_tables_views_fields_and_ids(name: str) -> None:
    assert gs.release("1.0.0").describe(name).startswith(name)


@pytest.mark.parametrize(
    ("name", "near"),
    [("posit", "positions"), ("positions.stanc", "stance"), ("hammas", "hamas"), ("", "there are")],
)
def test_describe_names_the_nearest(name: str, near: str) -> None:
    with pytest.raises(gs.UnknownNameError, match=near):
        gs.release("1.0.0").describe(name)


def test_find_searches_all_kinds_and_all_words() -> None:
    release = gs.release("1.0.0")
    assert set(release.find("state")["kind"]) >= {"field", "code", "issue", "actor"}
    assert release.find("MEDIATE parties")["id"].tolist() == ["qatar-mediation"]
    assert release.find("no such words anywhere").empty


def test_every_id_that_find_gives_can_be_described() -> None:
    data = gs.Dataset()
    for id_ in data.find("e")["id"]:
        assert data.describe(id_).startswith(id_)


def test_find_wants_a_word() -> None:
    with pytest.raises(gs.UsageError, match="no words"):
        gs.find("  ")


def test_views_are_found_too() -> None:
    assert "claims.relay_count" in set(gs.find("relay_count")["id"])


def test_fields_of_lists_count_every_code() -> None:
    text = gs.describe("relation_types.object_types")
    states = gs.load("relation_types")["object_types"].dropna().str.split("|").explode()
    count = int((states == "state").sum())
    assert any(line.split()[:2] == ["state", str(count)] for line in text.splitlines())


def test_links_and_required_fields_are_told() -> None:
    assert "Points to: actors.actor_id." in gs.describe("positions.holder_id")
    book = gs.codebook("positions").set_index("field")["required"]
    assert book["stance"]
    assert not book["condition"]


def test_markdown_has_every_field_code_and_rule() -> None:
    text = codebook_markdown(gs.Dataset().tables)
    assert FIGURES.search(text)
    for model in MODELS.values():
        for column in columns(model):
            assert f"`{column.name}`" in text
            for code in column.codes or []:
                assert f"`{code}`" in text or column.datatype == "codes"
        for rule in model.about.rules:
            assert f"- {rule.sentence}\n" in text
        for names in model.about.unique.values():
            assert "no two rows share " + ", ".join(f"`{name}`" for name in names) in text
        assert definition(model) in text
    for rule in RULES:
        assert f"- {rule.sentence.rstrip('.')} (`{rule.column}`" in text
    for row in gs.load("issues").itertuples():
        count = int((gs.load("positions")["issue_id"] == row.issue_id).sum())
        assert f"| {row.definition} | {count} |" in text
    for row in gs.load("relation_types").itertuples():
        count = int((gs.load("relationships")["relation"] == row.relation).sum())
        assert f"| {row.definition} | {count} |" in text
    support = int((gs.load("positions")["stance"] == "support").sum())
    assert f"with condition X. | {support} |" in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in rows)


def test_the_codebook_of_ones_own_says_nothing_of_this_dataset(made_up: Folder) -> None:
    own = gs.Dataset(made_up.path)
    text = codebook_markdown(own.tables)
    assert text.startswith(f"# Codebook of {own.tables.about.title}\n\nVersion local.")
    assert gs.Dataset().tables.about.title not in text
    assert not FIGURES.search(text)
    assert "| `norland-pays` |" in text
    assert own.codebook()["agreement"].isna().all()
    assert "Agreement" not in own.describe("positions.stance")


def test_a_release_tells_of_the_tables_that_it_has() -> None:
    old = gs.release("0.2.0")
    text = codebook_markdown(old.tables)
    assert "Version 0.2.0." in text
    assert f"| [relationships](#relationships) | {len(old.load('relationships'))} |" in text
    assert "adjudications" not in set(old.codebook()["table"])
    assert "## coders" not in text
    assert not FIGURES.search(text)  # Of its rules nobody has measured how far coders agree.
    assert old.describe("hamas").startswith("hamas (a row of actors)")
    with pytest.raises(gs.UnknownNameError, match="no table, field or id 'coders'"):
        old.describe("coders")


def test_a_coding_is_described_with_what_its_coder_was_given() -> None:
    coded = gs.coding("ai-1")
    count = int((coded.load("positions")["issue_id"] == "turkey-role").sum())
    lines = codebook_markdown(coded.tables).splitlines()
    (line,) = [line for line in lines if line.startswith("| `turkey-role` |")]
    assert line.endswith(f"| {count} |")
    assert coded.describe("turkey-role").startswith("turkey-role (a row of issues)")
