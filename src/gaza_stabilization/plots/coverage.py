"""Whose voice each stretch of a source is: a strip a source, by characters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import UsageError
from ..networks.build import claims_in
from ..reliability.coefficients import merged
from ..schema.statements import Attribution
from .drawing import BLUE, GREEN, GREY, ORANGE, YELLOW, caption, draw

if TYPE_CHECKING:
    from ..tables.folder import Tables

_PALETTE = (BLUE, GREEN, YELLOW, ORANGE, GREY)
_COLOURS: dict[str, str] = dict(zip(Attribution, _PALETTE, strict=True))


def plot_coverage(path: Path, tables: Tables) -> None:
    """Draw the coverage strip of each source of some tables."""
    passages = tables.frame("passages")
    statements = tables.frame("statements").merge(
        passages[["passage_id", "source_id", "paragraph"]], on="passage_id"
    )
    lengths = passages.groupby(["source_id", "paragraph"], observed=True)["end"].max()
    sources = list(dict.fromkeys(passages["source_id"]))
    if not sources:
        raise UsageError("there is no sentence to draw: passages.csv has no rows")
    covered = sum(
        end - start
        for _, rows in statements.groupby(["source_id", "paragraph"], observed=True)
        for start, end in merged(zip(rows["start"], rows["end"], strict=True))
    )

    def paint(figure: Any) -> None:
        axes = figure.subplots()
        for row, source in enumerate(sources):
            starts = (lengths[source].cumsum() - lengths[source]).to_dict()
            axes.barh(row, int(lengths[source].sum()), color="0.93", height=0.6)
            for start in starts.values():
                axes.plot([start, start], [row - 0.36, row + 0.36], color="white", linewidth=0.7)
            spans = statements[statements["source_id"] == source].drop_duplicates(
                ["paragraph", "start", "end"]
            )
            for span in spans.itertuples():
                axes.barh(
                    row, span.end - span.start, left=starts[span.paragraph] + span.start,
                    color=_COLOURS[str(span.attribution)], height=0.6,
                )  # fmt: skip
        for attribution in Attribution:
            axes.barh(0, 0, color=_COLOURS[attribution], label=attribution.label)
        axes.barh(0, 0, color="0.93", label="no statement")
        axes.set_yticks(range(len(sources)), sources)
        axes.set_ylim(len(sources) - 0.5, -0.5)
        axes.set_xlim(0, int(lengths.groupby("source_id", observed=True).sum().max()))
        axes.set_xlabel("characters of the canonical text; white lines: paragraphs")
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        figure.legend(loc="outside upper center", ncols=3, frameon=False)
        share = covered / int(lengths.sum())
        caption(
            figure,
            f"Whose voice each stretch is. n = {len(statements)} statements, "
            f"{claims_in(len(sources))}, which cover {share:.0%} of the characters; statements of "
            "the same span are drawn once.",
        )

    draw(path, (7.0, 1.9 + 0.45 * len(sources)), paint)
