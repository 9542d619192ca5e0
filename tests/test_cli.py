"""The command: what it prints, where, and with what exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import gaza_stabilization as gs
from gaza_stabilization.cli import VERBS, main
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
    assert "no --source was given" in out


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
    assert last == "1 problem in 1 file"


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
    for level, rule in (("1", "white-space"), ("2", "code"), ("3", "foreign-key")):
        status, out, _ = run(capsys, "validate", data.path, "--level", level)
        assert status == 1
        assert rule in out
        assert "1 problem in 1 file" in out


def test_a_level_that_was_not_looked_at_is_not_clean(
    capsys: pytest.CaptureFixture[str], data: Folder
) -> None:
    data.set("positions", "p003", stance="suport", holder_id="nobody")
    status, out, _ = run(capsys, "validate", data.path, "--level", "3")
    assert status == 1
    assert "clean:" not in out
    assert "since positions.csv is not clean" in out


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
