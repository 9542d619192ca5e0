"""Networks: the figures of Discourse Network Analyzer, what each choice takes, what is left out."""

from __future__ import annotations

import sqlite3
import sys

import networkx
import pandas as pd
import pytest

import gaza_stabilization as gs
from gaza_stabilization.networks.build import NETWORKS
from gaza_stabilization.networks.graphs import actor_by_issue
from gaza_stabilization.networks.projections import KINDS, NORMALISATIONS, matrix
from gaza_stabilization.networks.selection import Selection, select
from gaza_stabilization.networks.stances import SCALES, Claim, Claims, number, once_a_document
from tests.conftest import SHARED
from tests.folder import Folder
from tests.made_up import only_the_first

QUERY = """
    select s.DocumentId, s.ID, o.Value, c.Value, b.Value
    from STATEMENTS s
    join DATASHORTTEXT od on od.StatementId = s.ID and od.VariableId = 2
    join ENTITIES o on o.ID = od.Entity
    join DATASHORTTEXT cd on cd.StatementId = s.ID and cd.VariableId = 3
    join ENTITIES c on c.ID = cd.Entity
    join DATABOOLEAN b on b.StatementId = s.ID and b.VariableId = 4
"""
LEFT_OUT = {"There should be legislation to regulate emissions.", "Senate", "Sierra Club"}


@pytest.fixture(scope="module")
def sample() -> tuple[Claim, ...]:
    """The claims of the sample database of Discourse Network Analyzer, where it is here."""
    path = SHARED / "oracles" / "dna" / "sample.dna"
    if not path.is_file():
        pytest.skip("the sample database of Discourse Network Analyzer is not part of the project")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        rows = database.execute(QUERY).fetchall()
    return tuple(
        Claim(str(d), str(s), actor, concept, value) for d, s, actor, concept, value in rows
    )


def total(rows: tuple[Claim, ...], kind: str, normalisation: str = "no") -> float:
    weights = matrix(Claims(SCALES["binary"], rows), kind, normalisation)
    return round(float(weights.to_numpy().sum()), 2)


def test_the_figures_of_the_sample_database(sample: tuple[Claim, ...]) -> None:
    assert total(sample, "ignore") == 276
    assert total(sample, "congruence") == 160
    assert total(sample, "conflict") == 116
    assert total(sample, "subtract") == 44
    assert total(sample, "congruence", "average") == 25.80
    some = tuple(row for row in sample if not {row.concept, row.actor} & LEFT_OUT)
    assert total(some, "congruence", "average") == 9.81


def claims(*rows: tuple[str, str, int], scale: str = "signed") -> Claims:
    of_actors = tuple(
        Claim("d", f"s{n}", actor, issue, v) for n, (actor, issue, v) in enumerate(rows)
    )
    return Claims(SCALES[scale], of_actors)


def between(taken: Claims, kind: str, normalisation: str = "no") -> float:
    return float(matrix(taken, kind, normalisation).loc["a", "b"])


def test_half_way_is_half_shared_and_half_divided() -> None:
    taken = claims(("a", "i", 1), ("b", "i", 0))
    assert between(taken, "congruence") == between(taken, "conflict") == 0.5
    assert between(taken, "subtract") == 0
    assert between(claims(("a", "i", 1), ("b", "i", -1)), "conflict") == 1
    assert between(claims(("a", "i", 1), ("b", "j", 1)), "congruence") == 0


def test_normalisations_by_hand() -> None:
    # a: two on i, one on j; b: one on i, one on k; all support.
    taken = claims(("a", "i", 1), ("a", "i", 1), ("a", "j", 1), ("b", "i", 1), ("b", "k", 1))
    assert between(taken, "congruence") == 2
    assert between(taken, "congruence", "average") == 2 / 2.5
    assert between(taken, "congruence", "jaccard") == 2 / (1 + 1 + 2)
    assert between(taken, "congruence", "cosine") == pytest.approx(2 / (5**0.5 * 2**0.5))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("normalisation", NORMALISATIONS)
