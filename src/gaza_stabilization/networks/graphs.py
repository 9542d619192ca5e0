"""The networks as graphs: actors and issues, actors among each other, ties, and who passes on whom.

What a node says of itself is added where a graph becomes a network.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from ..errors import optional
from .stances import Claims

if TYPE_CHECKING:
    import pandas as pd

SIDES = ("support", "oppose", "ambivalent")


def library() -> Any:
    """The module `networkx`, of the extra `networks`. Raises `MissingExtraError`."""
    return optional("networkx", "a network", "networks")


def actor_by_issue(claims: Claims) -> pd.DataFrame:
    """One row an actor and issue: actor, issue, n_support, n_oppose, n_ambivalent, sign.

    Claims are counted by the side they take; `sign` is that of support less opposition, so that a
    zero is either balance or ambivalence, which the counts tell apart.
    """
    import pandas as pd

    counts: dict[tuple[str, str], Counter[str]] = {}
    middle = (claims.scale.least + claims.scale.greatest) / 2
    for row in claims.rows:
        side = SIDES[0] if row.value > middle else SIDES[1] if row.value < middle else SIDES[2]
        counts.setdefault((row.actor, row.concept), Counter())[side] += 1
    records = [
        [actor, issue, *(sides[side] for side in SIDES), _sign(sides["support"] - sides["oppose"])]
        for (actor, issue), sides in sorted(counts.items())
    ]
    names = ["actor", "issue", *(f"n_{side}" for side in SIDES), "sign"]
    frame = pd.DataFrame(records, columns=names)
    return frame.astype(dict.fromkeys(names[:2], "string") | dict.fromkeys(names[2:], "int64"))


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def affiliation_graph(edges: pd.DataFrame) -> Any:
    """Actors and issues as a two-mode graph; an edge has the counts of `actor_by_issue`.

    A node says in `bipartite` which it is: 0 an actor, 1 an issue; ids of the two do not overlap.
    """
    graph = library().Graph()
    for row in edges.to_dict("records"):
        counts = {f"n_{side}": row[f"n_{side}"] for side in SIDES}
        graph.add_node(row["actor"], bipartite=0)
        graph.add_node(row["issue"], bipartite=1)
        weight = sum(counts.values())
        graph.add_edge(row["actor"], row["issue"], weight=weight, sign=row["sign"], **counts)
    return graph


def projection_graph(weights: pd.DataFrame) -> Any:
    """A one-mode matrix of actors as an undirected graph; a tie of 0 is no edge."""
    graph = library().Graph()
    graph.add_nodes_from(weights.index)
    for a, b in combinations(weights.index, 2):
        if weights.loc[a, b]:
            graph.add_edge(a, b, weight=float(weights.loc[a, b]))
    return graph


def relationship_graph(ties: pd.DataFrame, symmetric: Iterable[str]) -> Any:
    """Ties as a directed multigraph, one arc a subject, relation, object and modality.

    `ties` are rows of the flat view. An arc's `weight` is the number of distinct statements,
    `n_asserters` that of those who assert it; a symmetric tie is an arc each way, both flagged.
    """
    graph = library().MultiDiGraph()
    both = set(symmetric)
    keys = ["subject_id", "relation", "object_id", "modality"]
    for key, rows in ties.groupby(keys, observed=True, sort=True):
        subject, relation, object_, modality = map(str, key)
        attributes = {
            "relation": relation,
            "modality": modality,
            "relation_class": str(rows["relation_class"].iloc[0]),
            "weight": int(rows["statement_id"].nunique()),
            "n_asserters": int(rows["asserted_by_id"].nunique()),
            "symmetric": relation in both,
        }
        name = f"{relation} {modality}"
        graph.add_edge(subject, object_, key=name, **attributes)
        if relation in both:
            graph.add_edge(object_, subject, key=name, **attributes)
    return graph


def attribution_graph(chains: Iterable[tuple[str, ...]]) -> Any:
    """Who passes on whom, as a directed graph: each chain from the source's outlet inwards.

    An arc goes from who passes on to who is passed on. `weight` is the number of chains it stands
    in, `depth` how far from the outlet at the least, 1 for the outlet's own.
    """
    graph = library().DiGraph()
    for chain in chains:
        for depth, (outer, inner) in enumerate(pairwise(chain), 1):
            known = graph.get_edge_data(outer, inner, {"weight": 0, "depth": depth})
            graph.add_edge(
                outer, inner, weight=known["weight"] + 1, depth=min(depth, known["depth"])
            )
    return graph
