"""The comparison of two codings: figures, confusion, what has no partner, and wrong calls."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from gaza_stabilization.schema.models import CODED

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.reliability.figures import in_words, is_tentative, published
from gaza_stabilization.reliability.measures import Figure
from gaza_stabilization.reliability.raw_coding import ACTORS
from tests.analysis import coding, write_analysis
from tests.folder import Folder


@pytest.fixture
def two(tmp_path: Path) -> tuple[Folder, Folder]:
    """A coding and a copy of it, to be changed by a test."""
    folder = write_analysis(tmp_path)
    copy = Folder(tmp_path / "copy")
    copy.copy(coding(folder).path)
    return coding(folder), copy


def compared(two: tuple[Folder, Folder]) -> dict[tuple[str, str], Figure]:
    found = gs.agreement(two[0].path, two[1].path, resamples=50)
    return {(one.table, one.variable): one for one in found.figures}


def test_a_coding_agrees_with_itself(two: tuple[Folder, Folder]) -> None:
    figures = compared(two)
    assert {one.alpha for one in figures.values()} <= {1.0, None}
    assert {one.agreement for one in figures.values()} <= {1.0, None}
    assert figures["statements", "unitising"].n == 27
    assert figures["positions", "presence"].f1 == 1.0


def test_one_other_code_counts_once_and_in_its_variable_only(two: tuple[Folder, Folder]) -> None:
    first = two[1].where("positions", stance="support")
    two[1].set("positions", first, stance="oppose")
    figures = compared(two)
    found = gs.agreement(two[0].path, two[1].path, resamples=50)
    assert figures["positions", "stance"].agreement == round(21 / 22, 3)
    assert 0 < (figures["positions", "stance"].alpha or 0) < 1
    whole = (None, 1.0)
    differing = {
        name for name, one in figures.items() if one.agreement not in whole or one.f1 not in whole
    }
    assert differing == {("positions", "stance")}
    table = found.confusion("positions.stance")
    assert table.loc["support", "oppose"] == 1
    assert table.to_numpy().sum() == 22


def test_a_scale_counts_how_far_and_a_list_only_whether(two: tuple[Folder, Folder]) -> None:
    first = two[1].where("positions", stance="support", intensity="plain")
    two[1].set("positions", first, stance="ambivalent")
    near = compared(two)["positions", "stance"]
    two[1].set("positions", first, stance="oppose")
    far = compared(two)["positions", "stance"]
    assert near.level == far.level == "ordinal"
    assert near.agreement == far.agreement
    assert (near.alpha or 0) > (far.alpha or 0)
    assert compared(two)["statements", "speech_act"].level == "nominal"


def test_a_statement_that_one_lacks_is_counted_with_all_that_hangs_on_it(
    two: tuple[Folder, Folder],
) -> None:
    statement = two[1].cell("positions", "p001", "statement_id")
    for table in ("positions", "relationships", "relays"):
        header, *rows = two[1].records(table)
        at = header.index("statement_id")
        two[1].write(table, [header, *(row for row in rows if row[at] != statement)])
    two[1].delete("statements", statement)
    figures = compared(two)
    unitised, held = figures["statements", "unitising"], figures["positions", "presence"]
    assert (unitised.n_a, unitised.n_b, unitised.n, unitised.precision) == (27, 26, 26, 1.0)
    assert unitised.recall == round(26 / 27, 3)
    assert unitised.alpha is not None
    assert unitised.alpha < 1
    assert held.n_a is not None
    assert held.n_b is not None
    assert held.n_a > held.n_b
    assert (held.alpha or 0) < 1
    left = gs.agreement(two[0].path, two[1].path, resamples=50).unmatched()
    assert left.query("table == 'statements'")["id"].tolist() == [statement]
    assert "p001" in left.query("table == 'positions'")["id"].tolist()


def test_another_holder_is_a_disagreement_about_the_holder_and_no_common_position(
    two: tuple[Folder, Folder],
) -> None:
    # Somebody who is not the holder, by the word of the same speaker.
    two[1].set("positions", "p001", holder_id="pilots", ascription="ascribed")
    figures = compared(two)
    assert figures["positions", "holder_id"].agreement == round(21 / 22, 3)
    assert figures["positions", "presence"].n == 21  # Exact ones only.
    assert figures["positions", "presence"].alpha == 1.0  # Of issues, which are the same.
    assert figures["positions", "stance"].n == 21


def test_a_span_that_is_cut_otherwise_lowers_the_overlap_only(two: tuple[Folder, Folder]) -> None:
    end = int(two[1].cell("statements", "s001", "end"))
    two[1].set("statements", "s001", end=str(end - 20))
    figures = compared(two)
    assert figures["statements", "unitising"].f1 == 1.0
    assert (figures["statements", "unitising"].alpha or 0) < 1
    assert (figures["statements", "span"].agreement or 0) < 1


def test_the_frame_has_one_row_a_figure(two: tuple[Folder, Folder]) -> None:
    found = gs.agreement(two[0].path, two[1].path, resamples=50)
    frame = found.frame()
    assert len(frame) == len(found.figures)
    assert frame["alpha"].dtype == "Float64"
    assert frame.query("variable == 'unitising'")["n_a"].tolist() == [27]


def test_only_what_both_cover_is_compared(tmp_path: Path) -> None:
    folder = write_analysis(tmp_path)
    with pytest.raises(gs.UsageError, match="no source in common: jns-sherman; lantern-dunnet"):
        gs.agreement("ai-1", coding(folder).path)


def test_what_has_no_partner_counts_against_the_ids(two: tuple[Folder, Folder]) -> None:
    # Every second position has another holder and another issue: half of them agree.
    rows = two[1].records("positions")
    known = {row[0]: row for row in rows[1:]}
    issues = ["naval-escort", "sound-open"]
    for number, key in enumerate(list(known)[::2]):
        two[1].set("positions", key, holder_id="pilots", issue_id=issues[number % 2])
        two[1].set("positions", key, ascription="ascribed")
    figures = compared(two)
    assert figures["positions", "presence"].f1 is not None
    assert figures["positions", "presence"].f1 < 0.75
    assert (figures["positions", "holder_id"].alpha or 0) < 0.75
    assert (figures["positions", "issue_id"].alpha or 0) < 0.75


def test_swapping_the_codings_changes_no_coefficient() -> None:
    one = gs.agreement("ai-1", "ai-2", resamples=50)
    other = gs.agreement("ai-2", "ai-1", resamples=50)
    for a, b in zip(one.figures, other.figures, strict=True):
        assert (a.alpha, a.agreement, a.f1, a.n) == (b.alpha, b.agreement, b.f1, b.n)
        assert (a.precision, a.recall) == (b.recall, b.precision)
    assert one.unmatched().groupby("table").size().equals(other.unmatched().groupby("table").size())


def test_a_byte_order_mark_is_no_column(two: tuple[Folder, Folder]) -> None:
    two[1].bytes("actors", lambda content: b"\xef\xbb\xbf" + content)
    assert compared(two)["actors", "actors"].f1 == 1.0


def each_cell(folder: Folder, table: str, columns: list[str], change: Callable[[str], str]) -> None:
    header, *rows = folder.records(table)
    wanted = {header.index(column) for column in columns}
    folder.write(
        table,
        [header]
        + [[change(c) if c and at in wanted else c for at, c in enumerate(row)] for row in rows],
    )


def own_ids(folder: Folder, change: Callable[[str], str] = "zz-{}".format) -> None:
    """Give every actor an id of the coder's own, so that only names say who is who."""
    each_cell(folder, "actors", ["actor_id"], change)
    for table, columns in ACTORS.items():
        each_cell(folder, table, columns, change)