def test_a_projection_has_no_direction_and_no_loops(kind: str, normalisation: str) -> None:
    taken = select(gs.claims(), {}, Selection(ascribed=True))
    weights = matrix(taken, kind, normalisation)
    assert weights.equals(weights.T)
    assert not weights.to_numpy().diagonal().any()


def test_scales_say_what_they_lose() -> None:
    assert [number("oppose", "categorical", scale) for scale in SCALES] == [0, -1, -3]
    assert [number("ambivalent", "reserved", scale) for scale in SCALES] == [None, 0, 0]
    assert [number("support", "reserved", scale) for scale in SCALES] == [1, 1, 1]
    ambivalent = (gs.claims()["stance"] == "ambivalent").sum()
    left_out = select(gs.claims(), {}, Selection(ascribed=True, scale="binary")).left_out
    assert left_out["ambivalent, for which the scale has no place"] == ambivalent


def test_nothing_goes_in_silence() -> None:
    for selection in (
        Selection(),
        Selection(ascribed=True, implied=False, scale="binary"),
        Selection(actors="principal", duplicates="statement"),
        Selection(least_statements=4),
    ):
        taken = select(gs.claims(), {}, selection)
        assert len(taken.rows) + sum(taken.left_out.values()) == len(gs.claims())


def test_own_and_explicit_positions() -> None:
    own = gs.network("affiliation", duplicates="statement")
    ascribed = gs.network("affiliation", duplicates="statement", ascribed=True)
    explicit = gs.network("affiliation", duplicates="statement", implied=False)
    frame = gs.claims()
    counted = ["n_support", "n_oppose", "n_ambivalent"]
    assert own.edges[counted].to_numpy().sum() == (frame["ascription"] == "own").sum()
    assert ascribed.edges[counted].to_numpy().sum() == len(frame)
    said = frame.query("ascription == 'own' and explicitness == 'explicit'")
    assert explicit.edges[counted].to_numpy().sum() == len(said)


def test_the_same_stance_counts_once_a_document_unless_asked() -> None:
    rows = claims(("a", "i", 1), ("a", "i", 1), ("a", "i", -1)).rows
    assert [row.value for row in once_a_document(rows)] == [1, -1]
    elsewhere = rows[1]._replace(document="other")
    assert len(once_a_document((*rows, elsewhere))) == 3


def test_a_zero_hides_nothing() -> None:
    frame = actor_by_issue(claims(("a", "i", 1), ("a", "i", -1), ("b", "i", 0), ("c", "i", 1)))
    assert frame["sign"].tolist() == [0, 0, 1]
    assert frame["n_ambivalent"].tolist() == [0, 1, 0]
    assert frame["n_support"].tolist() == [1, 0, 1]


def test_support_rolls_up_and_opposition_does_not() -> None:
    frame = gs.claims("1.0.0").query("issue_id == 'turkey-troops' and ascription == 'own'")
    taken = select(frame, {"turkey-troops": "turkey-role"}, Selection(roll_up=True))
    wide = {(row.actor, row.value) for row in taken.rows if row.concept == "turkey-role"}
    assert wide == {("recep-tayyip-erdogan", 1)}
    assert {row.value for row in taken.rows if row.concept == "turkey-troops"} == {1, -1}


def test_actors_with_few_statements_are_left_out() -> None:
    few = gs.network("congruence", ascribed=True, least_statements=3)
    spoken = gs.claims().groupby("holder_id", observed=True)["statement_id"].nunique()
    assert set(few.graph.nodes) <= set(spoken[spoken >= 3].index)
    assert few.left_out["actors with too few statements"] > 0


def test_ties_are_actual_and_not_background_unless_asked() -> None:
    plain = gs.network("relationships")
    assert {data["modality"] for *_, data in plain.graph.edges(data=True)} == {"actual"}
    assert "background" not in {data["relation_class"] for *_, data in plain.graph.edges(data=True)}
    every = gs.network(
        "relationships", modality=("actual", "former", "prospective", "denied"), background=True
    )
    assert every.left_out == {}
    weights = sum(
        data["weight"] / (2 if data["symmetric"] else 1)
        for *_, data in every.graph.edges(data=True)
    )
    ties = gs.ties()
    keys = ["subject_id", "relation", "object_id", "modality", "statement_id"]
    assert weights == len(ties.drop_duplicates(keys))


