"""The noun: whatever folder or version it is, a dataset answers the same questions."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import gaza_stabilization as gs
from gaza_stabilization.paths import DATA
from gaza_stabilization.reading.problems import Problem
from gaza_stabilization.reading.stamps import Kept
from gaza_stabilization.tables.folder import Tables
from gaza_stabilization.tables.opening import open_folder
from tests.folder import Folder
from tests.project import Project
from tests.second_source import second_source

CODER = "ai-1"


def test_the_shipped_data_are_a_dataset_like_any_other() -> None:
    for dataset in (gs.Dataset(), gs.Dataset(DATA), gs.Dataset(str(DATA))):
        pd.testing.assert_frame_equal(dataset.claims(), gs.claims())
        assert dataset.version == gs.__version__


def test_a_folder_of_ones_own_answers_every_question(made_up: Folder, tmp_path: Path) -> None:
    own = gs.Dataset(made_up.path)
    assert own.validate() == []
    assert len(own.load("positions")) == len(own.load("claims")) == len(own.rows("positions")) == 1
    assert own.ties()["relationship_id"].tolist() == ["r001", "r002"]
    assert own.evidence("r002").chain == ("daily-gull", "minister")
    assert own.describe("norland").startswith("norland (a row of actors)")
    assert "norland-pays" in own.find("pay")["id"].tolist()
    assert own.network("affiliation").edges["actor"].tolist() == ["minister"]
    assert own.plot("coverage", tmp_path / "coverage.svg").is_file()
    assert own.export("csv", tmp_path / "csv").is_dir()
    assert own.diff(made_up.path).tables == {}
    assert own.version == "local"
    assert "gaza-stabilization" not in own.cite()
    assert own.coders == []


def test_an_own_dataset_says_what_it_is_in_its_own_file(made_up: Folder) -> None:
    (made_up.path / "dataset.toml").write_text(
        'name = "norland"\ntitle = "Claims about Norland"\ncontributors = "A. Quill"\n',
        encoding="utf-8",
    )
    own = gs.Dataset(made_up.path)
    assert own.validate() == []
    assert own.cite() == "A. Quill. (n.d.). Claims about Norland (Version local) [Data set].\n"


def test_a_release_is_a_dataset_in_its_own_columns_and_codes(tmp_path: Path) -> None:
    old = gs.release("0.2.0")
    assert len(old.load("relationships")) == len(old.ties()) == 148
    assert "adjudications" not in old.load()
    assert old.version == "0.2.0"
    assert "0.2.0" in old.cite()
    assert old.diff("1.0.0").required_bump == "minor"
    assert old.evidence("p057").outlet.actor_id == "jns"
    with pytest.raises(gs.InvalidDataError, match=r"adjudications\.csv"):
        old.rows("adjudications")
    with pytest.raises(gs.UsageError, match="another schema"):
        old.validate()
    with pytest.raises(gs.UsageError, match="as it was"):
        old.export("csv", tmp_path / "csv")


def test_a_release_in_the_schema_in_use_answers_every_question(tmp_path: Path) -> None:
    release = gs.release("1.0.0")
    assert release.validate() == []
    assert len(release.network("affiliation").edges) > 10
    assert release.coders == ["ai-1", "ai-2"]
    assert len(release.coding(CODER).load("positions")) == 80
    assert release.describe("hamas").startswith("hamas (a row of actors)")


def test_a_raw_coding_is_a_dataset_with_what_its_coder_was_given() -> None:
    coding = gs.coding(CODER)
    assert list(coding.load()) == list(gs.load(coder=CODER))
    assert coding.claims()["issue"].notna().all()
    assert coding.evidence("p001").source.source_id in set(gs.load("sources")["source_id"])
    assert coding.validate() == []
    with pytest.raises(gs.UnknownNameError, match="'ai-2'"):
        gs.coding("ai-22")


def test_a_raw_coding_is_opened_and_checked_by_its_folder(data: Folder, tmp_path: Path) -> None:
    folder = Folder(data.path / "codings" / CODER)
    coding = gs.Dataset(folder.path)
    assert coding.validate() == []
    assert coding.claims()["issue"].notna().all()
    with pytest.raises(gs.UsageError, match="part of a data package"):
        coding.export("csv", tmp_path / "csv")
    line = folder.set("positions", folder.last("positions"), holder_id="nobody-here")
    (problem,) = gs.Dataset(folder.path).validate()
    assert (problem.rule, problem.file, problem.line) == ("foreign-key", "positions.csv", line)


def test_a_raw_coding_has_the_version_of_the_data_that_it_belongs_to(
    package: Folder, data: Folder
) -> None:
    versions = {DATA: gs.__version__, package.path: gs.__version__, data.path: "local"}
    for path, version in versions.items():
        assert gs.Dataset(path / "codings" / CODER).version == version
        assert gs.Dataset(path).coding(CODER).version == version
    assert gs.release("1.0.0").coding(CODER).version == "1.0.0"


def test_of_a_data_package_only_what_is_asked_for_is_read(
    package: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, read_bytes = set[str](), Path.read_bytes

    def noted(path: Path) -> bytes:
        read.add(path.name)
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    dataset = gs.Dataset(package.path)
    assert len(dataset.load("actors")) > 1
    assert read == {"actors.csv", "datapackage.json"}
    assert dataset.version == gs.__version__
    assert "ties.csv" in read


def test_an_exported_package_is_a_folder_like_any_other(tmp_path: Path) -> None:
    package = gs.Dataset(gs.export("datapackage", tmp_path / "package"))
    assert package.validate() == []
    pd.testing.assert_frame_equal(package.claims(), gs.claims())
    assert package.version == gs.__version__
    again = package.export("datapackage", tmp_path / "again")
    for path in (tmp_path / "package").rglob("*.csv"):
        assert (again / path.relative_to(tmp_path / "package")).read_bytes() == path.read_bytes()


def test_a_package_that_was_changed_says_so_and_bears_no_version(tmp_path: Path) -> None:
    folder = Folder(gs.export("datapackage", tmp_path / "package"))
    folder.set("positions", folder.last("positions"), condition="when it rains")
    package = gs.Dataset(folder.path)
    assert [(problem.rule, problem.file) for problem in package.validate()] == [
        ("changed-since-export", "positions.csv")
    ]
    assert package.version == "local"


def test_a_released_package_of_an_older_schema_is_loaded_as_it_was(tmp_path: Path) -> None:
    folder = gs.release("0.2.0").export("datapackage", tmp_path / "old")
    package = gs.Dataset(folder)
    pd.testing.assert_frame_equal(package.claims(), gs.release("0.2.0").claims())
    assert package.version == "0.2.0"


@pytest.mark.parametrize("wrong", ["nowhere", DATA / "actors.csv"])
def test_a_folder_that_is_none_is_an_error_of_the_package(wrong: str | Path) -> None:
    with pytest.raises(gs.UsageError, match="data folder"):
        gs.Dataset(wrong)


@pytest.mark.parametrize("wrong", ["", 5, ["data"], b"", "a\0b"])
def test_what_is_no_path_is_an_error_of_the_package(wrong: Any, tmp_path: Path) -> None:
    calls: list[Callable[[], object]] = [
        lambda: gs.Dataset(wrong),
        lambda: gs.validate(wrong),
        lambda: gs.diff(wrong),
        lambda: gs.Dataset().diff(wrong),
        lambda: gs.required_bump("0.2.0", wrong),
        lambda: gs.export("csv", tmp_path / "csv", data=wrong),
        lambda: gs.export("csv", wrong),
        lambda: gs.plot("coverage", wrong),
    ]
    for call in calls:
        with pytest.raises(gs.UsageError, match="expected a path"):
            call()
    for choose in (gs.release, gs.coding, lambda name: gs.load(version=name)):
        with pytest.raises(gs.UnknownNameError):
            choose(wrong)
    for look_up in (gs.load, gs.rows, gs.evidence, gs.describe, gs.codebook):
        with pytest.raises(gs.UnknownNameError):
            look_up(wrong)


def test_a_dataset_of_a_dataset_is_that_dataset(made_up: Folder) -> None:
    own = gs.Dataset(made_up.path)
    for dataset in (own, gs.release("0.2.0"), gs.coding(CODER)):
        same = gs.Dataset(dataset)
        assert (same.name, same.version) == (dataset.name, dataset.version)
        pd.testing.assert_frame_equal(same.load("actors"), dataset.load("actors"))
    assert gs.diff(own, gs.Dataset(own)).tables == {}


def test_files_that_change_are_read_again(made_up: Folder, tmp_path: Path) -> None:
    own, position = gs.Dataset(made_up.path), made_up.last("positions")
    assert own.validate() == []
    assert position in set(own.claims()["position_id"])

    line = made_up.set("positions", position, holder_id="nobody-here")
    assert [(problem.file, problem.line) for problem in own.validate()] == [("positions.csv", line)]
    made_up.set("positions", position, holder_id="minister", condition="when it rains")
    assert own.validate() == []
    for frame in (own.load("positions"), own.claims()):
        assert frame["condition"].tolist() == ["when it rains"]
    assert [row.condition for row in own.rows("positions")] == ["when it rains"]
    assert "when it rains" in str(own.evidence(position))
    written = own.export("datapackage", tmp_path / "package") / "positions.csv"
    assert "when it rains" in written.read_text(encoding="utf-8")

    (made_up.path / "dataset.toml").write_text('title = "Norland"\n', encoding="utf-8")
    assert "Norland" in own.cite()
    made_up.file("positions").unlink()
    assert own.validate()[0].rule == "missing-file"
    with pytest.raises(gs.InvalidDataError, match="missing-file"):
        own.load("positions")


def test_a_raw_coding_that_changes_is_read_again(data: Folder) -> None:
    folder = Folder(data.path / "codings" / CODER)
    own = gs.Dataset(data.path)
    codings = own.coding(CODER), gs.Dataset(folder.path)
    last, issue = folder.last("positions"), data.last("issues")
    for coding in codings:
        assert coding.validate() == []
        assert len(coding.load("positions")) > 1
    folder.set("positions", last, stance="suport")
    for dataset in (*codings, own):
        assert [problem.found for problem in dataset.validate()] == ["suport"]
    for coding in codings:
        with pytest.raises(gs.InvalidDataError, match="suport"):
            coding.load("positions")
    folder.set("positions", last, stance="oppose")
    data.set("issues", issue, proposition="Reworded")
    for coding in codings:
        assert coding.load("positions")["stance"].iloc[-1] == "oppose"
        assert "Reworded" in coding.describe(issue)
    data.write("coders", data.records("coders")[:1])
    with pytest.raises(gs.UnknownNameError, match="coder"):
        codings[0].load("positions")


def test_one_call_reads_one_state(monkeypatch: pytest.MonkeyPatch, made_up: Folder) -> None:
    own, opened = gs.Dataset(made_up.path), []

    def counted(*arguments: Any) -> Tables:
        opened.append(arguments)
        return open_folder(*arguments)

    monkeypatch.setattr("gaza_stabilization.dataset.open_folder", counted)
    calls: list[Callable[[], object]] = [
        own.load,
        own.claims,
        lambda: own.rows("positions"),
        lambda: own.describe("positions.stance"),
        lambda: own.evidence("r002"),
        lambda: own.find("pay"),
        own.validate,
        own.cite,
    ]
    for number, call in enumerate(calls, 1):
        (made_up.path / "dataset.toml").write_text(f"# {number}\n", encoding="utf-8")
        call()
        call()
        assert len(opened) == number


@pytest.mark.skipif(os.name == "nt", reason="the system does not say when a file was changed")
@pytest.mark.parametrize("in_place", [True, False])
def test_a_file_that_changed_is_read_again_though_its_size_and_time_are_the_same(
    package: Folder, tmp_path: Path, in_place: bool
) -> None:
    dataset, file = gs.Dataset(package.path), package.file("actors")
    assert dataset.version == gs.__version__
    stat, changed = file.stat(), file if in_place else tmp_path / "actors.csv"
    changed.write_bytes(file.read_bytes().replace(b"Hamas", b"HAMAS"))
    os.utime(changed, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    changed.replace(file)
    assert file.stat().st_size == stat.st_size
    assert "HAMAS" in set(dataset.load("actors")["name"])
    assert dataset.version == "local"


def test_what_a_folder_is_is_said_anew_when_it_goes(made_up: Folder) -> None:
    own = gs.Dataset(made_up.path)
    made_up.path.rename(made_up.path.with_name("elsewhere"))
    assert str(made_up.path) in repr(own)
    with pytest.raises(gs.UsageError, match="does not exist"):
        own.load("actors")


def test_a_version_is_the_one_that_the_project_has_now(released: Project) -> None:
    own = gs.Dataset(released.data.path)
    assert (own.version, own.cite("ris").count("2020")) == ("0.2.0", 2)
    released.set_version("0.3.0.dev0")
    assert (own.version, own.cite("ris").count("2020")) == ("0.3.0.dev0", 0)


def test_a_version_to_compare_with_is_one_of_its_own_project(
    released: Project,
) -> None:
    own = gs.Dataset(released.data.path)
    assert own.diff("0.2.0").tables == {}
    with pytest.raises(gs.UnknownNameError, match=r"did you mean '0\.2\.0'"):
        own.diff("1.0.0")
    assert own.diff(gs.release("1.0.0"), "statements").frame()["id"].nunique() > 2


def test_what_is_handed_out_is_the_caller_s_own() -> None:
    gs.rows("positions").clear()
    del gs.load("positions")["stance"]
    every = gs.load()
    every["actors"].loc[:, "name"] = "x"
    gs.release("1.0.0").rows("actors").clear()
    gs.validate().append(Problem(1, "", "", None, None, None, ""))
    assert len(gs.rows("positions")) == len(gs.load("positions")["stance"])
    assert gs.load("actors")["name"].nunique() > 1
    assert gs.release("1.0.0").rows("actors")
    assert gs.validate() == []


def test_tables_that_are_not_valid_are_refused_with_their_problems(data: Folder) -> None:
    line = data.set("positions", data.last("positions"), stance="suport")
    own = gs.Dataset(data.path)
    with pytest.raises(gs.InvalidDataError, match=rf"line {line}, stance: code: found 'suport'"):
        own.load("positions")
    with pytest.raises(gs.InvalidDataError, match=rf"positions\.csv:{line}:stance code"):
        own.rows("positions")
    assert len(own.load("actors")) > 1


def test_what_was_surely_meant_is_read(data: Folder) -> None:
    expected = gs.Dataset(data.path).load("actors")
    name = expected.loc[expected["name"].str.contains("ğ"), "actor_id"].iloc[0]
    data.set("actors", name, name=" Recep Tayyip Erdog\u0306an ")
    data.bytes("actors", lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(gs.Dataset(data.path).load("actors"), expected)
    assert {problem.rule for problem in gs.Dataset(data.path).validate()} == {
        *("byte-order-mark", "line-end", "white-space", "not-nfc"),
    }


def test_a_cell_of_any_length_is_read_and_exported(data: Folder, tmp_path: Path) -> None:
    source = data.last("sources")
    data.set("sources", source, note="x" * 140_000)
    own = gs.Dataset(data.path)
    assert own.load("sources")["note"].str.len().max() == 140_000
    assert own.validate(levels=[1, 2, 3]) == []
    for format in ("csv", "sqlite", "datapackage", "parquet", "annotations", "metadata"):
        own.export(format, tmp_path / format)


def test_words_that_look_like_nothing_are_words_where_somebody_said_them(data: Folder) -> None:
    actor = data.last("actors")
    statement = data.where("statements", attribution="partial_quote")
    data.set("actors", actor, name="Nan")
    data.set("statements", statement, key_phrase="none")
    own = gs.Dataset(data.path)
    assert own.validate() == []
    assert "Nan" in set(own.load("actors")["name"])
    assert "none" in set(own.load("statements")["key_phrase"])
    assert "none" in {row.key_phrase for row in own.rows("statements")}


def test_every_verb_takes_a_folder(
    capsys: pytest.CaptureFixture[str], made_up: Folder, tmp_path: Path
) -> None:
    from gaza_stabilization.cli import main

    calls = {
        "validate": [],
        "load": ["claims"],
        "codebook": ["positions"],
        "describe": ["norland"],
        "find": ["pay"],
        "evidence": ["r002"],
        "cite": [],
        "diff": [str(made_up.path)],
        "plot": ["coverage", str(tmp_path / "plot.svg")],
        "export": ["csv", str(tmp_path / "csv")],
    }
    for verb, arguments in calls.items():
        assert main([verb, *arguments, "--data", str(made_up.path)]) == 0, verb
        assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda folder: gs.claims(str(folder)), r"a folder, which `gs\.Dataset` opens"),
        (lambda folder: gs.Dataset("1.0.0"), r"is opened by `gs\.release`"),
        (lambda folder: gs.release("1.0.0").coding("ai-9"), r"no coder 'ai-9' in 1\.0\.0; "),
        (lambda folder: gs.describe("positions.stanc"), r"no field 'stanc' of positions; did"),
        (lambda folder: gs.describe("positions.stance=suport"), r"no code .suport. of posi"),
    ],
)
def test_a_wrong_name_is_told_with_its_place_and_what_would_do(
    call: Callable[[Path], object], says: str, made_up: Folder
) -> None:
    with pytest.raises(gs.GazaStabilizationError, match=says):
        call(made_up.path)


def test_a_file_that_is_missing_is_told_with_what_it_could_hold(made_up: Folder) -> None:
    header = made_up.file("relays").read_text(encoding="utf-8").splitlines()[0]
    made_up.file("relays").unlink()
    (problem,) = gs.Dataset(made_up.path).validate()
    assert problem.hint == f"a table without rows holds its header: {header}"
    made_up.file("relays").write_text(f"{header}\n", encoding="utf-8")
    assert gs.Dataset(made_up.path).validate() == []


def test_a_folder_stays_the_one_that_was_opened(
    made_up: Folder, data: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "there").mkdir()
    shutil.copytree(data.path, tmp_path / "there" / made_up.path.name)
    monkeypatch.chdir(made_up.path.parent)
    dataset = gs.Dataset(made_up.path.name)
    before = dataset.load("actors")
    monkeypatch.chdir(tmp_path / "there")
    assert dataset.name == made_up.path.name
    assert dataset.load("actors").equals(before)


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("no table")])
def test_a_table_that_cannot_be_read_is_the_one_that_is_named(
    made_up: Folder, damage: Callable[[Path], object]
) -> None:
    damage(made_up.file("actors"))
    with pytest.raises(gs.InvalidDataError) as error:
        gs.Dataset(made_up.path).claims()
    assert "actors.csv" in str(error.value).splitlines()[1]


@pytest.mark.parametrize("name", ["dataset.toml", "positions.csv"])
def test_a_link_that_leads_nowhere_is_no_file_that_is_left_out(made_up: Folder, name: str) -> None:
    (made_up.path / name).unlink(missing_ok=True)
    (made_up.path / name).symlink_to("nowhere")
    (problem,) = gs.Dataset(made_up.path).validate()
    assert (problem.file, problem.found) == (name, "a link that leads nowhere")


def test_a_plot_is_not_drawn_into_a_folder_of_data(made_up: Folder) -> None:
    with pytest.raises(gs.DestinationError, match="where data are kept"):
        gs.Dataset(made_up.path).plot("stances", made_up.path / "stances.svg")
    assert gs.Dataset(made_up.path).validate() == []


def test_what_changes_while_it_is_read_is_seen_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("old")

    def read() -> str:
        text = file.read_text()
        file.write_text("newer")
        return text

    kept = Kept(read, lambda: [file])
    assert [kept(), kept()] == ["old", "newer"]


def test_a_raw_coding_needs_no_actors_of_texts_that_it_does_not_cover(data: Folder) -> None:
    rows = second_source(data)
    for table in ("actors", "sources", "issues"):
        data.write(table, [*data.records(table), *rows[table]])
    coding = gs.Dataset(data.path).coding("ai-1")
    assert len(coding.claims()) == len(gs.release("1.0.0").coding("ai-1").claims())
    assert coding.evidence("p001").chain
    assert len(coding.network("attribution").edges)
    coding.network("congruence", roll_up=True)
