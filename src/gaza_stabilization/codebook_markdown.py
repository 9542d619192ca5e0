"""The codebook as one Markdown document, made from schema and tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ._where import DATA
from .about import DESCRIPTION, TITLE, Edition
from .history.index import edition as edition_of
from .schema.cells import LIST_SEPARATOR
from .schema.rows import Column, Row, columns, definition
from .schema.tables import MODELS, key_column
from .tables import read_frame
from .validation.rules import RULES
from .views import VIEWS

if TYPE_CHECKING:
    import pandas as pd


def codebook_markdown(folder: Path = DATA, edition: Edition | None = None) -> str:
    """The codebook: tables, fields, codes with counts, rules, issues and relation types.

    Source: the row models in `schema`, and the valid tables in `folder`.
    """
    version = (edition or edition_of()).version
    return "\n".join(_lines(folder, version)) + "\n"


def _lines(folder: Path, version: str) -> Iterator[str]:
    yield f"# Codebook of {TITLE}\n"
    yield f"Version {version}. {DESCRIPTION}\n"
    yield "Counts say how often a code stands in this version. Empty cells mean: not applicable, or"
    yield "not stated. Dates are EDTF. Lists are codes joined by `|`, sorted.\n"
    frames = {name: read_frame(name, folder) for name in MODELS}
    yield "| table | rows | key |\n|---|---:|---|"
    for name, model in MODELS.items():
        count = len(frames[name])
        yield f"| [{name}](#{name}) | {count} | {_code_list(model.about.key)} |"
    for name, model in MODELS.items():
        yield f"\n## {name}\n"
        yield definition(model) + "\n"
        yield from _fields(columns(model))
        yield from _rules(model)
        for column in columns(model):
            if column.codes is not None:
                yield from _codes(column, frames[name])
        if name == "issues":
            yield from _issues(frames)
        if name == "relation_types":
            yield from _relations(frames)
    for name, view in VIEWS.items():
        yield f"\n## {name}\n"
        yield view.definition + "\n"
        yield from _fields(view.columns)


def _fields(of: tuple[Column, ...]) -> Iterator[str]:
    yield "| field | type | filled | description | holds | points to | example | since |"
    yield "|---|---|---|---|---|---|---|---|"
    for column in of:
        filled = "always" if column.required else "or empty"
        holds = "codes below" if column.datatype == "code" else column.expected
        target = column.references
        points = f"`{target}.{key_column(target)}`" if target else ""
        yield _cells(
            f"`{column.name}`",
            column.datatype,
            filled,
            column.description,
            holds,
            points,
            f"`{column.example}`",
            column.since,
        )


def _rules(model: type[Row]) -> Iterator[str]:
    about = model.about
    unique = [f"no two rows share {_code_list(names)}" for names in about.unique.values()]
    across = [
        f"{rule.sentence.rstrip('.')} (`{rule.column}`"
        + (", with a copy of the text)" if rule.level == 5 else ")")
        for rule in RULES
        if rule.table == about.name
    ]
    sentences = [*(rule.sentence for rule in about.rules), *unique, *across]
    if sentences:
        yield "\nRules that validation checks:\n"
        yield from (f"- {sentence}" for sentence in sentences)


def _codes(column: Column, frame: pd.DataFrame) -> Iterator[str]:
    assert column.codes is not None
    values = frame[column.name].dropna().astype(str)
    counts = values.str.split(LIST_SEPARATOR).explode().value_counts()
    yield f"\n### {column.table}.{column.name}\n"
    yield (column.codes.__doc__ or "").strip() + "\n"
    yield "| code | label | definition | rows |\n|---|---|---|---:|"
    for code in column.codes:
        yield _cells(f"`{code}`", code.label, code.definition, str(counts.get(str(code), 0)))


def _issues(frames: dict[str, pd.DataFrame]) -> Iterator[str]:
    counts = frames["positions"]["issue_id"].value_counts()
    yield "\n### The issues\n"
    yield "| issue | parent | proposition | definition | positions |\n|---|---|---|---|---:|"
    for row in frames["issues"].fillna({"parent_id": ""}).itertuples():
        count = str(counts.get(row.issue_id, 0))
        parent = f"`{row.parent_id!s}`" if row.parent_id else ""
        yield _cells(f"`{row.issue_id}`", parent, row.proposition, row.definition, count)


def _relations(frames: dict[str, pd.DataFrame]) -> Iterator[str]:
    counts = frames["relationships"]["relation"].value_counts()
    yield "\n### The relations\n"
    yield "| relation | class | subject | object | symmetric | meaning | relationships |"
    yield "|---|---|---|---|---|---|---:|"
    frame = frames["relation_types"].fillna({"subject_types": "any", "object_types": "any"})
    for row in frame.itertuples():
        yield _cells(
            f"`{row.relation}`",
            str(row.relation_class),
            str(row.subject_types).replace("|", ", "),
            str(row.object_types).replace("|", ", "),
            "yes" if row.symmetric else "",
            str(row.definition),
            str(counts.get(row.relation, 0)),
        )


def _cells(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _code_list(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
