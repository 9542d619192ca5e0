"""The door of the package: everything public is there, and named once for reading and typing."""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd
import pytest

import gaza_stabilization as gs

DOOR = Path(gs.__file__)


@pytest.mark.parametrize("name", gs.__all__)
def test_every_public_name_is_there_and_described(name: str) -> None:
    thing = getattr(gs, name)
    assert name == "__version__" or thing.__doc__


def test_type_checkers_see_the_same_names_from_the_same_modules() -> None:
    typed = {
        alias.name: node.module
        for node in ast.walk(ast.parse(DOOR.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level == 1
        for alias in node.names
        if alias.asname == alias.name
    }
    assert typed == gs._HOME_OF


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'laod'"):
        _ = gs.laod
    assert "load" in dir(gs)


@pytest.mark.parametrize("wrong", [None, 3, [], "nothing"])
@pytest.mark.parametrize("name", ["rows", "codebook", "describe", "evidence", "cite"])
def test_wrong_arguments_are_errors_of_the_package(name: str, wrong: object) -> None:
    if (name, wrong) == ("codebook", None):
        return  # All tables.
    with pytest.raises(gs.GazaStabilizationError):
        getattr(gs, name)(wrong)


def test_a_flat_view_is_loaded_like_a_table() -> None:
    pd.testing.assert_frame_equal(gs.load("claims"), gs.claims())
