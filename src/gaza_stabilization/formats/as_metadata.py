"""Metadata for search engines and tools: schema.org, Croissant and CITATION.cff.

`dataset.jsonld` describes the dataset in the words of schema.org, with a variable for each column
of `claims` and `ties`. `croissant.json` follows Croissant 1.1 of MLCommons: it describes the CSV
files beside it (tables, flat views and `codebook.csv`), type and meaning of each column, which
table a column points to, and every code with label, definition and number. `CITATION.cff` says how
to cite. No web address stands in them, because none is known, though Croissant asks for one:
whoever publishes the folder adds `url`. A version that is not released has no date either. Dates
are text, since many are a year or a month alone. The library mlcroissant guesses types before it
looks at these: a column of nothing but years comes out as numbers (`2007.0`). It reads a record
set once; open the file anew to read it again. The same data give the same bytes.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..releases.citation import cited
from ..schema.cells import LIST_SEPARATOR, Code, Spelling
from ..schema.models import MODELS, key_column
from ..schema.rows import Column
from ..schema.views import VIEWS
from ..writing import write_files
from .content import FILES, NAMES, Content, Losses, as_json

LANGUAGE = "en"  # Of names, definitions and summaries, whatever that of a source.
CSV = "text/csv"
SCHEMA_ORG = "https://schema.org/"
CROISSANT = "http://mlcommons.org/croissant/"
_TYPES = {"integer": "sc:Integer", "boolean": "sc:Boolean"}
_CROISSANT_WORDS = (
    "annotation arrayShape citeAs column containedIn equivalentProperty excludes extract field "
    "fileObject fileProperty fileSet format includes isArray isLiveDataset jsonPath key md5 "
    "parentField path readLines recordSet references regex repeated replace samplingRate sdVersion "
    "separator source subField transform unArchive value"
)


def write(content: Content, folder: Path) -> Losses:
    """Write metadata and the CSV files that they describe; returns what Croissant cannot hold."""
    files = {f"{name}.csv": content.csv(name) for name in FILES}
    documents = {
        "dataset.jsonld": as_json(_dataset(content, files)),
        "croissant.json": as_json(_croissant(content, files)),
        "CITATION.cff": cited(content.about, content.edition, "cff"),
    }
    write_files(folder, {**files, **documents})
    tables = [model.about for model in MODELS.values()]
    count = sum(len(about.rules) + len(about.unique) for about in tables)
    return {"rules within a row and further unique keys, which the data package has": count}


def _about(content: Content) -> dict[str, Any]:
    """What both say of the dataset as a whole, in the words of schema.org."""
    edition = content.edition
    dated = {"datePublished": edition.released} if edition.released else {}
    return {
        "name": content.about.title,
        "alternateName": content.about.name,
        "description": content.about.description,
        "version": edition.version,
        **dated,
        **({"license": content.about.licence.path} if content.about.licence.path else {}),
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": content.about.contributors},
        "keywords": list(content.about.keywords),
        "inLanguage": LANGUAGE,
        "measurementTechnique": content.about.method,
    }


def _file(name: str, data: bytes) -> dict[str, Any]:
    return {
        "name": name,
        "contentUrl": name,  # Beside the file that says so.
        "encodingFormat": CSV,
        "contentSize": f"{len(data)} B",
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _dataset(content: Content, files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "@context": {"@vocab": SCHEMA_ORG},
        "@type": "Dataset",
        **_about(content),
        "variableMeasured": [
            _variable(column) for name in VIEWS for column in content.columns(name)
        ],
        "distribution": [
            {"@type": "DataDownload", **_file(name, data)} for name, data in files.items()
        ],
    }


def _variable(column: Column) -> dict[str, Any]:
    variable = {
        "@type": "PropertyValue",
        "name": f"{column.table}.{column.name}",
        "description": column.description,
    }
    if column.codes is None:
        return variable
    terms = [
        {
            "@type": "DefinedTerm",
            "termCode": code.value,
            "name": code.label,
            "description": code.definition,
        }
        for code in column.codes
    ]
    return {**variable, "valueReference": terms}


def _croissant(content: Content, files: Mapping[str, bytes]) -> dict[str, Any]:
    columns = [column for name in NAMES for column in content.columns(name)]
    lists = dict.fromkeys(column.codes for column in columns if column.codes is not None)
    return {
        "@context": _context(),
        "@type": "sc:Dataset",
        "conformsTo": [f"{CROISSANT}1.1", f"{CROISSANT}RAI/1.0"],
        **_about(content),
        "citeAs": cited(content.about, content.edition, "bibtex"),
        **_responsible(content),
        "distribution": [
            {"@type": "cr:FileObject", "@id": name, **_file(name, data)}
            for name, data in files.items()
        ],
        "recordSet": [
            *(_enumeration(codes) for codes in lists),
            *(_record_set(content, name) for name in FILES),
        ],
    }


def _context() -> dict[str, Any]:
    """The JSON-LD context of Croissant 1.1."""
    return {
        "@language": LANGUAGE,
        "@vocab": SCHEMA_ORG,
        "sc": SCHEMA_ORG,
        "cr": CROISSANT,
        "rai": f"{CROISSANT}RAI/",
        "dct": "http://purl.org/dc/terms/",
        "conformsTo": "dct:conformsTo",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "name": {"@container": "@language"},
        "description": {"@container": "@language"},
        **{word: f"cr:{word}" for word in _CROISSANT_WORDS.split()},
    }


def _responsible(content: Content) -> dict[str, Any]:
    """How the data came to be, in the words that sources and project have for it."""
    sources = content.frame("sources")
    words = {
        "rai:dataCollection": " ".join(sources["selection"].unique()),
        "rai:dataCollectionRawData": " ".join(sources["rights"].unique()),
        "rai:dataAnnotationProtocol": content.about.method,
    }
    if len(content.tables.coders) > 1 and content.about.agreement:
        words["rai:dataAnnotationAnalysis"] = content.about.agreement
    return words


def _enumeration(codes: type[Code]) -> dict[str, Any]:
    name = codes.__name__
    texts = ("code", "name", "description")
    types = {**dict.fromkeys(texts, "sc:Text"), "number": "sc:Integer"}
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": inspect.getdoc(codes),
        "dataType": "sc:Enumeration",
        "key": {"@id": f"{name}/code"},
        "field": [
            {"@type": "cr:Field", "@id": f"{name}/{field}", "name": field, "dataType": datatype}
            for field, datatype in types.items()
        ],
        "data": [
            {
                f"{name}/code": code.value,
                f"{name}/name": code.label,
                f"{name}/description": code.definition,
                f"{name}/number": code.number,
            }
            for code in codes
        ],
    }


def _record_set(content: Content, name: str) -> dict[str, Any]:
    shape, described = content.shape(name), content.columns(name)
    fields = [_field(column) for column in described] or [
        _plain_field(name, column, _TYPES.get(str(dtype), "sc:Text"))
        for column, dtype in content.frame(name).dtypes.items()
    ]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": shape.title,
        "description": shape.definition,
        "key": [{"@id": f"{name}/{column}"} for column in shape.key],
        "field": fields,
    }


def _field(column: Column) -> dict[str, Any]:
    field = _plain_field(column.table, column.name, _type(column))
    field["description"] = column.description
    if column.datatype == "codes":
        field["isArray"] = True
        field["source"]["transform"] = {"separator": LIST_SEPARATOR}
    if column.references:
        # By file and column: mlcroissant, the reference reader, cannot follow a chain of links from
        # field to field, nor that of a table to itself.
        field["references"] = _cell(column.references, key_column(column.references))
    elif column.codes is not None:
        field["references"] = {"field": {"@id": f"{column.codes.__name__}/code"}}
    return field


def _cell(table: str, column: str) -> dict[str, Any]:
    return {"fileObject": {"@id": f"{table}.csv"}, "extract": {"column": column}}


def _type(column: Column) -> str:
    if isinstance(column.kind, Spelling) and column.kind.rule == "url":
        return "sc:URL"
    return _TYPES.get(column.datatype, "sc:Text")


def _plain_field(table: str, name: Any, datatype: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{name}",
        "name": name,
        "dataType": datatype,
        "source": _cell(table, name),
    }
