"""Citations name the version in use and nothing that is not known."""

from __future__ import annotations

import re

import pytest
import yaml

import gaza_stabilization as gs
from gaza_stabilization.about import LOCAL, About, Edition, Licence
from gaza_stabilization.releases.citation import FORMATS, cited


@pytest.mark.parametrize("version", [None, "0.2.0"])
@pytest.mark.parametrize("format", FORMATS)
def test_every_format_names_version_and_people(format: str, version: str | None) -> None:
    text = gs.cite(format, version)
    assert (version or gs.__version__) in text
    assert "2026" in text or version is None
    assert "gaza-stabilization contributors" in text
    assert text.endswith("\n")
    assert "doi" not in text.lower()
    assert "http" not in text


def test_cff_is_yaml_with_the_fields_that_it_must_have() -> None:
    fields = yaml.safe_load(gs.cite("cff", "0.2.0"))
    assert fields["cff-version"] == "1.2.0"
    assert fields["authors"] == [{"name": "gaza-stabilization contributors"}]
    assert {"message", "title", "version", "date-released", "license"} <= fields.keys()


def test_bibtex_braces_are_balanced() -> None:
    text = gs.cite("bibtex")
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_not_released_has_no_date(format: str) -> None:
    text = cited(About(), Edition("9.9.9.dev0", None), format)
    assert "9.9.9.dev0" in text
    assert not re.search("20[0-9][0-9]|None", text)


def test_unknown_version_names_the_nearest() -> None:
    with pytest.raises(gs.UnknownNameError, match=r"released version '0\.2'; did you mean '0\.2\."):
        gs.cite(version="0.2")


def test_unknown_format_names_the_nearest() -> None:
    with pytest.raises(gs.UnknownNameError, match="'bibtex'"):
        gs.cite("bibtec")


ODD = About(
    name="odd",
    title='Ports: "who {pays" & why\n100 % \\ #1',
    contributors='The "Port" group: A & B',
    keywords=("yes", "a: b"),
)


def test_cff_of_any_title_is_yaml() -> None:
    fields = yaml.safe_load(cited(ODD, LOCAL, "cff"))
    assert fields["title"] == 'Ports: "who {pays" & why 100 % \\ #1'
    assert fields["authors"] == [{"name": ODD.contributors}]
    assert fields["keywords"] == ["yes", "a: b"]
    assert fields["version"] == "local"
    assert "license" not in fields


@pytest.mark.parametrize(
    ("name", "path", "field"),
    [
        ("CC-BY-4.0", "https://a.example/by", {"license": "CC-BY-4.0"}),
        ("CC-BY-NC-SA-3.0", "", {"license": "CC-BY-NC-SA-3.0"}),
        ("ODbL-1.0", "", {"license": "ODbL-1.0"}),
        ("CC-BY-9.0", "https://a.example/by", {"license-url": "https://a.example/by"}),
        ("ours", "https://a.example/ours", {"license-url": "https://a.example/ours"}),
        ("", "https://a.example/ours", {"license-url": "https://a.example/ours"}),
        ("ours", "", {}),
    ],
)
def test_cff_names_a_licence_that_it_knows_and_else_its_address(
    name: str, path: str, field: dict[str, str]
) -> None:
    about = About(licence=Licence(name=name, path=path))
    fields = yaml.safe_load(cited(about, LOCAL, "cff"))
    assert {key: fields[key] for key in fields if key.startswith("license")} == field


def test_cff_has_no_keyword_twice_and_no_empty_abstract() -> None:
    about = About(keywords=("ports", "sea", "ports"), description="")
    fields = yaml.safe_load(cited(about, LOCAL, "cff"))
    assert fields["keywords"] == ["ports", "sea"]
    assert "abstract" not in fields


def test_bibtex_of_any_title_has_balanced_braces_and_prints_as_it_is() -> None:
    text = cited(ODD, LOCAL, "bibtex")
    depth = 0
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        assert depth >= 0
    assert depth == 0
    title = r"""Ports: "who \textbraceleft{}pays" \& why 100 \% \textbackslash{} \#1"""
    assert f"title   = {{{{{title}}}}},\n" in text
    assert "note    = {Data set}\n" in text


def test_a_title_of_two_lines_is_one_in_a_citation() -> None:
    assert 'TI  - Ports: "who {pays" & why 100 % \\ #1\n' in cited(ODD, LOCAL, "ris")
    assert cited(ODD, LOCAL).count("\n") == 1
