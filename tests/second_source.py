"""A made-up second source, added to the data of a copy of the checkout: nothing needs there be one.

    python -m tests.second_source CHECKOUT

It has an outlet, an author and a language of its own. After it the data validate there, and
the test suite passes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.order import natural

from gaza_stabilization import validate
from gaza_stabilization.text import Article, digest
from tests.folder import Folder
from tests.project import Project

SOURCE = "akis-isik"
TEXT = """\
Gazze için ortak fon

Çağrı Işık
Nordya Dışişleri Bakanı İpek Gündüz 3 Mart 2025’te “Türkiye, Gazze’nin yeniden inşasına katılmalı” dedi. Toplantı iki saat sürdü.
Bir Südya yetkilisi, Poyraz Ajansı’na Katar’ın arabuluculuğuna ateşkes sürdükçe karşı çıkmayacaklarını söyledi.
Nordya iki yıldır Südya’ya para gönderiyor, bu ise Hamas’ı zayıflatmıyor. Köprünün parasını da ödemek istiyor.
"""  # noqa: E501
UNRELEASED = "## [Unreleased]\n"


def add_second_source(checkout: Path) -> None:
    """Add the source to `checkout`/data, move the version, and write what is derived anew."""
    project = Project(Folder(checkout / "data"))
    tables = second_source(project.data)
    for table, rows in tables.items():
        _, *before = project.data.records(table)
        key = len(MODELS[table].about.key)
        rows = sorted([*before, *rows], key=lambda row: [natural(cell) for cell in row[:key]])
        project.data.write(table, [list(MODELS[table].model_fields), *rows])
    if UNRELEASED not in project.changelog.read_text(encoding="utf-8"):
        project.say(UNRELEASED)
    names = ", ".join(f"`{table}`" for table in tables)
    said = f"{UNRELEASED}\nA second source, which is made up: rows of {names}.\n"
    project.reword(UNRELEASED, said)
    for problem in validate(project.data.path, levels=[4]):
        if problem.rule == "version":
            project.set_version(problem.expected or "")
    environment = os.environ | {"PYTHONPATH": str(checkout.resolve() / "src")}
    for script in (".ci/derive.py", "validate.py"):
        subprocess.run([sys.executable, script], cwd=checkout, env=environment, check=True)


def second_source(data: Folder) -> dict[str, list[list[str]]]:
    """The rows of the source by table, with ids that come after those of `data`."""
    text = Article.of(TEXT)
    quote = '"Türkiye, Gazze\'nin yeniden inşasına katılmalı"'
    speech, relayed, voice = text.paragraphs[2:5]
    first, s1, s2, s3, s4 = _sentence(speech), *_ids(data, "statements", 4)
    p1, p2, p3 = _ids(data, "positions", 3)
    r1, r2, r3, r4 = _ids(data, "relationships", 4)
    minister, official, author = "ipek-gunduz", "unnamed-sudland-official-1", "cagri-isik"
    content = "Katar'ın arabuluculuğuna ateşkes sürdükçe karşı çıkmayacaklarını"
    passages = [
        (1, 1, text.paragraphs[0], "heading"),
        (2, 1, text.paragraphs[1], "byline"),
        (3, 1, first, "coded"),
        (3, 2, speech.removeprefix(f"{first} "), "scene_setting"),
        (4, 1, relayed, "coded"),
        (5, 1, _sentence(voice), "coded"),
        (5, 2, voice.removeprefix(f"{_sentence(voice)} "), "coded"),
    ]

    def place(paragraph: int, words: str) -> list[str]:
        start = text.paragraphs[paragraph - 1].index(words)
        return [str(start), str(start + len(words)), digest(words)]

    def passage(paragraph: int, sentence: int) -> str:
        return f"{SOURCE}-p{paragraph:02d}-s{sentence}"

    return {
        "actors": [
            ["akis", "Akış Gazetesi", "media", "", "", "Made-up newspaper."],
            [author, "Çağrı Işık", "person", "", "", "Made-up author, named in the byline."],
            [minister, "İpek Gündüz", "person", "", "", "Made-up foreign minister."],
            ["norland", "Norland", "state", "", "", "Made-up state; Nordya in the source."],
            ["poyraz-agency", "Poyraz Ajansı", "media", "", "", "Made-up news agency."],
            ["sudland", "Sudland", "state", "", "", "Made-up state; Südya in the source."],
            [official, "Unnamed Sudland official (1)", "person", "", "", "Made-up official."],
        ],
        "sources": [
            [SOURCE, text.paragraphs[0], author, "akis", "2025-03-04", "tr", "news"]
            + ["https://example.org/ortak-fon", text.paragraphs[0], str(len(text.paragraphs))]
            + [text.sha256, "Made up.", "None; made up.", ""],
        ],
        "passages": [
            [passage(number, sentence), SOURCE, str(number), str(sentence)]
            + [*place(number, words), status]
            for number, sentence, words, status in passages
        ],
        "issues": [
            ["norland-bridge", "", "norland", "finance", "Norland should pay for the bridge"]
            + ["Money of Norland for a bridge; nothing to do with any other place."],
        ],
        "statements": [
            [s1, passage(3, 1), *place(3, quote), minister, "direct_quote", "", "request"]
            + ["unspecified", "2025-03-03", "Gündüz asks Turkey to help to rebuild “Gazze”."]
            + ["yeniden inşasına katılmalı", "high"],
            [s2, passage(4, 1), *place(4, content), official, "indirect", "", "endorse"]
            + ["interview", "", "An official of Sudland says that it accepts mediation.", ""]
            + ["medium"],
            [s3, passage(5, 1), *place(5, _sentence(voice)[:-1]), author, "author", "", "assert"]
            + ["", "", "Işık says that Norland gives money, which does not weaken Hamas.", ""]
            + ["high"],
            [s4, passage(5, 2), *place(5, passages[-1][2][:-1]), author, "author", "", "assert"]
            + ["", "", "Işık says that Norland wants to pay for the bridge (köprü).", "", "high"],
        ],
        "relays": [[s2, "1", "poyraz-agency"]],
        "positions": [
            [p1, s1, minister, "norland", "turkey-reconstruction", "support", "plain", ""]
            + ["own", "explicit", "high"],
            [p2, s2, official, "sudland", "qatar-mediation", "support", "reserved"]
            + ["as long as the “ateşkes” holds", "own", "explicit", "medium"],
            [p3, s4, "norland", "norland", "norland-bridge", "support", "plain", ""]
            + ["ascribed", "explicit", "high"],
        ],
        "relationships": [
            [r1, s1, minister, "holds_office_in", "norland", author, "actual", "", "", ""]
            + ["Işık says that Gündüz is foreign minister of Norland.", "high"],
            [r2, s2, official, "holds_office_in", "sudland", "poyraz-agency", "actual", "", "", ""]
            + ["Poyraz Ajansı says that an official of Sudland spoke.", "high"],
            [r3, s3, "norland", "funds", "sudland", author, "actual", "2023", "", ""]
            + ["Işık says that Norland has sent money to Sudland for two years.", "high"],
            [r4, s3, "norland", "weakens", "hamas", author, "denied", "", "", ""]
            + ["Işık says that the money does not weaken Hamas.", "medium"],
        ],
    }


def _ids(data: Folder, table: str, count: int) -> list[str]:
    """New ids of a table, after all that it has and all that were retired."""
    _, *rows = data.records(table)
    letter = rows[0][0][0]
    used = [row[0] for name in (table, "retired_ids") for row in data.records(name)[1:]]
    last = max(int(id_[1:]) for id_ in used if re.fullmatch(rf"{letter}\d+", id_))
    return [f"{letter}{last + number:03d}" for number in range(1, count + 1)]


def _sentence(paragraph: str) -> str:
    """The first sentence of a paragraph."""
    return paragraph[: paragraph.index(". ") + 1]


if __name__ == "__main__":
    add_second_source(Path(sys.argv[1]))
