"""Data of another schema than the one in use, and of the same one in other words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import gaza_stabilization as gs
from gaza_stabilization.reading.files import FolderFiles
from gaza_stabilization.releases.archive import pack
from gaza_stabilization.releases.index import archive_name, as_row_counts, with_row
from gaza_stabilization.releases.snapshot import open_release
from gaza_stabilization.tables.sums import SUMS, seal
from tests.folder import Folder

CODER = "ai-1"
WENT = ("claims.tone", "positions.tone", "moods", "moods.meaning")
CAME = ("claims.condition", "positions.condition")


def describe_otherwise(package: Folder, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the descriptor of a package, and seal it as if it had been written so."""
    path = package.path / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    change(descriptor)
    path.write_text(json.dumps(descriptor), encoding="utf-8")
    (package.path / SUMS).unlink()
    seal(package.path, None)


@pytest.fixture
def older(package: Folder) -> Folder:
    """A data package of before positions had a `condition`, when they had a `tone`, and moods."""
    tone = {
        "name": "tone",
        "type": "string",
        "description": "How it is said.",
        "constraints": {"required": True, "enum": ["calm"]},
        "categories": [{"value": "calm", "label": "calm", "description": "Without heat."}],
        "example": "calm",
    }
    moods = {
        "name": "moods",
        "path": "moods.csv",
        "title": "Moods",
        "description": "One mood.",
        "schema": {
            "fields": [{"name": name, "type": "string"} for name in ("mood", "meaning")],
            "primaryKey": ["mood"],
        },
    }
    package.write("moods", [["mood", "meaning"], ["calm", "No heat at all."]])

    def change(descriptor: dict[str, Any]) -> None:
        descriptor |= {"version": "0.9.0", "created": "2020-01-01T00:00:00Z"}
        descriptor["resources"].append(moods)
        for resource in descriptor["resources"]:
            place, _, table = resource["name"].rpartition("/")
            if table in ("positions", "claims"):
                fields = resource["schema"]["fields"]
                gone = [field["name"] for field in fields].index("condition")
                fields[gone] = tone
                folder = Folder(package.path / place)
                header, *rows = folder.records(table)
                header[gone] = "tone"
                for row in rows:
                    row[gone] = "calm"
                folder.write(table, [header, *rows])

    describe_otherwise(package, change)
    return package


@pytest.fixture
def released(older: Folder, tmp_path: Path) -> gs.Dataset:
    """The same as a release."""
    folder, content = tmp_path / "releases", pack(FolderFiles(older.path), None)
    folder.mkdir()
    (folder / archive_name("0.9.0")).write_bytes(content)
    header = "version,date,sha256,rows,summary,chain\n"
    (folder / "index.csv").write_text(header, encoding="utf-8")
    tables = gs.Dataset(older.path).tables
    counts = as_row_counts({name: len(tables.text(name).lines) for name in tables.names})
    digest = hashlib.sha256(content).hexdigest()
    row = with_row(folder, "0.9.0", "2020-01-01", digest, counts, "Made up.")
    (folder / "index.csv").write_bytes(row)
    return gs.Dataset._of(lambda: open_release("0.9.0", folder))


@pytest.fixture(params=["package", "release"])
def old(request: pytest.FixtureRequest) -> gs.Dataset:
    if request.param == "release":
        dataset: gs.Dataset = request.getfixturevalue("released")
        return dataset
    return gs.Dataset(request.getfixturevalue("older").path)


def test_tables_are_loaded_in_the_columns_and_codes_that_they_had(old: gs.Dataset) -> None:
    assert old.version == "0.9.0"
    assert old.load("moods")["meaning"].tolist() == ["No heat at all."]
    assert "moods" in old.load()
    for positions in (old.load("positions"), old.claims(), old.coding(CODER).load("positions")):
        assert positions["tone"].cat.categories.tolist() == ["calm"]
        assert "condition" not in positions
        assert len(positions) > 1
    assert list(old.coding(CODER).load()) == list(gs.coding(CODER).load())
    kept = old.coding(CODER).load("statements")
    pd.testing.assert_frame_equal(kept, gs.coding(CODER).load("statements"))


