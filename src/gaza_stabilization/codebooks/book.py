"""The codebook as one Markdown document, made from schema and tables."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from ..errors import look_up
from ..reliability.figures import figures_in, figures_of, in_words, number
from ..schema.adjudications import CHAIN, PRESENCE
from ..schema.cells import LIST_SEPARATOR, Code, Spelling, TrueFalse, WholeNumber
from ..schema.issues import Issue
from ..schema.models import MODELS, key_column
from ..schema.relation_types import RelationType
from ..schema.rows import Column, Kind, Row, columns
from ..schema.shapes import Field, shape_of
from ..schema.views import VIEWS
from ..validation.rules import ADJUDICATING, RULES

if TYPE_CHECKING:
    from ..tables.folder import Tables

Counts = Mapping[str, int] | None


def codebook_markdown(tables: Tables) -> str:
    """The codebook: tables, fields, codes with counts, rules, issues and relation types.

    Source: the row models in `schema`, and the valid tables.
    """
    return "\n".join(_lines(tables)) + "\n"


def names_in(tables: Tables) -> list[str]:
    """The tables that there are, in key order; in a coding, with what was given with it."""
    given = tables.given.names if tables.given else ()
    names = dict.fromkeys((*tables.names, *given))
    return sorted(names, key=lambda name: [*MODELS, name].index(name))


def columns_in(tables: Tables, name: str) -> tuple[Column, ...]:
    """The columns of a table or flat view, as its version has and describes them.

    Raises `UnknownNameError` where there is none.
    """
    look_up("table", name, dict.fromkeys((*names_in(tables), *tables.views)))
    in_use: tuple[Column, ...] = ()
    if name in MODELS or name in VIEWS:
        in_use = columns(MODELS[name]) if name in MODELS else VIEWS[name].columns
    if tables.package is None:
        return in_use
    known = {column.name: column for column in in_use}
    fields = tables.shape(name).fields.items()
    return tuple(_column_of(name, column, field, known.get(column)) for column, field in fields)


_KINDS: dict[str, Kind] = {
    "text": Spelling("text", "text"),
    "integer": WholeNumber(0),
    "boolean": TrueFalse(),
}


def _column_of(table: str, name: str, field: Field, in_use: Column | None) -> Column:
    """A column in the words of a descriptor; of what it does not tell, the schema in use may."""
    target = table if field.references == "itself" else field.references
    example = json.loads(field.example)
    column = Column(
        table=table,
        name=name,
        datatype=field.type,
        required=json.loads(field.constraints).get("required", False),
        description=field.description,
        example=example if isinstance(example, str) else json.dumps(example),
        since="" if in_use is None else in_use.since,
        references=target,
        codes=_code_list_of(field) if field.codes else None,
        kind=_KINDS.get(field.type),
    )
    if in_use is None or shape_of(table).fields[name].holds != field.holds:
        return column
    codes = column.codes or in_use.codes
    return replace(column, datatype=in_use.datatype, kind=in_use.kind, codes=codes)


def _code_list_of(field: Field) -> type[Code]:
    members = {
        code: (code, entry.label, entry.definition, entry.number or 0)
        for code, entry in field.codes.items()
    }
    codes: type[Code] = cast(Any, Code)("Codes", members)
    codes.__doc__ = field.codes_description
    return codes


def counts_of(tables: Tables, table: str, name: str) -> dict[str, int]:
    """How often each value stands in a column; of a list, each code in it."""
    cells = tables.frame(table)[name].dropna().astype(str)
    values = cells.str.split(LIST_SEPARATOR, regex=False).explode().value_counts()
    return {str(value): int(count) for value, count in values.items()}


def markdown_table(
    head: Sequence[str], alignment: str, rows: Iterable[Sequence[object]]
) -> Iterator[str]:
    r"""A table in Markdown, line by line; `alignment` has `l` or `r` for each column.

    >>> print("\n".join(markdown_table(["code", "rows"], "lr", [["a|b", 2]])))
    | code | rows |
    |---|---:|
    | a\|b | 2 |
    """

    def line(cells: Sequence[object]) -> str:
        return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"

    yield line(head)
    yield "|" + "".join({"l": "---|", "r": "---:|"}[side] for side in alignment)
    yield from map(line, rows)


def _lines(tables: Tables) -> Iterator[str]:
    names = names_in(tables)
    yield f"# Codebook of {tables.about.title}\n"
    yield f"Version {tables.edition.version}. {tables.about.description}\n"
    yield "Counts say how often a code stands in this version. Empty cells mean: not applicable, or"
    yield "not stated. Dates are EDTF. Lists are codes joined by `|`, sorted.\n"
    if tables.about.agreement:
        yield tables.about.agreement + "\n"
    overview = (
        [f"[{name}](#{name})", len(tables.frame(name)), _code_list(tables.shape(name).key)]
        for name in names
    )
    yield from markdown_table(["table", "rows", "key"], "lrl", overview)
    for name in names:
        of = columns_in(tables, name)
        yield f"\n## {name}\n"
        yield tables.shape(name).definition + "\n"
        yield from fields(of, tables)
        yield from _agreement(name, tables)
        if tables.descriptor is None:  # What was checked of an older version is not known here.
            yield from rules(MODELS[name])
        for column in of:
            yield from codes(column, tables)
        if name == Issue.about.name:
            yield from issues(tables, counts_of(tables, "positions", "issue_id"))
        if name == RelationType.about.name:
            yield from relations(tables, counts_of(tables, "relationships", "relation"))
    for name in tables.views:
        yield f"\n## {name}\n"
        yield tables.shape(name).definition + "\n"
        yield from fields(columns_in(tables, name), tables)


def fields(of: tuple[Column, ...], tables: Tables, *, for_coders: bool = False) -> Iterator[str]:
    """Columns as a Markdown table; for coders without examples, which are out of coded texts."""
    head = ["field", "type", "filled", "description", "holds", "points to"]
    head += [] if for_coders else ["agreement", "example", "since"]
    rows = []
    for column in of:
        target = column.references
        cells = [
            f"`{column.name}`",
            column.datatype,
            "always" if column.required else "or empty",
            column.description,
            "codes below" if column.datatype == "code" else column.expected,
            f"`{target}.{key_column(target)}`" if target else "",
        ]
        if not for_coders:
            agreed = in_words(tables, column.table, column.name)
            cells += [agreed, f"`{column.example}`", column.since]
        rows.append(cells)
    return markdown_table(head, "l" * len(head), rows)


def _agreement(table: str, tables: Tables) -> Iterator[str]:
    """What is published of a table as a whole: whether coders find the same units."""
    names = ("unitising", PRESENCE, CHAIN)
    items = [f"{name}: {text}" for name in names if (text := in_words(tables, table, name))]
    items += [
        f"{sample}: F1 {number(figure.f1)} ({figure.n_a} and {figure.n_b} units, {figure.n} in "
        "both)"
        for name in ("sentences", "unitising", "actors", PRESENCE)
        for sample, figure in figures_of(table, name, figures_in(tables))
    ]
    if items:
        yield "\nAgreement between codings on which units there are:\n"
        yield from (f"- {item}" for item in items)


def rules(model: type[Row], *, for_coders: bool = False) -> Iterator[str]:
    """What validation checks of a table, as a Markdown list; for coders without adjudication."""
    about = model.about
    unique = [f"no two rows share {_code_list(names)}" for names in about.unique.values()]
    across = [
        f"{rule.sentence.rstrip('.')} (`{rule.column}`"
        + (", with a copy of the text)" if rule.level == 5 else ")")
        for rule in RULES
        if rule.table == about.name and not (for_coders and rule in ADJUDICATING)
    ]
    sentences = [*(rule.sentence for rule in about.rules), *unique, *across]
    if sentences:
        yield "\nRules that validation checks:\n"
        yield from (f"- {sentence}" for sentence in sentences)


def codes(column: Column, tables: Tables | None = None) -> Iterator[str]:
    """The codes of a column as a Markdown table, if it has some; with tables, how often each."""
    if column.codes is None:
        return
    yield f"\n### {column.table}.{column.name}\n"
    yield (column.codes.__doc__ or "").strip() + "\n"
    meanings = {code.value: [code.label, code.definition] for code in column.codes}
    counts = None if tables is None else counts_of(tables, column.table, column.name)
    yield from _counted(["code", "label", "definition"], meanings, "rows", counts)


def issues(tables: Tables, counts: Counts = None) -> Iterator[str]:
    """The issues as a Markdown table."""
    yield "\n### The issues\n"
    meanings = {
        row.issue_id: [
            f"`{row.parent_id}`" if row.parent_id else "",
            row.proposition,
            row.definition,
        ]
        for row in tables.typed(Issue)
    }
    head = ["issue", "parent", "proposition", "definition"]
    yield from _counted(head, meanings, "positions", counts)


def relations(tables: Tables, counts: Counts = None) -> Iterator[str]:
    """The relation types as a Markdown table."""
    yield "\n### The relations\n"
    meanings = {
        row.relation: [
            row.relation_class,
            ", ".join(row.subject_types or ["any"]),
            ", ".join(row.object_types or ["any"]),
            "yes" if row.symmetric else "",
            row.definition,
        ]
        for row in tables.typed(RelationType)
    }
    head = ["relation", "class", "subject", "object", "symmetric", "meaning"]
    yield from _counted(head, meanings, "relationships", counts)


def _counted(
    head: Sequence[str], meanings: Mapping[str, Sequence[str]], what: str, counts: Counts
) -> Iterator[str]:
    """Names and what each means as a Markdown table; with counts, how often each stands."""
    if counts is None:
        rows = ([f"`{name}`", *cells] for name, cells in meanings.items())
        return markdown_table(head, "l" * len(head), rows)
    counted = ([f"`{name}`", *cells, counts.get(name, 0)] for name, cells in meanings.items())
    return markdown_table([*head, what], "l" * len(head) + "r", counted)


def _code_list(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
