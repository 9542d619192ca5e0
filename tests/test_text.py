"""Canonical form and spans: properties that every text must have."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaza_stabilization import UsageError, locate
from gaza_stabilization.text import Article, canonical, digest

ODD = st.sampled_from("\u201c\u201d\u201e\u00ab\u2018\u2019 \u00a0\n")
TEXT = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), ODD))


@given(TEXT)
def test_canonical_form_is_a_fixed_point(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(TEXT)
def test_canonical_form_has_no_odd_space_or_quotation_mark(text: str) -> None:
    form = canonical(text)
    assert unicodedata.is_normalized("NFC", form)
    assert form == form.strip()
    assert not set(form) & set("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2018\u2019\u201a\u201b")
    assert "  " not in form
    assert all(character == " " for character in form if character.isspace())


@given(TEXT, st.sampled_from(["NFC", "NFD"]))
def test_equivalent_texts_have_one_digest(text: str, form: str) -> None:
    other = unicodedata.normalize(form, text).replace(" ", "\t\u00a0")
    assert digest(canonical(other)) == digest(canonical(text))


@given(st.lists(TEXT), st.sampled_from(["\n", "\r\n", "\n\n\n"]))
def test_an_article_keeps_what_its_lines_hold(lines: list[str], end: str) -> None:
    texts = [line.replace("\n", " ").replace("\r", " ") for line in lines]
    article = Article.of(end.join(texts))
    assert list(article.paragraphs) == [canonical(text) for text in texts if canonical(text)]


@given(st.lists(TEXT, min_size=1), st.data())
def test_every_span_is_found_again_with_its_digest(lines: list[str], data: st.DataObject) -> None:
    article = Article.of("\n".join(lines))
    if not article.paragraphs:
        return
    number = data.draw(st.integers(1, len(article.paragraphs)))
    text = article.paragraphs[number - 1]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = article.span(number, start, end)
    assert span == text[start:end]
    assert digest(span) == hashlib.sha256(text[start:end].encode()).hexdigest()


@pytest.mark.parametrize(
    "place", [(0, 0, 1), (2, 0, 1), (1, 0, 6), (1, 3, 3), (1, 4, 2), (1, -1, 2)]
)
def test_a_span_that_is_not_there_is_none(place: tuple[int, int, int]) -> None:
    assert Article(("Five.",)).span(*place) is None


def test_locate_finds_every_place(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("\ufeffNo, no.\n\nThey said “no, no”.", encoding="utf-8")
    places = locate(path, " no ")
    assert [(one.paragraph, one.start, one.end) for one in places] == [
        (1, 4, 6),
        (2, 11, 13),
        (2, 15, 17),
    ]
    assert {one.sha256 for one in places} == {digest("no")}
    assert locate(path, "said, no") == []


def test_locate_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read the article"):
        locate(tmp_path / "none.txt", "no")
    (tmp_path / "text.txt").write_text("text")
    with pytest.raises(UsageError, match="no words"):
        locate(tmp_path / "text.txt", "  ")
