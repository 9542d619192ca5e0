"""A canvas for plots, and how it is saved: the same bytes with the same version of matplotlib."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..errors import UsageError, optional

# Of Okabe and Ito, told apart by most colour-blind eyes.
BLUE, ORANGE, GREY, YELLOW, GREEN = "#0072B2", "#D55E00", "#7F7F7F", "#E69F00", "#009E73"
FORMATS = (".svg", ".png", ".pdf")
_LETTERS = 15  # Of a caption, in an inch.
_SETTINGS = {
    "svg.hashsalt": "gaza-stabilization",
    "svg.fonttype": "path",
    "font.size": 8,
    "text.parse_math": False,  # A dollar in a name is a dollar.
}


def draw(path: str | Path, size: tuple[float, float], paint: Callable[[Any], None]) -> None:
    """Let `paint` fill a figure of a size in inches, and save it as SVG, PNG or PDF.

    Raises `MissingExtraError` where matplotlib (extra `plots`) is not installed, `UsageError` where
    the file has another ending or cannot be written.
    """
    ending = Path(path).suffix.lower()
    if ending not in FORMATS:
        known = f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
        raise UsageError(f"cannot plot to {path}; expected a file that ends in {known}")
    matplotlib = optional("matplotlib", "a plot", "plots")
    canvas = optional("matplotlib.figure", "a plot", "plots")
    with matplotlib.rc_context(_SETTINGS):
        figure = canvas.Figure(figsize=size, layout="constrained")
        paint(figure)
        stamp = {} if ending == ".png" else {_DATE[ending]: None}
        try:
            figure.savefig(path, dpi=150, metadata=stamp)
        except OSError as error:
            raise UsageError(f"cannot plot to {path}: {error.strerror or error}") from None


_DATE = {".svg": "Date", ".pdf": "CreationDate"}


def caption(figure: Any, text: str) -> None:
    """Write what a plot shows, and of how much, below it."""
    import textwrap

    lines = textwrap.wrap(text, int(figure.get_figwidth() * _LETTERS))
    figure.supxlabel("\n".join(lines), fontsize=7, color="0.3", x=0.01, ha="left")
