"""What an export is made of: valid tables, their flat views, the codebook, and a moment."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..about import About, Edition
from ..codebooks.lookup import codebook_of, fields_of
from ..reading.frame_text import as_text
from ..schema.models import MODELS
from ..schema.rows import Column
from ..schema.shapes import Shape, shape_of
from ..schema.views import VIEWS
from ..tables.folder import Tables

if TYPE_CHECKING:
    import pandas as pd

CODEBOOK = "codebook"
NAMES = (*MODELS, *VIEWS)
"""Tables in key order, then flat views."""
FILES = (*NAMES, CODEBOOK)
"""What most formats write, one file or sheet each."""

Losses = Mapping[str, int]
"""What a format cannot hold, in words, each with the number of cells, rows or columns."""


@dataclass(frozen=True)
class Content:
    """The data of an export. `moment` is when it counts as made, None where that is not known."""

    tables: Tables
    moment: dt.datetime | None

    @property
    def about(self) -> About:
        """What the dataset says of itself."""
        return self.tables.about

    @property
    def edition(self) -> Edition:
        """The version and its day."""
        return self.tables.edition

    @property
    def stem(self) -> str:
        """The name of a file without its ending."""
        return f"{self.about.name}-{self.edition.version}"

    def frame(self, name: str) -> pd.DataFrame:
        """A table or flat view, typed as `load` types it, or the codebook, one row a field."""
        return codebook_of(self.tables) if name == CODEBOOK else self.tables.frame(name)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """The rows of a frame as texts, whole numbers, truth and None."""
        frame = self.frame(name).astype(object)
        return [
            {str(column): cell for column, cell in row.items()}
            for row in frame.where(frame.notna(), None).to_dict("records")
        ]

    def csv(self, name: str) -> bytes:
        """A frame as the bytes of a CSV file."""
        return as_text(self.frame(name)).encode()

    def columns(self, name: str) -> tuple[Column, ...]:
        """The columns of a table or flat view; of the codebook none is described."""
        return () if name == CODEBOOK else fields_of(name)

    def shape(self, name: str) -> Shape:
        """Title, definition and key of a table, flat view or the codebook."""
        if name == CODEBOOK:
            text = "One row a column of a table or flat view."
            return Shape("Codebook", text, ("table", "field"), {})
        return shape_of(name)


def as_json(value: Mapping[str, Any]) -> str:
    """A JSON-ready value as the text of a file."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
