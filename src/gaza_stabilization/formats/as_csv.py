"""One ZIP archive of CSV files: tables, `claims`, `ties` and `codebook`.

Commas, UTF-8, one line a row, an empty cell where there is no value. With the option `excel` every
file begins with a byte order mark, by which Excel knows UTF-8 when a file is opened by a double
click; Excel turns `2024-07` into a date all the same, so import the columns as text where dates
matter. The same data give the same bytes.
"""

from __future__ import annotations

import codecs
import tempfile
from pathlib import Path

from ..reading.frame_text import as_text
from ..releases.archive import pack
from ..releases.citation import cited
from .content import Content, Losses
from .documents import readme


def library() -> None:
    """Nothing is needed beside the package."""


def write(content: Content, folder: Path, excel: bool = False) -> Losses:
    """Write the archive; returns what it cannot hold."""
    mark = codecs.BOM_UTF8 if excel else b""
    with tempfile.TemporaryDirectory() as name:
        inside = Path(name)
        for table in content.names:
            (inside / f"{table}.csv").write_bytes(mark + as_text(content.frame(table)).encode())
        (inside / "codebook.csv").write_bytes(mark + as_text(content.codebook()).encode())
        documents = {
            "README.md": readme(content),
            "LICENSE.txt": f"Data: {content.about.licence}\n",
            "CITATION.txt": cited(content.about, content.edition),
        }
        for document, text in documents.items():
            (inside / document).write_text(text, encoding="utf-8", newline="\n")
        (folder / f"{content.stem}-csv.zip").write_bytes(pack(inside, content.moment))
    return {"raw codings, which the data package has": content.raw_codings}