def blanks_after_names(two: tuple[Folder, Folder]) -> None:
    own_ids(two[1])
    each_cell(two[1], "actors", ["name"], "{} ".format)


def names_in_another_unicode_form(two: tuple[Folder, Folder]) -> None:
    own_ids(two[1])
    for folder, form in zip(two, ("NFC", "NFD"), strict=True):
        each_cell(folder, "actors", ["name"], lambda c, f=form: unicodedata.normalize(f, f"{c} é"))


def blanks_after_ids(two: tuple[Folder, Folder]) -> None:
    own_ids(two[1], "{} ".format)


def rows_in_another_order(two: tuple[Folder, Folder]) -> None:
    for table in CODED:
        header, *rows = two[1].records(table)
        two[1].write(table, [header, *rows[::-1]])


@pytest.mark.parametrize(
    "alter",
    [blanks_after_names, names_in_another_unicode_form, blanks_after_ids, rows_in_another_order],
)
def test_a_spelling_of_cells_is_no_disagreement(
    two: tuple[Folder, Folder], alter: Callable[[tuple[Folder, Folder]], None]
) -> None:
    alter(two)
    figures = compared(two)
    assert {one.alpha for one in figures.values()} <= {1.0, None}
    assert {one.f1 for one in figures.values()} <= {1.0, None}
    assert figures["statements", "speaker_id"].alpha == 1.0
    assert figures["positions", "presence"].f1 == 1.0


