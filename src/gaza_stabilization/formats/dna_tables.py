"""What a database of Discourse Network Analyzer 3 is, as the program expects it: tables and texts.

The tables are spelled as the program makes them itself.
"""

from __future__ import annotations

import base64
import hashlib
import sqlite3
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

VERSION = "3.0.11"  # That of the program whose tables these are.
LONGEST = 190  # Characters that a short text may have.
REPLACED = "\N{REPLACEMENT CHARACTER}"


@dataclass
class Texts:
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


def hashed(password: str, salt: bytes) -> str:
    """A password as the program keeps it: salt and iterated SHA-256, in base64."""
    digest = salt + unicodedata.normalize("NFC", password).encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def insert(
    database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]], first: int = 1
) -> None:
    """Insert rows, numbered in their order: the number is the first column of every table."""
    for number, cells in enumerate(rows, first):
        marks = ", ?" * len(cells)
        database.execute(f"INSERT INTO {table} VALUES (?{marks})", (number, *cells))


def _short(name: str, default: str = " DEFAULT ''") -> str:
    return f"{name} TEXT NOT NULL{default} CHECK (LENGTH({name}) < {LONGEST + 1})"


def _flag(name: str, default: int) -> str:
    return f"{name} INTEGER NOT NULL CHECK ({name} BETWEEN 0 AND 1) DEFAULT {default}"


def _link(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


_COLOUR = ", ".join(
    f"{name} INTEGER NOT NULL DEFAULT 0 CHECK ({name} BETWEEN 0 AND 255)"
    for name in ("Red", "Green", "Blue")
)
_PERMISSIONS = ", ".join(
    _flag(f"Permission{name}", 1)
    for name in (
        *("AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments"),
        *("AddStatements", "EditStatements", "DeleteStatements", "EditAttributes", "EditRegex"),
        *("EditStatementTypes", "EditCoders", "EditCoderRelations", "ViewOthersDocuments"),
        *("EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements"),
    )
)
_RELATIONS = ", ".join(
    f"{name} INTEGER NOT NULL DEFAULT 1 CHECK({name} BETWEEN 0 AND 1)"
    for name in ("viewStatements", "editStatements", "viewDocuments", "editDocuments")
)


def _data(kind: str, value: str, *links: str) -> str:
    """The table of the values of variables of a kind."""
    own = [_link("StatementId", "STATEMENTS"), _link("VariableId", "VARIABLES"), *links]
    return f"""CREATE TABLE DATA{kind}(ID INTEGER PRIMARY KEY NOT NULL,
  StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL, {value}, {", ".join(own)},
  UNIQUE (StatementId, VariableId));"""


TABLES = f"""
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, {_short("Name", "")}, {_COLOUR},
  Refresh INTEGER NOT NULL CHECK (Refresh BETWEEN 0 AND 9999) DEFAULT 0,
  FontSize INTEGER NOT NULL CHECK (FontSize BETWEEN 1 AND 99) DEFAULT 14,
  {_short("Password", "")},
  PopupWidth INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) DEFAULT 300,
  {_flag("ColorByCoder", 0)}, {_flag("PopupDecoration", 0)}, {_flag("PopupAutoComplete", 1)},
  {_PERMISSIONS});
CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, {_short("Title", "")},
  Text TEXT NOT NULL, Coder INTEGER, {_short("Author")}, {_short("Source")}, {_short("Section")},
  Notes TEXT NOT NULL DEFAULT '', {_short("Type")}, Date INTEGER NOT NULL,
  {_link("Coder", "CODERS")});
CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, {_short("Label", "")}, {_COLOUR});
CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, {_short("Variable", "")},
  DataType TEXT NOT NULL CHECK (DataType = 'boolean' OR DataType = 'integer' OR
    DataType = 'long text' OR DataType = 'short text') DEFAULT 'short text',
  StatementTypeId INTEGER, {_link("StatementTypeId", "STATEMENTTYPES")},
  UNIQUE (Variable, StatementTypeId));
CREATE TABLE VARIABLELINKS(ID INTEGER NOT NULL PRIMARY KEY,
  SourceVariableId INTEGER, TargetVariableId INTEGER,
  CHECK (TargetVariableId != SourceVariableId),
  {_link("SourceVariableId", "VARIABLES")}, {_link("TargetVariableId", "VARIABLES")});
CREATE TABLE REGEXES(Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191), {_COLOUR});
CREATE TABLE CODERRELATIONS(ID INTEGER NOT NULL PRIMARY KEY,
  Coder INTEGER CHECK(Coder > 0), OtherCoder INTEGER CHECK(OtherCoder > 0), {_RELATIONS},
  CHECK (Coder != OtherCoder), {_link("Coder", "CODERS")}, {_link("OtherCoder", "CODERS")});
CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY,
  StatementTypeId INTEGER, DocumentId INTEGER,
  Start INTEGER NOT NULL CHECK(Start >= 0), Stop INTEGER NOT NULL CHECK(Stop >= 0),
  Coder INTEGER, CHECK (Start < Stop), {_link("StatementTypeId", "STATEMENTTYPES")},
  {_link("Coder", "CODERS")}, {_link("DocumentId", "DOCUMENTS")});
{_data("BOOLEAN", "Value INTEGER NOT NULL DEFAULT 1")}
{_data("INTEGER", "Value INTEGER NOT NULL DEFAULT 0")}
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL,
  {_short("Value")}, Red INTEGER CHECK (Red BETWEEN 0 AND 255),
  Green INTEGER CHECK (Green BETWEEN 0 AND 255), Blue INTEGER CHECK (Blue BETWEEN 0 AND 255),
  ChildOf INTEGER CHECK(ChildOf > 0), UNIQUE (VariableId, Value),
  {_link("ChildOf", "ENTITIES")}, {_link("VariableId", "VARIABLES")});
{_data("SHORTTEXT", "Entity INTEGER NOT NULL", _link("Entity", "ENTITIES"))}
{_data("LONGTEXT", "Value TEXT DEFAULT ''")}
CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL,
  {_short("AttributeVariable", "")}, UNIQUE(VariableId, AttributeVariable),
  {_link("VariableId", "VARIABLES")});
CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY NOT NULL,
  EntityId INTEGER NOT NULL, AttributeVariableId INTEGER NOT NULL, {_short("AttributeValue")},
  UNIQUE (EntityId, AttributeVariableId), {_link("EntityId", "ENTITIES")},
  {_link("AttributeVariableId", "ATTRIBUTEVARIABLES")});
"""
"""The tables of the program, as it makes them itself."""
