"""The documents that go with an export: a README for whoever finds the folder."""

from __future__ import annotations

from collections.abc import Mapping

from ..about import WRITTEN_BY
from ..releases.citation import cited
from ..schema.coders import Coder
from ..schema.tables import CODED, CODINGS
from .content import Content, Losses

ALL = "all"


def format_readme(
    format: str, formats: Mapping[str, str], content: Content, losses: Losses, told: str = ""
) -> str:
    """The README of an export in a format: what it is, and what the format cannot hold.

    `told` is the docstring of the module that writes it: its first line and what follows.
    """
    cannot = "\n".join(f"| {what} | {count} |" for what, count in losses.items())
    held = f"| what the format cannot hold | how many |\n|---|---:|\n{cannot}" if losses else ""
    listing = [f"- `{name}/`: {what}" for name, what in formats.items() if name != format]
    parts = [
        f"# {content.about.name}: {format}",
        f"Version {content.edition.version}. {content.about.description}",
        "\n".join(listing) if format == ALL else told,
        "" if format == ALL else held or "The format holds all of it.",
        _CAUTION,
        f"## Cite\n\n{cited(content.about, content.edition).strip()}",
        f"## Licence\n\nData: {content.about.licence}\nThe text of the sources belongs to whoever "
        "holds its rights, and is not part of the data.",
        WRITTEN_BY,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


_CAUTION = """Rows are claims in a source, not facts and not events. Do not count `claims` and
`ties` beside the tables that they are made of, and do not add positions and relationships up."""


def readme(content: Content) -> str:
    """The README of a data package, in Markdown."""
    tables = [
        f"| {name}.csv | {len(content.frame(name))} | {content.definition(name).splitlines()[0]} |"
        for name in content.names
    ]
    codings = [
        f"| {CODINGS}/{row.coder_id}/ | | The raw coding of {row.coder_id} ({row.kind.label}): "
        f"{', '.join(CODED)}; its instructions are {CODINGS}/{row.instructions_sha256}.md |"
        for row in content.tables.typed(Coder)
    ]
    listing = "\n".join([*tables, *codings])
    return f"""# {content.about.title}

Version {content.edition.version}. {content.about.description}

| file | rows | one row is |
|---|---:|---|
{listing}

`datapackage.json` describes every file and column by the Data Package standard; CODEBOOK.md has
the coding rules and every code with its definition. `sha256sum --check SHA256SUMS` verifies the
files. They are UTF-8; an empty cell means not applicable or not stated. In a spreadsheet, import
them as UTF-8 with every column as text.

Do not count `claims.csv` and `ties.csv` beside the tables that they are made of, nor raw codings
beside the tables, and do not add positions and relationships up. Rows are claims in a source, not
facts and not events.

## Cite

{cited(content.about, content.edition).strip()}

## Licence

Data: {content.about.licence}
The text of the sources is not included; it belongs to whoever holds its rights.

{WRITTEN_BY}
"""
