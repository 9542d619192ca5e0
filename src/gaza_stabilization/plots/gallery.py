"""The plots by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import UsageError, look_up
from ..reliability.figures import figures_in
from .alphas import plot_alpha
from .circles import plot_network
from .coverage import plot_coverage
from .stance_matrix import plot_stances

if TYPE_CHECKING:
    from ..tables.folder import Tables


def _agreement(path: Path, tables: Tables) -> None:
    samples = figures_in(tables)
    if not samples:
        raise UsageError(
            f"no figures of agreement are published of {tables.name}; "
            "`gaza-stabilization agreement A B --plot FILE` draws those of two codings"
        )
    plot_alpha(samples, path)


PLOTS: dict[str, Callable[[Path, Tables], None]] = {
    "stances": plot_stances,
    "congruence": lambda path, tables: plot_network(path, tables, "congruence"),
    "relationships": lambda path, tables: plot_network(path, tables, "relationships"),
    "coverage": plot_coverage,
    "agreement": _agreement,
}


def plot_of(tables: Tables, name: str, path: Path) -> Path:
    """Draw a plot of some tables to a file; returns its path."""
    look_up("plot", name, PLOTS)(path, tables)
    return path
