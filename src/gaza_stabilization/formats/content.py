"""What an export is made of: valid tables, their flat views, the codebook, and a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..about import About, Edition
from ..codebooks.lookup import codebook_of
from ..schema.rows import Column, columns, definition
from ..schema.tables import MODELS
from ..schema.views import VIEWS
from ..tables.folder import Tables

if TYPE_CHECKING:
    import pandas as pd


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

    @property
    def names(self) -> tuple[str, ...]:
        """Tables in key order, then flat views."""
        return (*MODELS, *VIEWS)

    def frame(self, name: str) -> pd.DataFrame:
        """A table or flat view, typed as `load` types it, and checked against its schema."""
        return self.tables.frame(name)

    def columns(self, name: str) -> tuple[Column, ...]:
        """The columns of a table or flat view."""
        return VIEWS[name].columns if name in VIEWS else columns(MODELS[name])

    def title(self, name: str) -> str:
        """The title of a table or flat view."""
        return VIEWS[name].title if name in VIEWS else MODELS[name].about.title

    def definition(self, name: str) -> str:
        """What one row of a table or flat view is, and the rules by which it is coded."""
        return VIEWS[name].definition if name in VIEWS else definition(MODELS[name])

    def codebook(self) -> pd.DataFrame:
        """The codebook, one row a field."""
        return codebook_of(self.tables)

    @property
    def raw_codings(self) -> int:
        """The number of raw codings, which only the data package has."""
        return len(self.tables.coders)


Losses = Mapping[str, int]
"""What a format cannot hold, in words, each with the number of cells, rows or columns."""
