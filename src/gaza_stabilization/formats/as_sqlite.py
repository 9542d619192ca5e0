"""An SQLite database: tables with keys, foreign keys and checks, and the views `claims` and `ties`.

Codes stand as text, as in the CSVs; the table `codes` has label, definition and number of each, the
table `codebook` every field. Open it with any SQLite tool (`pragma foreign_keys = on` keeps the
links while you edit), or serve it with Datasette: `datasette *.sqlite --metadata metadata.json`
shows every column with its description. The same data give the same bytes with the same version
of SQLite, which writes its version into the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..reading.frame_text import plain
from ..schema.cells import LIST_SEPARATOR, WholeNumber
from ..schema.models import MODELS, key_column
from ..schema.row_rules import Different, FilledExactlyWhere, FilledOnlyWhere, Less, RowRule
from ..schema.rows import Column, Row, columns
from ..schema.views import VIEWS, View, shown_by
from ..writing import write_files
from .content import CODEBOOK, NAMES, Content, Losses, as_json

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}


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
    write_files(folder, {"metadata.json": as_json(datasette(content))})
    rules = [rule for model in MODELS.values() for rule in model.about.rules if not check(rule)]
    return {"rules within a row that are no CHECK": len(rules)}


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
    parts += [f"CHECK ({test})" for rule in about.rules if (test := check(rule))]
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
    chain, fields = _chain(of), []
    joins = [f"FROM {of.base}", "JOIN statements USING (statement_id)"]
    joins.append("JOIN passages USING (passage_id)")
    for name in (column.name for column in of.columns):
        if table := of.table_of(name):
            fields.append(f"{table}.{name}")
            if table == "relation_types":
                joins.append("JOIN relation_types USING (relation)")
        elif name == "relays":
            ids = f"group_concat(relay_id, '{LIST_SEPARATOR}')"
            fields.append(f"(SELECT {ids} FROM {chain}) AS {name}")
        elif name == "relay_count":
            fields.append(f"(SELECT count(*) FROM {chain}) AS {name}")
        else:
            table, shown = shown_by(name)
            id_ = f"{of.table_of(f'{name}_id')}.{name}_id"
            fields.append(f"{name}_.{shown} AS {name}")
            joins.append(f"LEFT JOIN {table} AS {name}_ ON {name}_.{key_column(table)} = {id_}")
    return f"CREATE VIEW {of.name} AS\nSELECT\n  " + ",\n  ".join(fields) + "\n" + "\n".join(joins)


def _chain(of: View) -> str:
    """The relays between whoever makes a claim and the source, outermost first.

    What the speaker says went through all of them, what a relay says through those outside it, and
    what the author says through none.
    """
    asserter, within = of.table_of("asserted_by_id"), ""
    if asserter:
        within = (
            f" AND ({asserter}.asserted_by_id = statements.speaker_id OR depth < "
            "(SELECT depth FROM relays AS own WHERE own.statement_id = statements.statement_id "
            f"AND own.relay_id = {asserter}.asserted_by_id))"
        )
    return (
        "(SELECT relay_id FROM relays WHERE relays.statement_id = statements.statement_id"
        f"{within} ORDER BY depth)"
    )


def _fill(database: sqlite3.Connection, content: Content) -> None:
    for name, model in MODELS.items():
        _insert(database, name, (row.values() for row in content.rows(name)))
        for column in columns(model):
            codes = column.codes or ()
            cells = [(code.value, code.label, code.definition, code.number) for code in codes]
            _insert(database, "codes", [(name, column.name, *row) for row in cells])
    book = plain(content.frame(CODEBOOK))
    fields = ", ".join(f'"{name}" TEXT' for name in book.columns)
    database.execute(f"CREATE TABLE codebook ({fields})")
    _insert(database, CODEBOOK, book.itertuples(index=False))


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Iterable[object]]) -> None:
    if cells := [tuple(row) for row in rows]:
        marks = ", ".join("?" * len(cells[0]))
        database.executemany(f"INSERT INTO {table} VALUES ({marks})", cells)


def datasette(content: Content) -> dict[str, object]:
    """What Datasette shows of the database, its tables and columns."""
    about, licence = content.about, content.about.licence
    tables = {
        name: {
            "title": content.shape(name).title,
            "columns": {column.name: column.description for column in content.columns(name)},
        }
        for name in NAMES
    }
    terms = {
        "license": licence.title or licence.name,
        "license_url": licence.path,
    }
    return {
        "title": about.title,
        "description": about.description,
        **{key: text for key, text in terms.items() if text},
        "about": about.contributors,
        "databases": {content.stem: {"tables": tables}},
    }