def test_a_symmetric_tie_is_an_arc_each_way() -> None:
    graph = gs.network("relationships").graph
    symmetric = [
        (a, b, key) for a, b, key, data in graph.edges(keys=True, data=True) if data["symmetric"]
    ]
    assert symmetric
    assert all(graph.has_edge(b, a, key) for a, b, key in symmetric)


def test_who_passes_on_whom() -> None:
    network = gs.release("1.0.0").network("attribution")
    assert network.graph.edges["jns", "shimon-sherman"] == {"weight": 59, "depth": 1}
    assert network.graph.edges["gulf-sources", "gulf-states"]["depth"] == 4
    assert networkx.is_directed_acyclic_graph(network.graph)
    assert networkx.descendants(network.graph, "i24news") == {
        "gulf-sources", "gulf-states", "saudi-arabia", "united-arab-emirates",
    }  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_every_network_says_what_it_is(name: str) -> None:
    network = gs.network(name)
    assert "n = " in network.caption
    count = len(gs.load("sources"))
    assert f"claims in {'one article' if count == 1 else f'{count} articles'}" in network.caption
    assert network.graph.graph["caption"] in network.caption
    for _, data in network.graph.nodes(data=True):
        assert set(data) - {"bipartite"} == {"label", "type", "country"}
    assert len(network.edges) == network.graph.number_of_edges()
    assert isinstance(network.matrix, pd.DataFrame)
    if name not in ("affiliation",):
        weights = [weight for *_, weight in network.graph.edges(data="weight")]
        both = 1 if network.graph.is_directed() else 2
        assert network.matrix.to_numpy().sum() == pytest.approx(both * sum(weights))


@pytest.mark.parametrize(("count", "says"), [(1, "one article"), (2, "2 articles")])
@pytest.mark.parametrize("name", NETWORKS)
def test_a_caption_says_in_how_many_articles_the_claims_stand(
    made_up: Folder, name: str, count: int, says: str
) -> None:
    if count == 1:
        only_the_first(made_up)
    network = gs.Dataset(made_up.path).network(name)
    assert f" statements, claims in {says}; " in network.caption


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("congruense", {}),
        ("congruence", {"actors": "holders"}),
        ("congruence", {"scale": "sign"}),
        ("congruence", {"normalisation": "cosin"}),
        ("congruence", {"duplicates": "documents"}),
        ("congruence", {"least_statements": 0}),
        ("relationships", {"modality": ("actuel",)}),
        ("relationships", {"modality": ()}),
    ],
)
def test_a_choice_that_there_is_not_is_an_error(name: str, choices: dict[str, object]) -> None:
    with pytest.raises(gs.GazaStabilizationError, match=r"did you mean|expected|there are"):
        gs.network(name, **choices)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", NETWORKS)
def test_a_corpus_without_claims_has_networks(name: str, made_up: Folder) -> None:
    made_up.write("relationships", [made_up.records("relationships")[0]])
    made_up.write("positions", [made_up.records("positions")[0]])
    network = gs.Dataset(made_up.path).network(name)
    assert "n = " in network.caption
    assert (len(network.graph.nodes) > 0) == (name == "attribution")


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(gs.MissingExtraError, match=r"gaza-stabilization\[networks\]"):
        gs.network("congruence")


def test_issues_in_a_circle_are_named_and_do_not_end_in_one(data: Folder) -> None:
    child = next(row for row in data.records("issues")[1:] if row[1])
    parent = data.cell("issues", child[0], "parent_id")
    data.set("issues", parent, parent_id=child[0])
    own = gs.Dataset(data.path)
    with pytest.raises(gs.InvalidDataError, match=r"issues\.csv, .*, parent_id: found"):
        own.network("affiliation", roll_up=True)
    data.set("issues", parent, parent_id="no-such-issue")
    with pytest.raises(gs.InvalidDataError, match="parent_id foreign-key: found 'no-such-issue'"):
        own.network("affiliation", roll_up=True)
