"""Raw codings: their files, their rows under the rules of the tables, and that they stay."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from gaza_stabilization.schema.models import CODED, MODELS

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.codebooks.instructions import coders_codebook
from gaza_stabilization.paths import DATA
from gaza_stabilization.text import digest
from tests.analysis import HERE, TEXT, coding, write_analysis
from tests.folder import Folder
from tests.project import EVERYTHING, Project, start_project
from tests.test_files import found


@pytest.fixture
def analysis(tmp_path: Path) -> Folder:
    return write_analysis(tmp_path)


def test_the_made_up_analysis_is_clean_down_to_every_digest(analysis: Folder) -> None:
    assert gs.validate(analysis.path, source=TEXT) == []


def test_a_made_up_analysis_never_enters_the_released_tables() -> None:
    sources = set(gs.load("sources")["source_id"])
    assert "lantern-dunnet" not in sources
    assert "lantern-dunnet" in (HERE / "data" / "sources.csv").read_text(encoding="utf-8")


def test_a_cell_of_a_coding_is_checked_as_one_of_a_table(analysis: Folder) -> None:
    line = coding(analysis).set("positions", "p001", stance="suport")
    assert found(analysis) == [("code", "codings/ai-1/positions.csv", line, "stance")]


def test_a_link_of_a_coding_leads_into_the_coding(analysis: Folder) -> None:
    analysis.add("actors", "velmark", actor_id="zz-nobody")
    analysis.set("positions", "p001", holder_id="zz-nobody", ascription="ascribed")
    one = coding(analysis)
    line = one.set("positions", "p001", holder_id="zz-nobody", ascription="ascribed")
    assert found(analysis) == [("foreign-key", "codings/ai-1/positions.csv", line, "holder_id")]


def test_a_digest_of_a_coding_is_checked_against_the_text(analysis: Folder) -> None:
    one = coding(analysis, "ai-2")
    line = one.set(
        "statements", one.where("statements", attribution="direct_quote"), sha256="0" * 64
    )
    (problem,) = gs.validate(analysis.path, source=TEXT)
    assert (problem.rule, problem.file) == ("statement-digest", "codings/ai-2/statements.csv")
    assert problem.line == line


def test_a_paragraph_that_a_coding_leaves_out_is_missed(analysis: Folder) -> None:
    one = coding(analysis)
    one.delete("passages", one.last("passages"))
    assert found(analysis) == [("every-paragraph", "codings/ai-1/passages.csv", None, "paragraphs")]


def test_a_fault_of_the_source_is_not_said_again_of_every_coding(analysis: Folder) -> None:
    line = analysis.set("sources", "lantern-dunnet", paragraphs="16")
    assert found(analysis) == [("every-paragraph", "sources.csv", line, "paragraphs")]


def test_files_that_belong_to_no_coder(analysis: Folder) -> None:
    folder = analysis.path / "codings"
    shutil.copytree(folder / "ai-2", folder / "ai-3")
    (folder / "notes.md").write_text("Made up.", encoding="utf-8")
    (folder / "ai-1" / "sources.csv").write_text("Made up.", encoding="utf-8")
    problems = gs.validate(analysis.path)
    assert {one.rule for one in problems} == {"unknown-file"}
    assert sorted(one.file for one in problems) == [
        "codings/ai-1/sources.csv",
        "codings/ai-3",
        "codings/notes.md",
    ]


@pytest.mark.parametrize("coder", ["/etc", "a" * 400, "../ai-2", ""])
def test_what_is_no_id_of_a_coder_is_no_path(analysis: Folder, coder: str) -> None:
    analysis.set("coders", "ai-2", coder_id=coder)
    rules = {one.rule for one in gs.validate(analysis.path)}
    assert rules <= {"id", "required", "unknown-file", "missing-coding", "order"}
    analysis.set("coders", "ai-1", instructions_sha256="a" * 400)
    assert "digest" in {one.rule for one in gs.validate(analysis.path)}


def test_a_coder_without_a_coding_and_a_table_that_is_missing(analysis: Folder) -> None:
    shutil.rmtree(analysis.path / "codings" / "ai-2")
    coding(analysis).file("relays").unlink()
    line = analysis.line("coders", "ai-2")
    assert ("missing-coding", "coders.csv", line, "coder_id") in found(analysis)
    assert ("missing-file", "codings/ai-1/relays.csv", None, None) in found(analysis)


def test_instructions_are_kept_byte_by_byte(analysis: Folder) -> None:
    told = next((analysis.path / "codings").glob("*.md"))
    told.write_bytes(told.read_bytes() + b"\n")
    lines = [analysis.line("coders", coder) for coder in ("ai-1", "ai-2")]
    wanted = [("instructions", "coders.csv", line, "instructions_sha256") for line in lines]
    assert found(analysis) == wanted
    told.unlink()
    assert found(analysis) == wanted


def a_file(path: Path) -> None:
    path.write_text("Made up.", encoding="utf-8")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def a_link_to_nothing(path: Path) -> None:
    path.symlink_to(path.with_name("nothing"))


NO_FOLDERS = (a_file, a_pipe, a_link_to_itself, a_link_to_nothing)


@pytest.mark.parametrize("put", NO_FOLDERS)
def test_codings_that_are_no_folder(
    analysis: Folder, made_up: Folder, put: Callable[[Path], None]
) -> None:
    shutil.rmtree(analysis.path / "codings")
    for folder in (analysis, made_up):  # Where there are coders, and where there are none.
        put(folder.path / "codings")
        assert found(folder) == [("not-a-folder", "codings", None, None)]


@pytest.mark.parametrize("put", NO_FOLDERS)
def test_what_lies_among_codings_and_is_no_folder(
    analysis: Folder, put: Callable[[Path], None]
) -> None:
    codings = analysis.path / "codings"
    put(codings / "ai-3")
    assert found(analysis) == [("unknown-file", "codings/ai-3", None, None)]
    shutil.rmtree(codings / "ai-2")
    (codings / "ai-3").rename(codings / "ai-2")
    line = analysis.line("coders", "ai-2")
    (problem,) = gs.validate(analysis.path)
    assert (problem.rule, problem.line) == ("missing-coding", line)
    assert problem.hint == "what is there is no folder"


@pytest.mark.parametrize("place", ["codings", "codings/ai-1"])
def test_a_folder_of_codings_that_may_not_be_read(
    analysis: Folder, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.listdir

    def refuse(path: Path) -> list[str]:
        if Path(path) == analysis.path / place:
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "listdir", refuse)
    assert found(analysis) == [("unreadable-folder", place, None, None)]


@pytest.mark.parametrize("put", NO_FOLDERS)
def test_a_table_of_a_coding_that_is_no_file(analysis: Folder, put: Callable[[Path], None]) -> None:
    table = coding(analysis).file("relays")
    table.unlink()
    put(table)
    problems = found(analysis)
    assert problems != []
    assert {file for _, file, _, _ in problems} == {"codings/ai-1/relays.csv"}


def test_a_folder_without_codings_is_valid(made_up: Folder) -> None:
    assert found(made_up) == []


@pytest.mark.parametrize(
    "text",
    [
        coders_codebook(gs.Dataset().tables),
        coders_codebook(gs.Dataset(HERE / "data").tables),
    ],
)
def test_coders_get_the_rules_and_no_word_of_how_others_coded(text: str) -> None:
    for table in CODED:
        assert f"## {table}" in text
        for name in MODELS[table].model_fields:
            assert f"`{name}`" in text
    assert "adjudicat" not in text
    assert "codings" not in text
    assert "rows |" not in text
    assert "Krippendorff" not in text
    # Whoever is no part of an issue or a source is not named.
    sources = gs.load("sources")
    given = {*gs.load("issues")["focal_actor_id"], *sources["author_id"], *sources["outlet_id"]}
    for actor in gs.rows("actors"):
        if actor.actor_type.value == "person" and actor.actor_id not in given:
            assert re.search(rf"\b{re.escape(actor.name.split()[-1])}(?!\w)", text) is None
            assert actor.actor_id not in text


def test_the_instructions_that_are_kept_are_those_of_the_coders() -> None:
    for row in gs.rows("coders"):
        told = (DATA / "codings" / f"{row.instructions_sha256}.md").read_text(encoding="utf-8")
        assert digest(told) == row.instructions_sha256
        assert f"Version {row.codebook_version}." in told


def test_the_codebook_for_coders_has_the_version_of_the_data(
    analysis: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, version in (
        (DATA, f"Version {gs.__version__}. Code"),
        ("1.0.0", "Version 1.0.0. Code"),
        (analysis.path, f"Version local, by the rules of gaza-stabilization {gs.__version__}. "),
    ):
        assert main(["codebook", "--coders", "--data", str(folder)]) == 0
        assert version in capsys.readouterr().out


def released(tmp_path: Path) -> Project:
    project = start_project(write_analysis(tmp_path))
    project.prepare("0.2.0", says=f"{EVERYTHING}, `codings`")
    project.release("0.2.0")
    return project


def test_a_coding_is_released_and_stays_what_it_was(tmp_path: Path) -> None:
    project = released(tmp_path)
    assert project.problems() == []
    kept = {name for name in project.snapshot("0.2.0").tables if "/" in name}
    assert kept == {f"codings/{coder}/{t}" for coder in ("ai-1", "ai-2") for t in CODED}
    Folder(project.data.path / "codings" / "ai-1").set("positions", "p001", stance="oppose")
    project.set_version("0.2.1.dev0")
    assert [(one.rule, one.file) for one in project.problems()] == [
        ("changelog", "../CHANGELOG.md"),
        ("altered-coding", "codings/ai-1/positions.csv"),
    ]
    assert "p001 as in 0.2.0" in project.problems()[1].expected


def test_nothing_is_added_to_a_released_coding_and_its_coder_stays(tmp_path: Path) -> None:
    project = released(tmp_path)
    one = Folder(project.data.path / "codings" / "ai-1")
    one.add("positions", one.last("positions"), position_id="p900", issue_id="sound-open")
    project.data.set("coders", "ai-2", kind="human")
    altered = [problem.file for problem in project.problems() if problem.rule == "altered-coding"]
    assert altered == ["coders.csv", "codings/ai-1/positions.csv"]


def test_a_coding_that_comes_is_a_minor_step_that_the_changelog_names(tmp_path: Path) -> None:
    project = released(tmp_path)
    shutil.copytree(project.data.path / "codings/ai-2", project.data.path / "codings/ai-3")
    project.data.add("coders", "ai-2", coder_id="ai-3")
    rules = {one.rule: one for one in project.problems()}
    assert "`codings`" in rules["changelog"].expected
    assert rules["version"].expected == "0.3.0.dev0"


def test_the_package_has_every_coding_whole(tmp_path: Path) -> None:
    folder = gs.export("datapackage", tmp_path / "package")
    for path in (DATA / "codings").rglob("*.*"):
        assert (folder / path.relative_to(DATA)).read_bytes() == path.read_bytes()
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    names = [one["name"] for one in described["resources"]]
    assert names.count("codings/ai-1/positions") == 1
    (folder / "codings" / "ai-1" / "notes.txt").write_text("mine")
    with pytest.raises(gs.DestinationError, match=r"codings/ai-1/notes\.txt is no part"):
        gs.export("datapackage", folder)


@pytest.mark.parametrize("coder", ["ai-1", "ai-2"])
def test_what_was_changed_in_a_coding_of_a_package_is_a_problem(tmp_path: Path, coder: str) -> None:
    package = gs.export("datapackage", tmp_path / "package")
    one = coding(Folder(package), coder)
    one.set("positions", one.last("positions"), condition="when it rains")
    told = next((package / "codings").glob("*.md"))
    told.write_bytes(told.read_bytes() + b"\n")
    changed = {
        problem.file for problem in gs.validate(package) if problem.rule == "changed-since-export"
    }
    assert changed == {f"codings/{coder}/positions.csv", f"codings/{told.name}"}


def test_a_comparison_shows_what_changed_in_a_coding(tmp_path: Path) -> None:
    old, new = write_analysis(tmp_path), Folder(tmp_path / "new")
    new.copy(old.path)
    coding(new).set("positions", "p001", stance="ambivalent")
    found = gs.diff(old.path, new.path)
    assert list(found.tables) == ["codings/ai-1/positions"]
    assert "stance" in str(found)
    assert "codings/ai-1/positions: 1 row changed" in str(found)
