"""An SQLite database: tables with keys, foreign keys and checks, and the views `claims` and `ties`.

Codes stand as text, as in the CSVs; the table `codes` has label, definition and number of each, the
table `codebook` every field. Open it with any SQLite tool (`pragma foreign_keys = on` keeps the
links while you edit), or serve it with Datasette: `datasette *.sqlite --metadata metadata.json`
shows every column with its description. The same data give the same bytes with the same version
of SQLite, which writes its version into the file.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ..reading.frame_text import plain
from ..schema.cells import LIST_SEPARATOR, WholeNumber
from ..schema.row_rules import Different, FilledExactlyWhere, FilledOnlyWhere, Less, RowRule
from ..schema.rows import Column, Row, columns
from ..schema.tables import MODELS, key_column
from ..schema.views import VIEWS, View
from .content import Content, Losses

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}


def library() -> None:
    """Nothing is needed beside Python."""


def write(content: Content, folder: Path) -> Losses:
    """Write the database and metadata for Datasette; returns what it cannot hold."""
    path = folder / f"{content.stem}.sqlite"
    with sqlite3.connect(path, isolation_level=None) as database:
        database.execute("pragma foreign_keys = on")
        database.execute("begin")
        for statement in statements():
            database.execute(statement)
        _fill(database, content)
        database.execute("commit")
        database.execute("vacuum")
    database.close()
    metadata = json.dumps(datasette(content), ensure_ascii=False, indent=2) + "\n"
    (folder / "metadata.json").write_text(metadata, encoding="utf-8", newline="\n")
    unchecked = [rule for model in MODELS.values() for rule in model.about.rules if not check(rule)]
    return {
        "rules within a row that are no CHECK": len(unchecked),
        "raw codings, which the data package has": content.raw_codings,
    }


def statements() -> Iterator[str]:
    """The statements that make tables, indexes and views, in order."""
    for model in MODELS.values():
        yield create(model)
        for column in columns(model):
            if column.references:
                name = f"{model.about.name}_{column.name}"
                yield f"CREATE INDEX {name} ON {model.about.name} ({column.name})"
    yield (
        'CREATE TABLE codes ("table" TEXT NOT NULL, field TEXT NOT NULL, code TEXT NOT NULL, '
        "label TEXT NOT NULL, definition TEXT NOT NULL, number INTEGER NOT NULL, "
        'PRIMARY KEY ("table", field, code), UNIQUE ("table", field, number))'
    )
    yield from map(view, VIEWS.values())


def create(model: type[Row]) -> str:
    """The statement that makes a table, with all that SQLite can check of it."""
    about = model.about
    parts = [_column(column) for column in columns(model)]
    parts.append(f"PRIMARY KEY ({', '.join(about.key)})")
    parts += [f"UNIQUE ({', '.join(names)})" for names in about.unique.values()]
    parts += [
        f"FOREIGN KEY ({column.name}) REFERENCES {column.references} "
        f"({key_column(column.references)}) DEFERRABLE INITIALLY DEFERRED"
        for column in columns(model)
        if column.references
    ]
    parts += [f"CHECK ({found})" for rule in about.rules if (found := check(rule))]
    return f"CREATE TABLE {about.name} (\n  " + ",\n  ".join(parts) + "\n)"


def _column(column: Column) -> str:
    name = column.name
    parts = [f"{name} {_TYPES.get(column.datatype, 'TEXT')}"]
    if column.required:
        parts.append("NOT NULL")
    if column.datatype == "code" and column.codes:
        known = ", ".join(f"'{code.value}'" for code in column.codes)
        parts.append(f"CHECK ({name} IN ({known}))")
    if column.datatype == "boolean":
        parts.append(f"CHECK ({name} IN (0, 1))")
    if isinstance(column.kind, WholeNumber):
        parts.append(f"CHECK (typeof({name}) = 'integer' AND {name} >= {column.kind.minimum})")
    return " ".join(parts)


def check(rule: RowRule) -> str:
    """A rule within a row in SQL; empty where SQLite has no short way to say it."""
    if isinstance(rule, Less):
        return f"{rule.low} < {rule.high}"
    if isinstance(rule, Different):
        return f"{rule.column} IS NULL OR {rule.column} <> {rule.other}"
    if isinstance(rule, FilledOnlyWhere):
        values = ", ".join(f"'{value}'" for value in rule.values)
        filled = f"{rule.column} IS NOT NULL"
        if isinstance(rule, FilledExactlyWhere):
            return f"({filled}) = ({rule.where} IN ({values}))"
        return f"NOT ({filled}) OR {rule.where} IN ({values})"
    return ""


def view(of: View) -> str:
    """The statement that makes a flat view, with the columns of the CSV of that name."""
    base = MODELS[of.base]
    own = {column.name for column in columns(base)}
    said = {column.name for column in columns(MODELS["statements"])}
    chain = _chain("asserted_by_id" in own)
    fields, joins = [], []
    for column in of.columns:
        name = column.name
        if name in own:
            fields.append(f"base.{name}")
        elif name in said:
            fields.append(f"said.{name}")
        elif name == "source_id":
            fields.append("place.source_id")
        elif name == "relation_class":
            fields.append("kind.relation_class")
            joins.append("JOIN relation_types AS kind ON kind.relation = base.relation")
        elif name == "relays":
            fields.append(
                f"(SELECT group_concat(relay_id, '{LIST_SEPARATOR}') FROM {chain}) AS {name}"
            )
        elif name == "relay_count":
            fields.append(f"(SELECT count(*) FROM {chain}) AS {name}")
        else:
            table, shown = ("issues", "proposition") if name == "issue" else ("actors", "name")
            role = f"{'base' if f'{name}_id' in own else 'said'}.{name}_id"
            fields.append(f"{name}_.{shown} AS {name}")
            joins.append(f"LEFT JOIN {table} AS {name}_ ON {name}_.{key_column(table)} = {role}")
    return (
        f"CREATE VIEW {of.name} AS\nSELECT\n  "
        + ",\n  ".join(fields)
        + f"\nFROM {of.base} AS base\n"
        "JOIN statements AS said ON said.statement_id = base.statement_id\n"
        "JOIN passages AS place ON place.passage_id = said.passage_id\n" + "\n".join(joins)
    )


def _chain(has_asserter: bool) -> str:
    """The relays between whoever makes a claim and the source, outermost first.

    What the speaker says went through all of them, what a relay says through those outside it, and
    what the author says through none.
    """
    within = (
        " AND (base.asserted_by_id = said.speaker_id OR depth < (SELECT depth FROM relays AS own "
        "WHERE own.statement_id = said.statement_id AND own.relay_id = base.asserted_by_id))"
        if has_asserter
        else ""
    )
    return (
        "(SELECT relay_id FROM relays WHERE relays.statement_id = said.statement_id"
        f"{within} ORDER BY depth)"
    )


def _fill(database: sqlite3.Connection, content: Content) -> None:
    for name, model in MODELS.items():
        names = [column.name for column in columns(model)]
        marks = ", ".join("?" * len(names))
        rows = content.frame(name).astype(object)
        cells = rows.where(rows.notna(), None).itertuples(index=False)
        values = [[_value(cell) for cell in row] for row in cells]
        database.executemany(f"INSERT INTO {name} ({', '.join(names)}) VALUES ({marks})", values)
        for column in columns(model):
            database.executemany(
                "INSERT INTO codes VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (name, column.name, code.value, code.label, code.definition, code.number)
                    for code in column.codes or []
                ],
            )
    book = plain(content.codebook())
    fields = ", ".join(f'"{name}" TEXT' for name in book.columns)
    database.execute(f"CREATE TABLE codebook ({fields})")
    marks = ", ".join("?" * len(book.columns))
    database.executemany(f"INSERT INTO codebook VALUES ({marks})", book.itertuples(index=False))


def _value(cell: object) -> object:
    """A cell as SQLite stores it: numbers as numbers, truth as 0 or 1, codes as text."""
    if cell is None or isinstance(cell, bool):
        return cell if cell is None else int(cell)
    return int(cell) if isinstance(cell, int) else str(cell)


def datasette(content: Content) -> dict[str, object]:
    """What Datasette shows of the database, its tables and columns."""
    tables = {
        name: {
            "title": content.title(name),
            "columns": {column.name: column.description for column in content.columns(name)},
        }
        for name in content.names
    }
    return {
        "title": content.about.title,
        "description": content.about.description,
        "license": content.about.licence.title,
        "license_url": content.about.licence.path,
        "about": content.about.contributors,
        "databases": {content.stem: {"tables": tables}},
    }
