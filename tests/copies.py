"""A valid corpus of any number of made-up sources, for tests and benchmarks of large data.

Each has the outline of the coded article (how many sentences, statements, ties, and how they hang
together), and ids, digests, dates and words of its own, in several scripts.
"""

from __future__ import annotations

import csv
import hashlib
import io
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from gaza_stabilization.schema.models import MODELS, references
from gaza_stabilization.schema.rows import columns

from gaza_stabilization.releases.archive import archived

AUTHOR, SOURCE = "shimon-sherman", "jns-sherman"
IDS = {"statements": "s", "positions": "p", "relationships": "r"}
WORDS = [
    "harbour",
    "council",
    "ferry",
    "pledges",
    "talks",
    "'open'",
    "border,",
    "grain",
    "bridge",
    "(soon)",
    "1987",
    "café",
    "naïve",
    "liman",
    "görüşmesi",
    "İstanbul'da",
    "şöyle",
    "değil",
    "gümrük",
    "порт",
    "переговоры",
    "открыт",
    "завтра",
    "ميناء",
    "مفتوح",
    "غدا",
    "المحادثات",
    "נמל",
    "פתוח",
    "מחר",
    "港口",
    "開放",
    "明天",
    "会談",
    "항구",
    "내일",
    "열린다",
    "λιμάνι",
    "ανοιχτό",
    "αύριο",
]


def write_copies(folder: Path, count: int, seed: int = 0) -> None:
    """Write the tables of a corpus with so many sources."""
    folder.mkdir(parents=True)
    for table in MODELS:
        header, *rows = _released(table)
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            if table == "actors":
                others = [row for row in rows if row[0] != AUTHOR]
                first = [row for row in others if row[0] < "author-"]
                last = others[len(first) :]
                writer.writerows(first)
                writer.writerows(_author(number) for number in range(count))
                writer.writerows(last)
            elif table in ("issues", "relation_types"):
                writer.writerows(rows)
            elif table not in ("coders", "adjudications", "retired_ids"):
                writer.writerows(_copies(table, rows, count, random.Random(seed)))


@cache
def _released(table: str) -> list[list[str]]:
    """The rows of a table of 1.0.0, header first: the outline, which nothing alters any more."""
    text = archived("1.0.0")[f"{table}.csv"].decode()
    return list(csv.reader(io.StringIO(text, newline="")))


def _author(number: int) -> list[str]:
    return [f"author-{number}", f"Author {number}", "person", "", "", "Made up."]


def _copies(
    table: str, rows: list[list[str]], count: int, dice: random.Random
) -> Iterator[list[str]]:
    """The rows of a table for each source in turn."""
    names = [column.name for column in columns(MODELS[table])]
    linked = {column.name for column, target, _ in references(table) if target == "actors"}
    numbers = {name: _numbers(name) for name in IDS}
    for copy in range(count):
        for row in rows:
            cells = dict(zip(names, row, strict=True))
            for name, cell in cells.items():
                if not cell:
                    continue
                if name in linked and cell == AUTHOR:
                    cells[name] = f"author-{copy}"
                elif name in ("source_id", "passage_id"):
                    cells[name] = cell.replace(SOURCE, f"source-{copy}")
                elif name in ("sha256", "text_sha256"):
                    cells[name] = hashlib.sha256(f"{copy} {cell}".encode()).hexdigest()
                elif name in ("summary", "incipit", "key_phrase"):
                    most = 6 if name != "summary" else dice.randint(8, 16)
                    cells[name] = _text(dice, most)
                elif name.endswith("_id") and name[:-3] + "s" in IDS:
                    of = name[:-3] + "s"
                    number = copy * len(numbers[of]) + numbers[of][cell] + 1
                    cells[name] = f"{IDS[of]}{number:03d}"
            yield list(cells.values())


def _numbers(table: str) -> dict[str, int]:
    """The ids of a table by their place."""
    return {row[0]: place for place, row in enumerate(_released(table)[1:])}


def _text(dice: random.Random, most: int) -> str:
    words = dice.choices(WORDS, k=dice.randint(2, most))
    if dice.random() < 0.02:
        words[0] = f'"{words[0]}"'
    return " ".join(words)[:200].strip()
