"""The house: a room imports what stands below it; what is heavy is loaded when it is used."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "gaza_stabilization"
FILES = [*sorted(PACKAGE.rglob("*.py")), *sorted((ROOT / "schema").glob("*.py"))]


def test_a_room_imports_only_what_stands_below_it(tmp_path: Path) -> None:
    # As in the wheel: the schema lies inside the package.
    shutil.copytree(PACKAGE, tmp_path / PACKAGE.name)
    shutil.copytree(ROOT / "schema", tmp_path / PACKAGE.name / "schema")
    code = (
        "import sys; from importlinter.cli import lint_imports; "
        f"sys.exit(lint_imports({str(ROOT / 'pyproject.toml')!r}, no_cache=True))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_command_prints_and_exits() -> None:
    for path in FILES:
        if path.parent.name == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func)
                assert name not in {"print", "sys.exit", "exit", "quit"}, f"{path}: {name}"


def test_no_module_bears_the_name_of_a_public_function() -> None:
    import gaza_stabilization as gs

    names = {path.stem for path in PACKAGE.rglob("*.py") if path.parent.name != "cli"}
    assert not names & set(gs.__all__)


def test_no_two_modules_or_packages_bear_the_same_name() -> None:
    names = Counter(
        path.parent.name if path.stem == "__init__" else path.stem
        for path in FILES
        if path.parent.name != "cli"
    )
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize(
    "heavy",
    ["pandas", "pandera", "pydantic", "polars", "dplib", "krippendorff", "networkx", "matplotlib"],
)
def test_importing_the_package_loads_nothing_heavy(heavy: str) -> None:
    code = f"import gaza_stabilization, sys; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("heavy", ["pandas", "pandera", "polars", "dplib"])
def test_validating_small_data_loads_no_frames(heavy: str) -> None:
    code = (
        "import sys; from gaza_stabilization.cli import main; "
        f"status = main(['validate']); sys.exit(status or {heavy!r} in sys.modules)"
    )
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
