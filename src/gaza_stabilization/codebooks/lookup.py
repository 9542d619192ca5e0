"""The codebook as answers: all fields as a frame, one name described, a word looked up."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import UnknownNameError, UsageError, look_up
from ..reliability.figures import in_words
from ..schema.actors import Actor
from ..schema.cells import LIST_SEPARATOR
from ..schema.issues import Issue
from ..schema.relation_types import RelationType
from ..schema.rows import Column, Row, columns, definition
from ..schema.tables import MODELS, key_column
from ..schema.views import VIEWS
from .book import counts_of, models_in

if TYPE_CHECKING:
    import pandas as pd

    from ..tables.folder import Tables


def fields_of(name: str) -> tuple[Column, ...]:
    """The columns of a table or flat view. Raises `UnknownNameError` where there is none."""
    of_tables = {table: columns(model) for table, model in MODELS.items()}
    of_views = {view: VIEWS[view].columns for view in VIEWS}
    return look_up("table", name, of_tables | of_views)


def codebook_of(tables: Tables, table: str | None = None) -> pd.DataFrame:
    """The codebook: one row a field of a table, or of all tables and flat views without a name."""
    import pandas as pd

    names = [*models_in(tables), *VIEWS] if table is None else [table]
    records = [_record(column, tables) for name in names for column in fields_of(name)]
    frame = pd.DataFrame(records).astype("string").replace("", pd.NA)
    frame["required"] = frame["required"].map({"True": True, "False": False}).astype("boolean")
    return frame


def _record(column: Column, tables: Tables) -> dict[str, Any]:
    target = column.references
    codes = [f"{code}: {code.label} - {code.definition}" for code in column.codes or []]
    return {
        "table": column.table,
        "field": column.name,
        "type": column.datatype,
        "required": column.required,
        "description": column.description,
        "expected": column.expected,
        "codes": "\n".join(codes),
        "references": f"{target}.{key_column(target)}" if target else "",
        "agreement": in_words(tables, column.table, column.name),
        "example": column.example,
        "since": column.since,
    }


def describe_in(tables: Tables, name: str) -> str:
    """A table, a field, a code or an id in words. Raises `UnknownNameError`."""
    models = models_in(tables)
    table, dot, field = name.partition(".")
    if dot and table in (*models, *VIEWS):
        field, sign, code = field.partition("=")
        column = look_up(f"field of {table}", field, {one.name: one for one in fields_of(table)})
        if not sign:
            return _field_text(column, tables)
        codes = {entry.value: entry for entry in column.codes or []}
        entry = look_up(f"code of {table}.{field}", code, codes)
        return f"{name}: {entry.label}\n{entry.definition}"
    if name in (*models, *VIEWS):
        return _table_text(name, tables)
    rows = {id_: row for model in models.values() for id_, row in _by_id(model, tables)}
    if name not in rows:
        raise UnknownNameError("table, field or id", name, [*models, *VIEWS, *rows])
    return _row_text(name, rows[name])


def find_in(tables: Tables, words: str) -> pd.DataFrame:
    """What the codebook says of some words. Raises `UsageError` where no word is given."""
    import pandas as pd

    wanted = str(words).lower().split()
    if not wanted:
        raise UsageError("no words to look for were given")
    hits = [
        entry
        for entry in _entries(tables)
        if all(word in " ".join(entry).lower() for word in wanted)
    ]
    return pd.DataFrame(hits, columns=["kind", "id", "label", "text"], dtype="string")


def _entries(tables: Tables) -> Iterator[tuple[str, str, str, str]]:
    models = models_in(tables)
    for name, model in models.items():
        yield "table", name, model.about.title, definition(model)
    for name, view in VIEWS.items():
        yield "table", name, view.title, view.definition
    for name in (*models, *VIEWS):
        for column in fields_of(name):
            yield "field", f"{name}.{column.name}", column.name, column.description
            if column.datatype == "code" and name in models:
                for code in column.codes or []:
                    yield "code", f"{name}.{column.name}={code}", code.label, code.definition
    for issue in tables.typed(Issue):
        yield "issue", issue.issue_id, issue.proposition, issue.definition
    for actor in tables.typed(Actor):
        yield "actor", actor.actor_id, actor.name, actor.description
    for relation in tables.typed(RelationType):
        yield "relation", relation.relation, relation.label, relation.definition


def _by_id(model: type[Row], tables: Tables) -> Iterator[tuple[str, Row]]:
    return iter(tables.by_id(model).items() if len(model.about.key) == 1 else ())


def _field_text(column: Column, tables: Tables) -> str:
    required = "required" if column.required else "may be empty"
    lines = [
        f"{column.table}.{column.name} ({column.datatype}, {required}, since {column.since})",
        *textwrap.wrap(column.description, 88),
        *([] if column.datatype == "code" else [f"Holds: {column.expected}."]),
    ]
    if column.codes is not None:
        counts = counts_of(tables, column.table, column.name)
        width = max(map(len, column.codes))
        lines.append("Codes, and the rows that have them:")
        for code in column.codes:
            lines.append(f"  {code:<{width}} {counts.get(code, 0):>5}  {code.definition}")
    if column.references:
        lines.append(f"Points to: {column.references}.{key_column(column.references)}.")
    values = tables.frame(column.table)[column.name]
    filled = int(values.notna().sum())
    lines.append(f"Filled in {filled} of {len(values)} rows; {values.nunique()} different values.")
    if agreed := in_words(tables, column.table, column.name):
        lines += textwrap.wrap(f"Agreement between codings: {agreed}.", 88)
    lines.append(f"Example: {column.example}")
    return "\n".join(lines)


def _table_text(name: str, tables: Tables) -> str:
    shape = tables.shape(name)
    rows = len(tables.frame(name))
    head = f"{name}: {shape.title}. {rows} rows, key {' + '.join(shape.key)}."
    names = textwrap.wrap(f"Fields: {', '.join(shape.fields)}.", 88)
    return "\n".join([head, shape.definition, *names])


def _row_text(id_: str, row: Row) -> str:
    lines = [f"{id_} (a row of {row.about.name})"]
    for column in columns(type(row)):
        value = getattr(row, column.name)
        if value is not None:
            shown = LIST_SEPARATOR.join(value) if isinstance(value, tuple) else str(value)
            lines.append(f"  {column.name}: {shown}")
    return "\n".join(lines)
