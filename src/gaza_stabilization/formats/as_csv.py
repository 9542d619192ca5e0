"""One ZIP archive of CSV files: tables, `claims`, `ties` and `codebook`.

Commas, UTF-8, one line a row, an empty cell where there is no value. With the option `excel` every
file begins with a byte order mark, by which Excel knows UTF-8 when a file is opened by a double
click; Excel turns `2024-07` into a date all the same, so import the columns as text where dates
matter. The same data give the same bytes.
"""

from __future__ import annotations

import codecs
from pathlib import Path

from ..releases.archive import pack
from ..releases.citation import cited
from .content import FILES, Content, Losses
from .documents import csv_readme


def write(content: Content, folder: Path, excel: bool = False) -> Losses:
    """Write the archive, which holds all of the tables."""
    mark = codecs.BOM_UTF8 if excel else b""
    licence = {"LICENSE.txt": f"Data: {content.about.licence}\n"} if content.about.licence else {}
    documents = {
        "README.md": csv_readme(content),
        "CITATION.txt": cited(content.about, content.edition),
        **licence,
    }
    files = {f"{name}.csv": mark + content.csv(name) for name in FILES}
    files |= {name: text.encode() for name, text in documents.items()}
    (folder / f"{content.stem}-csv.zip").write_bytes(pack(files, content.moment))
    return {}
