"""The codebook as one Markdown document, made from schema and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..reliability.figures import figures_in, figures_of, in_words, number
from ..schema.adjudications import CHAIN, PRESENCE
from ..schema.cells import LIST_SEPARATOR
from ..schema.issues import Issue
from ..schema.relation_types import RelationType
from ..schema.rows import Column, Row, columns, definition
from ..schema.tables import MODELS, key_column
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


def models_in(tables: Tables) -> dict[str, type[Row]]:
    """The row models of the tables that there are; in a coding, of what was given with it too."""
    names = {*tables.names, *(tables.given.names if tables.given else ())}
    return {name: model for name, model in MODELS.items() if name in names}


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
    models = models_in(tables)
    yield f"# Codebook of {tables.about.title}\n"
    yield f"Version {tables.edition.version}. {tables.about.description}\n"
    yield "Counts say how often a code stands in this version. Empty cells mean: not applicable, or"
    yield "not stated. Dates are EDTF. Lists are codes joined by `|`, sorted.\n"
    if tables.about.agreement:
        yield tables.about.agreement + "\n"
    overview = (
        [f"[{name}](#{name})", len(tables.frame(name)), _code_list(model.about.key)]
        for name, model in models.items()
    )
    yield from markdown_table(["table", "rows", "key"], "lrl", overview)
    for name, model in models.items():
        yield f"\n## {name}\n"
        yield definition(model) + "\n"
        yield from fields(columns(model), tables)
        yield from _agreement(name, tables)
        yield from rules(model)
        for column in columns(model):
            yield from codes(column, tables)
        if model is Issue:
            yield from issues(tables, counts_of(tables, "positions", "issue_id"))
        if model is RelationType:
            yield from relations(tables, counts_of(tables, "relationships", "relation"))
    for name, view in VIEWS.items():
        yield f"\n## {name}\n"
        yield view.definition + "\n"
        yield from fields(view.columns, tables)


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
