"""An Excel workbook: one sheet a table and flat view, and a sheet with the codebook.

The header stays in sight, every column has a filter and its description as a note. Every text is
written as text, so that nothing runs, dates stay what they are and letters such as ğ are shown
right. The same data give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

from ..errors import optional
from .content import FILES, NAMES, Content, Losses

_WIDEST = 60  # Characters; a longer text is cut off on the screen, not in the cell.
_LONGEST = 32_767  # Characters that a cell can hold.


def library() -> Any:
    """The module `xlsxwriter`, of the extra `xlsx`. Raises `MissingExtraError`."""
    return optional("xlsxwriter", "an Excel workbook", "xlsx")


def write(content: Content, folder: Path) -> Losses:
    """Write the workbook; returns what it cannot hold."""
    about = content.about
    losses = Counter({"keys and rules, which a workbook does not know": len(NAMES)})
    # A cell that looks like a formula, a number or a link stays the text that it is.
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False)
    with library().Workbook(folder / f"{content.stem}.xlsx", plain) as book:
        terms = f" {about.licence}." if about.licence else ""
        book.set_properties(
            {
                "title": about.title,
                "author": about.contributors,
                "comments": f"Version {content.edition.version}.{terms}",
                "created": content.moment or dt.datetime(1980, 1, 1, tzinfo=dt.UTC),
            }
        )
        head = book.add_format({"bold": True, "bottom": 1})
        for name in FILES:
            _fill(book.add_worksheet(name), content, name, head, losses)
    return losses


def _fill(sheet: Any, content: Content, name: str, head: Any, losses: Counter[str]) -> None:
    rows = content.rows(name)
    notes = {column.name: column.description for column in content.columns(name)}
    names = list(content.frame(name).columns)
    for at, column in enumerate(names):
        sheet.write_string(0, at, column, head)
        if column in notes:
            sheet.write_comment(0, at, notes[column], {"author": content.about.contributors})
        cells = [row[column] for row in rows]
        for number, cell in enumerate(cells, 1):
            if isinstance(cell, bool):
                sheet.write_boolean(number, at, cell)
            elif isinstance(cell, int):
                sheet.write_number(number, at, cell)
            elif cell is not None:
                sheet.write_string(number, at, cell[:_LONGEST])
                losses[f"texts cut to {_LONGEST} characters"] += len(cell) > _LONGEST
        widths = [len(column), *(len(str(cell)) for cell in cells if cell is not None)]
        sheet.set_column(at, at, min(max(widths), _WIDEST) + 2)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)
