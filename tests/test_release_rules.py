"""Level 4: the version says what changed since the last release, and no id is used again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest
from gaza_stabilization.schema.actors import Actor
from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.positions import Position

from gaza_stabilization import Dataset, UsageError, validate
from gaza_stabilization.checks.levels import run
from gaza_stabilization.reading.problems import as_github, as_text
from tests.folder import Folder
from tests.project import EVERYTHING, Project


def problems_of(project: Project) -> list[tuple[str, str]]:
    """The rules of level 4 that are broken, each with the name of the file."""
    return [
        (problem.rule, Path(problem.file).name)
        for problem in validate(project.data.path, levels=[4])
    ]


def retire(project: Project, *rows: list[str]) -> None:
    header = project.data.records("retired_ids")[0]
    project.data.write("retired_ids", [header, *rows])


def correct(project: Project) -> None:
    project.data.set("actors", "norland", description="Made-up state in the north.")


def grow(project: Project) -> None:
    project.data.add("issues", "norland-pays", issue_id="norland-stays")


def test_a_released_project_is_clean(released: Project) -> None:
    assert released.problems() == []


def test_a_corrected_cell_needs_a_patch_and_a_word(released: Project) -> None:
    correct(released)
    assert problems_of(released) == [("changelog", "CHANGELOG.md"), ("version", "_version.py")]
    version = released.problem("version")
    assert (version.found, version.line, version.column) == ("0.2.0", 3, "VERSION")
    assert version.expected == "0.2.1.dev0"
    assert version.hint == "since 0.2.0 a patch step: actors: 1 row changed"
    released.set_version("0.2.1.dev0")
    released.say("## [Unreleased]\n\n- `actors.description`: says where Norland lies.\n")
    assert released.problems() == []


@pytest.mark.parametrize("version", ["0.3.0.dev0", "1.0.0.dev0"])
def test_the_version_may_say_more_than_changed(released: Project, version: str) -> None:
    correct(released)
    released.set_version(version)
    assert ("version", "_version.py") not in problems_of(released)


@pytest.mark.parametrize(
    ("change", "version", "expected"),
    [
        (correct, "0.2.0.dev0", "0.2.0, which is released"),
        (correct, "0.1.9.dev0", "0.2.1.dev0"),
        (correct, "0.2.1", "0.2.1.dev0, until it is released"),
        (grow, "0.2.1.dev0", "0.3.0.dev0"),
        (grow, "0.2.0", "0.3.0.dev0"),
        (grow, "soon", "a version number, such as 1.2.0, or 1.3.0.dev0 before its release"),
    ],
)
def test_a_version_that_says_less_or_something_else_is_a_problem(
    released: Project, change: Callable[[Project], None], version: str, expected: str
) -> None:
    change(released)
    released.set_version(version)
    problem = released.problem("version")
    assert (problem.found, problem.expected) == (version, expected)


def test_a_changed_meaning_needs_a_major_step_that_no_table_shows(released: Project) -> None:
    correct(released)
    released.set_version("0.3.0.dev0")
    released.say("## [Unreleased]\n\n- `actors`: no meaning changed.\n")
    assert released.problems() == []
    released.say("## [0.3.0]\n\n- `actors.name`, *meaning\n  changed*: names in full.\n")
    problem = released.problem("version")
    assert problem.expected == "1.0.0.dev0"
    assert "changed its meaning, by the changelog" in problem.hint
    text = released.changelog.read_text(encoding="utf-8")
    released.changelog.write_text(text.replace("[Unreleased]", "[0.2.1]"), encoding="utf-8")
    released.set_version("1.0.0.dev0")
    assert released.problems() == []


def test_a_meaning_that_changed_before_the_last_release_counts_no_more(project: Project) -> None:
    project.prepare("1.0.0", says=f"{EVERYTHING}: *meaning changed*")
    project.release("1.0.0")
    assert project.problems() == []


def test_a_version_file_without_version_is_a_problem(released: Project) -> None:
    released.version_file.write_text("VERSION = 3\n", encoding="utf-8")
    assert problems_of(released) == [("version", "_version.py")]


def test_a_definition_that_was_reworded_is_a_change(
    released: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Reworded(Position):
        __doc__ = f"{Position.__doc__}\n    In other words.\n"

    monkeypatch.setitem(MODELS, "positions", Reworded)
    problem = released.problem("version")
    assert problem.expected == "0.2.1.dev0"


def test_a_row_that_went_has_to_be_listed_with_the_version(released: Project) -> None:
    released.data.delete("relationships", "r002")
    problem = released.problem("not-retired")
    retire(released, ["r002", "0.3.0", "", "Made up."])
    assert "retired-in" not in released.rules()  # Only the version lags.
    retire(released)
    assert (problem.file, problem.column) == ("retired_ids.csv", None)
    assert "r002" in problem.expected
    assert "r002,0.3.0,IDS,REASON" in problem.hint
    released.set_version("0.3.0.dev0")
    released.say("## [Unreleased]\n\n- `relationships`, `retired_ids`\n")
    retire(released, ["r002", "0.2.5", "", "Made up."])
    (problem,) = released.problems()
    assert (problem.rule, problem.line, problem.column) == ("retired-in", 2, "retired_in")
    retire(released, ["r002", "0.3.0", "r001", "Made up."])
    assert released.problems() == []


def test_a_retired_id_stays_retired_and_is_not_used_again(released: Project) -> None:
    row = dict(zip(*(released.data.records("relationships")[n] for n in (0, 2)), strict=True))
    released.data.delete("relationships", "r002")
    retire(released, ["r002", "0.3.0", "", "Made up."])
    released.prepare("0.3.0", says="`relationships`, `retired_ids`")
    released.release("0.3.0")
    retire(released)
    assert ("retired-for-good", "retired_ids.csv") in problems_of(released)
    retire(released, ["r002", "0.3.0", "", "Made up."])
    assert released.problems() == []
    released.data.add("relationships", "r001", **row)
    assert ("retired-id-reused", "retired_ids.csv") in problems_of(released)


def test_the_list_of_retired_ids_says_nothing_false(released: Project) -> None:
    released.data.delete("relationships", "r002")
    retire(released, ["r002", "0.3.0", "", "Made up."])
    released.prepare("0.3.0", says="`relationships`, `retired_ids`")
    released.release("0.3.0")
    released.set_version("0.3.1.dev0")
    released.say("## [Unreleased]\n\n- `retired_ids`\n")
    retire(released, ["r002", "0.3.0", "", "Said better."])
    assert released.problems() == []
    retire(released, ["r002", "0.3.1", "", "Made up."])
    (problem,) = released.problems()
    assert (problem.rule, problem.line, problem.expected) == (
        "retired-in",
        2,
        "0.3.0, as it was released",
    )
    released.set_version("0.4.0.dev0")
    retire(released, ["r002", "0.3.0", "", "Made up."], ["r999", "0.4.0", "", "Never there."])
    (problem,) = released.problems()
    assert (problem.rule, problem.line, problem.found) == ("never-released", 3, "r999")


def test_a_corrected_relay_is_no_other_row(project: Project) -> None:
    header = project.data.records("relays")[0]
    project.data.write("relays", [header, ["s002", "1", "norland"]])
    project.prepare("0.2.0")
    project.release("0.2.0")
    project.data.set("relays", "s002", relay_id="minister")
    project.set_version("0.2.1.dev0")
    project.say("## [Unreleased]\n\n- `relays.relay_id`\n")
    assert project.problems() == []


def test_an_actor_of_whom_nothing_is_left_is_another_actor(released: Project) -> None:
    released.data.set("actors", "norland", name="Nordland")
    assert ("id-reused", "actors.csv") not in problems_of(released)
    line = released.data.set("actors", "norland", description="Somebody else.")
    problem = released.problem("id-reused")
    assert (problem.file, problem.line, problem.found) == ("actors.csv", line, "norland")


def test_a_released_id_is_not_used_for_another_row(released: Project) -> None:
    other = {"statement_id": "s002", "holder_id": "sudland", "principal_id": "sudland"}
    released.data.set("positions", "p001", **other)
    assert ("id-reused", "positions.csv") not in problems_of(released)  # Still on the same issue.
    tie = {"statement_id": "s002", "subject_id": "sudland", "object_id": "norland"}
    tie |= {"relation": "holds_office_in", "asserted_by_id": "sudland"}
    released.data.set("relationships", "r002", **tie)  # Still a prospective tie, as many are.
    assert ("id-reused", "relationships.csv") in problems_of(released)
    grow(released)
    line = released.data.set("positions", "p001", issue_id="norland-stays")
    problem = released.problem("id-reused")
    assert (problem.file, problem.line, problem.found) == ("positions.csv", line, "p001")


def test_a_link_of_a_chain_goes_without_being_listed(project: Project) -> None:
    relay = ["s002", "1", "norland"]
    header = project.data.records("relays")[0]
    project.data.write("relays", [header, relay])
    project.prepare("0.2.0")
    project.release("0.2.0")
    project.data.write("relays", [header])
    project.set_version("0.3.0.dev0")
    project.say("## [Unreleased]\n\n- `relays`\n")
    assert project.problems() == []


def test_a_version_file_with_other_line_ends_is_read(released: Project) -> None:
    content = released.version_file.read_bytes()
    released.version_file.write_bytes(content.replace(b"\n", b"\r\n"))
    assert released.problems() == []


def test_rows_that_are_told_apart_by_another_key_are_not_called_gone(
    released: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Renamed(Actor):
        __doc__ = Actor.__doc__
        about: ClassVar = replace(Actor.about, key=("name",))

    monkeypatch.setitem(MODELS, "actors", Renamed)
    rules = released.rules()
    assert "not-retired" not in rules
    problem = released.problem("version")
    assert problem.expected == "1.0.0.dev0"


def test_what_is_not_clean_is_not_compared_with_the_last_release(released: Project) -> None:
    line = released.data.line("relationships", "r002")
    released.data.text_line("relationships", line, lambda text: text.replace(",", ",,", 1))
    released.data.set("positions", "p001", certainty="hihg")
    released.data.file("relays").unlink()
    line = released.data.line("passages", "gull-2-p02-s1")
    released.data.text_line("passages", line, lambda text: f'"{text}')
    released.set_version("0.1.0")
    result = run(Dataset(released.data.path).tables)
    assert {problem.level for problem in result.problems} == {1, 2}
    assert set(result.release_waiting) >= {"positions.csv", "relays.csv"}


def test_a_folder_that_is_no_project_s_has_no_versions_to_check(made_up: Folder) -> None:
    tables = Dataset(made_up.path).tables
    assert 4 not in run(tables).levels
    with pytest.raises(UsageError, match="not the data folder of a project"):
        run(tables, levels=[4])


def test_a_version_file_of_another_package_makes_no_project(released: Project) -> None:
    released.install()
    shutil.rmtree(released.root / "released")  # As beside the data folder of any package.
    assert 4 not in run(Dataset(released.data.path).tables).levels
    assert Dataset(released.data.path).version == "local"


def test_places_beside_the_folder_are_shown_from_here(
    released: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(released)
    monkeypatch.chdir(released.root)
    problems = released.problems()
    assert "\nsrc/gaza_stabilization/_version.py:3:VERSION version: " in as_text(
        problems, Path("data")
    )
    assert "file=CHANGELOG.md,line=1," in as_github(problems, Path("data"))


def test_in_an_installed_package_there_is_no_changelog_to_check(released: Project) -> None:
    correct(released)
    released.install()
    assert problems_of(released) == [("version", "_version.py")]
