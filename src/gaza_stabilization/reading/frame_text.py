"""Frames as CSV text, each cell as it stands in the tables."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame as text: `true` and `false`, plain numbers, an empty text where there is no value."""
    text = frame.copy()
    for name in text.columns[text.dtypes == "boolean"]:
        text[name] = text[name].map({True: "true", False: "false"})
    return text.astype("string").fillna("")


def as_text(frame: pd.DataFrame) -> str:
    """A frame as CSV with a header: commas, LF, quotation marks only where a cell needs them."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows(plain(frame).itertuples(index=False))
    return buffer.getvalue()
