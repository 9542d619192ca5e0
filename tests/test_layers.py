"""The house: a file imports what stands below it, never above or beside across folders."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "gaza_stabilization"

# From the ground up. What stands in one storey may not import each other; what stands in a folder
# has storeys of its own.
STOREYS: list[set[str]] = [
    {"_version", "chains"},
    {"_where", "errors"},
    {"drawing"},
    {"about", "schema", "text"},
    {"table_schema", "views", "writing"},
    {"history"},
    {"tables", "citation"},
    {"flat", "provenance", "validation"},
    {"networks", "reliability"},
    {"codebook_markdown", "codebook_text", "plots"},
    {"codebook_coders", "formats"},
    {"releasing"},
    {"cli"},
]
INSIDE: dict[str, list[set[str]]] = {
    "schema": [
        {"countries", "edtf", "order"},
        {"cells", "rules"},
        {"rows"},
        {"shared"},
        {
            "actors",
            "adjudications",
            "coders",
            "issues",
            "passages",
            "positions",
            "relation_types",
            "relationships",
            "relays",
            "releases",
            "retired_ids",
            "sources",
            "statements",
        },
        {"tables"},
        {"frames"},
    ],
    "history": [
        {"numbers", "project"},
        {"changelog"},
        {"index"},
        {"archive"},
        {"snapshot"},
        {"changes", "frames", "retirement"},
        {"labels"},
        {"rendering"},
        {"differences", "markdown"},
    ],
    "formats": [
        {"cells", "content", "dna_tables", "sealing"},
        {"documents", "labelled", "networked"},
        {
            "as_csv",
            "as_sqlite",
            "as_parquet",
            "as_xlsx",
            "as_edgelists",
            "as_graphs",
            "as_stata",
            "as_spss",
            "as_dna",
            "as_annotations",
            "as_metadata",
            "datapackage",
        },
    ],
    "networks": [
        {"stances"},
        {"projections", "selection"},
        {"graphs"},
        {"build"},
    ],
    "plots": [
        {"circles", "coverage", "stances"},
        {"gallery"},
    ],
    "reliability": [
        {"coding", "figures"},
        {"coefficients"},
        {"matching"},
        {"measures", "plot"},
        {"differences", "results"},
    ],
    "validation": [
        {"characters", "decoding", "entries", "problems"},
        {"files", "corpus"},
        {"across", "frames"},
        {"since_release"},
        {"release_rules"},
        {
            "actor_rules",
            "coding_rules",
            "id_rules",
            "place_rules",
            "source_rules",
            "speech_rules",
            "tie_rules",
            "cells",
        },
        {"rules"},
        {"codings"},
        {"run"},
    ],
}
LEVEL = {name: level for level, names in enumerate(STOREYS) for name in names}
FILES = [
    *((path, path.relative_to(PACKAGE)) for path in sorted(PACKAGE.rglob("*.py"))),
    *((path, path.relative_to(ROOT)) for path in sorted((ROOT / "schema").glob("*.py"))),
]


def part(path: Path) -> str:
    """The storey's name of a file: its folder, or its own where it lies in none."""
    return path.parts[0].removesuffix(".py")


def imports(path: Path, place: Path) -> set[str]:
    """The parts of the package that a file imports, wherever in it the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = list(place.parts[:-1])[: len(place.parts) - node.level]
            names = [*base, *(node.module or "").split(".")]
            names = [name for name in names if name]
            found |= {names[0]} if names else {alias.name for alias in node.names}
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            if str(module).startswith("gaza_stabilization."):
                found.add(str(module).split(".")[1])
    return found


@pytest.mark.parametrize(("path", "place"), FILES, ids=lambda one: str(one.name))
def test_a_file_imports_only_what_stands_below_it(path: Path, place: Path) -> None:
    if place == Path("__init__.py"):
        return  # The door: it names everything public, and loads it when it is asked for.
    own = part(place)
    assert own in LEVEL, f"{place} has no storey"
    for name in imports(path, place) - {own}:
        assert LEVEL[name] < LEVEL[own], f"{place} imports {name}, which does not stand below it"
    storeys = INSIDE.get(own, [])
    inside = {name: level for level, names in enumerate(storeys) for name in names}
    if inside and place.name != "__init__.py":
        for name in siblings(path):
            assert inside[name] < inside[place.stem], f"{place} imports its neighbour {name}"


def siblings(path: Path) -> set[str]:
    """The modules of the same folder that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            found |= {node.module} if node.module else {alias.name for alias in node.names}
    return found


def test_only_the_command_prints_and_exits() -> None:
    for path, place in FILES:
        if part(place) == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                assert name not in {"print", "sys.exit", "exit", "quit"}, f"{place}: {name}"


def test_no_module_bears_the_name_of_a_public_function() -> None:
    import gaza_stabilization as gs

    modules = {part(place) for _, place in FILES}
    assert not modules & set(gs.__all__)


@pytest.mark.parametrize(
    "heavy", ["pandas", "pandera", "pydantic", "dplib", "krippendorff", "networkx"]
)
def test_importing_the_package_loads_nothing_heavy(heavy: str) -> None:
    code = f"import gaza_stabilization, sys; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_in_a_checkout_only_the_schema_is_found_at_the_root() -> None:
    code = (
        "import importlib.util as u, gaza_stabilization\n"
        "for name in ('validate', 'tests', 'data'):\n"
        "    assert u.find_spec(f'gaza_stabilization.{name}') is None, name\n"
        "assert u.find_spec('gaza_stabilization.schema') is not None"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
