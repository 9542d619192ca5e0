"""Citations name the version in use and nothing that is not known."""

from __future__ import annotations

import pytest
import yaml

import gaza_stabilization as gs
from gaza_stabilization._version import RELEASED
from gaza_stabilization.citation import FORMATS


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_names_version_and_people(format: str) -> None:
    text = gs.cite(format)
    assert gs.__version__ in text
    assert RELEASED[:4] in text
    assert "gaza-stabilization contributors" in text
    assert text.endswith("\n")
    assert "doi" not in text.lower()
    assert "http" not in text


def test_cff_is_yaml_with_the_fields_that_it_must_have() -> None:
    fields = yaml.safe_load(gs.cite("cff"))
    assert fields["cff-version"] == "1.2.0"
    assert fields["authors"] == [{"name": "gaza-stabilization contributors"}]
    assert {"message", "title", "version", "date-released", "license"} <= fields.keys()


def test_bibtex_braces_are_balanced() -> None:
    text = gs.cite("bibtex")
    assert text.count("{") == text.count("}")


def test_unknown_format_names_the_nearest() -> None:
    with pytest.raises(gs.UnknownNameError, match="'bibtex'"):
        gs.cite("bibtec")