def test_columns_in_another_order_are_the_same_columns(two: tuple[Folder, Folder]) -> None:
    two[1].delete("positions", "p001")
    for table in CODED:
        two[1].write(table, [row[::-1] for row in two[1].records(table)])
    unmatched = gs.agreement(two[1].path, two[0].path, resamples=5).unmatched()
    assert unmatched.values.tolist() == [["positions", str(two[0].path), "p001"]]


def test_where_nothing_differs_no_interval_is_claimed(two: tuple[Folder, Folder]) -> None:
    assert {one.low for one in compared(two).values()} == {None}


def test_a_source_that_only_one_covers_is_named(two: tuple[Folder, Folder]) -> None:
    header, *rows = two[1].records("passages")
    more = ["other-text-p01-s1", "other-text", "1", "1", "0", "9", "0" * 64, "scene_setting"]
    two[1].write("passages", [header, *rows, more])
    found = gs.agreement(two[0].path, two[1].path, resamples=5)
    assert found.left_out == {"other-text": str(two[1].path)}
    assert "left out: other-text" in str(found)


def missing_table(folder: Folder) -> None:
    folder.file("relays").unlink()


def unknown_code(folder: Folder) -> None:
    folder.set("positions", "p001", stance="suport")


def dangling(folder: Folder) -> None:
    folder.set("positions", "p001", statement_id="s999")


def beyond_the_text(folder: Folder) -> None:
    folder.set("statements", folder.last("statements"), end="99999")


def unknown_actor(folder: Folder) -> None:
    folder.set("positions", "p001", holder_id="nobody-here")


def ragged(folder: Folder) -> None:
    folder.text_line("relays", 2, lambda line: f"{line},more,and,more")


