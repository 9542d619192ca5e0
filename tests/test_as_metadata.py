"""The metadata: Croissant gives every row back, schema.org and CFF say what the project says."""

from __future__ import annotations

import datetime as dt
import hashlib
import inspect
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import rdflib
import yaml
from gaza_stabilization.schema.cells import LIST_SEPARATOR, Code
from gaza_stabilization.schema.models import MODELS, key_column
from gaza_stabilization.schema.views import VIEWS

import gaza_stabilization as gs
from gaza_stabilization.about import Edition
from gaza_stabilization.codebooks.lookup import fields_of
from gaza_stabilization.formats import as_metadata
from gaza_stabilization.paths import DATA
from tests.folder import Folder
from tests.formats import content_of

NAMES = (*MODELS, *VIEWS)
ABOUT = gs.Dataset().tables.about
RELEASED = Edition("9.8.7", "2031-02-03")
UNRELEASED = Edition("9.8.8.dev0", None)
SCHEMA = rdflib.Namespace("https://schema.org/")
# rdflib reads JSON-LD by way of a class of its own that it calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return write(tmp_path / "metadata")


def write(folder: Path, edition: Edition = RELEASED, data: Path = DATA) -> Path:
    folder.mkdir()
    as_metadata.write(content_of(data, edition), folder)
    return folder


def croissant(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "croissant.json").read_text(encoding="utf-8")))


def record_sets(folder: Path) -> dict[str, dict[str, Any]]:
    return {records["@id"]: records for records in croissant(folder)["recordSet"]}


def code_lists() -> dict[str, type[Code]]:
    columns = [column for name in NAMES for column in fields_of(name)]
    return {column.codes.__name__: column.codes for column in columns if column.codes is not None}


def opened(folder: Path) -> Any:
    """The dataset as mlcroissant has it, the reader of those who make the standard."""
    import mlcroissant

    return mlcroissant.Dataset(jsonld=folder / "croissant.json")


def read(dataset: Any, name: str) -> list[dict[str, Any]]:
    """The records of a record set, by column, texts as text."""
    return [
        {key.removeprefix(f"{name}/"): as_read(value) for key, value in record.items()}
        for record in dataset.records(name)
    ]


def as_read(value: Any) -> Any:
    if isinstance(value, list):
        return [as_read(part) for part in value]
    return value.decode() if isinstance(value, bytes) else value


def frame_of(name: str) -> pd.DataFrame:
    views = {"claims": gs.claims, "ties": gs.ties}
    return views[name]() if name in views else gs.load(name)


