"""What an export is made of: the valid tables of a folder, their flat views, and the codebook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..codebooks.lookup import codebook
from ..schema.rows import Column, columns
from ..schema.tables import MODELS
from ..schema.views import VIEWS
from ..tables.flat import read_view
from ..tables.loading import read_frame
from ..this_dataset import NAME, Edition

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Content:
    """The data of an export. `moment` is when it counts as made, None where that is not known."""

    data: Path
    edition: Edition
    moment: dt.datetime | None

    @property
    def stem(self) -> str:
        """The name of a file without its ending."""
        return f"{NAME}-{self.edition.version}"

    @property
    def names(self) -> tuple[str, ...]:
        """Tables in key order, then flat views."""
        return (*MODELS, *VIEWS)

    def frame(self, name: str) -> pd.DataFrame:
        """A table or flat view, typed as `load` types it."""
        return (read_view if name in VIEWS else read_frame)(name, self.data)

    def columns(self, name: str) -> tuple[Column, ...]:
        """The columns of a table or flat view."""
        return VIEWS[name].columns if name in VIEWS else columns(MODELS[name])

    def title(self, name: str) -> str:
        """The title of a table or flat view."""
        return VIEWS[name].title if name in VIEWS else MODELS[name].about.title

    def codebook(self) -> pd.DataFrame:
        """The codebook, one row a field."""
        return codebook()


Losses = Mapping[str, int]
"""What a format cannot hold, in words, each with the number of cells, rows or columns."""
