"""A database that Discourse Network Analyzer 3 opens, with the positions as its statements.

Log in as Admin with the password `gaza-stabilization`. There is one statement a position: statement
57 is position p057. `person` is the holder, `organization` the principal (empty where the holder
acts for none), `concept` the issue, and `agreement` an integer, the qualifier of networks: -1
oppose, 0 ambivalent, 1 support. What others ascribe to a holder is left out unless `ascribed` is
given; then nothing tells own from ascribed. The texts are in copyright: each stands as a mask of
its length, a dot for every character of a sentence, in which every statement lies where it lies in
the canonical text. With `source`, a text file or several, the text itself is written once its
digest is checked; do not pass such a database on. The notes of a document say what its date is
worth. Tables and values follow the source code of the program, in which the database was not opened
yet. The same data and options give the same bytes with the same version of SQLite, which writes its
version into the file.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ..about import PACKAGE, Edition, midnight
from ..errors import UsageError
from ..schema.actors import Actor
from ..schema.edtf import earliest, latest
from ..schema.issues import Issue
from ..schema.passages import Passage
from ..schema.positions import Ascription, Position
from ..schema.rows import Row, columns
from ..schema.sources import Source
from ..schema.statements import Statement
from ..schema.tables import MODELS
from ..text import Article
from .content import Content, Losses
from .dna_tables import TABLES

PASSWORD = PACKAGE
VERSION = "3.0.11"  # That of the program whose tables these are.
LONGEST = 190  # Characters that a short text may have.
MASK, REPLACED = "\N{MIDDLE DOT}", "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Variable:
    """A variable with entities: the column of positions that has it, and what an entity is.

    An entity is a row of `model`; its value is the column `shown`, and each attribute that of
    another column; where that is an empty text, the attribute is left empty.
    """

    number: int
    name: str
    column: str
    model: type[Row]
    shown: str
    attributes: Mapping[str, str]


_OF_ACTOR = {
    "Type": "actor_type",
    "Alias": "",
    "Notes": "description",
    "actor_id": "actor_id",
    "country": "country",
    "wikidata": "wikidata",
}
_OF_ISSUE = {"Type": "measure", "Alias": "", "Notes": "definition", "issue_id": "issue_id"}
VARIABLES = (
    Variable(1, "person", "holder_id", Actor, "name", _OF_ACTOR),
    Variable(2, "organization", "principal_id", Actor, "name", _OF_ACTOR),
    Variable(3, "concept", "issue_id", Issue, "proposition", _OF_ISSUE),
)
AGREEMENT = 4

HELD: dict[str, set[str]] = {
    "actors": {"name", *_OF_ACTOR.values()},
    "sources": {column.name for column in columns(Source)},
    "issues": {"proposition", *_OF_ISSUE.values()},
    "statements": {"start", "end"},
    "positions": {"position_id", "stance", *(variable.column for variable in VARIABLES)},
}
"""The columns of each table that the database has."""
HELD_OF_OWN = {"statements": {"speaker_id"}, "positions": {"ascription"}}
"""Those that go without saying where all positions are own: the holder is the speaker."""


def library() -> None:
    """Nothing is needed beside Python."""


def write(
    content: Content,
    folder: Path,
    source: str | Path | Sequence[str | Path] | None = None,
    ascribed: bool = False,
) -> Losses:
    """Write the database; returns what it cannot hold.

    Raises `UsageError` where a text of `source` cannot be read or is no source's.
    """
    positions = [
        row
        for row in content.tables.typed(Position)
        if ascribed or row.ascription is Ascription.own
    ]
    sources = content.tables.typed(Source)
    given = _given(source, sources)
    texts = _Texts()
    with closing(sqlite3.connect(folder / f"{content.stem}.dna", isolation_level=None)) as database:
        for pragma in ("encoding = 'UTF-8'", "page_size = 4096", "foreign_keys = on"):
            database.execute(f"PRAGMA {pragma}")
        database.executescript(f"BEGIN;{TABLES}")
        _settle(database, content.edition)
        places = _documents(database, content, sources, given, texts)
        entities = _entities(database, content, positions, texts)
        _statements(database, positions, places, entities)
        database.execute("COMMIT")
    found = {
        **_left_out(content, positions, ascribed),
        "texts in copyright, masked": len(sources) - len(given),
        f"texts cut to {LONGEST} characters": texts.cut,
        "characters beyond the Basic Multilingual Plane, replaced": texts.replaced,
        "raw codings, which the data package has": content.raw_codings,
    }
    return {what: count for what, count in found.items() if count}


def hashed(password: str, salt: bytes) -> str:
    """A password as the program keeps it: salt and iterated SHA-256, in base64."""
    digest = salt + unicodedata.normalize("NFC", password).encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


@dataclass
class _Texts:
    """Texts as the program takes them, with a count of what was done to them."""

    cut: int = 0
    replaced: int = 0

    def whole(self, text: str) -> str:
        """A text of which every character is one unit of UTF-16, by which the editor counts."""
        plain = "".join(letter if ord(letter) <= 0xFFFF else REPLACED for letter in text)
        self.replaced += plain.count(REPLACED) - text.count(REPLACED)
        return plain

    def short(self, text: str) -> str:
        """A text that is not too long; one that is cut ends in an ellipsis."""
        text = self.whole(text)
        if len(text) <= LONGEST:
            return text
        self.cut += 1
        return text[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _given(
    source: str | Path | Sequence[str | Path] | None, sources: Iterable[Source]
) -> dict[str, tuple[str, ...]]:
    """The paragraphs of the texts that were given, by the source whose digest each has."""
    paths = [source] if isinstance(source, (str, Path)) else source or ()
    known = {row.text_sha256: row.source_id for row in sources}
    found = {}
    for path in paths:
        article = Article.read(path)
        if article.sha256 not in known:
            raise UsageError(
                f"the text in {path} is that of no source: no text_sha256 in sources is "
                f"{article.sha256}; give the very text that was coded, one paragraph a line, or "
                "leave it out for a mask"
            )
        found[known[article.sha256]] = article.paragraphs
    return found


def _masked(source: Source, passages: Iterable[Passage]) -> tuple[str, ...]:
    """The paragraphs of a source, masked, each in its own length.

    Between two sentences is a space; where spaces lie within a sentence, no table says.
    """
    found = [""] * source.paragraphs
    for row in passages:
        if row.source_id == source.source_id:
            before = found[row.paragraph - 1].ljust(row.start)
            found[row.paragraph - 1] = before + MASK * (row.end - row.start)
    return tuple(found)


def _insert(
    database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]], first: int = 1
) -> None:
    """Insert rows, numbered in their order: the number is the first column of every table."""
    for number, cells in enumerate(rows, first):
        marks = ", ?" * len(cells)
        database.execute(f"INSERT INTO {table} VALUES (?{marks})", (number, *cells))


def _settle(database: sqlite3.Connection, edition: Edition) -> None:
    """Write what does not depend on the data: version, coder, variables, attributes."""
    database.execute("INSERT INTO SETTINGS VALUES ('version', ?)", (VERSION,))
    # The salt is fixed, so that two runs give the same bytes; the password is published anyway.
    salt = hashlib.sha256(edition.version.encode()).digest()[:16]
    database.execute(
        "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (1, ?, 255, 255, 0, ?)",
        ("Admin", hashed(PASSWORD, salt)),
    )
    _insert(database, "STATEMENTTYPES", [("DNA Statement", 239, 208, 51)])
    _insert(database, "VARIABLES", [(variable.name, "short text", 1) for variable in VARIABLES])
    _insert(database, "VARIABLES", [("agreement", "integer", 1)], AGREEMENT)
    attributes = [(variable.number, name) for variable in VARIABLES for name in variable.attributes]
    _insert(database, "ATTRIBUTEVARIABLES", attributes)


def _documents(
    database: sqlite3.Connection,
    content: Content,
    sources: Iterable[Source],
    given: Mapping[str, tuple[str, ...]],
    texts: _Texts,
) -> dict[str, tuple[int, int, int]]:
    """Write the sources; returns document, start and stop of every statement."""
    names = {row.actor_id: row.name for row in content.tables.typed(Actor)}
    passages = content.tables.typed(Passage)
    places: dict[tuple[str, int], tuple[int, int]] = {}
    for number, source in enumerate(sources, 1):
        paragraphs = given.get(source.source_id) or _masked(source, passages)
        start = 0
        for paragraph, text in enumerate(paragraphs, 1):
            places[source.source_id, paragraph] = number, start
            start += len(text) + len("\n")
        date, worth = _date(source.published)
        notes = [worth, _REAL if source.source_id in given else _MASKED]
        notes += [f"{column}: {value}" for column, value in source if value is not None]
        cells = {
            "Title": texts.short(source.title or source.source_id),
            "Text": texts.whole("\n".join(paragraphs)),
            "Coder": 1,
            "Author": texts.short(names[source.author_id] if source.author_id else ""),
            "Source": texts.short(names[source.outlet_id]),
            "Section": "",
            "Notes": texts.whole("\n".join(notes)),
            "Type": source.genre.value,
            "Date": date,
        }
        _insert(database, "DOCUMENTS", [tuple(cells.values())], number)
    sentences = {row.passage_id: (row.source_id, row.paragraph) for row in passages}
    found = {}
    for row in content.tables.typed(Statement):
        document, start = places[sentences[row.passage_id]]
        found[row.statement_id] = document, start + row.start, start + row.end
    return found


_REAL = (
    "The text was given and stands here in canonical form, whatever rights says of the tables; do "
    "not pass this database on."
)
_MASKED = "The text is in copyright and not included; a mask of the same length stands for it."


def _date(published: str | None) -> tuple[int, str]:
    """The earliest moment at which a source was published, and what it is worth, in words."""
    if published is None:
        return 0, "Date is only a lower bound, the epoch: when the text was published is not known."
    day = earliest(published)
    moment = midnight(day.isoformat()) - dt.datetime.fromtimestamp(0, dt.UTC)
    worth = (
        "Date is the day of publication; its time of day is not known."
        if latest(published) == day
        else f"Date is only a lower bound: the text was published {published} (EDTF)."
    )
    return int(moment.total_seconds()), worth


def _entities(
    database: sqlite3.Connection, content: Content, positions: Iterable[Position], texts: _Texts
) -> dict[tuple[int, str | None], int]:
    """Write persons, organizations and concepts of positions, each with its attributes.

    Returns their numbers, by variable and id; None is the entity without a name that every
    variable has.
    """
    numbers: dict[tuple[int, str | None], int] = {}
    values: list[tuple[object, ...]] = []
    kinds = 0
    for variable in VARIABLES:
        (key,) = variable.model.about.key
        used = {getattr(row, variable.column) for row in positions}
        rows = {
            cells[key]: cells
            for cells in map(dict, content.tables.typed(variable.model))
            if cells[key] in used
        }
        names = _distinct({id_: str(cells[variable.shown]) for id_, cells in rows.items()}, texts)
        for id_ in (None, *rows):
            numbers[variable.number, id_] = number = len(numbers) + 1
            name = "" if id_ is None else names[id_]
            _insert(database, "ENTITIES", [(variable.number, name, 0, 0, 0, None)], number)
            for kind, column in enumerate(variable.attributes.values(), kinds + 1):
                value = rows[id_].get(column) if id_ and column else None
                values.append((number, kind, texts.short(str(value or ""))))
        kinds += len(variable.attributes)
    _insert(database, "ATTRIBUTEVALUES", values)
    return numbers


def _distinct(names: Mapping[str, str], texts: _Texts) -> dict[str, str]:
    """Names as the program takes them; where two are the same, the id stands before each."""
    short = {id_: texts.short(name) for id_, name in names.items()}
    count = Counter(short.values())
    return {
        id_: name if count[name] == 1 else texts.short(f"{id_}: {names[id_]}")
        for id_, name in short.items()
    }


def _statements(
    database: sqlite3.Connection,
    positions: Iterable[Position],
    places: Mapping[str, tuple[int, int, int]],
    entities: Mapping[tuple[int, str | None], int],
) -> None:
    """Write the positions as statements, with a value for every variable."""
    short: list[tuple[object, ...]] = []
    agreement: list[tuple[object, ...]] = []
    known: dict[int, str] = {}
    for row in positions:
        number = int(row.position_id.removeprefix("p"))
        if number in known:
            raise UsageError(
                f"{known[number]} and {row.position_id} have the same number, and a statement of "
                "Discourse Network Analyzer has nothing else as its id; give one a new id"
            )
        known[number] = row.position_id
        _insert(database, "STATEMENTS", [(1, *places[row.statement_id], 1)], number)
        for variable in VARIABLES:
            entity = entities[variable.number, getattr(row, variable.column)]
            short.append((number, variable.number, entity))
        agreement.append((number, AGREEMENT, row.stance.number))
    _insert(database, "DATASHORTTEXT", short)
    _insert(database, "DATAINTEGER", agreement)


def _left_out(content: Content, positions: Sequence[Position], ascribed: bool) -> dict[str, int]:
    """Rows and filled cells that the database has not. Flat views have nothing of their own."""
    used: dict[str, set[str | None]] = {
        "actors": {id_ for row in positions for id_ in (row.holder_id, row.principal_id)},
        "issues": {row.issue_id for row in positions},
        "statements": {row.statement_id for row in positions},
        "positions": {row.position_id for row in positions},
    }
    found: dict[str, int] = {}
    for name, model in MODELS.items():
        rows = content.frame(name)
        if name not in HELD:
            found[f"rows of {name}"] = len(rows)
            continue
        if name in used:
            there = rows[model.about.key[0]].isin(used[name])
            found[f"rows of {name} {_ABSENT[name]}"] = int((~there).sum())
            rows = rows[there]
        held = HELD[name] | (set() if ascribed else HELD_OF_OWN.get(name, set()))
        for column in columns(model):
            if column.name not in held:
                found[f"cells of {name}.{column.name}"] = int(rows[column.name].notna().sum())
    found["rows of the codebook"] = len(content.codebook())
    return found


_ABSENT = {
    "actors": "who are neither holder nor principal here",
    "issues": "on which no position here is",
    "statements": "without a position here",
    "positions": "that are ascribed, unless asked for",
}
"""Which rows of a table are left out."""
