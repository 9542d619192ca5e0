"""Shapes: a table without its rows, by the schema in use or as a data package describes it.

One form for both, so that tables of any version are loaded and compared in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .models import MODELS
from .rows import Row, definition
from .table_schema import coding_title, schema_in_coding, schema_of, table_schema
from .views import VIEWS, View


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
    description: str = ""
    example: str = ""
    codes: Mapping[str, CodeEntry] = field(default_factory=dict)
    codes_description: str = ""
    ordered: bool = False
    references: str | None = None
    constraints: str = ""

    @property
    def holds(self) -> tuple[object, ...]:
        """What a cell may hold: type, codes in their order, constraints."""
        return self.type, *self.codes, self.ordered, self.constraints

    @property
    def form(self) -> tuple[object, ...]:
        """What a cell may hold, and where it points."""
        return *self.holds, self.references


@dataclass(frozen=True)
class Shape:
    """A table without its rows: what it is, its key, its columns in order, its rules."""

    title: str
    definition: str
    key: tuple[str, ...]
    fields: dict[str, Field]
    rules: tuple[str, ...] = ()

    @property
    def form(self) -> tuple[object, ...]:
        """What decides whether a table can be read by it: all but words that may be reworded."""
        return self.key, *((name, field.form) for name, field in self.fields.items())


def shape_of(name: str) -> Shape:
    """The shape of a table, flat view or `codings/<coder>/<table>` by the schema in use."""
    *coding, table = name.split("/")
    if table in VIEWS:
        return _of_view(VIEWS[table])
    return _of_model(MODELS[table], coding[1] if coding else None)


@cache
def _of_view(view: View) -> Shape:
    return described(view.title, view.definition, table_schema(view.columns, view.key))


@cache
def _of_model(model: type[Row], coder: str | None) -> Shape:
    if coder is None:
        return described(model.about.title, definition(model), schema_of(model))
    title, schema = coding_title(model, coder), schema_in_coding(model, coder)
    return described(title, definition(model), schema)


def described(title: str, text: str, schema: Mapping[str, Any]) -> Shape:
    """The shape that a Table Schema describes, as `table_schema` writes or a descriptor has it."""
    targets = {
        # Tables of a raw coding point to each other by table, whoever coded.
        link["fields"][0]: link["reference"]["resource"].rpartition("/")[2] or "itself"
        for link in schema["foreignKeys"]
    }
    fields = {field["name"]: _field(field, targets) for field in schema["fields"]}
    unique = [f"no two rows share {', '.join(names)}" for names in schema["uniqueKeys"]]
    rules = (*unique, *schema.get("rules", ()))  # A flat view has none.
    return Shape(title, text, tuple(schema["primaryKey"]), fields, rules)


def _field(field: Mapping[str, Any], targets: Mapping[str, str]) -> Field:
    codes = {
        code["value"]: CodeEntry(code["label"], code["description"], code["number"])
        for code in field.get("categories", ())
    }
    constraints = dict(field["constraints"])
    if codes:
        constraints.pop("enum", None)  # The list of codes is compared by itself.
    return Field(
        type="code" if codes else field["type"].replace("string", "text"),
        description=field["description"],
        example=json.dumps(field["example"]),
        codes=codes,
        codes_description=field.get("categoriesDescription", ""),
        ordered=field.get("categoriesOrdered", False),
        references=targets.get(field["name"]),
        constraints=json.dumps(constraints, sort_keys=True),
    )
