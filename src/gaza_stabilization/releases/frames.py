"""Tables of a snapshot as pandas frames, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InvalidFrameError
from .snapshot import Shape, TableState

if TYPE_CHECKING:
    import pandas as pd


def frame_of(state: TableState) -> pd.DataFrame:
    """The rows of a table as a frame, in the dtypes of its own columns and codes."""
    import pandas as pd

    frame = pd.DataFrame(state.rows.values(), columns=list(state.shape.fields), dtype="string")
    frame = frame.mask(frame == "")
    for name, field in state.shape.fields.items():
        if field.type == "code":
            dtype = pd.CategoricalDtype(list(field.codes), ordered=field.ordered)
            frame[name] = frame[name].astype(dtype)
        elif field.type == "integer":
            frame[name] = frame[name].astype("Int64")
        elif field.type == "boolean":
            frame[name] = frame[name].map({"true": True, "false": False}).astype("boolean")
    return frame


def state_of(frame: pd.DataFrame, shape: Shape) -> TableState:
    """The rows of a frame as text, as they stand in a CSV. Raises `InvalidFrameError`."""
    names = list(shape.fields)
    if list(frame.columns) != names:
        raise InvalidFrameError(shape.title, [f"columns: expected {', '.join(names)}"])
    text = frame.astype("string").fillna("")
    for name, field in shape.fields.items():
        if field.type == "boolean":
            text[name] = text[name].str.lower()
    rows = [dict(zip(names, cells, strict=True)) for cells in text.itertuples(index=False)]
    return TableState(shape, {tuple(row[name] for name in shape.key): row for row in rows})
