"""The networks as graphs: actors and issues, actors among each other, ties, and who passes on whom.

Every graph says in its attributes what it shows: `title`, `selection`, `n`.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError
from .projections import matrix
from .stances import Claims

if TYPE_CHECKING:
    import pandas as pd

SIDES = ("support", "oppose", "ambivalent")


def library() -> Any:
    """The module `networkx`, of the extra `networks`. Raises `MissingExtraError`."""
    try:
        return importlib.import_module("networkx")
    except ImportError:
        raise MissingExtraError("a network", "networks") from None


def actor_by_issue(claims: Claims) -> pd.DataFrame:
    """One row an actor and issue: actor, issue, n_support, n_oppose, n_ambivalent, sign.

    Claims are counted by the side they take; `sign` is that of support less opposition, so that a
    zero is either balance or ambivalence, which the counts tell apart.
    """
    import pandas as pd

    found: dict[tuple[str, str], Counter[str]] = {}
    middle = (claims.scale.least + claims.scale.greatest) / 2
    for row in claims.rows:
        side = SIDES[0] if row.value > middle else SIDES[1] if row.value < middle else SIDES[2]
        found.setdefault((row.actor, row.concept), Counter())[side] += 1
    records = [
        [actor, issue, *(sides[side] for side in SIDES), _sign(sides["support"] - sides["oppose"])]
        for (actor, issue), sides in sorted(found.items())
    ]
    names = ["actor", "issue", *(f"n_{side}" for side in SIDES), "sign"]
    frame = pd.DataFrame(records, columns=names)
    return frame.astype(dict.fromkeys(names[:2], "string") | dict.fromkeys(names[2:], "int64"))


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def affiliation_graph(claims: Claims, nodes: Mapping[str, Mapping[str, Any]]) -> Any:
    """Actors and issues as a two-mode graph; an edge has the counts of `actor_by_issue`.

    `nodes` has the attributes of each actor and issue by id. A node says in `bipartite` which it
    is: 0 an actor, 1 an issue; ids of the two do not overlap.
    """
    graph = library().Graph()
    for row in actor_by_issue(claims).to_dict("records"):
        actor, issue = str(row["actor"]), str(row["issue"])
        graph.add_node(actor, bipartite=0, **nodes.get(actor, {}))
        graph.add_node(issue, bipartite=1, **nodes.get(issue, {}))
        counts = {f"n_{side}": int(row[f"n_{side}"]) for side in SIDES}
        weight = sum(counts.values())
        graph.add_edge(actor, issue, weight=weight, sign=int(row["sign"]), **counts)
    return graph


def projection_graph(
    claims: Claims, kind: str, normalisation: str, nodes: Mapping[str, Mapping[str, Any]]
) -> Any:
    """Actors tied by congruence or conflict, as an undirected graph; a tie of 0 is no edge."""
    weights = matrix(claims, kind, normalisation)
    graph = library().Graph()
    for actor in weights.index:
        graph.add_node(actor, **nodes.get(actor, {}))
    for at, a in enumerate(weights.index):
        for b in weights.columns[at + 1 :]:
            if weights.loc[a, b]:
                graph.add_edge(a, b, weight=float(weights.loc[a, b]))
    return graph


def relationship_graph(
    ties: pd.DataFrame, symmetric: Iterable[str], nodes: Mapping[str, Mapping[str, Any]]
) -> Any:
    """Ties as a directed multigraph, one arc a subject, relation, object and modality.

    `ties` are rows of the flat view. An arc's `weight` is the number of distinct statements,
    `n_asserters` that of those who assert it; a symmetric tie is an arc each way, both flagged.
    """
    graph = library().MultiDiGraph()
    both = set(symmetric)
    keys = ["subject_id", "relation", "object_id", "modality"]
    for key, rows in ties.groupby(keys, observed=True, sort=True):
        subject, relation, object_, modality = map(str, key)
        for actor in (subject, object_):
            graph.add_node(actor, **nodes.get(actor, {}))
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


def attribution_graph(
    chains: Iterable[tuple[str, ...]], nodes: Mapping[str, Mapping[str, Any]]
) -> Any:
    """Who passes on whom, as a directed graph: each chain from the source's outlet inwards.

    An arc goes from who passes on to who is passed on. `weight` is the number of chains it stands
    in, `depth` how far from the outlet at the least, 1 for the outlet's own.
    """
    graph = library().DiGraph()
    for chain in chains:
        for depth, (outer, inner) in enumerate(pairwise(chain), 1):
            for actor in (outer, inner):
                graph.add_node(actor, **nodes.get(actor, {}))
            known = graph.get_edge_data(outer, inner, {"weight": 0, "depth": depth})
            graph.add_edge(
                outer, inner, weight=known["weight"] + 1, depth=min(depth, known["depth"])
            )
    return graph