def test_names_are_described_as_they_were(old: gs.Dataset) -> None:
    coding = old.coding(CODER)
    for dataset in (old, coding):
        assert dataset.describe("positions.tone").startswith("positions.tone (code, required)\n")
        assert "Without heat." in dataset.describe("positions.tone")
        assert dataset.describe("positions.tone=calm") == "positions.tone=calm: calm\nWithout heat."
        assert "tone" in set(dataset.codebook("positions")["field"])
        assert "positions.tone=calm" in set(dataset.find("without heat")["id"])
        assert dataset.describe("hamas").startswith("hamas (a row of actors)")
        for name in CAME:
            with pytest.raises(gs.UnknownNameError):
                dataset.describe(name)
        for name in (*dataset.load(), *dataset.tables.views):
            for field in dataset.codebook(name)["field"]:
                assert dataset.describe(f"{name}.{field}").startswith(f"{name}.{field} (")
    for name in WENT:
        assert old.describe(name).startswith(name)
    assert old.describe("calm") == "calm (a row of moods)\n  mood: calm\n  meaning: No heat at all."
    assert "No heat" in old.describe("calm")


def test_it_is_compared_under_its_own_schema(old: gs.Dataset) -> None:
    changes = old.diff(gs.Dataset())
    for table in ("positions", f"codings/{CODER}/positions"):
        assert list(changes.tables[table].columns_removed) == ["tone"]
        assert list(changes.tables[table].columns_added) == ["condition"]
        assert not changes.tables[table].added
    assert changes.tables["moods"].new is None
    assert changes.required_bump == "major"
    coding = old.coding(CODER)
    assert coding.diff(old.coding(CODER)).tables == {}


def test_what_needs_the_schema_in_use_says_so(old: gs.Dataset, tmp_path: Path) -> None:
    for dataset in (old, old.coding(CODER)):
        for ask in (
            lambda dataset=dataset: dataset.rows("positions"),
            lambda dataset=dataset: dataset.evidence("p001"),
            lambda dataset=dataset: gs.agreement(dataset, "ai-2"),
        ):
            with pytest.raises(gs.InvalidDataError, match=r"another schema than the one in use"):
                ask()
        with pytest.raises(gs.UsageError, match="another schema"):
            dataset.validate()
    assert old.rows("actors") == gs.rows("actors")


def test_other_words_make_no_other_schema(package: Folder, tmp_path: Path) -> None:
    def reword(descriptor: dict[str, Any]) -> None:
        for resource in descriptor["resources"]:
            resource["title"] += "!"
            resource["description"] = "In other words."
            resource["schema"]["rules"] = ["A rule in other words."]
            for field in resource["schema"]["fields"]:
                field["description"] = "Other words."
                for category in field.get("categories", ()):
                    category |= {"label": "other", "description": "Other words.", "number": 99}

    describe_otherwise(package, reword)
    dataset = gs.Dataset(package.path)
    for part in (dataset, dataset.coding(CODER)):
        assert part.validate() == []
        assert part.rows("positions")
        assert part.network("affiliation").edges.shape[0] > 1
        assert "Other words." in part.describe("positions.stance")
    assert dataset.export("csv", tmp_path / "csv").is_dir()
    changes = dataset.diff(gs.Dataset())
    assert changes.required_bump is not None  # Numbers of codes are others.
    assert not any(change.added or change.cells for change in changes.tables.values())


@pytest.mark.parametrize(
    "change",
    [
        lambda field: field["categories"].pop(),
        lambda field: field["categories"].reverse(),
        lambda field: field.update(categoriesOrdered=False),
        lambda field: field["constraints"].clear(),
        lambda field: field.update(name="position"),
    ],
)
def test_other_codes_columns_or_constraints_do(
    package: Folder, change: Callable[[dict[str, Any]], None]
) -> None:
    def alter(descriptor: dict[str, Any]) -> None:
        for resource in descriptor["resources"]:
            if resource["name"] == "positions":
                fields = resource["schema"]["fields"]
                change(next(field for field in fields if field["name"] == "stance"))

    describe_otherwise(package, alter)
    with pytest.raises(gs.UsageError, match="another schema"):
        gs.Dataset(package.path).validate()
