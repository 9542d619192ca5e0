"""Snapshots: the tables of one version as text, with what that version says of them.

One form for a release, an exported data package and a folder of tables, so that any two of them can
be compared.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .._version import VERSION
from ..errors import InvalidDataError, UnknownNameError, UsageError
from ..paths import DATA, RELEASES
from ..schema.rows import Row, definition
from ..schema.table_schema import (
    coding_resource,
    coding_title,
    schema_in_coding,
    schema_of,
    table_schema,
)
from ..schema.tables import CODED, CODINGS, MODELS
from ..schema.views import VIEWS
from ..writing import files_below
from .archive import archived
from .index import releases

DESCRIPTOR = "datapackage.json"
Key = tuple[str, ...]
Cells = dict[str, str]


@dataclass(frozen=True)
class CodeEntry:
    """A code with its meaning, and the number that stands for it, since 1.0.0."""

    label: str
    definition: str
    number: int | None = None


@dataclass(frozen=True)
class Field:
    """A column as a version describes it. `codes` is in the order of the code list."""

    type: str  # text, integer, boolean or code
    description: str
    example: str
    codes: dict[str, CodeEntry]
    codes_description: str
    ordered: bool
    references: str | None
    constraints: str


@dataclass(frozen=True)
class Shape:
    """A table without its rows: what it is, its key, its columns in order, its rules."""

    title: str
    definition: str
    key: tuple[str, ...]
    fields: dict[str, Field]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableState:
    """A table: its shape, and its rows by key, each cell as text."""

    shape: Shape
    rows: dict[Key, Cells]


@dataclass(frozen=True)
class Snapshot:
    """All tables of one state of the data, and the flat views that go with them.

    Version and day are None where they are not known. Views of a folder of tables have no rows.
    `codings` are the tables of the raw codings, named `codings/<coder>/<table>`.
    """

    name: str
    version: str | None
    tables: dict[str, TableState]
    views: dict[str, TableState] = field(default_factory=dict)
    created: str | None = None
    codings: dict[str, TableState] = field(default_factory=dict)

    @property
    def stored(self) -> dict[str, TableState]:
        """Everything that is not made of something else: tables and raw codings."""
        return self.tables | self.codings


def snapshot(name: str | Path | None) -> Snapshot:
    """The snapshot of a released version, of a folder, or without a name of the working tables.

    A folder holds an exported data package, or tables alone; of these the header says which columns
    there are, and the schema in use what they mean.

    Raises `UnknownNameError` where there is no such version or folder, `UsageError` where a folder
    holds no tables, `InvalidDataError` where it cannot be read.
    """
    if name is None:
        return of_folder(DATA, f"working tables ({VERSION})", VERSION)
    known = [one.version for one in releases()]
    if str(name) in known:
        return of_release(str(name))
    folder = Path(name)
    if not os.path.isdir(folder):  # Unlike the methods of Path, it never raises.
        raise UnknownNameError("released version or folder of tables", str(name), known)
    if (folder / DESCRIPTOR).is_file():
        files = {name: _bytes(path) for name, path in files_below(folder).items()}
        return of_files(str(name), files)
    return of_folder(folder, str(name))


def of_release(version: str, folder: Path = RELEASES) -> Snapshot:
    """The snapshot of a released version, after its digest was checked.

    Raises `UnknownNameError` where there is no such version, `InvalidDataError` where its archive
    is damaged.
    """
    return of_files(version, archived(version, folder))


def of_files(name: str, files: Mapping[str, bytes]) -> Snapshot:
    """The snapshot of a data package, from its files."""
    try:
        package = json.loads(files[DESCRIPTOR])
        tables: dict[str, TableState] = {}
        views: dict[str, TableState] = {}
        codings: dict[str, TableState] = {}
        for resource in package["resources"]:
            shape = _shape(
                _text(resource, "title"), _text(resource, "description"), resource["schema"]
            )
            path = str(resource["path"])
            if path not in files:
                raise InvalidDataError(f"{name} has no {path}, which its {DESCRIPTOR} names")
            rows = _rows(f"{name}: {path}", files[path], shape.key)[1]
            # What is made of other resources names them as its sources, since 0.2.0.
            derived = "sources" in resource or resource["name"] in VIEWS
            raw = str(resource["name"]).startswith(f"{CODINGS}/")
            found = views if derived else codings if raw else tables
            found[resource["name"]] = TableState(shape, rows)
        return Snapshot(name, package["version"], tables, views, package.get("created"), codings)
    except InvalidDataError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        what = type(error).__name__
        raise InvalidDataError(
            f"{name} is no data package of this project: its {DESCRIPTOR} has another form "
            f"({what}: {error})"
        ) from None


def of_folder(folder: Path, name: str, version: str | None = None) -> Snapshot:
    """The snapshot of the tables in a folder without a descriptor."""
    tables = {
        table: _state(folder / f"{table}.csv", shape_of(model))
        for table, model in MODELS.items()
        if (folder / f"{table}.csv").is_file()
    }
    if not tables:
        raise UsageError(f"{folder} holds no tables; give a folder with one CSV a table")
    codings = {
        coding_resource(coder.name, table): _state(
            coder / f"{table}.csv", shape_in_coding(coder.name, table)
        )
        for coder in sorted((folder / CODINGS).glob("*/"))
        for table in CODED
        if (coder / f"{table}.csv").is_file()
    }
    return Snapshot(name, version, tables, views_in_use(), codings=codings)


def _state(path: Path, shape: Shape) -> TableState:
    """A table from its file, with the columns that the header names."""
    header, rows = _rows(str(path), _bytes(path), shape.key)
    fields = {column: shape.fields.get(column, _UNKNOWN) for column in header}
    return TableState(replace(shape, fields=fields), rows)


def views_in_use() -> dict[str, TableState]:
    """The flat views by the schema in use, without rows."""
    shapes = {
        name: _shape(view.title, view.definition, table_schema(view.columns, view.key))
        for name, view in VIEWS.items()
    }
    return {name: TableState(shape, {}) for name, shape in shapes.items()}


def shape_of(model: type[Row]) -> Shape:
    """The shape of a table by the schema in use."""
    return _shape(model.about.title, definition(model), schema_of(model))


def shape_in_coding(coder: str, table: str) -> Shape:
    """The shape of a table of a raw coding by the schema in use."""
    model = MODELS[table]
    return _shape(coding_title(model, coder), definition(model), schema_in_coding(model, coder))


_UNKNOWN = Field("text", "", "", {}, "", False, None, "")


def _shape(title: str, text: str, schema: Mapping[str, Any]) -> Shape:
    targets = {
        one["fields"][0]: one["reference"]["resource"] or "itself"
        for one in schema.get("foreignKeys", [])
    }
    fields = {one["name"]: _field(one, targets.get(one["name"])) for one in schema["fields"]}
    key = schema["primaryKey"]  # By the standard, one column may stand without a list.
    unique = [f"no two rows share {', '.join(names)}" for names in schema.get("uniqueKeys", [])]
    rules = (*unique, *map(str, schema.get("rules", [])))
    return Shape(title, text, (key,) if isinstance(key, str) else tuple(key), fields, rules)


def _field(described: Mapping[str, Any], references: str | None) -> Field:
    codes = {
        one["value"]: CodeEntry(_text(one, "label"), _text(one, "description"), one.get("number"))
        for one in described.get("categories", [])
    }
    # The list of codes is compared by itself.
    constraints = {
        name: value for name, value in described.get("constraints", {}).items() if name != "enum"
    }
    return Field(
        type="code" if codes else described["type"].replace("string", "text"),
        description=_text(described, "description"),
        example=json.dumps(described.get("example", "")),
        codes=codes,
        codes_description=_text(described, "categoriesDescription"),
        ordered=described.get("categoriesOrdered", False),
        references=references,
        constraints=json.dumps(constraints, sort_keys=True),
    )


def _text(described: Mapping[str, Any], name: str) -> str:
    """A property that may be left out, as text."""
    return str(described.get(name) or "")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidDataError(f"cannot read {path}: {error.strerror}") from None


def _rows(place: str, data: bytes, key: Iterable[str]) -> tuple[list[str], dict[Key, Cells]]:
    """Header and rows of a CSV. Raises `InvalidDataError` where rows cannot be told apart."""
    try:
        lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
        header = next(lines, [])
        records = [(lines.line_num, cells) for cells in lines]
    except (ValueError, csv.Error) as error:
        raise InvalidDataError(f"cannot compare {place}: {error}; validate to see more") from None
    ragged = [number for number, cells in records if len(cells) != len(header)]
    if ragged:
        raise InvalidDataError(
            f"cannot compare {place}: line {ragged[0]} has not as many cells as the header"
        )
    missing = set(key) - set(header)
    if missing:
        raise InvalidDataError(f"cannot compare {place}: it has no column {min(missing)!r}")
    rows: dict[Key, Cells] = {}
    for number, values in records:
        cells = dict(zip(header, values, strict=True))
        found = tuple(cells[column] for column in key)
        if found in rows:
            raise InvalidDataError(
                f"cannot compare {place}: line {number} has the key of another row: "
                f"{'/'.join(found)}"
            )
        rows[found] = cells
    return header, rows
