"""Exports of a folder of one's own: every format, its own title, nothing of the shipped data."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
import yaml
from gaza_stabilization.schema.frame_schemas import dtype
from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.views import VIEWS

import gaza_stabilization as gs
from gaza_stabilization.about import About, created
from gaza_stabilization.checks.exporting import write_export
from gaza_stabilization.formats.content import Content
from gaza_stabilization.formats.registry import MODULES
from gaza_stabilization.reading import frames
from gaza_stabilization.reading.files import FolderFiles
from gaza_stabilization.tables.folder import Tables
from tests.made_up import write_made_up

TITLE = r"""Ports: "who {pays" & why it's 100 % \ #1 — Łódź"""
DESCRIBED = f"""
name = "ports"
title = '''{TITLE}'''
contributors = 'The "Port" group: A & B'
keywords = ["ports: all", "yes"]
[licence]
name = "ask-us"
title = "Ask us"
"""
BARE, NAMED = "bare", "named"


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tables]:
    """A corpus of two sources, which says nothing of itself, and one that does."""
    folders = {name: write_made_up(tmp_path_factory.mktemp(name)).path for name in (BARE, NAMED)}
    (folders[NAMED] / "dataset.toml").write_text(DESCRIBED, encoding="utf-8")
    return {name: gs.Dataset(folder).tables for name, folder in folders.items()}


def everything(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, and those in archives and workbooks."""
    files = dict(FolderFiles(folder))
    for name, data in list(files.items()):
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                files |= {f"{name}/{inner}": archive.read(inner) for inner in archive.namelist()}
    return files


@pytest.mark.parametrize("format", MODULES)
def test_a_folder_that_says_nothing_of_itself_is_exported_in_neutral_words(
    corpora: dict[str, Tables], format: str, tmp_path: Path
) -> None:
    folder = write_export(corpora[BARE], format, tmp_path / "x", {})
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert About().title in text
    assert "Version local." in text
    for name, data in everything(folder).items():
        for words in (b"CC-BY", b"Creative Commons", b'"license', b"third countries", b"post-war"):
            assert words not in data, (name, words)
        assert "LICENSE" not in name
        assert gs.__version__ not in name
    assert "\nData: " not in text


@pytest.mark.parametrize("format", MODULES)
def test_a_corpus_bears_its_own_title(
    corpora: dict[str, Tables], format: str, tmp_path: Path
) -> None:
    folder = write_export(corpora[NAMED], format, tmp_path / "x", {})
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert TITLE in text
    assert "\n## Licence\n\nData: Ask us\n" in text
    single = [name for name in FolderFiles(folder) if Path(name).suffix in (".dna", ".sqlite")]
    assert single == [f"ports-local.{format}"] * len(single)
    # A later export knows it for one, whatever its name.
    write_export(corpora[NAMED], format, folder, {})


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_files_themselves_bear_the_title(corpora: dict[str, Tables], tmp_path: Path) -> None:
    folder = write_export(corpora[NAMED], "all", tmp_path / "x", {})
    package = read_json(folder / "datapackage" / "datapackage.json")
    assert (package["name"], package["title"]) == ("ports", TITLE)
    assert package["licenses"] == [{"name": "ask-us", "title": "Ask us"}]
    assert len(package["sources"]) == 2
    assert read_json(folder / "sqlite" / "metadata.json")["title"] == TITLE
    assert read_json(folder / "annotations" / "ports-local.jsonld")["label"].startswith(TITLE)
    assert read_json(folder / "metadata" / "dataset.jsonld")["name"] == TITLE
    schema = pyarrow.parquet.read_schema(folder / "parquet" / "actors.parquet")
    assert schema.metadata[b"dataset"].decode() == TITLE
    cff = yaml.safe_load((folder / "metadata" / "CITATION.cff").read_text(encoding="utf-8"))
    assert cff["title"] == TITLE
    assert cff["keywords"] == ["ports: all", "yes"]
    assert cff["authors"] == [{"name": 'The "Port" group: A & B'}]
    assert "license" not in cff  # Its name is none of those of the standard.


@pytest.mark.parametrize("name", ["a/b", "Ports", "..", ""])
def test_a_name_that_is_no_file_name_is_refused(tmp_path: Path, name: str) -> None:
    folder = write_made_up(tmp_path).path
    (folder / "dataset.toml").write_text(f'name = "{name}"\n', encoding="utf-8")
    with pytest.raises(gs.InvalidDataError, match=r"dataset\.toml:name description: found"):
        gs.Dataset(folder).tables.about  # noqa: B018
    assert "dataset.toml" in {problem.file for problem in gs.validate(folder)}


OPENED = """
import os, sys
from collections import Counter
import gaza_stabilization as gs
from gaza_stabilization.paths import DATA
from tests.analysis import write_analysis
from pathlib import Path

root = Path(sys.argv[1])
package = gs.export("datapackage", root / "package", write_analysis(root).path)
folders = [os.path.realpath(DATA), os.path.realpath(package)]
opened = Counter()

def heard(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if path.startswith(tuple(folder + os.sep for folder in folders)):
            opened[path] += 1

sys.addaudithook(heard)
gs.export("all", root / "x")
gs.export("all", root / "y", package)
for folder in folders:
    files = [path for path in opened if path.startswith(folder)]
    assert len(files) > 20, files
    assert os.path.join(folder, "codings", "ai-1", "positions.csv") in files
print([(path, count) for path, count in opened.items() if count > 1])
"""


def test_every_file_of_the_data_is_opened_once_whatever_is_made_of_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPENED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stdout + done.stderr


def test_every_frame_of_an_export_is_checked_by_its_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    schema_of = frames.frame_schema

    def spied(model: Any) -> Any:
        checked.append(model.about.name)
        return schema_of(model)

    monkeypatch.setattr(frames, "frame_schema", spied)
    tables = gs.Dataset(write_made_up(tmp_path).path).tables
    content = Content(tables, created(tables.edition))
    for name in (*MODELS, *VIEWS):
        frame = content.frame(name)
        types = {column.name: dtype(column) for column in content.columns(name)}
        assert frame.dtypes.to_dict() == types
    assert sorted(checked) == sorted(MODELS)
