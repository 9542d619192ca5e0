"""Level 4: index and archives are what was released, and whatever is done to them is found."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from gaza_stabilization import Dataset
from gaza_stabilization.releases.index import chain, releases
from tests.folder import Folder
from tests.project import Project
from tests.test_release_rules import correct, problems_of


def test_a_consistent_index_of_an_archive_that_is_another_is_found(released: Project) -> None:
    archive = released.releases / "gaza-stabilization-0.2.0.zip"
    first = releases(released.releases)[0]
    header = (released.releases / "index.csv").read_text(encoding="utf-8").split("\n")[0]
    whole = archive.read_bytes()
    for content, version, date, rows in [
        (whole, first.version, first.date, "actors=9"),
        (whole, first.version, "2019-01-01", first.rows),
        (whole, "0.3.0", first.date, first.rows),
        (b"no archive", first.version, first.date, first.rows),
    ]:
        archive = archive.with_name(f"gaza-stabilization-{version}.zip")
        archive.write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        cells = [version, date, digest, rows, first.summary]
        row = ",".join([*cells, chain(None, *cells)])
        (released.releases / "index.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
        assert ("archive", archive.name) in problems_of(released)


def test_an_altered_archive_is_found(released: Project) -> None:
    archive = released.releases / "gaza-stabilization-0.2.0.zip"
    archive.write_bytes(archive.read_bytes().replace(b"Made-up", b"Made-UP"))
    assert problems_of(released) == [("archive", archive.name)]
    problem = released.problems()[0]
    assert (problem.rule, problem.expected.split()[-1]) == (
        "archive",
        releases(released.releases)[0].sha256,
    )
    archive.unlink()
    assert [(problem.rule, problem.found) for problem in released.problems()] == [("archive", None)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("version", "0.1.9"),
        ("date", "2020-01-02"),
        ("sha256", "0" * 64),
        ("rows", "actors=9"),
        ("summary", "Another summary."),
        ("chain", "0" * 64),
    ],
)
@pytest.mark.parametrize("row", ["0.2.0", "0.2.1"])
def test_an_altered_row_of_the_index_is_found(
    released: Project, row: str, column: str, value: str
) -> None:
    correct(released)
    released.prepare("0.2.1")
    released.release("0.2.1")
    line = Folder(released.releases).set("index", row, **{column: value})
    problems = [problem for problem in released.problems() if problem.rule == "index"]
    assert ("../releases/index.csv", line) in [(problem.file, problem.line) for problem in problems]


def test_an_altered_row_breaks_the_chain_also_where_its_own_digest_was_made_anew(
    released: Project,
) -> None:
    correct(released)
    released.prepare("0.2.1")
    released.release("0.2.1")
    first = releases(released.releases)[0]
    cells = [first.version, "2019-01-01", first.sha256, first.rows, first.summary]
    Folder(released.releases).set("index", "0.2.0", date=cells[1], chain=chain(None, *cells))
    problem = released.problem("index")
    assert (problem.line, problem.column) == (3, "chain")


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("version,", "release,"),
        lambda text: text + "0.3.0,2020\n",
        lambda text: text + '"\n',
        lambda text: text.replace("0.2.0", "two"),
        lambda text: text.replace("Summary", "\udcff"),
    ],
)
def test_a_damaged_index_is_a_problem_and_hides_none(
    released: Project, damage: Callable[[str], str]
) -> None:
    path = released.releases / "index.csv"
    text = damage(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8", errors="surrogateescape", newline="")
    released.data.set("positions", "p001", stance="suport")
    rules = released.rules()
    assert {"index", "code"} <= set(rules)


def test_a_missing_index_is_a_problem(released: Project) -> None:
    (released.releases / "index.csv").unlink()
    assert ("index", "index.csv") in problems_of(released)


def test_rows_of_the_index_ascend(released: Project) -> None:
    path, first = released.releases / "index.csv", releases(released.releases)[0]
    for version, date, column in [
        ("0.1.0", first.date, "version"),
        ("0.3.0", "2000-01-01", "date"),
    ]:
        cells = [version, date, first.sha256, first.rows, first.summary]
        row = ",".join([*cells, chain(first, *cells)])
        text = path.read_text(encoding="utf-8")
        path.write_text(f"{text}{row}\n", encoding="utf-8", newline="")
        problem = released.problem("index")
        assert (problem.line, problem.column) == (3, column)
        path.write_text(text, encoding="utf-8", newline="")


def test_what_an_interrupted_release_left_is_found(released: Project) -> None:
    (released.releases / "gaza-stabilization-0.3.0.zip").write_bytes(b"half")
    assert problems_of(released) == [("unfinished-release", "gaza-stabilization-0.3.0.zip")]


def test_index_and_archives_are_read_once_while_they_stay_as_they_are(
    released: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    correct(released)
    released.prepare("0.2.1")
    released.release("0.2.1")
    files = sorted(released.releases.iterdir())
    for file in files:
        os.utime(file)  # Whatever the release has read of them, it is read again.
    read, read_bytes = Counter[Path](), Path.read_bytes

    def counted(path: Path) -> bytes:
        read[path] += 1
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    own = Dataset(released.data.path)
    assert own.version == "0.2.1"
    assert own.validate() == []
    own.export("csv", tmp_path / "csv")
    assert [read[file] for file in files] == [1] * 3

    archive = files[0]
    archive.write_bytes(read_bytes(archive).replace(b"Made-up", b"Made-UP"))
    assert [problem.rule for problem in own.validate()] == ["archive"]
