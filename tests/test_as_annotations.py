"""Web Annotations, read as RDF by rdflib, without a network, and compared with the tables."""

from __future__ import annotations

import json
import socket
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from rdflib import RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

import gaza_stabilization as gs
from gaza_stabilization.formats import as_annotations
from gaza_stabilization.paths import DATA
from gaza_stabilization.text import Article, digest
from tests.folder import Folder
from tests.formats import content_of

# As the recommendations of the W3C and the Dublin Core name them, not as the module does.
OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("http://www.w3.org/ns/activitystreams#")
DC = Namespace("http://purl.org/dc/elements/1.1/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
CODEBOOK = Namespace("urn:gaza-stabilization:codebook:")
TERMS = """
    id type body target source selector motivation purpose start end value format label rights first
    last next prev partOf items total startIndex state scope via canonical language creator created
    modified generator generated audience name nickname email homepage exact prefix suffix refinedBy
    renderedVia stylesheet styleClass cached conformsTo bodyValue accessibility textDirection
    processingLanguage sourceDate sourceDateStart sourceDateEnd startSelector endSelector
"""
DATA_IRI = Namespace(f"urn:gaza-stabilization:{gs.__version__}:")


def written(folder: Path, data: Path = DATA, **options: Any) -> tuple[Path, Mapping[str, int]]:
    """The annotations of some data, in a new folder, and what they cannot hold."""
    folder.mkdir()
    content = content_of(data)
    losses = as_annotations.write(content, folder, **options)
    (path,) = folder.iterdir()
    return path, losses


def parsed(path: Path) -> Graph:
    """The file as RDF; a reader that reached for the network would fail."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("the file is not read without a network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "socket", refused)
        with warnings.catch_warnings():
            # rdflib's own parser still makes a graph of a class that rdflib deprecates.
            warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
            return Graph().parse(path, format="json-ld")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("annotations") / "x")[0]


@pytest.fixture(scope="module")
def graph(file: Path) -> Graph:
    return parsed(file)


def keys(value: object) -> set[str]:
    """Every key of a JSON value, at whatever depth."""
    if isinstance(value, dict):
        return set(value).union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set()


def bodies(graph: Graph, statement: str, kind: URIRef) -> list[Any]:
    """The bodies of a kind of a statement's annotation."""
    bodies = graph.objects(DATA_IRI[statement], OA.hasBody)
    return [body for body in bodies if (body, RDF.type, kind) in graph]


def said(graph: Graph, node: Any) -> dict[str, object]:
    """What a node says in the project's own terms; lists joined as in the tables."""
    values: dict[str, object] = {}
    for property_, value in graph.predicate_objects(node):
        if str(property_).startswith(str(CODEBOOK)):
            name = str(property_).removeprefix(str(CODEBOOK))
            assert name not in values, f"{name} is said twice"
            is_list = value == RDF.nil or (value, RDF.first, None) in graph
            values[name] = (
                "|".join(map(str, Collection(graph, value))) if is_list else value.toPython()
            )
    return values


def cells(row: pd.Series[Any]) -> dict[str, object]:
    """The filled cells of a row."""
    return {str(name): value for name, value in row.items() if not pd.isna(value)}


def test_one_annotation_a_statement_in_order(graph: Graph) -> None:
    statements = gs.load("statements")["statement_id"].tolist()
    annotations = set(graph.subjects(RDF.type, OA.Annotation))
    assert annotations == {DATA_IRI[statement] for statement in statements}
    collection, page = DATA_IRI["statements"], DATA_IRI["statements:1"]
    assert (collection, RDF.type, AS.OrderedCollection) in graph
    assert (page, RDF.type, AS.OrderedCollectionPage) in graph
    assert graph.value(collection, AS.first) == page
    assert graph.value(page, AS.partOf) == collection
    total = Literal(len(statements), datatype=XSD.nonNegativeInteger)
    assert graph.value(collection, AS.totalItems) == total
    assert gs.__version__ in str(graph.value(collection, RDFS.label))
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert graph.value(collection, DCTERMS.rights) == licence
    items = list(Collection(graph, graph.value(page, AS["items"])))
    assert items == [DATA_IRI[statement] for statement in statements]
    assert set(graph.subjects(OA.motivatedBy, OA.classifying)) == annotations


def test_targets_are_spans_of_canonical_paragraphs_with_their_digests(graph: Graph) -> None:
    passages = gs.load("passages").set_index("passage_id")
    for row in gs.load("statements").itertuples():
        passage = passages.loc[row.passage_id]
        (target,) = graph.objects(DATA_IRI[row.statement_id], OA.hasTarget)
        (selector,) = graph.objects(target, OA.hasSelector)
        assert (target, RDF.type, OA.SpecificResource) in graph
        assert (selector, RDF.type, OA.TextPositionSelector) in graph
        assert graph.value(selector, OA.start) == Literal(
            row.start, datatype=XSD.nonNegativeInteger
        )
        assert graph.value(selector, OA.end) == Literal(row.end, datatype=XSD.nonNegativeInteger)
        place = f"{passage['source_id']}:p{passage['paragraph']:02d}"
        assert graph.value(target, OA.hasSource) == DATA_IRI[place]
        assert said(graph, target) == {
            "passage_id": row.passage_id,
            "source_id": passage["source_id"],
            "paragraph": passage["paragraph"],
            "sha256": row.sha256,
        }


def test_codes_and_summaries_are_those_of_the_statements(graph: Graph) -> None:
    statements = gs.load("statements")
    names = gs.load("actors").set_index("actor_id")["name"]
    relays = gs.load("relays").groupby("statement_id")["relay_id"].agg("|".join)
    in_target = {"passage_id", "start", "end", "sha256", "summary"}
    for _, row in statements.iterrows():
        expected = {name: value for name, value in cells(row).items() if name not in in_target}
        expected["speaker"] = names[row["speaker_id"]]
        if not pd.isna(row["addressee_id"]):
            expected["addressee"] = names[row["addressee_id"]]
        if row["statement_id"] in relays:
            expected["relays"] = relays[row["statement_id"]]
        (body,) = bodies(graph, row["statement_id"], CODEBOOK.statements)
        assert said(graph, body) == expected
        (text,) = bodies(graph, row["statement_id"], OA.TextualBody)
        assert graph.value(text, RDF.value) == Literal(row["summary"])
        assert graph.value(text, DC["format"]) == Literal("text/plain")
        assert graph.value(text, OA.hasPurpose) == OA.describing


@pytest.mark.parametrize(
    ("view", "table", "key", "others"),
    [
        ("claims", "positions", "position_id", {"holder", "principal", "issue"}),
        (
            "ties",
            "relationships",
            "relationship_id",
            {"subject", "object", "asserted_by", "relation_class"},
        ),
    ],
)
def test_positions_and_relationships_are_bodies_of_their_statements(
    graph: Graph, view: str, table: str, key: str, others: set[str]
) -> None:
    frame = getattr(gs, view)()
    kind = CODEBOOK[table]
    assert len(set(graph.subjects(RDF.type, kind))) == len(gs.load(table))
    kept = {*gs.load(table).columns, *others, "relays", "relay_count"}
    for _, row in frame.iterrows():
        body = DATA_IRI[row[key]]
        assert body in bodies(graph, row["statement_id"], kind)
        expected = {name: value for name, value in cells(row).items() if name in kept}
        assert said(graph, body) == expected
    assert frame["relays"].notna().any()


def test_every_key_has_a_meaning(file: Path) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    context = document.pop("@context")

    assert keys(document) <= set(context)
    own = [term if isinstance(term, str) else term["@id"] for term in context.values()]
    for iri in own:
        known = ("urn:gaza-stabilization:codebook:", "http://www.w3.org/", "http://purl.org/dc/")
        assert iri.startswith((*known, "@", "oa:", "as:", "dc:", "dcterms:", "rdf:", "rdfs:"))


def test_every_own_term_is_a_name_of_the_codebook(graph: Graph) -> None:
    terms = {
        str(iri).removeprefix(str(CODEBOOK))
        for triple in graph
        for iri in triple
        if str(iri).startswith(str(CODEBOOK))
    }
    fields = {
        *gs.codebook()["field"],
        *gs.codebook("claims")["field"],
        *gs.codebook("ties")["field"],
    }
    assert {"stance", "relation", "speech_act", "positions"} <= terms
    assert terms <= fields | set(gs.load())


def test_no_text_of_a_source_is_in_it(article: Path, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    copy = Article.read(article)
    (source,) = [row.source_id for row in gs.rows("sources") if row.text_sha256 == copy.sha256]
    paragraphs = {
        row.passage_id: row.paragraph for row in gs.rows("passages") if row.source_id == source
    }
    statements = [row for row in gs.rows("statements") if row.passage_id in paragraphs]
    assert statements
    for row in statements:
        span = copy.span(paragraphs[row.passage_id], row.start, row.end)
        assert span is not None
        assert digest(span) == row.sha256
        assert json.dumps(span, ensure_ascii=False)[1:-1] not in text


def test_linked_names_the_context_of_the_w3c(file: Path, tmp_path: Path) -> None:
    path, _ = written(tmp_path / "x", linked=True)
    linked = json.loads(path.read_text(encoding="utf-8"))
    inline = json.loads(file.read_text(encoding="utf-8"))
    context = inline.pop("@context")
    first, own = linked.pop("@context")
    assert first == "http://www.w3.org/ns/anno.jsonld"
    assert own == {name: one for name, one in context.items() if str(CODEBOOK) in str(one)}
    assert linked == inline
    # What is not the project's own is in the context of the W3C under the same name.
    assert keys(inline) - set(own) <= set(TERMS.split())
    assert not set(own) & set(TERMS.split())


def test_made_up_data_keep_their_sources_apart(made_up: Folder, tmp_path: Path) -> None:
    (made_up.path / "dataset.toml").write_text('name = "gaza-stabilization"', encoding="utf-8")
    graph = parsed(written(tmp_path / "x", made_up.path)[0])
    sources = {str(source).rsplit(":", 2)[1] for source in graph.objects(None, OA.hasSource)}
    assert sources == {"gull-1", "gull-2"}
    assert len(bodies(graph, "s001", CODEBOOK.relationships)) == 2
    assert bodies(graph, "s002", CODEBOOK.positions) == []
    (body,) = bodies(graph, "s001", CODEBOOK.positions)
    assert graph.value(body, CODEBOOK.condition) is None


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    _, losses = written(tmp_path / "x")
    tables = gs.load()
    for name in ("actors", "passages", "issues", "relation_types"):
        assert losses[f"rows of {name}, but for names and places"] == len(tables[name])
    for name in ("coders", "adjudications", "retired_ids"):
        assert losses[f"rows of {name}"] == len(tables[name])
    assert losses["rows of the codebook"] == len(gs.codebook())
    assert not [what for what in losses if "statements" in what or "relays" in what]
    assert min(losses.values()) > 0


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = (written(tmp_path / name)[0].read_bytes() for name in ("one", "two"))
    assert one == two
