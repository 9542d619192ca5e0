"""Exports in every format: read back by another reader, whole, and with what they cannot hold."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import networkx
import openpyxl
import pandas as pd
import polars
import pyarrow.parquet
import pytest
from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.rows import columns
from gaza_stabilization.schema.views import VIEWS

import gaza_stabilization as gs
from gaza_stabilization.cli import main
from gaza_stabilization.formats.registry import FORMATS, MODULES
from gaza_stabilization.networks.build import NETWORKS
from tests.folder import Folder
from tests.formats import as_text, expected, same_bytes

NAMES = [*MODELS, *VIEWS]
SINGLE = [name for name in FORMATS if name not in ("datapackage", "all")]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder of each format."""
    root = tmp_path_factory.mktemp("formats")
    return {name: gs.export(name, root / name) for name in SINGLE}


@pytest.mark.parametrize("format", SINGLE)
def test_an_export_says_what_it_is_and_what_it_cannot_hold(
    exported: dict[str, Path], format: str
) -> None:
    folder = exported[format]
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert text.startswith(f"# gaza-stabilization: {format}\n")
    assert "Rows are claims" in text
    assert "what the format cannot hold" in text
    assert gs.__version__ in text
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    there = {path.name for path in folder.iterdir()} - {"SHA256SUMS"}
    assert {line.split("  ")[1] for line in sums} == there


@pytest.mark.parametrize("format", SINGLE)
def test_the_same_data_give_the_same_bytes(format: str, tmp_path: Path) -> None:
    assert same_bytes(format, tmp_path)


@pytest.mark.parametrize("format", SINGLE)
def test_an_earlier_export_is_replaced_and_other_files_are_left_alone(
    format: str, tmp_path: Path
) -> None:
    folder = gs.export(format, tmp_path / "x")
    gs.export(format, folder)
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(gs.DestinationError, match=r"notes\.txt is no part"):
        gs.export(format, folder)
    assert (folder / "notes.txt").read_text() == "mine"


def archive(folder: Path) -> dict[str, bytes]:
    (path,) = folder.glob("*.zip")
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("name", NAMES)
def test_csv_gives_every_cell_back(exported: dict[str, Path], name: str) -> None:
    text = archive(exported["csv"])[f"{name}.csv"].decode()
    _, *rows = csv.reader(io.StringIO(text))
    assert [tuple(row) for row in rows] == expected(name)


def test_csv_has_the_codebook_and_documents(exported: dict[str, Path]) -> None:
    files = archive(exported["csv"])
    book = pd.read_csv(io.BytesIO(files["codebook.csv"]))
    assert len(book) == len(gs.codebook())
    assert {"README.md", "LICENSE.txt", "CITATION.txt"} <= files.keys()
    assert gs.__version__.encode() in files["CITATION.txt"]


def test_excel_is_told_that_it_is_utf_8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "csv", str(tmp_path / "x"), "--excel"]) == 0
    files = archive(tmp_path / "x")
    assert all(files[f"{name}.csv"].startswith(b"\xef\xbb\xbf") for name in [*NAMES, "codebook"])
    frame = pd.read_csv(io.BytesIO(files["actors.csv"]), encoding="utf-8-sig")
    assert "Recep Tayyip Erdoğan" in set(frame["name"])


@pytest.fixture
def database(exported: dict[str, Path]) -> sqlite3.Connection:
    (path,) = exported["sqlite"].glob("*.sqlite")
    copy = sqlite3.connect(":memory:")
    with sqlite3.connect(path) as opened:
        opened.backup(copy)
    opened.close()
    copy.execute("pragma foreign_keys = on")
    return copy


@pytest.mark.parametrize("name", NAMES)
def test_sqlite_gives_every_cell_back(database: sqlite3.Connection, name: str) -> None:
    key = ", ".join(MODELS[name].about.key if name in MODELS else VIEWS[name].key)
    frame = pd.read_sql_query(f"select * from {name} order by {key}", database, dtype=object)
    for column in columns(MODELS[name]) if name in MODELS else ():
        if column.datatype == "boolean":
            frame[column.name] = frame[column.name].map({1: True, 0: False})
    assert sorted(as_text(frame)) == sorted(expected(name))


