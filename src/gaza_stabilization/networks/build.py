"""The networks of some tables, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import UsageError, look_up
from ..schema.actors import Actor
from ..schema.issues import Issue
from ..schema.passages import Passage
from ..schema.relation_types import RelationType
from ..schema.relays import Relay
from ..schema.sources import Source
from ..schema.statements import Statement
from .graphs import (
    actor_by_issue,
    affiliation_graph,
    attribution_graph,
    library,
    projection_graph,
    relationship_graph,
)
from .projections import NORMALISATIONS, matrix
from .selection import Selection, select

if TYPE_CHECKING:
    import pandas as pd

    from ..tables.folder import Tables

AFFILIATION, RELATIONSHIPS, ATTRIBUTION = "affiliation", "relationships", "attribution"
NETWORKS = {
    AFFILIATION: "actors by issues, with the number of supporting, opposing and ambivalent claims",
    "congruence": "actors by actors: how often they share a stance on an issue",
    "conflict": "actors by actors: how often they differ on an issue",
    "subtract": "actors by actors: congruence less conflict",
    RELATIONSHIPS: "actors by actors: ties that somebody asserts",
    ATTRIBUTION: "actors by actors: who passes on whom",
}


@dataclass(frozen=True)
class Network:
    """A network: `graph` for networkx, `matrix` and `edges` for pandas, `caption` for the reader.

    `left_out` counts the rows that the selection leaves out, by reason.
    """

    name: str
    graph: Any
    matrix: pd.DataFrame
    edges: pd.DataFrame
    caption: str
    left_out: dict[str, int]

    def __str__(self) -> str:
        return self.caption


def network_of(
    tables: Tables,
    name: str,
    selection: Selection | None = None,
    normalisation: str = "no",
    modality: Sequence[str] = ("actual",),
    background: bool = False,
) -> Network:
    """A network of the claims in some tables.

    Raises `UnknownNameError` for a name or choice that there is not, `MissingExtraError` where
    networkx (extra `networks`) is not installed.
    """
    look_up("network", name, NETWORKS)
    look_up("normalisation", normalisation, NORMALISATIONS)
    library()
    if name == RELATIONSHIPS:
        return network_of_ties(tables, modality, background)
    if name == ATTRIBUTION:
        return network_of_attribution(tables)
    return network_of_positions(tables, name, selection or Selection(), normalisation)


def network_of_positions(
    tables: Tables, name: str, selection: Selection, normalisation: str
) -> Network:
    """A network of positions."""
    parents = {row.issue_id: row.parent_id for row in tables.typed(Issue) if row.parent_id}
    tables.refuse_dangling([Issue.about.name])
    claims = select(tables.frame("claims"), parents, selection)
    caption = f"n = {len(claims.rows)} claims in {claims.statements} statements, "
    caption += f"{claims_in(len(tables.typed(Source)))}; {selection}"
    if name == AFFILIATION:
        edges = actor_by_issue(claims)
        graph, square = (
            affiliation_graph(edges),
            edges.pivot(index="actor", columns="issue", values="sign"),
        )
        return _network(tables, name, graph, caption, claims.left_out, square, edges)
    square = matrix(claims, name, normalisation)
    caption += f"; normalisation: {normalisation}"
    return _network(tables, name, projection_graph(square), caption, claims.left_out, square)


def network_of_ties(tables: Tables, modality: Sequence[str], background: bool) -> Network:
    """The network of ties."""
    ties = tables.frame("ties")
    known = list(ties["modality"].cat.categories)
    for choice in modality:
        look_up("modality", choice, dict.fromkeys(known))
    if not modality:
        raise UsageError(f"no modality is given; there are: {', '.join(known)}")
    taken = ties["modality"].isin(modality)
    left_out = {"of another modality": int((~taken).sum())}
    if not background:
        of_background = ties["relation_class"] == "background"
        left_out["background ties"] = int((taken & of_background).sum())
        taken &= ~of_background
    ties = ties[taken]
    symmetric = [row.relation for row in tables.typed(RelationType) if row.symmetric]
    caption = (
        f"n = {len(ties)} relationships in {ties['statement_id'].nunique()} statements, "
        f"{claims_in(len(tables.typed(Source)))}; modality: {', '.join(modality)}; background "
        f"ties {'included' if background else 'left out'}; weight: distinct statements"
    )
    graph = relationship_graph(ties, symmetric)
    return _network(tables, RELATIONSHIPS, graph, caption, left_out)


def network_of_attribution(tables: Tables) -> Network:
    """The network of who passes on whom."""
    sources, passages = tables.by_id(Source), tables.by_id(Passage)
    statements = tables.typed(Statement)
    tables.refuse(Relay.about.name)
    tables.refuse_dangling(model.about.name for model in (Source, Passage, Statement, Relay))
    chains = []
    for row in statements:
        source = sources[passages[row.passage_id].source_id]
        relays = tables.relays.get(row.statement_id, [])
        voices = (source.outlet_id, source.voice_id, *relays, row.speaker_id)
        chains.append(tuple(dict.fromkeys(voices)))
    caption = f"n = {len(chains)} statements, {claims_in(len(sources))}; weight: statements"
    return _network(tables, ATTRIBUTION, attribution_graph(chains), caption)


def _network(
    tables: Tables,
    name: str,
    graph: Any,
    caption: str,
    left_out: Mapping[str, int] | None = None,
    square: pd.DataFrame | None = None,
    edges: pd.DataFrame | None = None,
) -> Network:
    """A network of a graph, whose nodes say of themselves what the tables say of them."""
    reasons = {why: n for why, n in (left_out or {}).items() if n}
    caption = f"{NETWORKS[name].capitalize()}. {caption}"
    if reasons:
        caption += ". Left out: " + ", ".join(f"{n} {why}" for why, n in reasons.items())
    library().set_node_attributes(graph, node_attributes(tables))
    graph.graph |= {"name": name, "caption": caption}
    if square is None:  # Of several arcs their sum.
        square = library().to_pandas_adjacency(graph, sorted(graph.nodes))
    edges = edge_list(graph) if edges is None else edges
    return Network(name, graph, square, edges, f"{caption}.", reasons)


def claims_in(sources: int) -> str:
    """How many sources claims stand in, in words."""
    return "claims in one article" if sources == 1 else f"claims in {sources} articles"


def node_attributes(tables: Tables) -> dict[str, dict[str, str]]:
    """What a node says of itself, by id: name, type and country of an actor; of an issue its words.

    An id of both an actor and an issue does not occur: ids stand in one table only.
    """
    actors = {
        row.actor_id: {"label": row.name, "type": row.actor_type.value, "country": row.country}
        for row in tables.typed(Actor)
    }
    issues = {
        row.issue_id: {"label": row.proposition, "type": "issue", "country": None}
        for row in tables.typed(Issue)
    }
    every = (actors | issues).items()
    return {id_: {name: text or "" for name, text in node.items()} for id_, node in every}


def edge_list(graph: Any) -> pd.DataFrame:
    """One row an edge: source, target and what it says of itself, sorted."""
    import pandas as pd

    records = [{"source": a, "target": b, **data} for a, b, data in graph.edges(data=True)]
    frame = pd.DataFrame(records, columns=list(records[0]) if records else ["source", "target"])
    keys = [name for name in ("source", "target", "relation", "modality") if name in frame]
    return frame.sort_values(keys, ignore_index=True)
