"""Shapes: a table without its rows, by the schema in use or as a data package describes it.

One form for both, so that tables of any version are loaded and compared in the same way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .rows import Row, definition
from .table_schema import coding_title, schema_in_coding, schema_of, table_schema
from .tables import MODELS
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


@dataclass(frozen=True)
class Shape:
    """A table without its rows: what it is, its key, its columns in order, its rules."""

    title: str
    definition: str
    key: tuple[str, ...]
    fields: dict[str, Field]
    rules: tuple[str, ...] = ()


def shape_of(name: str) -> Shape:
    """The shape of a table or flat view by the schema in use."""
    return _of_view(VIEWS[name]) if name in VIEWS else _of_model(MODELS[name])


def shape_in_coding(coder: str, table: str) -> Shape:
    """The shape of a table of a raw coding by the schema in use."""
    return _of_coding(coder, MODELS[table])


@cache
def _of_view(view: View) -> Shape:
    return described(view.title, view.definition, table_schema(view.columns, view.key))


@cache
def _of_model(model: type[Row]) -> Shape:
    return described(model.about.title, definition(model), schema_of(model))


@cache
def _of_coding(coder: str, model: type[Row]) -> Shape:
    return described(coding_title(model, coder), definition(model), schema_in_coding(model, coder))


def described(title: str, text: str, schema: Mapping[str, Any]) -> Shape:
    """The shape that a Table Schema describes.

    Raises `LookupError`, `TypeError` or `AttributeError` where it has another form.
    """
    targets = {
        link["fields"][0]: link["reference"]["resource"] or "itself"
        for link in schema.get("foreignKeys", [])
    }
    fields = {said["name"]: _field(said, targets.get(said["name"])) for said in schema["fields"]}
    key = schema["primaryKey"]  # By the standard, one column may stand without a list.
    unique = [f"no two rows share {', '.join(names)}" for names in schema.get("uniqueKeys", [])]
    rules = (*unique, *map(str, schema.get("rules", [])))
    return Shape(title, text, (key,) if isinstance(key, str) else tuple(key), fields, rules)


def _field(said: Mapping[str, Any], references: str | None) -> Field:
    codes = {
        code["value"]: CodeEntry(
            text_of(code, "label"), text_of(code, "description"), code.get("number")
        )
        for code in said.get("categories", [])
    }
    # The list of codes is compared by itself.
    constraints = {
        name: value for name, value in said.get("constraints", {}).items() if name != "enum"
    }
    return Field(
        type="code" if codes else said["type"].replace("string", "text"),
        description=text_of(said, "description"),
        example=json.dumps(said.get("example", "")),
        codes=codes,
        codes_description=text_of(said, "categoriesDescription"),
        ordered=said.get("categoriesOrdered", False),
        references=references,
        constraints=json.dumps(constraints, sort_keys=True),
    )


def text_of(described: Mapping[str, Any], name: str) -> str:
    """A property that may be left out, as text."""
    return str(described.get(name) or "")
