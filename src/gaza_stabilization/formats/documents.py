"""The documents that go with an export: a README for whoever finds the folder."""

from __future__ import annotations

from pathlib import Path

from ..about import DATA_LICENCE_PATH, DATA_LICENCE_TITLE, DESCRIPTION, TITLE, Edition
from ..citation import cited
from ..schema.coders import Coder
from ..schema.rows import definition
from ..schema.tables import CODED, CODINGS, MODELS
from ..tables import read_frame, read_rows
from ..views import VIEWS


def readme(folder: Path, edition: Edition) -> str:
    """The README of an export, in Markdown."""
    tables = [
        f"| {name}.csv | {len(read_frame(name, folder))} | {definition(model).splitlines()[0]} |"
        for name, model in MODELS.items()
    ]
    views = [
        f"| {name}.csv | {len(read_frame(view.base, folder))} | {view.definition} |"
        for name, view in VIEWS.items()
    ]
    codings = [
        f"| {CODINGS}/{row.coder_id}/ | | The raw coding of {row.coder_id} ({row.kind.label}): "
        f"{', '.join(CODED)}; its instructions are {CODINGS}/{row.instructions_sha256}.md |"
        for row in read_rows(Coder, folder)
    ]
    listing = "\n".join([*tables, *views, *codings])
    return f"""# {TITLE}

Version {edition.version}. {DESCRIPTION}

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

{cited(edition).strip()}

## Licence

Data: {DATA_LICENCE_TITLE}, {DATA_LICENCE_PATH}
The text of the sources is not included; it belongs to whoever holds its rights.
"""
