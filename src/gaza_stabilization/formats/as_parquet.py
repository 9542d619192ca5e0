"""Parquet files, one a table and flat view, and `codebook.parquet`.

Columns are typed: codes are dictionary-encoded text, ordered where they are a scale, numbers
integers, booleans booleans, an empty cell null. Each column carries its description, each file
title, version and licence in its metadata; the list of codes of a column stands in the codebook.
The same data give the same bytes with the same version of Arrow, which writes its version in.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from ..errors import MissingExtraError
from .content import Content, Losses


def library() -> Any:
    """The module `pyarrow`, of the extra `parquet`. Raises `MissingExtraError`."""
    try:
        importlib.import_module("pyarrow.parquet")
        return importlib.import_module("pyarrow")
    except ImportError:
        raise MissingExtraError("Parquet", "parquet") from None


def write(content: Content, folder: Path) -> Losses:
    """Write a file for each table, flat view and the codebook; returns what they cannot hold."""
    arrow = library()
    for name in content.names:
        described = {column.name: column.description for column in content.columns(name)}
        table = arrow.Table.from_pandas(content.frame(name), preserve_index=False)
        schema = arrow.schema(
            [field.with_metadata({"description": described[field.name]}) for field in table.schema],
            metadata=(table.schema.metadata or {}) | _of(content, name),
        )
        arrow.parquet.write_table(table.cast(schema), folder / f"{name}.parquet")
    book = arrow.Table.from_pandas(content.codebook(), preserve_index=False)
    arrow.parquet.write_table(book, folder / "codebook.parquet")
    return {
        "keys and rules, which Parquet does not know": len(content.names),
        "raw codings, which the data package has": content.raw_codings,
    }


def _of(content: Content, name: str) -> dict[bytes, bytes]:
    """What a file says of itself."""
    said = {
        "title": content.title(name),
        "description": content.about.description,
        "version": content.edition.version,
        "license": content.about.licence.name,
        "creator": content.about.contributors,
    }
    return {key.encode(): value.encode() for key, value in said.items()}
