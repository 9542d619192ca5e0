"""No rule of levels 1 and 2 goes without a case; those of levels 3 and 5 see to it themselves."""

from __future__ import annotations

import ast
from pathlib import Path

from gaza_stabilization.schema.characters import CHARACTERS
from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.rows import columns

import gaza_stabilization as package

TESTS = Path(__file__).parent
REPORTERS = {"problem", "_problem", "say", "whole", "Flaw", "Problem"}


def named_in(*files: str) -> set[str]:
    """The strings that stand in some test modules."""
    trees = [ast.parse((TESTS / file).read_text(encoding="utf-8")) for file in files]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    return {str(node.value) for node in nodes if isinstance(node, ast.Constant)}


def reported_by(module: str) -> set[str]:
    """The rules that a module of level 1 reports: what it passes on or yields as a rule's name."""
    path = Path(str(package.__file__)).parent / f"{module}.py"
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in REPORTERS:
            given = node.args[:2]
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple):
            given = node.value.elts[:1]
        for argument in given:
            parts = [argument]
            if isinstance(argument, ast.IfExp):
                parts = [argument.body, argument.orelse]
            found |= {
                part.value
                for part in parts
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return found


def test_every_rule_of_level_1_has_a_case() -> None:
    rules = (
        reported_by("reading/files")
        | reported_by("reading/text_tables")
        | reported_by("reading/decoding")
        | set(CHARACTERS)
    )
    assert len(rules) > 20
    assert rules - named_in("test_files.py") == set()
    rules = reported_by("validation/codings")
    assert len(rules) >= 2
    assert rules - named_in("test_codings.py") == set()


def test_every_rule_of_level_4_has_a_case() -> None:
    rules = reported_by("checks/release_rules")
    assert len(rules) >= 9
    cases = ("test_release_rules.py", "test_released.py", "test_changelog.py", "test_codings.py")
    assert rules - named_in(*cases) == set()


def test_every_rule_of_level_2_has_a_case() -> None:
    rules = {"code", "duplicate-key", "null-word", "order", "required"}
    for model in MODELS.values():
        rules |= {column.kind.rule for column in columns(model) if column.kind is not None}
        rules |= {rule.name for rule in model.about.rules} | set(model.about.unique)
    rules.remove("text")  # Only a user's frame can break it: files are read line by line.
    assert rules - named_in("test_cells.py") == set()
