"""A made-up second source for a copy of the checkout, to see that nothing takes it there is one.

    python -m tests.second_source CHECKOUT

adds the source to the tables of the copy, moves its version, names the tables in its changelog, and
writes anew what is derived. The source is in Turkish, and has no author: its outlet speaks.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from gaza_stabilization.schema.order import natural
from gaza_stabilization.schema.tables import MODELS

from gaza_stabilization.releases.numbers import Bump, read_number
from gaza_stabilization.text import Article, digest
from tests.folder import Folder

SOURCE, OUTLET, SPEAKER, RADIO = (
    "gunluk-marti",
    "gunluk-marti-outlet",
    "ayse-yildiz",
    "liman-radyosu",
)
TEXT = """Liman görüşmeleri

Türkiye’nin Gazze’ye asker göndermesine karşıyım, dedi Ayşe Yıldız.  “Katar arabulucu olsun,” dedi.

Görüşmeler sürüyor.
"""
TABLES = ("actors", "sources", "passages", "statements", "relays", "positions", "relationships")
VERSION_FILE = Path("src", "gaza_stabilization", "_version.py")


def add_second_source(checkout: Path) -> None:
    """Add the source to the tables of a copy of the checkout, with version and changelog."""
    data = Folder(checkout / "data")
    article = Article.of(TEXT)
    for table, rows in _rows(data, article).items():
        header, *old = data.records(table)
        key = [header.index(name) for name in MODELS[table].about.key]
        rows = sorted([*old, *rows], key=lambda row: [natural(row[at]) for at in key])
        data.write(table, [header, *rows])
    _move_version(checkout / VERSION_FILE)
    changelog = checkout / "CHANGELOG.md"
    text = changelog.read_text(encoding="utf-8")
    named = "- A made-up second source: " + ", ".join(f"`{table}`" for table in TABLES) + ".\n"
    if "## [Unreleased]" not in text:
        text = text.replace("\n## [", "\n## [Unreleased]\n\nA second source.\n\n## [", 1)
    head, mark, rest = text.partition("## [Unreleased]\n")
    before, heading, after = rest.partition("\n## [")
    changelog.write_text(f"{head}{mark}{before}\n### Data\n\n{named}{heading}{after}", "utf-8")


def _rows(data: Folder, article: Article) -> dict[str, list[list[str]]]:
    title, quoted, last = article.paragraphs
    first = quoted.index("Yıldız.") + len("Yıldız.")
    said = "Türkiye'nin Gazze'ye asker göndermesine karşıyım"
    quote = '"Katar arabulucu olsun,"'

    def span(paragraph: int, start: int, end: int) -> list[str]:
        text = article.span(paragraph, start, end)
        assert text is not None
        return [str(start), str(end), digest(text)]

    def passage(paragraph: int, sentence: int, start: int, end: int, status: str) -> list[str]:
        place = [SOURCE, str(paragraph), str(sentence), *span(paragraph, start, end), status]
        return [f"{SOURCE}-p{paragraph:02d}-s{sentence}", *place]

    def following(table: str, count: int) -> list[str]:
        letter, number = data.last(table)[0], int(data.last(table)[1:])
        return [f"{letter}{number + step:03d}" for step in range(1, count + 1)]

    against, mediation, own = following("statements", 3)
    at = quoted.index(quote)
    spoken = "indirect", "direct_quote", "author"
    return {
        "actors": [
            [SPEAKER, "Ayşe Yıldız", "person", "TUR", "", "Uydurma bir kişi; made up."],
            [OUTLET, "Günlük Martı", "media", "", "", "Made-up outlet."],
            [RADIO, "Liman Radyosu", "media", "", "", "Made-up radio."],
        ],
        "sources": [
            [SOURCE, "Liman görüşmeleri", "", OUTLET, "2031-02-03", "tr", "news", ""]
            + ["Liman görüşmeleri", "3", article.sha256, "Made up.", "None; made up.", ""]
        ],
        "passages": [
            passage(1, 1, 0, len(title), "heading"),
            passage(2, 1, 0, first, "coded"),
            passage(2, 2, first + 1, len(quoted), "coded"),
            passage(3, 1, 0, len(last), "coded"),
        ],
        "statements": [
            [against, f"{SOURCE}-p02-s1", *span(2, 0, len(said)), SPEAKER, spoken[0], "", "reject"]
            + [
                "interview",
                "2031-02",
                "Yıldız says that she is against Turkish troops.",
                "",
                "high",
            ],
            [mediation, f"{SOURCE}-p02-s2", *span(2, at, at + len(quote)), SPEAKER, spoken[1], ""]
            + [
                "request",
                "interview",
                "",
                "Yıldız wants Qatar to mediate (ğüşöçı).",
                "Katar",
                "high",
            ],
            [
                own,
                f"{SOURCE}-p03-s1",
                *span(3, 0, len(last)),
                OUTLET,
                spoken[2],
                "",
                "assert",
                "",
                "",
            ]
            + ["The outlet, Günlük Martı, says that talks go on.", "", "medium"],
        ],
        "relays": [[mediation, "1", RADIO]],
        "positions": [
            [key, statement, SPEAKER, "", issue, stance, "plain", "", "own", "explicit", "high"]
            for key, statement, issue, stance in zip(
                following("positions", 2),
                (against, mediation),
                ("turkey-troops", "qatar-mediation"),
                ("oppose", "support"),
                strict=True,
            )
        ],
        "relationships": [
            [following("relationships", 1)[0], own, "qatar", "cooperates_with", "turkey", OUTLET]
            + ["actual", "2030", "", "", "The outlet Günlük Martı says that the two talk.", "low"]
        ],
    }


def _move_version(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    match = re.search('VERSION = "([^"]+)"', text)
    number = read_number(match[1]) if match else None
    assert match is not None
    assert number is not None
    coming = number if number.prepared else number.bumped(Bump.minor).preparation
    path.write_text(text.replace(match[1], str(coming)), encoding="utf-8")


def main(checkout: Path) -> int:
    add_second_source(checkout)
    for script in ([".ci/derive.py"], ["validate.py"]):
        status = subprocess.run([sys.executable, *script], cwd=checkout, check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
