"""The networks as CSV: for each one nodes, edges and a matrix.

`<network>_edges.csv` has the two ends of an edge in its first columns and `<network>_nodes.csv` the
id of a node in its first, as igraph reads them (`graph_from_data_frame(edges, vertices = nodes)`);
`<network>_matrix.csv` has ids as its first row and column, as statnet (`as.matrix`) and UCINET (as
a DL matrix with labels) want it. An empty cell of the affiliation matrix means no position, a zero
balance or ambivalence: the edges tell them apart. CAPTIONS.md says what each network takes and
what it leaves out; other choices are made in Python with `gs.network`. The same data give the same
bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..networks.build import Network
from ..networks.graphs import library
from ..reading.frame_text import as_text
from .content import Content, Losses
from .networked import write_networks

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["library", "write"]


def write(content: Content, folder: Path) -> Losses:
    """Write nodes, edges and matrix of each network; returns what they leave out."""
    return write_networks(content, folder, _files)


def _files(network: Network) -> dict[str, str]:
    parts = {"nodes": nodes_of(network), "edges": network.edges, "matrix": _square(network)}
    return {f"{network.name}_{part}.csv": as_text(frame) for part, frame in parts.items()}


def nodes_of(network: Network) -> pd.DataFrame:
    """One row a node, sorted: id, and what it says of itself."""
    import pandas as pd

    records = [{"id": id_, **data} for id_, data in sorted(network.graph.nodes(data=True))]
    return pd.DataFrame(records)


def _square(network: Network) -> pd.DataFrame:
    """The matrix with the ids of its rows as the first column."""
    matrix = network.matrix.convert_dtypes().rename_axis(index=None, columns=None)
    return matrix.rename_axis("id").reset_index()
