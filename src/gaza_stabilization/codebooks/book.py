"""The codebook as one Markdown document, made from schema and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..reliability.figures import NAMES, figures_in, figures_of, in_words, number
from ..schema.cells import LIST_SEPARATOR
from ..schema.rows import Column, Row, columns, definition
from ..schema.tables import MODELS, key_column
from ..schema.views import VIEWS
from ..validation.rules import ADJUDICATING, RULES

if TYPE_CHECKING:
    import pandas as pd

    from ..tables.folder import Tables

Counts = dict[str, int] | None


def codebook_markdown(tables: Tables) -> str:
    """The codebook: tables, fields, codes with counts, rules, issues and relation types.

    Source: the row models in `schema`, and the valid tables.
    """
    return "\n".join(_lines(tables)) + "\n"


def _lines(tables: Tables) -> Iterator[str]:
    yield f"# Codebook of {tables.about.title}\n"
    yield f"Version {tables.edition.version}. {tables.about.description}\n"
    yield "Counts say how often a code stands in this version. Empty cells mean: not applicable, or"
    yield "not stated. Dates are EDTF. Lists are codes joined by `|`, sorted.\n"
    if tables.about.agreement:
        yield tables.about.agreement + "\n"
    frames = {name: tables.frame(name) for name in MODELS}
    yield "| table | rows | key |\n|---|---:|---|"
    for name, model in MODELS.items():
        count = len(frames[name])
        yield f"| [{name}](#{name}) | {count} | {_code_list(model.about.key)} |"
    for name, model in MODELS.items():
        yield f"\n## {name}\n"
        yield definition(model) + "\n"
        yield from fields(columns(model), tables)
        yield from _agreement(name, tables)
        yield from rules(model)
        for column in columns(model):
            if column.codes is not None:
                yield from codes(column, _counts(column, frames[name]))
        if name == "issues":
            yield from issues(frames[name], _values(frames, "positions", "issue_id"))
        if name == "relation_types":
            yield from relations(frames[name], _values(frames, "relationships", "relation"))
    for name, view in VIEWS.items():
        yield f"\n## {name}\n"
        yield view.definition + "\n"
        yield from fields(view.columns, tables)


def _values(frames: dict[str, pd.DataFrame], table: str, name: str) -> dict[str, int]:
    found = frames[table][name].value_counts()
    return {str(value): int(count) for value, count in found.items()}


def fields(of: tuple[Column, ...], tables: Tables, *, for_coders: bool = False) -> Iterator[str]:
    """Columns as a Markdown table; for coders without examples, which are out of coded texts."""
    names = ["field", "type", "filled", "description", "holds", "points to"]
    names += [] if for_coders else ["agreement", "example", "since"]
    yield _cells(*names)
    yield "|---" * len(names) + "|"
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
        yield _cells(*cells)


def _agreement(table: str, tables: Tables) -> Iterator[str]:
    """What is published of a table as a whole: whether coders find the same units."""
    found = [(name, in_words(tables, table, name)) for name in ("unitising", "presence", "chain")]
    shares = [
        f"{NAMES[sample]}: F1 {number(figure.f1)} "
        f"({figure.n_a} and {figure.n_b} units, {figure.n} in both)"
        for name in ("sentences", "unitising", "actors", "presence")
        for sample, figure in figures_of(table, name, figures_in(tables))
    ]
    if shares or any(text for _, text in found):
        yield "\nAgreement between codings on which units there are:\n"
        yield from (f"- {name}: {text}" for name, text in found if text)
        yield from (f"- {share}" for share in shares)


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


def codes(column: Column, counts: Counts) -> Iterator[str]:
    """The codes of a column as a Markdown table."""
    assert column.codes is not None
    yield f"\n### {column.table}.{column.name}\n"
    yield (column.codes.__doc__ or "").strip() + "\n"
    yield from _counted("code", "label", "definition", rows=counts)
    for code in column.codes:
        yield _cells(f"`{code}`", code.label, code.definition, *_count(counts, code))


def _counts(column: Column, frame: pd.DataFrame) -> dict[str, int]:
    values = frame[column.name].dropna().astype(str)
    found = values.str.split(LIST_SEPARATOR).explode().value_counts()
    return {str(code): int(count) for code, count in found.items()}


def issues(frame: pd.DataFrame, counts: Counts) -> Iterator[str]:
    """The issues as a Markdown table."""
    yield "\n### The issues\n"
    yield from _counted("issue", "parent", "proposition", "definition", positions=counts)
    for row in frame.fillna({"parent_id": ""}).itertuples():
        parent = f"`{row.parent_id!s}`" if row.parent_id else ""
        yield _cells(
            f"`{row.issue_id}`", parent, row.proposition, row.definition,
            *_count(counts, row.issue_id),
        )  # fmt: skip


def relations(frame: pd.DataFrame, counts: Counts) -> Iterator[str]:
    """The relation types as a Markdown table."""
    yield "\n### The relations\n"
    yield from _counted(
        "relation", "class", "subject", "object", "symmetric", "meaning", relationships=counts
    )
    for row in frame.fillna({"subject_types": "any", "object_types": "any"}).itertuples():
        yield _cells(
            f"`{row.relation}`",
            str(row.relation_class),
            str(row.subject_types).replace("|", ", "),
            str(row.object_types).replace("|", ", "),
            "yes" if row.symmetric else "",
            str(row.definition),
            *_count(counts, row.relation),
        )


def _counted(*names: str, **counts: Counts) -> Iterator[str]:
    """The head of a Markdown table; the last column is left out where nothing is counted."""
    ((last, counted),) = counts.items()
    extra = [] if counted is None else [last]
    yield _cells(*names, *extra)
    yield "|---" * len(names) + "|---:" * len(extra) + "|"


def _count(counts: Counts, code: object) -> list[str]:
    return [] if counts is None else [str(counts.get(str(code), 0))]


def _cells(*cells: object) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


def _code_list(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
