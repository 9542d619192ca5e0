"""The README of an export, for whoever finds the folder."""

from __future__ import annotations

from ..about import WRITTEN_BY
from ..releases.citation import cited
from ..schema.coders import Coder
from ..schema.models import CODED, CODINGS
from .content import NAMES, Content, Losses

_RIGHTS = (
    "The text of the sources belongs to whoever holds its rights, and is not part of the data."
)
_CAUTION = """Rows are claims in a source, not facts and not events. Do not count `claims` and
`ties` beside the tables that they are made of, nor raw codings beside the tables, and do not add
positions and relationships up."""
_PACKAGE = """`datapackage.json` describes every file and column by the Data Package standard;
CODEBOOK.md has the coding rules and every code with its definition. `sha256sum --check SHA256SUMS`
verifies the files."""
_CSV = """The files are UTF-8; an empty cell means not applicable or not stated. In a spreadsheet,
import them as UTF-8 with every column as text."""


def format_readme(content: Content, format: str, told: str, losses: Losses | None) -> str:
    """The README of an export in a format: what it is, and what the format cannot hold.

    `told` says what is written; without `losses`, nothing is said of what cannot be held.
    """
    parts = [told]
    if losses:
        rows = [f"| {what} | {count} |" for what, count in losses.items()]
        parts.append("\n".join(["| what the format cannot hold | how many |", "|---|---:|", *rows]))
    elif losses is not None:
        parts.append("The format holds all of it.")
    about = content.about
    return _readme(content, f"{about.name}: {format}", f"{about.title}. ", *parts)


def package_readme(content: Content) -> str:
    """The README of a data package: its files, with the raw codings."""
    codings = [
        f"| {CODINGS}/{row.coder_id}/ | | The raw coding of {row.coder_id} ({row.kind.label}): "
        f"{', '.join(CODED)}; its instructions are {CODINGS}/{row.instructions_sha256}.md |"
        for row in content.tables.typed(Coder)
    ]
    listing = "\n".join([_listing(content), *codings])
    return _readme(content, content.about.title, "", listing, f"{_PACKAGE} {_CSV}")


def csv_readme(content: Content) -> str:
    """The README among some CSV files."""
    return _readme(content, content.about.title, "", _listing(content), _CSV)


def _listing(content: Content) -> str:
    rows = [
        f"| {name}.csv | {len(content.frame(name))} | "
        f"{content.shape(name).definition.splitlines()[0]} |"
        for name in NAMES
    ]
    return "\n".join(["| file | rows | one row is |", "|---|---:|---|", *rows])


def _readme(content: Content, title: str, lead: str, *parts: str) -> str:
    about, edition = content.about, content.edition
    return "\n\n".join(
        [
            f"# {title}",
            f"{lead}Version {edition.version}. {about.description}",
            *parts,
            _CAUTION,
            _RIGHTS,
            f"## Cite\n\n{cited(about, edition).strip()}",
            *([f"## Licence\n\nData: {about.licence}"] if about.licence else []),
            f"{WRITTEN_BY}\n",
        ]
    )
