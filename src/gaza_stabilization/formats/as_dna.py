"""A database that Discourse Network Analyzer 3 opens, with the positions as its statements.

Log in as Admin with the password `gaza-stabilization`. There is one statement a position, with
the number of its id. `person` is the holder, `organization` the principal (empty where the holder
acts for none), `concept` the issue, and `agreement` an integer, the qualifier of networks: -1
oppose, 0 ambivalent, 1 support. What others ascribe to a holder is left out unless `ascribed` is
given; then nothing tells own from ascribed. The texts of sources are no part of the data: each
stands as a mask of its length, a dot for every character of a sentence, in which every statement
lies where it lies in the canonical text. With `source`, a text file or several, the text itself is
written once its digest is checked; do not pass such a database on. The notes of a document say what
its date is worth. Tables and values follow the source code of the program, in which the database
was not opened yet. The same data and options give the same bytes with the same version of SQLite,
which writes its version into the file.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from ..about import PROJECT, Edition
from ..errors import UsageError
from ..schema.actors import Actor
from ..schema.issues import Issue
from ..schema.models import MODELS
from ..schema.positions import Ascription, Position
from ..schema.rows import Row
from ..schema.sources import Source
from .content import CODEBOOK, Content, Losses
from .dna_documents import given_texts, write_documents
from .dna_tables import LONGEST, TABLES, VERSION, Texts, hashed, insert

PASSWORD = PROJECT


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
    "sources": set(Source.model_fields),
    "issues": {"proposition", *_OF_ISSUE.values()},
    "statements": {"start", "end"},
    "positions": {"position_id", "stance", *(variable.column for variable in VARIABLES)},
}
"""The columns of each table that the database has."""
HELD_OF_OWN = {"statements": {"speaker_id"}, "positions": {"ascription"}}
"""Those that go without saying where all positions are own: the holder is the speaker."""


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
    given = given_texts(source, sources)
    texts = Texts()
    with closing(sqlite3.connect(folder / f"{content.stem}.dna", isolation_level=None)) as database:
        for pragma in ("encoding = 'UTF-8'", "page_size = 4096", "foreign_keys = on"):
            database.execute(f"PRAGMA {pragma}")
        database.executescript(f"BEGIN;{TABLES}")
        _settle(database, content.edition)
        places = write_documents(database, content.tables, sources, given, texts)
        entities = _entities(database, content, positions, texts)
        _statements(database, positions, places, entities)
        database.execute("COMMIT")
    return {
        **_left_out(content, positions, ascribed),
        "texts of sources, masked": len(sources) - len(given),
        f"texts cut to {LONGEST} characters": texts.cut,
        "characters beyond the Basic Multilingual Plane, replaced": texts.replaced,
    }


def _settle(database: sqlite3.Connection, edition: Edition) -> None:
    """Write what does not depend on the data: version, coder, variables, attributes."""
    database.execute("INSERT INTO SETTINGS VALUES ('version', ?)", (VERSION,))
    # The salt is fixed, so that two runs give the same bytes; the password is published anyway.
    salt = hashlib.sha256(edition.version.encode()).digest()[:16]
    database.execute(
        "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (1, ?, 255, 255, 0, ?)",
        ("Admin", hashed(PASSWORD, salt)),
    )
    insert(database, "STATEMENTTYPES", [("DNA Statement", 239, 208, 51)])
    insert(database, "VARIABLES", [(variable.name, "short text", 1) for variable in VARIABLES])
    insert(database, "VARIABLES", [("agreement", "integer", 1)], AGREEMENT)
    attributes = [(variable.number, name) for variable in VARIABLES for name in variable.attributes]
    insert(database, "ATTRIBUTEVARIABLES", attributes)


def _entities(
    database: sqlite3.Connection, content: Content, positions: Iterable[Position], texts: Texts
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
            insert(database, "ENTITIES", [(variable.number, name, 0, 0, 0, None)], number)
            for kind, column in enumerate(variable.attributes.values(), kinds + 1):
                value = rows[id_].get(column) if id_ and column else None
                values.append((number, kind, texts.short(str(value or ""))))
        kinds += len(variable.attributes)
    insert(database, "ATTRIBUTEVALUES", values)
    return numbers


def _distinct(names: Mapping[str, str], texts: Texts) -> dict[str, str]:
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
        insert(database, "STATEMENTS", [(1, *places[row.statement_id], 1)], number)
        for variable in VARIABLES:
            entity = entities[variable.number, getattr(row, variable.column)]
            short.append((number, variable.number, entity))
        agreement.append((number, AGREEMENT, row.stance.number))
    insert(database, "DATASHORTTEXT", short)
    insert(database, "DATAINTEGER", agreement)


def _left_out(content: Content, positions: Sequence[Position], ascribed: bool) -> dict[str, int]:
    """Rows and filled cells that the database has not. Flat views have nothing of their own."""
    used: dict[str, set[str | None]] = {
        "actors": {id_ for row in positions for id_ in (row.holder_id, row.principal_id)},
        "issues": {row.issue_id for row in positions},
        "statements": {row.statement_id for row in positions},
        "positions": {row.position_id for row in positions},
    }
    losses: dict[str, int] = {}
    for name, model in MODELS.items():
        rows = content.frame(name)
        if name not in HELD:
            losses[f"rows of {name}"] = len(rows)
            continue
        if name in used:
            here = rows[model.about.key[0]].isin(used[name])
            losses[f"rows of {name} {_ABSENT[name]}"] = int((~here).sum())
            rows = rows[here]
        held = HELD[name] | (set() if ascribed else HELD_OF_OWN.get(name, set()))
        filled = rows[[column for column in rows if column not in held]].notna().sum()
        losses |= {f"cells of {name}.{column}": int(count) for column, count in filled.items()}
    losses["rows of the codebook"] = len(content.frame(CODEBOOK))
    return losses


_ABSENT = {
    "actors": "who are neither holder nor principal here",
    "issues": "on which no position here is",
    "statements": "without a position here",
    "positions": "that are ascribed, unless asked for",
}
"""Which rows of a table are left out."""
