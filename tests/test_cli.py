"""The command: what it prints, where, and with what exit status."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gaza_stabilization as gs
from gaza_stabilization.cli import VERBS, main, progress
from tests.conftest import ROOT
from tests.folder import Folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = main([str(argument) for argument in arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_clean_data(capsys: pytest.CaptureFixture[str], data: Folder) -> None:
    status, out, err = run(capsys, "validate", data.path)
    assert (status, err) == (0, "")
    assert out.startswith("clean: 12 tables")
    assert "no copy of a text was given" in out


def test_problems_as_text(capsys: pytest.CaptureFixture[str], data: Folder) -> None:
    line = data.set("positions", "p003", stance="suport")
    status, out, _ = run(capsys, "validate", data.path)
    first, waiting, last = out.splitlines()
    assert status == 1
    assert waiting == (
        "not looked at: links of positions.csv, actors.csv, adjudications.csv, retired_ids.csv, "
        "since positions.csv is not clean"
    )
    assert first.startswith(f"{data.path}/positions.csv:{line}:stance code: found 'suport'")
    assert first.endswith("did you mean 'support'?")
    assert last == (
        "1 problem in 1 file; looked at levels 1, 2, 3; not looked at: level 4 (release), since "
        f"{data.path} is not the data folder of a project; not looked at: level 5 (source), since "
        "no copy of a text was given"
    )


def test_problems_as_json(capsys: pytest.CaptureFixture[str], data: Folder) -> None:
    data.set("positions", "p003", stance="suport")
    data.file("relays").unlink()
    status, out, _ = run(capsys, "validate", data.path, "--format", "json")
    problems = json.loads(out)
    assert status == 1
    keys = ["level", "rule", "file", "line", "column", "found", "expected", "hint"]
    assert [list(one) for one in problems] == [keys, keys]
    assert problems[0] | {"expected": "", "hint": ""} == {
        "level": 2,
        "rule": "code",
        "file": "positions.csv",
        "line": 4,
        "column": "stance",
        "found": "suport",
        "expected": "",
        "hint": "",
    }
    assert (problems[1]["line"], problems[1]["column"], problems[1]["found"]) == (None, None, None)


def test_clean_data_as_json_is_an_empty_list(
    capsys: pytest.CaptureFixture[str], data: Folder
) -> None:
    assert json.loads(run(capsys, "validate", data.path, "--format", "json")[1]) == []


def test_problems_for_github_stand_on_the_changed_line(
    capsys: pytest.CaptureFixture[str], data: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data.path.parent)
    line = data.set("positions", "p003", condition="50%\u200b")
    out = run(capsys, "validate", "data", "--format", "github")[1]
    place = f"::error file=data/positions.csv,line={line},title=condition%3A hidden-character::"
    assert out.startswith(place)
    assert "50%25<U+200B>" in out


def test_nothing_is_exported_where_there_are_problems(
    capsys: pytest.CaptureFixture[str], data: Folder, tmp_path: Path
) -> None:
    data.set("positions", "p003", stance="suport")
    status, out, _ = run(capsys, "validate", data.path, "--export", tmp_path / "package")
    assert status == 1
    assert "nothing was exported" in out
    assert not (tmp_path / "package").exists()


def test_validate_and_export(
    capsys: pytest.CaptureFixture[str], data: Folder, tmp_path: Path
) -> None:
    data.set("actors", "hamas", name="Hamas (changed)")
    assert run(capsys, "validate", data.path, "--export", tmp_path / "package")[0] == 0
    assert "Hamas (changed)" in (tmp_path / "package" / "ties.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["validate", "no/such/folder"],
        ["validate", "pyproject.toml"],
        ["validate", "--source", "no/such/article"],
        ["validate", "--level", "1", "--export", "build/never"],
        ["export", "datapackge", "x"],
        ["export", "datapackage", "tests"],
        ["load", "position"],
        ["describe", "hammas"],
        ["evidence", "r9999"],
        ["cite", "bibtec"],
        ["cite", "--version", "0.0.9"],
        ["load", "actors", "--version", "0.0.9"],
        ["export", "datapackage", "build/never", "--version", "0.0.9"],
        ["diff", "0.0.9"],
        ["release", "soon"],
        ["codebook", "position"],
        ["locate", "no/such/article", "words"],
    ],
)
def test_usage_errors_are_one_line_and_status_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(ROOT)
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("gaza-stabilization: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [[], ["validat"], ["validate", "--format", "xml"]])
def test_wrong_words_are_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help(capsys: pytest.CaptureFixture[str], verb: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([verb, "--help"])
    assert stopped.value.code == 0
    assert "usage: gaza-stabilization" in capsys.readouterr().out


def test_every_verb_of_the_command_is_one_of_python() -> None:
    # A release is made in a checkout, by who keeps it, and not from another program.
    assert set(VERBS) - {"release"} <= set(gs.__all__)


def test_load_prints_csv(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "load", "relays")
    assert status == 0
    assert out.splitlines()[0] == "statement_id,depth,relay_id"
    assert len(out.splitlines()) == len(gs.load("relays")) + 1
    assert "claims" in run(capsys, "load")[1]
    assert run(capsys, "load", "claims")[1].startswith("position_id,")


def test_the_other_verbs_print_what_python_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "cite", "ris")[1] == gs.cite("ris")
    assert run(capsys, "describe", "hamas")[1].rstrip("\n") == gs.describe("hamas")
    assert run(capsys, "evidence", "p001")[1].rstrip("\n") == str(gs.evidence("p001"))
    find = ("find", "mediate", "parties", "--data", "1.0.0")
    assert "issue     qatar-mediation" in run(capsys, *find)[1]
    assert run(capsys, "find", "xyzzy")[0] == 1
    assert run(capsys, "codebook", "relays")[1].startswith("relays: Relays.")
    assert run(capsys, "codebook")[1].startswith("# Codebook of")


def test_locate(capsys: pytest.CaptureFixture[str], made_up: Folder) -> None:
    path = made_up.path.parent / "texts" / "two.txt"
    status, out, _ = run(capsys, "locate", path, "Norland's port is closed")
    assert status == 0
    assert out.startswith("paragraph 1  start 0  end 24  sha256 ")
    assert made_up.cell("statements", "s002", "sha256") in out
    assert run(capsys, "locate", path, "not there")[0] == 1


def test_validate_py_is_the_same_command(data: Folder) -> None:
    data.set("positions", "p003", stance="suport")
    script = [sys.executable, str(ROOT / "validate.py"), str(data.path)]
    done = subprocess.run(script, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert "did you mean 'support'?" in done.stdout


def test_one_level_on_its_own(capsys: pytest.CaptureFixture[str], data: Folder) -> None:
    data.set("positions", "p003", stance="suport", condition=" x")
    data.set("relationships", "r001", object_id="nobody")
    for level, rule in (("1", "white-space"), ("2", "code")):
        status, out, _ = run(capsys, "validate", data.path, "--level", level)
        assert status == 1
        assert rule in out
        assert "1 problem in 1 file" in out


def test_what_keeps_a_level_from_being_looked_at_is_shown_with_it(
    capsys: pytest.CaptureFixture[str], data: Folder
) -> None:
    line = data.set("positions", "p003", stance="suport", holder_id="nobody")
    data.set("issues", "turkey-role", proposition=" x")  # Mended, so cells are read.
    status, out, _ = run(capsys, "validate", data.path, "--level", "3")
    assert status == 1
    assert "clean:" not in out
    assert f"positions.csv:{line}:stance code" in out
    assert "since issues.csv, positions.csv are not clean" in out
    assert [(one.level, one.rule) for one in gs.validate(data.path, levels=[2])] == [(2, "code")]


@pytest.mark.parametrize("level", [2, 3])
def test_a_file_that_is_missing_is_a_problem_of_every_level_that_reads_it(
    data: Folder, level: int
) -> None:
    data.file("positions").unlink()
    assert [one.rule for one in gs.validate(data.path, levels=[level])] == ["missing-file"]


@pytest.mark.parametrize("level", [2, 3])
def test_a_coding_that_is_missing_is_a_problem_of_every_level_that_reads_it(
    data: Folder, level: int
) -> None:
    shutil.rmtree(data.path / "codings" / "ai-1")
    assert [one.rule for one in gs.validate(data.path, levels=[level])] == ["missing-coding"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--level", "5"], "give one as source"),
        (["--level", "1", "--level", "5"], "give one as source"),
        (["--level", "4"], "not the data folder of a project"),
        (["--level", "2", "--source", "pyproject.toml"], "ask for level 5 as well"),
    ],
)
def test_a_level_that_cannot_be_looked_at_is_refused(
    capsys: pytest.CaptureFixture[str],
    data: Folder,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    says: str,
) -> None:
    monkeypatch.chdir(ROOT)
    status, out, err = run(capsys, "validate", data.path, *arguments)
    assert (status, out) == (2, "")
    assert says in err


@pytest.mark.parametrize("levels", [[5], (1, 5), [4], [], [6], [None, 1], ["1"], 3, "3"])
def test_from_python_such_a_level_is_a_usage_error(data: Folder, levels: object) -> None:
    with pytest.raises(gs.UsageError, match="level"):
        gs.validate(data.path, levels=levels)  # type: ignore[arg-type]


DATA = ["--data", "1.0.0"]
TWO_DATA = {
    "validate": ["data"],
    "export": ["csv", "build/never", "--version", "1.0.0"],
    "load": ["actors", "--version", "1.0.0"],
    "codebook": ["--coders", "data"],
    "describe": ["hamas", *DATA],
    "find": ["mediate", *DATA],
    "evidence": ["p001", *DATA],
    "locate": ["pyproject.toml", "name", *DATA],
    "cite": ["--version", "0.2.0"],
    "versions": DATA,
    "diff": ["0.2.0", "1.0.0"],
    "release": ["1.2.0", "data"],
    "agreement": ["data/codings/ai-1", "data/codings/ai-2"],
    "plot": ["coverage", "build/never.svg", *DATA],
}
"""Of every verb, arguments that choose data, beside which --data is refused."""


@pytest.mark.parametrize("verb", VERBS)
def test_data_are_chosen_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.chdir(ROOT)
    status, out, err = run(capsys, verb, *TWO_DATA[verb], *DATA)
    assert (status, out) == (2, "")
    assert "--data" in err
    assert "leave" in err or "give it once" in err


@pytest.mark.parametrize("option", ["--version", "--coder", "--data"])
def test_an_option_that_chooses_data_is_given_once(
    capsys: pytest.CaptureFixture[str], option: str
) -> None:
    twice = [option, "ai-1", option, "ai-2"]
    status, out, err = run(capsys, "load", "actors", *twice)
    assert (status, out) == (2, "")
    assert f"{option} is given twice" in err


def test_a_name_that_is_empty_is_not_the_data_that_ship(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "load", "actors", "--data", "")[0] == 2


@pytest.mark.parametrize("arguments", [["--version", "1.0.0"], ["--data", "1.0.0"]])
def test_a_coder_of_a_version(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    status, out, _ = run(capsys, "load", "positions", "--coder", "ai-1", *arguments)
    assert (status, out.count("\n")) == (0, 81)


def test_long_work_shows_where_it_is(
    capsys: pytest.CaptureFixture[str], data: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "AFTER", 0)
    _, out, err = run(capsys, "validate", data.path)
    assert out.startswith("clean:")
    assert f"reading positions.csv (table 7 of 12) of {data.path}" in err.splitlines()
    assert "checking positions.csv against other tables" in err.splitlines()


def test_on_a_terminal_a_step_takes_the_place_of_the_one_before(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "AFTER", 0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "12")
    with progress.Progress() as show:
        show("reading everything")
        show("done\x1b")
    printed = capsys.readouterr().err
    assert "\n" not in printed
    assert "\r\x1b[Kreading eve\r\x1b[Kdone<U+001B\r\x1b[K" in printed


def test_steps_are_told_to_python(data: Folder) -> None:
    steps: list[str] = []
    gs.validate(data.path, progress=steps.append)
    assert any("codings/ai-1" in step or "coding ai-1" in step for step in steps)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8:strict"])
@pytest.mark.parametrize("arguments", [["load", "actors"], ["evidence", "s036"], ["validate", "."]])
def test_any_output_can_show_every_letter(
    encoding: str, arguments: list[str], data: Folder
) -> None:
    (data.path / os.fsdecode(b"\xff.csv")).touch()
    environment = os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "gaza_stabilization.cli", *arguments]
    done = subprocess.run(command, capture_output=True, env=environment, cwd=data.path, check=False)
    assert done.stderr == b""
    assert done.returncode == (1 if arguments[0] == "validate" else 0)
    assert arguments[0] == "validate" or "Erdoğan" in done.stdout.decode("utf-8")


def test_invalid_data_are_never_exported(
    capsys: pytest.CaptureFixture[str], data: Folder, tmp_path: Path
) -> None:
    data.set("positions", "p003", stance="suport")
    target = tmp_path / "package"
    status, _, err = run(capsys, "export", "datapackage", target, "--data", data.path)
    assert status == 1
    assert "nothing was exported" in err
    assert not (tmp_path / "package").exists()


def test_without_the_package_validate_py_says_what_to_do() -> None:
    script = [sys.executable, "-I", "-S", str(ROOT / "validate.py")]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "python -m pip install -e ." in done.stderr


def test_problems_into_a_closed_pipe_keep_their_status(data: Folder) -> None:
    data.file("actors").write_text("x\n" * 9999)
    command = f"'{sys.executable}' -m gaza_stabilization.cli validate '{data.path}' | head -1"
    shell = ["bash", "-o", "pipefail", "-c", command]
    done = subprocess.run(shell, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == ""


def test_output_into_a_closed_pipe_is_no_traceback() -> None:
    command = f'"{sys.executable}" -m gaza_stabilization.cli load relationships | head -1'
    done = subprocess.run(
        command, shell=True, capture_output=True, text=True, check=True, cwd=ROOT, env=os.environ
    )
    assert done.stdout.startswith("relationship_id")
    assert done.stderr == ""


def test_what_may_be_a_folder_or_a_table_is_told_as_both(
    made_up: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", str(made_up.path), "nope"]) == 2
    assert "there is no table, folder or released version 'nope'; " in capsys.readouterr().err
    assert main(["diff", str(made_up.path), str(made_up.path), "nope"]) == 2
    assert "there is no table 'nope'; " in capsys.readouterr().err


def test_versions_are_those_of_the_project_of_the_data(
    capsys: pytest.CaptureFixture[str], made_up: Folder
) -> None:
    assert (
        run(capsys, "versions", "--data", made_up.path)[1] == "local        in use, not released\n"
    )
    assert "1.0.0        2026-11-25" in run(capsys, "versions", "--data", "1.0.0")[1]


def test_locate_says_of_which_source_a_text_is(
    capsys: pytest.CaptureFixture[str], made_up: Folder, tmp_path: Path
) -> None:
    text = made_up.path.parent / "texts" / "one.txt"
    word = text.read_text(encoding="utf-8").split()[0]
    _, out, _ = run(capsys, "locate", text, word, "--data", made_up.path)
    assert out.startswith(f"{text}: text of gull-1, sha256 ")
    other = tmp_path / "other.txt"
    other.write_text(f"{word} and more\n", encoding="utf-8")
    assert "text of no source of" in run(capsys, "locate", other, word, "--data", made_up.path)[1]


def test_the_digests_of_another_text_are_not_among_those_checked(
    capsys: pytest.CaptureFixture[str], made_up: Folder, tmp_path: Path
) -> None:
    texts = made_up.path.parent / "texts"
    changed = tmp_path / "changed.txt"
    changed.write_text(
        (texts / "one.txt").read_text(encoding="utf-8") + "More.\n", encoding="utf-8"
    )
    given = [f"gull-1={changed}", texts / "two.txt"]
    _, out, _ = run(capsys, "validate", made_up.path, "--source", *given)
    assert "digests checked of gull-2; not of gull-1" in out


def test_a_list_of_tables_is_printed_whole_or_not_at_all(
    capsys: pytest.CaptureFixture[str], made_up: Folder
) -> None:
    made_up.file("positions").unlink()
    assert run(capsys, "load", "--data", made_up.path)[:2] == (1, "")
