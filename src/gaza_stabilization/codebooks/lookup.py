"""The codebook as answers: all fields as a frame, one name described, a word looked up."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import UnknownNameError, UsageError, look_up
from ..reliability.figures import in_words
from ..schema.models import MODELS, key_column
from ..schema.rows import Column, columns
from ..schema.views import VIEWS
from .book import columns_in, counts_of, names_in

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

    names = [*names_in(tables), *tables.views] if table is None else [table]
    records = [_record(column, tables) for name in names for column in columns_in(tables, name)]
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
        "references": f"{target}.{key_column(target)}" if target in MODELS else "",
        "agreement": in_words(tables, column.table, column.name),
        "example": column.example,
        "since": column.since,
    }


def describe_in(tables: Tables, name: str) -> str:
    """A table, a field, a code or an id in words. Raises `UnknownNameError`."""
    known = [*names_in(tables), *tables.views]
    table, dot, field = name.partition(".")
    if dot and table in known:
        field, sign, code = field.partition("=")
        of_table = {column.name: column for column in columns_in(tables, table)}
        column = look_up("field", field, of_table, f"of {table}")
        if not sign:
            return _field_text(column, tables)
        codes = {entry.value: entry for entry in column.codes or []}
        entry = look_up("code", code, codes, f"of {table}.{field}")
        return f"{name}: {entry.label}\n{entry.definition}"
    if name in known:
        return _table_text(name, tables)
    rows = {id_: table for table in names_in(tables) for id_ in _rows(table, tables)}
    if name not in rows:
        raise UnknownNameError("table, field or id", name, [*known, *rows])
    return _row_text(name, rows[name], tables)


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


_NAMED = {
    "issue": ("issues", "proposition", "definition"),
    "actor": ("actors", "name", "description"),
    "relation": ("relation_types", "label", "definition"),
}
"""The rows that are looked through, by kind: table, and the columns of label and text."""


def _entries(tables: Tables) -> Iterator[tuple[str, str, str, str]]:
    names = names_in(tables)
    for name in (*names, *tables.views):
        shape = tables.shape(name)
        yield "table", name, shape.title, shape.definition
    for name in (*names, *tables.views):
        for column in columns_in(tables, name):
            yield "field", f"{name}.{column.name}", column.name, column.description
            if column.datatype == "code" and name in names:
                for code in column.codes or []:
                    yield "code", f"{name}.{column.name}={code}", code.label, code.definition
    for kind, (name, *shown) in _NAMED.items():
        for id_, cells in _rows(name, tables).items():
            label, text = (cells.get(column, "") for column in shown)
            yield kind, id_, label, text


def _rows(name: str, tables: Tables) -> Mapping[str, Mapping[str, str]]:
    """The rows of a table as text by their id; none of a table whose rows have no id of their own.

    Raises `InvalidDataError` where the table is not valid.
    """
    if tables.descriptor is None:
        tables.refuse(name)
    key = tables.shape(name).key
    lines = tables.text(name).lines if len(key) == 1 else []
    return {line.cells[key[0]]: line.cells for line in lines if key[0] in line.cells}


def _field_text(column: Column, tables: Tables) -> str:
    required = "required" if column.required else "may be empty"
    since = f", since {column.since}" if column.since else ""
    lines = [
        f"{column.table}.{column.name} ({column.datatype}, {required}{since})",
        *textwrap.wrap(column.description, 88),
        *([] if column.datatype == "code" else [f"Holds: {column.expected}."]),
    ]
    if column.codes is not None:
        counts = counts_of(tables, column.table, column.name)
        width = max(map(len, column.codes))
        lines.append("Codes, and the rows that have them:")
        for code in column.codes:
            lines.append(f"  {code:<{width}} {counts.get(code, 0):>5}  {code.definition}")
    if column.references in MODELS:
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


def _row_text(id_: str, table: str, tables: Tables) -> str:
    cells = _rows(table, tables)[id_].items()
    return "\n".join(
        [f"{id_} (a row of {table})", *(f"  {name}: {cell}" for name, cell in cells if cell)]
    )
