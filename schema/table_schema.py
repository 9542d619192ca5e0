"""Table Schema, the standard's description of a table's columns, derived from the row models."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from typing import Any

from .cells import Scale, SortedCodes, Spelling, TrueFalse, WholeNumber
from .models import CODED, CODINGS, key_column
from .rows import Column, Row, columns


def schema_of(model: type[Row]) -> dict[str, Any]:
    """The Table Schema of a table; beside what the standard knows, it lists the row `rules`.

    >>> from gaza_stabilization.schema.models import MODELS
    >>> schema_of(MODELS["relays"])["primaryKey"]
    ['statement_id', 'depth']
    """
    about = model.about
    schema = table_schema(columns(model), about.key, about.unique.values())
    return schema | {"rules": [rule.sentence for rule in about.rules]}


def schema_in_coding(model: type[Row], coder: str) -> dict[str, Any]:
    """The Table Schema of a table of a raw coding: links stay within the coding where they can.

    >>> from gaza_stabilization.schema.models import MODELS
    >>> schema = schema_in_coding(MODELS["relays"], "ai-1")
    >>> [link["reference"]["resource"] for link in schema["foreignKeys"]]
    ['codings/ai-1/statements', 'codings/ai-1/actors']
    """
    schema = schema_of(model)
    for link in schema["foreignKeys"]:
        target = link["reference"]["resource"]
        if target in CODED:
            link["reference"]["resource"] = coding_resource(coder, target)
    return schema


def coding_resource(coder: str, table: str) -> str:
    """The name of a table of a raw coding, in a data package and in comparisons."""
    return f"{CODINGS}/{coder}/{table}"


def coding_title(model: type[Row], coder: str) -> str:
    """The title of a table of a raw coding."""
    return f"{model.about.title}, raw coding of {coder}"


def table_schema(
    of: Sequence[Column], key: Sequence[str], unique: Iterable[Sequence[str]] = ()
) -> dict[str, Any]:
    """The Table Schema of some columns, as JSON-ready values.

    Beside what the standard knows, a field says what its codes are about, as
    `categoriesDescription`, and every category carries definition and number of its code.
    """
    return {
        "fields": [_field(column, [column.name] == list(key)) for column in of],
        "primaryKey": list(key),
        "uniqueKeys": [list(names) for names in unique],
        "foreignKeys": [
            {
                "fields": [column.name],
                "reference": {
                    # Older readers know a table's link to itself only as "".
                    "resource": "" if column.references == column.table else column.references,
                    "fields": [key_column(column.references)],
                },
            }
            for column in of
            if column.references
        ],
    }


def _field(column: Column, unique: bool) -> dict[str, Any]:
    kind, constraints = column.kind, dict[str, Any]()
    if column.required:
        constraints["required"] = True
    if unique:
        constraints["unique"] = True
    field: dict[str, Any] = {
        "name": column.name,
        "type": "string",
        "description": column.description,
        "constraints": constraints,
        "example": column.example,
    }
    if isinstance(kind, WholeNumber):
        field |= {"type": "integer", "example": int(column.example)}
        constraints["minimum"] = kind.minimum
    elif isinstance(kind, TrueFalse):
        field |= {"type": "boolean", "example": column.example == "true"}
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    elif column.datatype == "code":
        assert column.codes is not None
        codes = list(column.codes)
        # v1 readers know the enum, v2 readers the categories as well.
        constraints["enum"] = [code.value for code in codes]
        field["categories"] = [
            {
                "value": code.value,
                "label": code.label,
                "description": code.definition,
                "number": code.number,
            }
            for code in codes
        ]
        field["categoriesOrdered"] = issubclass(column.codes, Scale)
        field["categoriesDescription"] = inspect.getdoc(column.codes) or ""
    elif isinstance(kind, (Spelling, SortedCodes)):
        constraints |= _spelling(kind)
    return field


def _spelling(kind: Spelling | SortedCodes) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if kind.pattern is not None:
        constraints["pattern"] = kind.pattern
    if isinstance(kind, Spelling) and kind.max_length is not None:
        constraints["maxLength"] = kind.max_length
    return constraints
