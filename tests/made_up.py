"""A small valid corpus of two made-up texts, so that digests can be tested without the article."""

from __future__ import annotations

from pathlib import Path

from gaza_stabilization.paths import DATA
from gaza_stabilization.text import Article, digest
from tests.folder import Folder

TEXTS = {
    "one": "Harbour talks\n\n“We will pay,” the minister of Norland said.  He left.\n",
    "two": "Norland’s port is closed, Sudland says.\nBy Ada Quill.\n",
}


def write_made_up(root: Path) -> Folder:
    """Write texts and tables below `root`; returns the folder with the tables."""
    (root / "texts").mkdir()
    articles = {}
    for name, text in TEXTS.items():
        (root / "texts" / f"{name}.txt").write_text(text, encoding="utf-8")
        articles[name] = Article.of(text)
    folder = Folder(root / "made_up")
    folder.path.mkdir()
    folder.write("relation_types", _relation_types())
    for table, rows in _tables(articles).items():
        folder.write(table, rows)
    return folder


def only_the_first(corpus: Folder) -> None:
    """Leave the second text out of the made-up corpus."""
    for table, keys in {
        "statements": ["s002"],
        "passages": ["gull-2-p01-s1", "gull-2-p02-s1"],
        "sources": ["gull-2"],
        "actors": ["ada-quill"],
    }.items():
        for key in keys:
            corpus.delete(table, key)


def _relation_types() -> list[list[str]]:
    original = Folder(DATA)
    records = original.records("relation_types")
    return [records[0], *(row for row in records if row[0] in {"funds", "holds_office_in"})]


def _tables(articles: dict[str, Article]) -> dict[str, list[list[str]]]:
    one, two = articles["one"], articles["two"]

    def hashed(article: Article, paragraph: int, start: int, end: int) -> list[str]:
        text = article.span(paragraph, start, end)
        assert text is not None
        return [str(start), str(end), digest(text)]

    def source(id_: str, article: Article, author: str, incipit: str) -> list[str]:
        count = str(len(article.paragraphs))
        row = [id_, "", author, "daily-gull", "", "en", "news", "", incipit, count]
        return [*row, article.sha256, "Made up.", "None; made up.", ""]

    speech, quote = one.paragraphs[1], '"We will pay,"'
    report = "Norland's port is closed"
    first = speech.index("said.") + len("said.")
    actors = [
        ["ada-quill", "Ada Quill", "person", "", "", "Made-up author."],
        ["daily-gull", "Daily Gull", "media", "", "", "Made-up outlet."],
        ["minister", "Minister", "person", "", "", "Made-up minister."],
        ["norland", "Norland", "state", "", "", "Made-up state."],
        ["sudland", "Sudland", "state", "", "", "Made-up state."],
    ]
    passages = [
        ["gull-1", "1", "1", *hashed(one, 1, 0, len(one.paragraphs[0])), "heading"],
        ["gull-1", "2", "1", *hashed(one, 2, 0, first), "coded"],
        ["gull-1", "2", "2", *hashed(one, 2, first + 1, len(speech)), "scene_setting"],
        ["gull-2", "1", "1", *hashed(two, 1, 0, len(two.paragraphs[0])), "coded"],
        ["gull-2", "2", "1", *hashed(two, 2, 0, len(two.paragraphs[1])), "byline"],
    ]
    return {
        "actors": [_header("actors"), *actors],
        "sources": [
            _header("sources"),
            source("gull-1", one, "", "Harbour talks"),
            source("gull-2", two, "ada-quill", "Norland's port is closed, Sudland says."),
        ],
        "passages": [
            _header("passages"),
            *([f"{row[0]}-p{int(row[1]):02d}-s{row[2]}", *row] for row in passages),
        ],
        "issues": [
            _header("issues"),
            ["norland-pays", "", "norland", "finance", "Norland should pay", "Any payment."],
        ],
        "statements": [
            _header("statements"),
            ["s001", "gull-1-p02-s1", *hashed(one, 2, 0, len(quote)), "minister"]
            + ["direct_quote", "", "commit", "unspecified", "2020-05", "The minister promises."]
            + ["We will pay", "high"],
            ["s002", "gull-2-p01-s1", *hashed(two, 1, 0, len(report)), "sudland"]
            + ["indirect", "", "assert", "unspecified", "", "Sudland says so.", "", "high"],
        ],
        "relays": [_header("relays")],
        "positions": [
            _header("positions"),
            ["p001", "s001", "minister", "norland", "norland-pays", "support", "plain"]
            + ["", "own", "explicit", "high"],
        ],
        "relationships": [
            _header("relationships"),
            ["r001", "s001", "minister", "holds_office_in", "norland", "daily-gull", "actual"]
            + ["", "", "", "The outlet says that it is a minister of Norland.", "high"],
            ["r002", "s001", "norland", "funds", "sudland", "minister", "prospective"]
            + ["2020", "2020-06", "", "The minister promises to pay.", "medium"],
        ],
        "coders": [_header("coders")],
        "adjudications": [_header("adjudications")],
        "retired_ids": [_header("retired_ids")],
    }


def _header(table: str) -> list[str]:
    return Folder(DATA).records(table)[0]
