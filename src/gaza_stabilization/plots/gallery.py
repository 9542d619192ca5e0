"""The public door to the plots."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..errors import look_up
from ..paths import DATA
from ..reliability.figures import NAMES, published
from .alphas import plot_alpha
from .circles import plot_network
from .coverage import plot_coverage
from .stance_matrix import plot_stances


def _agreement(path: str | Path, folder: Path) -> None:
    plot_alpha({NAMES[sample]: found for sample, found in published().items()}, path)


PLOTS: dict[str, Callable[[str | Path, Path], None]] = {
    "stances": plot_stances,
    "congruence": lambda path, folder: plot_network(path, folder, "congruence"),
    "relationships": lambda path, folder: plot_network(path, folder, "relationships"),
    "coverage": plot_coverage,
    "agreement": _agreement,
}


def plot(name: str, path: str | Path) -> Path:
    """Draw a plot of the data to a file that ends in .svg, .png or .pdf; returns its path.

    `name` is `stances` (holders by issues), `congruence` or `relationships` (networks of actors),
    `coverage` (whose voice the text is) or `agreement` (alpha by variable, of the published
    figures). The caption has n, what is taken and what is left out. The same data give the same
    bytes with the same version of matplotlib.

    Raises `UnknownNameError` where there is no such plot, `UsageError` where the file has another
    ending or cannot be written, `MissingExtraError` where a library of the extras `plots` and
    `networks` is not installed. Source: the package's own tables.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     plot("coverage", f"{folder}/coverage.svg").name
    'coverage.svg'
    """
    look_up("plot", name, PLOTS)(path, DATA)
    return Path(path)