def expected(name: str) -> list[dict[str, Any]]:
    """The rows of a table or flat view as a reader is to have them."""
    frame = frame_of(name).astype(object)
    for column in fields_of(name):
        filled = frame[column.name].dropna()
        if column.datatype == "codes":
            frame[column.name] = filled.str.split(LIST_SEPARATOR)
        elif column.datatype == "text" and len(filled) and filled.str.fullmatch("[0-9]+").all():
            # The reader takes a column of nothing but years for numbers, as its docstring says.
            frame[column.name] = filled.map(lambda year: f"{year}.0")
    return [
        {column: None if cell is None or cell is pd.NA else cell for column, cell in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]


def test_croissant_gives_back_every_cell_of_every_table_and_view(written: Path) -> None:
    dataset = opened(written)
    for name in NAMES:
        rows = read(dataset, name)
        assert rows == expected(name), name
        assert rows, name


def test_types_are_those_of_the_columns(written: Path) -> None:
    dataset = opened(written)
    assert {type(row["start"]) for row in read(dataset, "statements")} == {int}
    assert {type(row["symmetric"]) for row in read(dataset, "relation_types")} == {bool}
    fields = {field["@id"]: field["dataType"] for field in record_sets(written)["sources"]["field"]}
    assert fields["sources/url"] == "sc:URL"
    assert fields["sources/paragraphs"] == "sc:Integer"
    assert fields["sources/published"] == "sc:Text"  # An interval is no date of schema.org.


def test_record_sets_can_be_read_in_any_order(written: Path) -> None:
    # What depends on much first: mlcroissant keeps what it has read.
    dataset = opened(written)
    for name in reversed(NAMES):
        assert len(read(dataset, name)) == len(frame_of(name)), name


def test_croissant_has_neither_errors_nor_warnings(written: Path) -> None:
    metadata = opened(written).metadata
    assert metadata.ctx.issues.report() == ""
    assert metadata.ctx.conforms_to.value == "http://mlcommons.org/croissant/1.1"
    assert metadata.version == "9.8.7"
    assert metadata.date_published.date() == dt.date(2031, 2, 3)
    assert metadata.license == [ABOUT.licence.path]
    assert [creator.name for creator in metadata.creators] == [ABOUT.contributors]
    assert "version = {9.8.7}" in metadata.cite_as


def test_the_reader_finds_a_link_to_nothing(written: Path) -> None:
    # So that the test above is known to be able to fail.
    import mlcroissant

    described = croissant(written)
    described["distribution"] = [
        file for file in described["distribution"] if file["@id"] != "actors.csv"
    ]
    (written / "croissant.json").write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(mlcroissant.ValidationError, match=r"actors\.csv"):
        opened(written)


def test_the_codebook_is_a_record_set_as_well(written: Path) -> None:
    wanted = gs.codebook().astype(object)
    rows = read(opened(written), "codebook")
    assert [(row["table"], row["field"]) for row in rows] == [
        *wanted[["table", "field"]].itertuples(index=False, name=None)
    ]
    assert [row["required"] for row in rows] == wanted["required"].tolist()
    assert [row["description"] for row in rows] == wanted["description"].tolist()


def test_every_code_stands_in_an_enumeration_with_its_meaning(written: Path) -> None:
    dataset = opened(written)
    assert len(code_lists()) > 10
    for name, codes in code_lists().items():
        assert read(dataset, name) == [
            {
                "code": code.value,
                "name": code.label,
                "description": code.definition,
                "number": code.number,
            }
            for code in codes
        ]
        described = record_sets(written)[name]
        assert described["description"] == inspect.getdoc(codes)
        assert described["dataType"] == "sc:Enumeration"


def test_fields_describe_columns_and_say_what_they_point_to(written: Path) -> None:
    sets = record_sets(written)
    assert list(sets) == [*code_lists(), *NAMES, "codebook"]
    for name in NAMES:
        key = VIEWS[name].key if name in VIEWS else MODELS[name].about.key
        assert sets[name]["key"] == [{"@id": f"{name}/{column}"} for column in key]
        fields = {field["name"]: field for field in sets[name]["field"]}
        assert list(fields) == list(frame_of(name).columns)
        for column in fields_of(name):
            field = fields[column.name]
            assert field["description"] == column.description
            assert field.get("isArray", False) == (column.datatype == "codes")
            wanted: dict[str, Any] | None = None
            if column.references:
                target = key_column(column.references)
                (pointed,) = (
                    field for field in sets[column.references]["field"] if field["name"] == target
                )
                wanted = pointed["source"]
            elif column.codes:
                wanted = {"field": {"@id": f"{column.codes.__name__}/code"}}
            assert field.get("references") == wanted, field["@id"]


@pytest.mark.parametrize("document", ["croissant.json", "dataset.jsonld"])
def test_sizes_and_digests_are_those_of_the_files_and_no_file_is_missing(
    written: Path, document: str
) -> None:
    described = json.loads((written / document).read_text(encoding="utf-8"))["distribution"]
    assert [file["name"] for file in described] == [f"{name}.csv" for name in (*NAMES, "codebook")]
    assert {file["name"] for file in described} == {path.name for path in written.glob("*.csv")}
    for file in described:
        data = (written / file["contentUrl"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["contentSize"] == f"{len(data)} B"
        assert file["encodingFormat"] == "text/csv"


def test_tables_are_the_very_files_of_the_data(written: Path) -> None:
    for name in MODELS:
        assert (written / f"{name}.csv").read_bytes() == (DATA / f"{name}.csv").read_bytes()


def graph_of(folder: Path) -> tuple[rdflib.Graph, Any]:
    """What `dataset.jsonld` says, and the dataset that it says it of."""
    graph = rdflib.Graph().parse(folder / "dataset.jsonld", format="json-ld")
    return graph, graph.value(predicate=rdflib.RDF.type, object=SCHEMA.Dataset, any=False)


def test_schema_org_says_what_the_project_says_of_itself(written: Path) -> None:
    graph, dataset = graph_of(written)
    said = {
        str(word).removeprefix(str(SCHEMA)): value.toPython()
        for word, value in graph.predicate_objects(dataset)
        if isinstance(value, rdflib.Literal) and word != SCHEMA.keywords
    }
    assert said == {
        "name": ABOUT.title,
        "alternateName": ABOUT.name,
        "description": ABOUT.description,
        "version": "9.8.7",
        "datePublished": "2031-02-03",
        "license": ABOUT.licence.path,
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "measurementTechnique": ABOUT.method,
    }
    keywords = {str(word) for word in graph.objects(dataset, SCHEMA.keywords)}
    assert keywords == set(ABOUT.keywords)
    creator = graph.value(dataset, SCHEMA.creator)
    assert graph.value(creator, rdflib.RDF.type) == SCHEMA.Organization
    assert str(graph.value(creator, SCHEMA.name)) == ABOUT.contributors


def test_how_it_was_coded_is_said_in_the_words_of_the_description() -> None:
    assert ABOUT.method in ABOUT.description


def test_every_column_of_claims_and_ties_is_a_variable_with_its_codes(written: Path) -> None:
    graph, dataset = graph_of(written)
    variables = {
        str(graph.value(variable, SCHEMA.name)): variable
        for variable in graph.objects(dataset, SCHEMA.variableMeasured)
    }
    codebook = pd.concat([gs.codebook("claims"), gs.codebook("ties")])
    assert len(variables) == len(codebook)
    for row in codebook.itertuples():
        variable = variables[f"{row.table}.{row.field}"]
        assert str(graph.value(variable, SCHEMA.description)) == row.description
        codes = {
            f"{graph.value(term, SCHEMA.termCode)}: {graph.value(term, SCHEMA.name)} - "
            f"{graph.value(term, SCHEMA.description)}"
            for term in graph.objects(variable, SCHEMA.valueReference)
        }
        assert codes == (set() if row.codes is pd.NA else set(row.codes.split("\n")))


def test_what_is_not_released_has_no_date(tmp_path: Path) -> None:
    folder = write(tmp_path / "metadata", UNRELEASED)
    graph, dataset = graph_of(folder)
    assert graph.value(dataset, SCHEMA.datePublished) is None
    assert str(graph.value(dataset, SCHEMA.version)) == "9.8.8.dev0"
    assert "datePublished" not in croissant(folder)
    assert "date-released" not in cff(folder)
    assert len(read(opened(folder), "positions")) == len(gs.load("positions"))


@pytest.mark.parametrize("document", ["croissant.json", "dataset.jsonld", "CITATION.cff"])
def test_no_address_is_made_up(written: Path, document: str) -> None:
    # Beside the licence and, for Croissant, the vocabularies that it is written in.
    text = (written / document).read_text(encoding="utf-8")
    known = (
        ABOUT.licence.path,
        "https://schema.org/",
        "http://mlcommons.org/croissant/",
        "http://purl.org/dc/terms/",
    )
    for address in known:
        text = text.replace(address, "")
    assert "://" not in text
    assert "doi" not in text.lower()


def test_how_texts_were_chosen_is_said_in_the_words_of_the_sources(
    written: Path, tmp_path: Path, made_up: Folder
) -> None:
    said = croissant(written)
    sources = gs.rows("sources")
    for key, words in (
        ("rai:dataCollection", [source.selection for source in sources]),
        ("rai:dataCollectionRawData", [source.rights for source in sources]),
    ):
        assert said[key] == " ".join(dict.fromkeys(words))
    assert said["rai:dataAnnotationAnalysis"] == ABOUT.agreement
    # Two sources with the same words say them once; without two codings there is no agreement.
    other = croissant(write(tmp_path / "other", data=made_up.path))
    assert other["rai:dataCollection"] == "Made up."
    assert "rai:dataAnnotationAnalysis" not in other


def cff(folder: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8")))


def test_citation_file_has_what_its_schema_asks_for(written: Path) -> None:
    said = cff(written)
    assert said["cff-version"] == "1.2.0"
    assert said["type"] == "dataset"
    assert isinstance(said["message"], str)
    assert said["authors"] == [{"name": ABOUT.contributors}]
    assert (said["title"], said["abstract"]) == (ABOUT.title, ABOUT.description)
    assert (said["version"], said["license"]) == ("9.8.7", ABOUT.licence.name)
    assert said["date-released"] == dt.date(2031, 2, 3)
    assert said["keywords"] == list(ABOUT.keywords)
    known = {"cff-version", "type", "message", "authors", "title", "abstract", "version"}
    assert said.keys() == known | {"license", "date-released", "keywords"}


def test_what_croissant_cannot_hold_is_counted(tmp_path: Path) -> None:
    losses = as_metadata.write(content_of(DATA, RELEASED), tmp_path)
    tables = [model.about for model in MODELS.values()]
    assert losses == {
        "rules within a row and further unique keys, which the data package has": sum(
            len(about.rules) + len(about.unique) for about in tables
        )
    }


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = write(tmp_path / "first"), write(tmp_path / "second")
    files = sorted(path.name for path in first.iterdir())
    assert files == sorted(path.name for path in second.iterdir())
    for name in files:
        assert (first / name).read_bytes() == (second / name).read_bytes(), name
        assert b"\r" not in (first / name).read_bytes()
