"""The data package: valid for its readers, the same in every run, kind to other people's files."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import frictionless
import pytest
from gaza_stabilization.schema.cells import Code, Scale, SortedCodes, Spelling, WholeNumber
from gaza_stabilization.schema.models import CODED, CODINGS, MODELS, references
from gaza_stabilization.schema.table_schema import coding_resource
from gaza_stabilization.schema.views import VIEWS

import gaza_stabilization as gs
from gaza_stabilization.about import Edition
from gaza_stabilization.codebooks.lookup import fields_of
from gaza_stabilization.formats.registry import fill
from gaza_stabilization.paths import DATA
from gaza_stabilization.reading.files import FolderFiles
from tests.folder import Folder
from tests.formats import content_of


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    return gs.export("datapackage", tmp_path / "package")


def descriptor(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "datapackage.json").read_text(encoding="utf-8")))


def files(folder: Path) -> dict[str, tuple[bytes, float]]:
    return {
        name: (data, (folder / name).stat().st_mtime) for name, data in FolderFiles(folder).items()
    }


def test_frictionless_finds_it_valid_with_all_foreign_keys(exported: Path) -> None:
    report = frictionless.validate(str(exported / "datapackage.json"))
    assert report.flatten(["message"]) == []
    assert report.valid


def test_frictionless_finds_a_dangling_key_and_an_unknown_code(exported: Path) -> None:
    # So that the test above is known to be able to fail.
    folder = Folder(exported)
    folder.set("positions", "p001", holder_id="nobody", stance="suport")
    report = frictionless.validate(str(exported / "datapackage.json"))
    errors = {error for (error,) in report.flatten(["type"])}
    assert {"foreign-key", "constraint-error", "hash-count"} <= errors


@pytest.mark.filterwarnings("ignore")  # It leaves files open and uses what is deprecated.
def test_the_v1_reader_opens_it_and_follows_every_foreign_key(exported: Path) -> None:
    import datapackage

    package = datapackage.Package(str(exported / "datapackage.json"))
    assert package.valid, package.errors
    for resource in package.resources:
        assert resource.check_relations()
        assert len(resource.read(keyed=True)) == _rows(resource.name)


def _rows(name: str) -> int:
    if name.startswith(f"{CODINGS}/"):
        _, coder, table = name.split("/")
        return len(gs.load(table, coder=coder))
    return len(gs.load(_base(name)))


def _base(name: str) -> str:
    return VIEWS[name].base if name in VIEWS else name


def test_every_key_and_foreign_key_is_declared(exported: Path) -> None:
    schemas = {
        resource["name"]: resource["schema"] for resource in descriptor(exported)["resources"]
    }
    coders = gs.Dataset().coders
    codings = [coding_resource(coder, table) for coder in coders for table in CODED]
    assert list(schemas) == [*MODELS, *codings, *VIEWS]
    assert schemas["codings/ai-2/relays"]["foreignKeys"][0]["reference"] == {
        "resource": "codings/ai-2/statements",
        "fields": ["statement_id"],
    }
    for name, model in MODELS.items():
        assert schemas[name]["primaryKey"] == list(model.about.key)
        declared = [
            (key["fields"], key["reference"]["resource"], key["reference"]["fields"])
            for key in schemas[name].get("foreignKeys", [])
        ]
        wanted = references(name)
        assert declared == [
            ([column.name], "" if target == name else target, [key])
            for column, target, key in wanted
        ]


def test_sizes_and_digests_are_those_of_the_files(exported: Path) -> None:
    for resource in descriptor(exported)["resources"]:
        data = (exported / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"


def test_descriptor_follows_the_recipe_for_both_generations_of_readers(exported: Path) -> None:
    described = descriptor(exported)
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert described["version"] == gs.__version__
    assert described["contributors"][0]["title"] == "gaza-stabilization contributors"
    for said, source in zip(described["sources"], gs.rows("sources"), strict=True):
        assert (source.title or "title not known") in said["title"]
        assert said.get("path") == source.url
    for resource in described["resources"]:
        assert resource["type"] == "table"
        assert resource["schema"]["missingValues"] == [""]
        assert "dialect" not in resource
        assert "fieldsMatch" not in resource["schema"]
        for field in resource["schema"]["fields"]:
            assert field["description"]
            if "categories" in field:
                values = [category["value"] for category in field["categories"]]
                assert field["constraints"]["enum"] == values


def test_every_field_says_what_its_column_says(exported: Path) -> None:
    resources = {resource["name"]: resource for resource in descriptor(exported)["resources"]}
    for name in (*MODELS, *VIEWS):
        fields = {field["name"]: field for field in resources[name]["schema"]["fields"]}
        key = MODELS[_base(name)].about.key
        assert list(fields) == [column.name for column in fields_of(name)]
        for column in fields_of(name):
            field = fields[column.name]
            constraints = field.get("constraints", {})
            assert field["description"] == column.description
            assert str(field["example"]).lower() == column.example.lower()
            assert constraints.get("required", False) == column.required
            assert constraints.get("unique", False) == ([column.name] == list(key))
            assert field.get("categoriesOrdered", False) == (
                column.datatype == "code" and issubclass(column.codes or Code, Scale)
            )
            if isinstance(column.kind, WholeNumber):
                assert constraints["minimum"] == column.kind.minimum
            if isinstance(column.kind, Spelling):
                assert constraints.get("pattern") == column.kind.pattern
                assert constraints.get("maxLength") == column.kind.max_length
            if column.datatype == "boolean":
                assert (field["trueValues"], field["falseValues"]) == (["true"], ["false"])
            if isinstance(column.kind, SortedCodes):
                assert re.fullmatch(constraints["pattern"], column.example)
                assert not re.fullmatch(constraints["pattern"], "state|town")
    for name, model in MODELS.items():
        unique = resources[name]["schema"].get("uniqueKeys", [])
        assert unique == [list(names) for names in model.about.unique.values()]


def test_the_package_says_its_licence_and_when_it_was_made(exported: Path) -> None:
    described = descriptor(exported)
    assert [licence["name"] for licence in described["licenses"]] == ["CC-BY-4.0"]
    assert described["name"] == "gaza-stabilization"


@pytest.mark.parametrize(("released", "made"), [("2031-02-03", "2031-02-03T00:00:00Z"), (None, "")])
def test_it_says_when_it_was_made_where_that_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, released: str | None, made: str
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    edition = Edition("9.9.9", released)
    fill(tmp_path, content_of(DATA, edition), "datapackage", {})
    assert descriptor(tmp_path).get("created", "") == made
    assert descriptor(tmp_path)["version"] == "9.9.9"
    assert "Version 9.9.9." in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "Version 9.9.9." in (tmp_path / "CODEBOOK.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("actors", "name", ""),
        ("relays", "depth", "0"),
        ("statements", "summary", "x" * 201),
        ("positions", "holder_id", "The Turks"),
        ("relation_types", "object_types", "town"),
    ],
)
def test_readers_find_what_the_constraints_forbid(
    exported: Path, table: str, column: str, value: str
) -> None:
    folder = Folder(exported)
    folder.set(table, folder.last(table), **{column: value})
    report = frictionless.validate(str(exported / "datapackage.json"))
    assert "constraint-error" in {error for (error,) in report.flatten(["type"])}


def test_the_readme_lists_every_table_with_its_rows(exported: Path) -> None:
    text = (exported / "README.md").read_text(encoding="utf-8")
    for name in (*MODELS, *VIEWS):
        assert f"| {name}.csv | {len(gs.load(_base(name)))} |" in text


def test_a_flat_view_names_the_table_that_it_is_made_of(exported: Path) -> None:
    made_of = {
        resource["name"]: [source["path"] for source in resource["sources"]]
        for resource in descriptor(exported)["resources"]
        if "sources" in resource
    }
    assert made_of == {"claims": ["positions.csv"], "ties": ["relationships.csv"]}


def test_sums_are_those_of_every_other_file(exported: Path) -> None:
    lines = (exported / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name: digest for digest, name in (line.split("  ") for line in lines)}
    digests = {
        name: hashlib.sha256(data).hexdigest() for name, data in FolderFiles(exported).items()
    }
    assert sums == {name: digest for name, digest in digests.items() if name != "SHA256SUMS"}


def test_tables_are_the_very_files_of_the_data(exported: Path) -> None:
    for name in MODELS:
        assert (exported / f"{name}.csv").read_bytes() == (DATA / f"{name}.csv").read_bytes()


def test_two_exports_are_the_same_to_the_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Of what is not released yet, no time is known.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first = files(gs.export("datapackage", tmp_path / "first"))
    assert first == files(gs.export("datapackage", tmp_path / "second"))


def test_source_date_epoch_dates_package_and_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    folder = gs.export("datapackage", tmp_path / "package")
    assert descriptor(folder)["created"] == "2023-11-14T22:13:20Z"
    assert {time for _, time in files(folder).values()} == {1700000000.0}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(gs.UsageError, match="SOURCE_DATE_EPOCH"):
        gs.export("datapackage", tmp_path / "package")


def test_an_earlier_export_is_replaced_but_a_changed_one_is_not(exported: Path) -> None:
    gs.export("datapackage", exported)
    with (exported / "actors.csv").open("a") as file:
        file.write("my own note\n")
    with pytest.raises(gs.DestinationError, match=r"actors\.csv was changed"):
        gs.export("datapackage", exported)
    assert "my own note" in (exported / "actors.csv").read_text()


@pytest.mark.parametrize("name", ["README.md", "CODEBOOK.md", "datapackage.json"])
def test_a_changed_document_is_left_alone(exported: Path, name: str) -> None:
    with (exported / name).open("a") as file:
        file.write(" ")
    with pytest.raises(gs.DestinationError, match=f"{name} was changed"):
        gs.export("datapackage", exported)


def test_the_export_of_another_dataset_is_left_alone(exported: Path) -> None:
    text = (exported / "datapackage.json").read_text(encoding="utf-8")
    other = text.replace('"name": "gaza-stabilization"', '"name": "other"', 1)
    (exported / "datapackage.json").write_text(other, encoding="utf-8")
    with pytest.raises(gs.DestinationError, match=r"datapackage\.json was changed"):
        gs.export("datapackage", exported)


def test_a_folder_with_something_of_the_user_s_is_left_alone(exported: Path) -> None:
    (exported / "analysis.py").write_text("print()")
    with pytest.raises(gs.DestinationError, match=r"analysis\.py is no part of an export"):
        gs.export("datapackage", exported)
    (exported / "analysis.py").unlink()
    (exported / "datapackage.json").write_text("{")
    with pytest.raises(gs.DestinationError, match=r"datapackage\.json was changed"):
        gs.export("datapackage", exported)


def test_other_data_are_exported_only_if_they_are_valid(made_up: Folder, tmp_path: Path) -> None:
    folder = gs.export("datapackage", tmp_path / "package", made_up.path)
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    assert len(descriptor(folder)["sources"]) == 2
    made_up.set("positions", "p001", stance="suport")
    with pytest.raises(gs.InvalidDataError, match=r"(?s)nothing was exported, since .*suport"):
        gs.export("datapackage", tmp_path / "other", made_up.path)
    assert not (tmp_path / "other").exists()


def test_unknown_format_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(gs.UnknownNameError, match="'datapackage'"):
        gs.export("datapackge", tmp_path / "x")


def test_missing_library_gives_the_line_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "dplib.models", None)
    with pytest.raises(gs.MissingExtraError, match=r'pip install "gaza-stabilization\[export\]"'):
        gs.export("datapackage", tmp_path / "x")
    assert not (tmp_path / "x").exists()
