"""The networks of some tables, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import UsageError, look_up
from ..schema.actors import Actor
from ..schema.issues import Issue
from ..schema.passages import Passage
from ..schema.relays import Relay
from ..schema.sources import Source
from ..schema.statements import Statement
from ..tables.chains import relay_chain
from .graphs import (
    actor_by_issue,
    affiliation_graph,
    attribution_graph,
    library,
    projection_graph,
    relationship_graph,
)
from .projections import KINDS, NORMALISATIONS, matrix
from .selection import Selection, select
from .stances import Claims

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
    claims = select(tables.frame("claims"), parents, selection)
    nodes = node_attributes(tables)
    if name == AFFILIATION:
        edges = actor_by_issue(claims)
        wide = edges.pivot_table(index="actor", columns="issue", values="sign", aggfunc="sum")
        graph, square = affiliation_graph(claims, nodes), wide
    else:
        graph = projection_graph(claims, name, normalisation, nodes)
        square, edges = matrix(claims, name, normalisation), edge_list(graph)
    caption = f"{NETWORKS[name].capitalize()}. {_counted(claims, tables)}; {selection}"
    if name in KINDS:
        caption += f"; normalisation: {normalisation}"
    return _made(name, graph, square, edges, caption, dict(claims.left_out))


def network_of_ties(tables: Tables, modality: Sequence[str], background: bool) -> Network:
    """The network of ties."""
    ties = tables.frame("ties")
    known = list(ties["modality"].cat.categories)
    for choice in modality:
        look_up("modality", choice, {name: name for name in known})
    if not modality:
        raise UsageError(f"no modality is given; there are: {', '.join(known)}")
    taken = ties["modality"].isin(modality)
    left_out = {"of another modality": int((~taken).sum())}
    if not background:
        of_background = ties["relation_class"] == "background"
        left_out["background ties"] = int((taken & of_background).sum())
        taken &= ~of_background
    types = tables.frame("relation_types")
    symmetric = types.loc[types["symmetric"], "relation"]
    graph = relationship_graph(ties[taken], symmetric, node_attributes(tables))
    rows = int(taken.sum())
    caption = (
        f"{NETWORKS[RELATIONSHIPS].capitalize()}. n = {rows} relationships in "
        f"{ties[taken]['statement_id'].nunique()} statements, {_where(tables)}; "
        f"modality: {', '.join(modality)}; background ties "
        f"{'included' if background else 'left out'}; weight: distinct statements"
    )
    return _made(
        RELATIONSHIPS, graph, adjacency(graph), edge_list(graph), caption,
        {why: n for why, n in left_out.items() if n},
    )  # fmt: skip


def network_of_attribution(tables: Tables) -> Network:
    """The network of who passes on whom."""
    sources = {row.source_id: row for row in tables.typed(Source)}
    passages = {row.passage_id: row.source_id for row in tables.typed(Passage)}
    links: dict[str, list[str]] = {}
    for link in sorted(tables.typed(Relay), key=lambda row: row.depth):
        links.setdefault(link.statement_id, []).append(link.relay_id)
    chains = []
    for said in tables.typed(Statement):
        source = sources[passages[said.passage_id]]
        relays = relay_chain(links.get(said.statement_id, []), said.speaker_id, said.speaker_id)
        author = source.author_id or source.outlet_id
        chain = (source.outlet_id, author, *relays, said.speaker_id)
        chains.append(tuple(dict.fromkeys(chain)))
    graph = attribution_graph(chains, node_attributes(tables))
    caption = (
        f"{NETWORKS[ATTRIBUTION].capitalize()}. n = {len(chains)} statements, {_where(tables)}; "
        "weight: statements"
    )
    return _made(ATTRIBUTION, graph, adjacency(graph), edge_list(graph), caption, {})


def node_attributes(tables: Tables) -> dict[str, dict[str, str]]:
    """What a node says of itself, by id: name, type and country of an actor; of an issue its words.

    An id of both an actor and an issue does not occur: ids stand in one table only.
    """
    actors = {
        row.actor_id: {
            "label": row.name,
            "type": row.actor_type.value,
            "country": row.country or "",
        }
        for row in tables.typed(Actor)
    }
    issues = {
        row.issue_id: {"label": row.proposition, "type": "issue", "country": ""}
        for row in tables.typed(Issue)
    }
    return actors | issues


def adjacency(graph: Any) -> pd.DataFrame:
    """The weights as a square matrix of the sorted nodes; of several arcs their sum."""
    import pandas as pd

    nodes = sorted(graph.nodes)
    cells = pd.DataFrame(0.0, index=nodes, columns=nodes)
    for source, target, weight in graph.edges(data="weight"):
        cells.loc[source, target] += weight
    return cells


def edge_list(graph: Any) -> pd.DataFrame:
    """One row an edge: source, target and what it says of itself, sorted."""
    import pandas as pd

    records = [{"source": a, "target": b, **data} for a, b, data in graph.edges(data=True)]
    frame = pd.DataFrame(records, columns=list(records[0]) if records else ["source", "target"])
    keys = [name for name in ("source", "target", "relation", "modality") if name in frame]
    return frame.sort_values(keys, ignore_index=True)


def _made(
    name: str,
    graph: Any,
    square: pd.DataFrame,
    edges: pd.DataFrame,
    caption: str,
    left_out: dict[str, int],
) -> Network:
    if left_out:
        parts = ", ".join(f"{n} {why}" for why, n in left_out.items())
        caption = f"{caption}. Left out: {parts}"
    graph.graph |= {"name": name, "caption": caption}
    return Network(name, graph, square, edges, f"{caption}.", left_out)


def _counted(claims: Claims, tables: Tables) -> str:
    return f"n = {len(claims.rows)} claims in {claims.statements} statements, {_where(tables)}"


def _where(tables: Tables) -> str:
    """How many sources the claims stand in, in words."""
    sources = len(tables.typed(Source))
    return "claims in one article" if sources == 1 else f"claims in {sources} articles"
