"""Web Annotations (W3C) as JSON-LD: one collection, one annotation a statement.

The target of an annotation is a canonical paragraph of a source, with the offsets of the span in
characters and its digest; the text itself is not included. Its bodies are the summary, the codes
of the statement, and its positions and relationships with the columns of `claims` and `ties`. A
key is the column of that name in the codebook; one without a value is left out. Ids are names
(`urn:`), not addresses. The vocabulary stands in the file, so that nothing is fetched when it is
read; with the option `linked` the file names the context of the W3C in its place, as the standard
asks for and some annotation tools expect, and a reader of JSON-LD fetches it there. The same
data give the same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..about import PROJECT
from ..schema.cells import LIST_SEPARATOR, SortedCodes, Spelling
from ..schema.models import MODELS
from ..schema.rows import Column
from ..schema.views import VIEWS, View
from ..writing import write_files
from .content import CODEBOOK, NAMES, Content, Losses, as_json

W3C = "http://www.w3.org/ns/anno.jsonld"
TERM = f"urn:{PROJECT}:codebook:"
STATEMENTS = "statements"
PLACE = ("passage_id", "source_id", "paragraph", "start", "end", "sha256")
"""What stands in the target of an annotation, and in none of its bodies."""
TEXTUAL = "summary"
"""The column of statements that is a body of its own."""
RELAYS = "relays"
"""The table whose rows stand in each statement, and the column of the flat views that has them."""

_NUMBER = "xsd:nonNegativeInteger"
CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextualBody": "oa:TextualBody",
    "classifying": "oa:classifying",
    "describing": "oa:describing",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "start": {"@id": "oa:start", "@type": _NUMBER},
    "end": {"@id": "oa:end", "@type": _NUMBER},
    "value": "rdf:value",
    "format": "dc:format",
    "label": "rdfs:label",
    "rights": {"@id": "dcterms:rights", "@type": "@id"},
    "first": {"@id": "as:first", "@type": "@id"},
    "partOf": {"@id": "as:partOf", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "total": {"@id": "as:totalItems", "@type": _NUMBER},
    "startIndex": {"@id": "as:startIndex", "@type": _NUMBER},
}
"""The part of the context of the W3C that is used here, as it stands there."""


def write(content: Content, folder: Path, linked: bool = False) -> Losses:
    """Write the collection; returns what it cannot hold."""
    write_files(folder, {f"{content.stem}.jsonld": as_json(collection(content, linked))})
    held = {STATEMENTS, RELAYS, *(view.base for view in VIEWS.values()), *VIEWS}
    # Of what these rows point to, names stand in the bodies and places in the target.
    named = {column.references for name in (*held, "passages") for column in content.columns(name)}
    losses = {
        f"rows of {name}{', but for names and places' if name in named else ''}": len(
            content.frame(name)
        )
        for name in NAMES
        if name not in held
    }
    return losses | {"rows of the codebook": len(content.frame(CODEBOOK))}


def collection(content: Content, linked: bool = False) -> dict[str, Any]:
    """The collection of all annotations, with its context, as JSON-ready values."""
    items = list(_annotations(content))
    terms, rights = _terms(content), content.about.licence.path
    return {
        "@context": [W3C, terms] if linked else CONTEXT | terms,
        "id": _urn(content, STATEMENTS),
        "type": "AnnotationCollection",
        "label": f"{content.about.title}, version {content.edition.version}",
        **({"rights": rights} if rights else {}),
        "total": len(items),
        "first": {
            "id": _urn(content, STATEMENTS, "1"),
            "type": "AnnotationPage",
            "partOf": _urn(content, STATEMENTS),
            "startIndex": 0,
            "items": items,
        },
    }


def _urn(content: Content, *parts: str) -> str:
    """The name of something in this version of the data."""
    return ":".join(("urn", content.about.name, content.edition.version, *parts))


def _terms(content: Content) -> dict[str, Any]:
    """The part of the context that is the project's own: the classes of bodies, and columns."""
    bases = (STATEMENTS, *(view.base for view in VIEWS.values()))
    terms: dict[str, Any] = {MODELS[name].__name__: f"{TERM}{name}" for name in bases}
    several = dict.fromkeys(PLACE, False)
    for name in (STATEMENTS, *VIEWS):
        several |= {column.name: _has_several(column) for column in content.columns(name)}
    for name in several.keys() - CONTEXT.keys():
        terms[name] = f"{TERM}{name}"
        if several[name]:
            terms[name] = {"@id": terms[name], "@container": "@list"}
    return dict(sorted(terms.items()))


def _annotations(content: Content) -> Iterator[dict[str, Any]]:
    """The annotations, in the order of the statements."""
    names = {row["actor_id"]: row["name"] for row in _rows(content, "actors")}
    passages = {row["passage_id"]: row for row in _rows(content, "passages")}
    bodies: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for view in VIEWS.values():
        for body in _bodies(content, view):
            bodies[body["statement_id"]].append(body)
    relays: dict[str, list[str]] = defaultdict(list)
    for row in _rows(content, RELAYS):
        relays[row["statement_id"]].append(row["relay_id"])
    for statement in _rows(content, STATEMENTS):
        id_ = statement["statement_id"]
        codes: dict[str, Any] = {"type": MODELS[STATEMENTS].__name__}
        for column in content.columns(STATEMENTS):
            if column.name in statement and column.name not in (*PLACE, TEXTUAL):
                codes[column.name] = statement[column.name]
                if column.references == "actors":
                    codes[column.name.removesuffix("_id")] = names[statement[column.name]]
        if id_ in relays:
            codes[RELAYS] = relays[id_]
        summary = {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "value": statement[TEXTUAL],
        }
        yield {
            "id": _urn(content, id_),
            "type": "Annotation",
            "motivation": "classifying",
            "body": [summary, codes, *bodies[id_]],
            "target": _target(content, statement, passages[statement["passage_id"]]),
        }


def _target(
    content: Content, statement: Mapping[str, Any], passage: Mapping[str, Any]
) -> dict[str, Any]:
    """Where a statement stands: a span of a canonical paragraph, with its digest."""
    place = {**passage, **statement}  # The span is that of the statement.
    start, end = place["start"], place["end"]
    return {
        "type": "SpecificResource",
        "source": _urn(content, place["source_id"], f"p{place['paragraph']:02d}"),
        "selector": {"type": "TextPositionSelector", "start": start, "end": end},
        **{name: place[name] for name in PLACE if name not in CONTEXT},
    }


def _bodies(content: Content, view: View) -> Iterator[dict[str, Any]]:
    """The rows of a flat view as bodies, without what the statement says and no row of its own."""
    own = {column.name for column in content.columns(view.base)}
    stated = {column.name for column in content.columns(STATEMENTS)} | set(PLACE)
    stated |= {name.removesuffix("_id") for name in stated}
    for row in _rows(content, view.name):
        yield {
            "id": _urn(content, row[view.key[0]]),
            "type": MODELS[view.base].__name__,
            **{name: value for name, value in row.items() if name in own or name not in stated},
        }


def _rows(content: Content, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a table or flat view as JSON-ready values, without empty cells."""
    several = {column.name for column in content.columns(name) if _has_several(column)}
    for row in content.rows(name):
        yield {
            column: cell.split(LIST_SEPARATOR) if column in several else cell
            for column, cell in row.items()
            if cell is not None
        }


def _has_several(column: Column) -> bool:
    """Whether a cell has several values, in order."""
    kind = column.kind
    return isinstance(kind, SortedCodes) or (isinstance(kind, Spelling) and kind.rule == "id-list")