def test_sqlite_keeps_links_codes_and_rules(database: sqlite3.Connection) -> None:
    assert database.execute("pragma foreign_key_check").fetchall() == []
    assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    for statement in (
        "update positions set stance = 'suport' where position_id = 'p001'",
        "update positions set stance = null where position_id = 'p001'",
        "update statements set end = start where statement_id = 's001'",
        "update statements set venue = null where statement_id = 's001'",
        "update relation_types set symmetric = 2 where relation = 'funds'",
        "update relays set depth = 0",
        "insert into positions select * from positions where position_id = 'p001'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(statement)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), database:
        database.execute("update positions set holder_id = 'nobody' where position_id = 'p001'")


def test_sqlite_says_what_codes_mean(database: sqlite3.Connection) -> None:
    (row,) = database.execute(
        "select label, number from codes where field = 'stance' and code = 'oppose'"
    ).fetchall()
    assert row == ("oppose", -1)
    count = database.execute("select count(*) from codebook").fetchone()[0]
    assert count == len(gs.codebook())


def test_datasette_is_told_what_every_column_means(exported: dict[str, Path]) -> None:
    metadata = json.loads((exported["sqlite"] / "metadata.json").read_text(encoding="utf-8"))
    (tables,) = metadata["databases"].values()
    for name, model in MODELS.items():
        assert set(tables["tables"][name]["columns"]) == {column.name for column in columns(model)}


@pytest.mark.parametrize("name", NAMES)
def test_parquet_gives_every_cell_back_to_three_readers(
    exported: dict[str, Path], name: str
) -> None:
    path = exported["parquet"] / f"{name}.parquet"
    assert as_text(pyarrow.parquet.read_table(path).to_pandas()) == expected(name)
    rows = [tuple("" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
                  for cell in row) for row in polars.read_parquet(path).iter_rows()]  # fmt: skip
    assert rows == expected(name)
    with duckdb.connect() as opened:
        count = opened.execute(f"select count(*) from '{path}'").fetchone()
    assert count == (len(rows),)


def test_parquet_is_typed_and_described(exported: dict[str, Path]) -> None:
    schema = pyarrow.parquet.read_schema(exported["parquet"] / "statements.parquet")
    assert str(schema.field("start").type) == "int64"
    assert str(schema.field("speech_act").type).startswith("dictionary")
    stance = pyarrow.parquet.read_schema(exported["parquet"] / "claims.parquet").field("stance")
    assert stance.type.ordered
    descriptions = {column.name: column.description for column in columns(MODELS["statements"])}
    for field in schema:
        assert field.metadata[b"description"].decode() == descriptions[field.name]
    assert schema.metadata[b"version"].decode() == gs.__version__


@pytest.mark.parametrize("name", NAMES)
def test_xlsx_gives_every_cell_back(exported: dict[str, Path], name: str) -> None:
    (path,) = exported["xlsx"].glob("*.xlsx")
    head, *rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    frame = pd.DataFrame(rows, columns=head, dtype=object)
    assert as_text(frame) == expected(name)


def test_xlsx_runs_nothing_and_keeps_the_header_in_sight(
    tmp_path: Path, data: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    data.set("actors", "kuwait", description="'=1+1 would run, and so would http://example.org")
    folder = gs.export("xlsx", tmp_path / "x", data=data.path)
    (path,) = folder.glob("*.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [*NAMES, "codebook"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds
        assert not sheet._hyperlinks


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("format", ["gexf", "graphml"])
def test_graph_files_give_the_network_back(
    exported: dict[str, Path], format: str, name: str
) -> None:
    read = networkx.read_gexf if format == "gexf" else networkx.read_graphml
    graph, wanted = read(exported[format] / f"{name}.{format}"), gs.network(name).graph
    assert set(graph.nodes) == set(wanted.nodes)
    assert graph.number_of_edges() == wanted.number_of_edges()
    assert graph.is_directed() == wanted.is_directed()
    for id_, data in wanted.nodes(data=True):
        for key in ("label", "type", "country"):
            # An empty text may come back as none.
            assert graph.nodes[id_].get(key, "") == data[key]
    weights = [sum(weight for *_, weight in each.edges(data="weight")) for each in (graph, wanted)]
    assert weights[0] == pytest.approx(weights[1])


@pytest.mark.parametrize("name", NETWORKS)
def test_gexf_has_no_attribute_that_its_schema_does_not_know(
    exported: dict[str, Path], name: str
) -> None:
    # Seen with the schema 1.2draft, which the files were held against by hand.
    root = ElementTree.parse(exported["gexf"] / f"{name}.gexf").getroot()
    (graph,) = root.iter("{http://www.gexf.net/1.2draft}graph")
    assert set(graph.attrib) <= {"defaultedgetype", "mode"}


@pytest.mark.parametrize("name", NETWORKS)
def test_edge_lists_give_the_network_back(exported: dict[str, Path], name: str) -> None:
    folder, wanted = exported["edgelists"], gs.network(name)
    edges = pd.read_csv(folder / f"{name}_edges.csv", keep_default_na=False)
    nodes = pd.read_csv(folder / f"{name}_nodes.csv", keep_default_na=False)
    matrix = pd.read_csv(folder / f"{name}_matrix.csv", index_col=0)
    assert set(nodes.iloc[:, 0]) == set(wanted.graph.nodes)
    assert set(edges.iloc[:, 0]) | set(edges.iloc[:, 1]) <= set(nodes.iloc[:, 0])
    assert len(edges) == wanted.graph.number_of_edges()
    assert list(matrix.index) == list(wanted.matrix.index)
    total = wanted.matrix.fillna(0).to_numpy().sum()
    assert matrix.fillna(0).to_numpy().sum() == pytest.approx(total)


@pytest.mark.parametrize("format", ["gexf", "graphml", "edgelists"])
def test_captions_go_with_the_networks(exported: dict[str, Path], format: str) -> None:
    text = (exported[format] / "CAPTIONS.md").read_text(encoding="utf-8")
    for name in NETWORKS:
        assert gs.network(name).caption in text


def test_all_is_every_format_in_a_folder_of_its_own(tmp_path: Path) -> None:
    steps: list[str] = []
    gs.export("all", tmp_path / "x", progress=steps.append)
    folders = {path.name for path in (tmp_path / "x").iterdir() if path.is_dir()}
    assert folders == {*MODULES, "datapackage"}
    assert {*MODULES, "datapackage"} <= {step.split()[-1] for step in steps}
    gs.export("all", tmp_path / "x")  # Over an earlier one.


def test_without_the_library_the_line_to_install_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(gs.MissingExtraError, match=r'pip install "gaza-stabilization\[xlsx\]"'):
        gs.export("xlsx", tmp_path / "x")
    with pytest.raises(gs.MissingExtraError, match="xlsx"):
        gs.export("all", tmp_path / "x")
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["export", "exel", "x"], "there is no export format"),
        (["export", "sqlite", "x", "--excel"], "sqlite has no option excel; it has none"),
        (["export", "all", "x", "--excel"], "excel is for one format"),
        (["export", "datapackage", "x", "--excel"], "datapackage has no option excel"),
        (["export", "sqlite", "x", "--version", "0.2.0"], "as datapackage only"),
    ],
)
def test_a_wrong_call_says_what_is_right(
    call: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert main(call) == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_invalid_data_are_not_exported(data: Folder, tmp_path: Path) -> None:
    data.set("positions", "p001", stance="suport")
    with pytest.raises(gs.InvalidDataError, match="nothing was exported, since "):
        gs.export("sqlite", tmp_path / "x", data=data.path)


def test_the_formats_load_nothing_heavy_before_they_are_asked() -> None:
    code = (
        "import gaza_stabilization.formats, sys\n"
        "heavy = {'pyarrow.parquet', 'xlsxwriter', 'networkx', 'pyreadstat'}\n"
        "sys.exit(bool(heavy & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
