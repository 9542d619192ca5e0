"""An Excel workbook: one sheet a table and flat view, and a sheet with the codebook.

The header stays in sight, every column has a filter and its description as a note. Every text is
written as text, so that nothing runs, dates stay what they are and Erdoğan is shown right. The same
data give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError
from .content import Content, Losses

if TYPE_CHECKING:
    import pandas as pd

_WIDEST = 60  # Characters; a longer text is cut off on the screen, not in the cell.
_LONGEST = 32_767  # Characters that a cell can hold.


def library() -> Any:
    """The module `xlsxwriter`, of the extra `xlsx`. Raises `MissingExtraError`."""
    try:
        return importlib.import_module("xlsxwriter")
    except ImportError:
        raise MissingExtraError("an Excel workbook", "xlsx") from None


def write(content: Content, folder: Path) -> Losses:
    """Write the workbook; returns what it cannot hold."""
    path = folder / f"{content.stem}.xlsx"
    # A cell that looks like a formula, a number or a link stays the text that it is.
    plain = dict.fromkeys(("strings_to_formulas", "strings_to_numbers", "strings_to_urls"), False)
    with library().Workbook(path, plain) as book:
        book.set_properties(
            {
                "title": content.about.title,
                "author": content.about.contributors,
                "comments": f"Version {content.edition.version}. {content.about.licence.title}.",
                "created": content.moment or dt.datetime(1980, 1, 1, tzinfo=dt.UTC),
            }
        )
        head = book.add_format({"bold": True, "bottom": 1})
        for name in content.names:
            notes = {column.name: column.description for column in content.columns(name)}
            _sheet(book.add_worksheet(name), content, content.frame(name), notes, head)
        _sheet(book.add_worksheet("codebook"), content, content.codebook(), {}, head)
    longest = max(_longest(content.frame(name)) for name in content.names)
    losses = {
        "keys and rules, which a workbook does not know": len(content.names),
        "raw codings, which the data package has": content.raw_codings,
    }
    return losses | ({"texts that were cut": 1} if longest > _LONGEST else {})


def _sheet(
    sheet: Any, content: Content, frame: pd.DataFrame, notes: dict[str, str], head: Any
) -> None:
    rows = frame.astype(object)
    rows = rows.where(rows.notna(), None)
    for at, name in enumerate(frame.columns):
        sheet.write_string(0, at, name, head)
        if name in notes:
            sheet.write_comment(0, at, notes[name], {"author": content.about.contributors})
        for number, cell in enumerate(rows[name], 1):
            _cell(sheet, number, at, cell)
        shown = [len(name), *(len(str(cell)) for cell in rows[name] if cell is not None)]
        sheet.set_column(at, at, min(max(shown), _WIDEST) + 2)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)


def _cell(sheet: Any, row: int, column: int, cell: object) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, str(cell)[:_LONGEST])


def _longest(frame: pd.DataFrame) -> int:
    return int(frame.astype("string").fillna("").map(len).to_numpy().max(initial=0))
