"""Plots: drawn to a file of each kind, the same in every run, with n in the caption."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.plots import drawing
from gaza_stabilization.plots.gallery import PLOTS
from tests.folder import Folder

MAGIC = {".svg": b"<?xml", ".png": b"\x89PNG", ".pdf": b"%PDF"}


def texts(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dataset: gs.Dataset
) -> list[str]:
    """Every text that stands in a plot."""
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    kept: list[Figure] = []
    save = Figure.savefig

    def keep(figure: Figure, *arguments: Any, **options: Any) -> None:
        kept.append(figure)
        save(figure, *arguments, **options)

    monkeypatch.setattr(Figure, "savefig", keep)
    dataset.plot(name, tmp_path / "plot.svg")
    return [text.get_text() for text in kept[0].findobj(Text)]


def with_a_tie(made_up: Folder) -> None:
    """Let a tie of the made-up corpus be one that is drawn."""
    made_up.set("relationships", "r002", modality="actual")


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_is_the_same_in_every_run(name: str, tmp_path: Path) -> None:
    one = gs.plot(name, tmp_path / "one.svg").read_bytes()
    assert one == gs.plot(name, tmp_path / "two.svg").read_bytes()
    assert one.startswith(MAGIC[".svg"])


@pytest.mark.parametrize("ending", MAGIC)
def test_the_command_draws_files_of_each_kind(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"plot{ending}"
    assert main(["plot", "coverage", str(path)]) == 0
    assert path.read_bytes().startswith(MAGIC[ending])
    assert str(path) in capsys.readouterr().out


@pytest.mark.parametrize(("count", "says"), [(1, "one article"), (2, "2 articles")])
@pytest.mark.parametrize("name", [name for name in PLOTS if name != "agreement"])
def test_the_caption_says_of_how_much_it_is(
    name: str, count: int, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    made_up: Folder,
) -> None:  # fmt: skip
    with_a_tie(made_up)
    dataset = gs.release("1.0.0") if count == 1 else gs.Dataset(made_up.path)
    caption = " ".join(" ".join(texts(name, tmp_path, monkeypatch, dataset)).split())
    assert "n = " in caption
    assert f"claims in {says}" in caption
    if name != "coverage" and count == 1:
        assert "Left out: " in caption


def test_every_holder_and_issue_of_an_own_position_is_in_the_matrix(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = texts("stances", tmp_path, monkeypatch, gs.Dataset())
    own = gs.claims().query("ascription == 'own'")
    assert set(own["holder"]) | set(own["issue_id"]) <= set(shown)


def test_every_actor_of_a_network_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = texts("relationships", tmp_path, monkeypatch, gs.Dataset())
    graph = gs.network("relationships").graph
    assert {data["label"] for _, data in graph.nodes(data=True)} <= set(shown)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["plot", "stance", "x.svg"], "did you mean 'stances'"),
        (["plot", "stances", "x.doc"], "expected a file that ends in .svg, .png or .pdf"),
        (["plot", "stances", "no/such/folder/x.svg"], "cannot plot to no/such/folder/x.svg"),
    ],
)
def test_a_wrong_call_says_what_is_right(
    call: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(call) == 2
    assert says in capsys.readouterr().err


def test_without_matplotlib_the_line_to_install_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(gs.MissingExtraError, match=r"gaza-stabilization\[plots\]"):
        drawing.draw(tmp_path / "x.svg", (1, 1), lambda figure: None)


def test_characters_in_two_statements_are_covered_once(
    made_up: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sum(int(row[5]) for row in made_up.records("passages")[1:] if row[3] == "1")
    whole += int(made_up.cell("passages", "gull-1-p02-s2", "end")) - int(
        made_up.cell("passages", "gull-1-p02-s1", "end")
    )
    first = {name: int(made_up.cell("statements", "s001", name)) for name in ("start", "end")}
    made_up.add("statements", "s001", statement_id="s003", end=str(first["end"] - 2))
    report = int(made_up.cell("statements", "s002", "end"))
    share = (first["end"] - first["start"] + report) / whole
    shown = " ".join(texts("coverage", tmp_path, monkeypatch, gs.Dataset(made_up.path)))
    assert "claims in 2 articles" in shown
    assert f"cover {share:.0%} of" in " ".join(shown.split())


@pytest.mark.parametrize("name", ["Costs $5, or $6", r"$\frac{$", "$x_1$", "<b> & 'c'"])
def test_a_name_is_drawn_letter_by_letter(
    data: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    data.set("actors", gs.load("positions", "1.0.0")["holder_id"].iloc[0], name=name)
    for plot in ("stances", "congruence", "relationships"):
        assert name in texts(plot, tmp_path, monkeypatch, gs.Dataset(data.path)), plot


def test_where_no_figures_are_published_those_of_two_codings_can_be_drawn(
    made_up: Folder, tmp_path: Path
) -> None:
    with pytest.raises(gs.UsageError, match=r"gaza-stabilization agreement A B --plot FILE"):
        gs.Dataset(made_up.path).plot("agreement", tmp_path / "plot.svg")


def caption_and_width(name: str, tmp_path: Path, dataset: gs.Dataset) -> tuple[float, float]:
    """How far to the right a caption reaches, and how wide its figure is, in pixels."""
    from unittest.mock import patch

    from matplotlib.figure import Figure

    with patch.object(Figure, "savefig", autospec=True) as save:
        dataset.plot(name, tmp_path / "plot.svg")
    figure = save.call_args.args[0]
    figure.draw_without_rendering()
    (words,) = (text for text in figure.texts if "n = " in text.get_text())
    return words.get_window_extent().x1, figure.bbox.x1


@pytest.mark.parametrize("name", [name for name in PLOTS if name != "agreement"])
def test_a_caption_can_be_read_to_its_end(name: str, made_up: Folder, tmp_path: Path) -> None:
    with_a_tie(made_up)
    for dataset in (gs.Dataset(made_up.path), gs.release("1.0.0")):
        right, width = caption_and_width(name, tmp_path, dataset)
        assert right <= width


@pytest.mark.parametrize(
    ("name", "table"),
    [("stances", "positions"), ("congruence", "positions"), ("relationships", "relationships")],
)
def test_where_there_is_nothing_to_draw_that_is_said(
    name: str, table: str, made_up: Folder, tmp_path: Path
) -> None:
    made_up.write(table, made_up.records(table)[:1])
    with pytest.raises(gs.UsageError, match=r"^there is no .* to draw: .* n = 0 "):
        gs.Dataset(made_up.path).plot(name, tmp_path / "plot.svg")


@pytest.mark.parametrize(("actor_type", "others"), [("person", False), ("media", True)])
def test_a_legend_has_the_types_that_are_drawn(
    actor_type: str, others: bool, made_up: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_tie(made_up)
    for row in made_up.records("actors")[1:]:
        made_up.set("actors", row[0], actor_type=actor_type)
    shown = texts("relationships", tmp_path, monkeypatch, gs.Dataset(made_up.path))
    assert ("other types" in shown) == others
