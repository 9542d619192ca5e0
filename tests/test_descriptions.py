"""Nothing that a descriptor or `dataset.toml` says is believed unread."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import gaza_stabilization as gs
from gaza_stabilization.about import About
from gaza_stabilization.cli import main
from gaza_stabilization.reading.problems import Problem
from gaza_stabilization.tables.sums import seal
from tests.folder import Folder

OWN, PACKAGE = "dataset.toml", "datapackage.json"
LINKS = "resources.0.schema.foreignKeys"
Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def described(package: Folder) -> Path:
    """A data package that itself says what it is."""
    (package.path / OWN).unlink()
    seal(package.path, None)
    return package.path


def describe(package: Path, text: str) -> None:
    """Write another descriptor, as if the package had been exported with it."""
    (package / PACKAGE).write_text(text, encoding="utf-8")
    (package / "SHA256SUMS").unlink()
    seal(package, None)


def alter(package: Path, change: Change) -> None:
    described = json.loads((package / PACKAGE).read_text(encoding="utf-8"))
    change(described)
    describe(package, json.dumps(described))


def refused(folder: Path, file: str, found: str | None) -> Problem:
    """The one problem of a folder whose description is not valid, as every verb says it."""
    (problem,) = gs.validate(folder)
    assert (problem.level, problem.rule, problem.file) == (1, "description", file)
    assert problem.found is None if found is None else found in str(problem.found)
    with pytest.raises(gs.InvalidDataError) as error:
        gs.Dataset(folder).cite()
    assert str(folder) in str(error.value)
    assert file in str(error.value)
    assert problem.expected in str(error.value)
    return problem


@pytest.mark.parametrize(
    ("text", "column", "found"),
    [
        ("name = ", None, "Invalid value"),
        ("a = " + "[" * 20_000, None, ""),
        ("a = " + "{a=" * 20_000, None, ""),
        ("a = " + "9" * 5_000, None, ""),
        ("name = 1", "name", "1"),
        ("name = 2024-05-17", "name", "2024-05-17"),
        ('name = "../evil"', "name", "../evil"),
        (f'name = "{"x" * 300}"', "name", "xxx"),
        ('title = ""', "title", ""),
        ('title = "\\u0007 bell"', "title", "\a bell"),
        ('description = "\\u001b[31m"', "description", "\x1b[31m"),
        ('keywords = ["ports", "a\\u0000b"]', "keywords.1", "a\0b"),
        ('keywords = "ports"', "keywords", "ports"),
        ("contributors = []", "contributors", "[]"),
        ('licence = "CC0-1.0"', "licence", "CC0-1.0"),
        ('[licence]\nname = "all rights reserved"', "licence.name", "all rights reserved"),
        ('[licence]\npath = "see the website"', "licence.path", "see the website"),
        ('[licence]\npath = "javascript:alert(1)"', "licence.path", "javascript"),
        ('[licence]\npath = "https://a.example/<b>"', "licence.path", "<b>"),
        ('[licence]\ntitle = "Ours"', "licence", "Ours"),
        ("colour = 1", "colour", "colour"),
    ],
)
def test_what_an_own_file_says_is_read_by_its_form(
    made_up: Folder, text: str, column: str | None, found: str
) -> None:
    (made_up.path / OWN).write_text(text, encoding="utf-8")
    assert refused(made_up.path, OWN, found).column == column


@pytest.mark.parametrize("data", [b"\xff\xfe", b"title = \xe9"])
def test_an_own_file_in_another_encoding_is_a_problem(made_up: Folder, data: bytes) -> None:
    (made_up.path / OWN).write_bytes(data)
    refused(made_up.path, OWN, "utf-8")


def test_an_own_file_that_is_a_folder_is_a_problem(made_up: Folder) -> None:
    (made_up.path / OWN).mkdir()
    refused(made_up.path, OWN, "directory")


def test_a_wrong_name_in_an_own_file_has_the_nearest_in_its_hint(made_up: Folder) -> None:
    (made_up.path / OWN).write_text('[licence]\nname = "ours"\ntitel = "Free"', encoding="utf-8")
    assert "'title'" in refused(made_up.path, OWN, "titel").hint


def test_every_problem_of_a_description_is_said(made_up: Folder) -> None:
    (made_up.path / OWN).write_text('name = 1\ntitle = ""', encoding="utf-8")
    assert [problem.column for problem in gs.validate(made_up.path)] == ["name", "title"]


def setting(**values: Any) -> Change:
    return lambda package: package.update(values)


def in_resource(**values: Any) -> Change:
    return lambda package: package["resources"][0].update(values)


def in_schema(**values: Any) -> Change:
    return lambda package: package["resources"][0]["schema"].update(values)


def in_column(**values: Any) -> Change:
    return lambda package: package["resources"][0]["schema"]["fields"][0].update(values)


@pytest.mark.parametrize(
    ("change", "column", "found"),
    [
        (setting(version="../../evil"), "version", "../../evil"),
        (setting(version="1.0"), "version", "1.0"),
        (setting(version=1), "version", "1"),
        (setting(version=["1.0.0"]), "version", "1.0.0"),
        (lambda package: package.pop("version"), "version", None),
        (setting(created="yesterday"), "created", "yesterday"),
        (setting(created="2024-02-30T00:00:00Z"), "created", "2024-02-30"),
        (setting(created=20240517), "created", "20240517"),
        (setting(created={"day": 1}), "created", "day"),
        (setting(name="../evil"), "name", "../evil"),
        (setting(version=None), "version", None),
        (setting(name="x" * 300), "name", "xxx"),
        (setting(title=7), "title", "7"),
        (setting(title="\x1b[31m"), "title", "\x1b"),
        (setting(description=["a"]), "description", "a"),
        (setting(keywords="ports"), "keywords", "ports"),
        (setting(licenses={"name": "CC0-1.0"}), "licenses", "CC0"),
        (setting(licenses=[{"path": "no address"}]), "licenses.0.path", "no address"),
        (setting(contributors=["A. Quill"]), "contributors.0", "A. Quill"),
        (setting(contributors=[{"title": 1}]), "contributors.0.title", "1"),
        (setting(resources=[]), "resources", "[]"),
        (setting(resources={"actors": 1}), "resources", "actors"),
        (
            lambda package: package["resources"].append(package["resources"][0]),
            "resources",
            "actors",
        ),
        (in_resource(name="../actors", path="../actors.csv"), "resources.0.name", "../actors"),
        (in_resource(path="../actors.csv"), "resources.0.path", "../actors.csv"),
        (in_resource(path=["actors.csv"]), "resources.0.path", "actors.csv"),
        (in_resource(schema="actors.json"), "resources.0.schema", "actors.json"),
        (in_schema(fields=[]), "resources.0.schema.fields", "[]"),
        (in_schema(primaryKey="nothing"), "resources.0.schema.primaryKey", "nothing"),
        (in_schema(primaryKey=[]), "resources.0.schema.primaryKey", "[]"),
        (in_schema(primaryKey=7), "resources.0.schema.primaryKey", "7"),
        (
            in_schema(foreignKeys=[{"fields": "a"}]),
            "resources.0.schema.foreignKeys.0.reference",
            None,
        ),
        (
            in_schema(
                foreignKeys=[
                    {"fields": ["a", "b"], "reference": {"resource": "actors", "fields": "c"}}
                ]
            ),
            "resources.0.schema.foreignKeys.0.fields",
            "a",
        ),
        (in_column(type="number"), "resources.0.schema.fields.0.type", "number"),
        (in_column(type=["string"]), "resources.0.schema.fields.0.type", "string"),
        (in_column(name=3), "resources.0.schema.fields.0.name", "3"),
        (in_column(categories=[1]), "resources.0.schema.fields.0.categories.0", "1"),
        (in_column(constraints=True), "resources.0.schema.fields.0.constraints", "true"),
    ],
)
def test_what_a_descriptor_says_is_read_by_its_form(
    described: Path, change: Change, column: str, found: str | None
) -> None:
    alter(described, change)
    assert refused(described, PACKAGE, found).column == column


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "1", "null", '"text"', "\ufeff{", "[" * 20_000, '{"a":' * 20_000),
        *('{"version": "\\ud800"}', '{"version": NaN}', '{"version": 1e999}'),
        '{"version": ' + "9" * 5_000 + "}",
    ],
)
def test_a_descriptor_that_is_none_is_said(described: Path, text: str) -> None:
    describe(described, text)
    problems = gs.validate(described)
    assert {problem.file for problem in problems} == {PACKAGE}
    with pytest.raises(gs.InvalidDataError, match=PACKAGE):
        gs.Dataset(described).load("actors")


def test_a_descriptor_in_another_encoding_is_a_problem(described: Path) -> None:
    text = (described / PACKAGE).read_text(encoding="utf-8")
    (described / PACKAGE).write_bytes(text.encode("utf-16"))
    refused(described, PACKAGE, "")


def test_what_the_standard_leaves_open_may_be_left_out(described: Path) -> None:
    optional = ("name", "title", "description", "keywords", "licenses", "contributors", "created")
    for name in optional:
        alter(described, lambda package, name=name: package.pop(name, None))
        assert gs.validate(described) == []
    assert gs.Dataset(described).tables.about == About()
    assert gs.Dataset(described).cite().startswith(f"{About().contributors}. (")


def test_what_a_descriptor_says_besides_is_left_alone(described: Path) -> None:
    alter(described, setting(homepage=7, created="2024-05-17", title=None, licenses=None))
    alter(described, in_column(format=["any"], unit="m"))
    assert gs.validate(described) == []


@pytest.mark.parametrize("format", ["json", "github", "text"])
def test_a_broken_descriptor_is_one_problem_in_every_form(
    described: Path, format: str, capsys: pytest.CaptureFixture[str]
) -> None:
    alter(described, setting(version="../../evil"))
    assert main(["validate", "--data", str(described), "--format", format]) == 1
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    if format == "json":
        (problem,) = json.loads(shown.out)
        assert (problem["file"], problem["column"]) == (PACKAGE, "version")
    elif format == "github":
        (line,) = shown.out.splitlines()
        assert line.startswith("::error ")
        assert f"{PACKAGE},line=1,title=version%3A description::" in line
    else:
        place, message = shown.out.splitlines()[0].split(" description: ")
        assert place.endswith(f"{PACKAGE}:version")
        assert message.startswith("found '../../evil'; expected a version number")
    assert "every table" in shown.out + shown.err  # What was not looked at is said.


@pytest.mark.parametrize("change", [setting(version="../../evil"), setting(name="../../evil")])
@pytest.mark.parametrize("format", ["csv", "datapackage", "sqlite", "xlsx", "annotations"])
def test_no_description_leads_out_of_the_destination(
    described: Path, tmp_path: Path, change: Change, format: str
) -> None:
    alter(described, change)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(gs.InvalidDataError):
        gs.export(format, tmp_path / "way" / "down" / "there", data=described)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_version_file_that_holds_no_version_is_said(data: Folder) -> None:
    root = data.path.parent
    (root / "releases").mkdir()
    (root / "src" / "gaza_stabilization").mkdir(parents=True)
    version_file = root / "src" / "gaza_stabilization" / "_version.py"
    version_file.write_text('VERSION = "../../evil"\n', encoding="utf-8")
    with pytest.raises(gs.InvalidDataError, match=r"_version\.py: found version '../../evil'"):
        gs.Dataset(data.path).cite()


@pytest.mark.parametrize(
    "line",
    [
        f"{'0' * 64}  {'x' * 5_000}",
        f"{'0' * 64}  codings/{'x' * 5_000}/actors.csv",
        f"{'0' * 64}  nul\0.csv",
        f"{'0' * 64}  ../../outside.csv",
        f"{'0' * 64}  {Path(__file__).as_posix()}",
        f"{'0' * 64}  line\u2028.csv",
    ],
)
def test_a_file_that_only_the_sums_name_is_one_problem(described: Path, line: str) -> None:
    sums = described / "SHA256SUMS"
    sums.write_text(f"{sums.read_text(encoding='utf-8')}{line}\n", encoding="utf-8", newline="")
    (problem,) = gs.validate(described)
    assert (problem.rule, problem.file) == ("changed-since-export", line.partition("  ")[2])
    assert str(problem.found).endswith("is missing")
    assert gs.Dataset(described).version == "local"


@pytest.mark.parametrize("text", ["", "no digest", "\xff"])
def test_sums_that_cannot_be_read_are_one_problem(described: Path, text: str) -> None:
    (described / "SHA256SUMS").write_bytes(text.encode("latin-1"))
    (problem,) = gs.validate(described)
    assert (problem.rule, problem.file) == ("changed-since-export", "SHA256SUMS")
    assert gs.Dataset(described).version == "local"


def test_the_moment_of_making_is_no_day_of_release(described: Path) -> None:
    alter(described, setting(version="7.7.7", created="2024-05-17T00:00:00Z"))
    package = gs.Dataset(described)
    assert package.version == "7.7.7"
    assert "(n.d.)" in package.cite()
    assert "2024" not in package.cite("ris")
    again = package.export("datapackage", described.parent / "again")
    assert "created" not in json.loads((again / PACKAGE).read_text(encoding="utf-8"))


def test_a_folder_exported_at_a_moment_has_no_day(
    made_up: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    package = gs.export("datapackage", tmp_path / "package", data=made_up.path)
    assert "created" in json.loads((package / PACKAGE).read_text(encoding="utf-8"))
    assert "(n.d.)" in gs.Dataset(package).cite()


def test_the_package_of_a_release_has_its_day_while_its_tables_are_the_released(
    tmp_path: Path,
) -> None:
    folder = gs.release("1.0.0").export("datapackage", tmp_path / "package")
    assert gs.Dataset(folder).cite("ris") == gs.cite("ris", version="1.0.0")
    (folder / OWN).write_text('title = "The same tables"', encoding="utf-8")
    (folder / "SHA256SUMS").unlink()
    seal(folder, None)
    assert "2026" in gs.Dataset(folder).cite()
    Folder(folder).set("positions", "p001", condition="when it rains")
    (folder / "SHA256SUMS").unlink()
    seal(folder, None)
    assert "(n.d.)" in gs.Dataset(folder).cite()


def test_a_coder_whose_id_is_no_file_name_has_no_coding(data: Folder) -> None:
    data.set("coders", "ai-1", coder_id="x" * 5_000)
    problems = gs.validate(data.path)
    assert ("coders.csv", "missing-coding") in {
        (problem.file, problem.rule) for problem in problems
    }
    assert str(gs.Dataset(data.path).diff("1.0.0"))