def not_utf8(folder: Folder) -> None:
    folder.bytes("statements", lambda content: content + b"\xff")


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (missing_table, "relays.csv missing-file: found nothing"),
        (
            unknown_code,
            "positions.csv:2:stance code: found 'suport'; expected one of oppose",
        ),
        (dangling, "2:statement_id foreign-key: found 's999'; expected an id that stands in"),
        (not_utf8, "statements.csv:[0-9]+ encoding"),
        (beyond_the_text, "end: found '99999'; expected .* at most"),
        (unknown_actor, "positions.csv:2:holder_id foreign-key: found 'nobody-here'"),
        (ragged, "relays.csv"),
    ],
)
def test_a_damaged_coding_is_no_traceback(two, damage, says: str) -> None:  # type: ignore
    damage(two[1])
    with pytest.raises(gs.InvalidDataError, match=f"(?s){says}"):
        gs.agreement(two[0].path, two[1].path)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["ai-1", "ai-9"], "there is no coder or folder 'ai-9'; coders: ai-1, ai-2"),
        (["ai-1"], "name two codings"),
        (["ai-1", "ai-2", "--resamples", "0"], "expected a whole number of 1 or more"),
        (["--confusion", "positions.stances"], "did you mean 'positions.stance'"),
        (["--plot", "figure.doc"], "expected a file that ends in .svg, .png or .pdf"),
    ],
)
def test_a_wrong_call_says_what_is_right(
    names: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = [] if "--resamples" in names else ["--resamples", "5"]
    assert main(["agreement", *names, *more]) == 2
    assert says in capsys.readouterr().err


def test_the_command_shows_text_csv_json_and_confusion(
    two: tuple[Folder, Folder], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["agreement", str(two[0].path), str(two[1].path), "--resamples", "20"]

    def shown(*more: str) -> str:
        assert main([*call, *more]) == 0
        return capsys.readouterr().out

    text = shown()
    assert "stance" in text
    assert "1 perfect, 0 chance" in text
    assert shown("--format", "csv").startswith("table,variable,level,n_a")
    described = json.loads(shown("--format", "json"))
    assert described["confusion"]["positions.stance"]["index"] == ["oppose", "support"]
    assert described["unmatched"] == []
    assert "support" in shown("--confusion", "positions.stance")
    for ending, magic in ((".svg", b"<?xml"), (".png", b"\x89PNG"), (".pdf", b"%PDF")):
        path = tmp_path / f"plot{ending}"
        shown("--plot", str(path))
        assert path.read_bytes().startswith(magic)


def test_published_figures_go_by_the_codings_and_not_by_the_name(
    data: Folder, made_up: Folder, tmp_path: Path
) -> None:
    def has_figures(dataset: gs.Dataset) -> bool:
        return bool(dataset.codebook()["agreement"].notna().any())

    about = data.path / "dataset.toml"
    ours = about.read_text(encoding="utf-8")
    assert has_figures(gs.release("1.0.0"))
    assert has_figures(gs.coding("ai-1"))
    about.write_text('name = "another"', encoding="utf-8")
    assert has_figures(gs.Dataset(data.path))
    about.write_text(ours, encoding="utf-8")
    (made_up.path / "dataset.toml").write_text(ours, encoding="utf-8")
    analysis = write_analysis(tmp_path)
    (analysis.path / "dataset.toml").write_text(ours, encoding="utf-8")
    positions = coding(data, "ai-2").file("positions")
    changed = positions.read_text(encoding="utf-8").replace(",support,", ",oppose,", 1)
    positions.write_text(changed, encoding="utf-8", newline="")
    for folder in (made_up, analysis, data):
        assert not has_figures(gs.Dataset(folder.path)), folder.path
    positions.unlink()
    assert not has_figures(gs.Dataset(data.path))


def test_published_figures_stand_beside_each_variable() -> None:
    figures = {(one.table, one.variable): one for one in published()["coded texts"]}
    tentative = [name for name in figures if is_tentative(*name, published())]
    assert tentative == [("relationships", "certainty")]
    assert "tentative" in gs.describe("relationships.certainty")
    alpha = figures["statements", "speech_act"].alpha
    assert f"alpha {alpha:.2f}" in gs.describe("statements.speech_act")
    frame = gs.codebook("statements").set_index("field")["agreement"]
    assert frame["speech_act"] == in_words(gs.Dataset().tables, "statements", "speech_act")
    assert frame.isna()["summary"]


def test_nothing_below_what_may_be_used_is_published() -> None:
    for figures in published().values():
        assert all(one.alpha is None or one.alpha >= 0.4 for one in figures)


def test_raw_codings_are_loaded_as_the_coder_had_them() -> None:
    assert set(gs.load(coder="ai-1")) == set(CODED)
    assert len(gs.load("positions", coder="ai-2")) == 79
    with pytest.raises(gs.UnknownNameError, match="did you mean 'ai-1'"):
        gs.load("positions", coder="ai-11")
    with pytest.raises(gs.UnknownNameError, match="issues"):
        gs.load("issues", coder="ai-1")
    with pytest.raises(gs.UnknownNameError, match=r"coder .ai-1. in 0\.2\.0"):
        gs.load("positions", version="0.2.0", coder="ai-1")
