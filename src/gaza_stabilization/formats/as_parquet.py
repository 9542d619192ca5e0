"""Parquet files, one a table and flat view, and `codebook.parquet`.

Columns are typed: codes are dictionary-encoded text, ordered where they are a scale, numbers
integers, booleans booleans, an empty cell null. Each column carries its description, each file
title, version and licence in its metadata; the list of codes of a column stands in the codebook.
The same data give the same bytes with the same version of Arrow, which writes its version in.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..errors import optional
from .content import FILES, NAMES, Content, Losses


def library() -> Any:
    """The module `pyarrow`, of the extra `parquet`. Raises `MissingExtraError`."""
    optional("pyarrow.parquet", "Parquet", "parquet")
    return optional("pyarrow", "Parquet", "parquet")


def write(content: Content, folder: Path) -> Losses:
    """Write a file for each table, flat view and the codebook; returns what they cannot hold."""
    arrow = library()
    for name in FILES:
        described = {column.name: column.description for column in content.columns(name)}
        table = arrow.Table.from_pandas(content.frame(name), preserve_index=False)
        fields = [
            field.with_metadata({"description": described[field.name]}) if described else field
            for field in table.schema
        ]
        schema = arrow.schema(fields, (table.schema.metadata or {}) | _metadata(content, name))
        # To an open file: Arrow takes a path for UTF-8, whatever encoding the system has.
        with (folder / f"{name}.parquet").open("wb") as file:
            arrow.parquet.write_table(table.cast(schema), file)
    return {"keys and rules, which Parquet does not know": len(NAMES)}


def _metadata(content: Content, name: str) -> dict[bytes, bytes]:
    """What a file says of itself."""
    about = content.about
    texts = {
        "title": content.shape(name).title,
        "dataset": about.title,
        "description": about.description,
        "version": content.edition.version,
        "license": str(about.licence),
        "creator": about.contributors,
    }
    return {key.encode(): text.encode() for key, text in texts.items() if text}
