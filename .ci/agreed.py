"""The figures of agreement in the forms in which they are published."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd
from gaza_stabilization.schema.cells import by_coder

import gaza_stabilization as gs
from gaza_stabilization.codebooks.book import markdown_table
from gaza_stabilization.plots.alphas import plot_alpha
from gaza_stabilization.reading.frame_text import as_text
from gaza_stabilization.reliability.figures import (
    CODINGS,
    SAMPLE,
    TENTATIVE,
    Figure,
    Samples,
    figures_of,
    is_tentative,
    number,
)

ROOT = Path(__file__).parent.parent
OUT_OF_SAMPLE = ROOT / "tests" / "made_up_analysis" / "data"
WHICH = (("statements", "unitising"), ("positions", "presence"), ("relationships", "presence"))
TITLE = "Agreement between two AI codings of the same texts; no human benchmark"


def measured() -> dict[str, gs.Agreement]:
    """The agreement of each sample, computed from its two raw codings."""
    return {sample: dataset.agreement() for sample, dataset in _samples().items()}


def _samples() -> dict[str, gs.Dataset]:
    return {"coded texts": gs.Dataset(), "made-up texts": gs.Dataset(OUT_OF_SAMPLE)}


def figures_csv(agreements: dict[str, gs.Agreement]) -> str:
    frames = [agreement.frame() for agreement in agreements.values()]
    for frame, (sample, dataset) in zip(frames, _samples().items(), strict=True):
        frame.insert(0, SAMPLE, sample)
        frame.insert(1, CODINGS, dataset.tables.codings_sha256)
    return as_text(pd.concat(frames))


def table(head: Sequence[str], left: int, rows: Iterator[Sequence[object]]) -> str:
    """A Markdown table of which all but the first columns hold numbers."""
    return "\n".join(markdown_table(head, "l" * left + "r" * (len(head) - left), rows))


def agreement(samples: Samples) -> str:
    """The figures as one Markdown table, both samples side by side."""
    head = ["variable", "same", "alpha", "95 % interval", "n", "made-up: alpha", "interval", "n"]
    return table(head, 1, _side_by_side(samples))


def _side_by_side(samples: Samples) -> Iterator[Sequence[object]]:
    of_texts, of_made_up = samples.values()
    for figure, made_up in zip(of_texts, of_made_up, strict=True):
        if figure.agreement is not None or figure.alpha is not None:
            tentative = is_tentative(figure.table, figure.variable, samples)
            name = f"`{figure.table}` {figure.variable}{' (tentative)' if tentative else ''}"
            yield [name, number(figure.agreement), *alpha_of(figure), *alpha_of(made_up)]


def alpha_of(figure: Figure) -> list[object]:
    return [number(figure.alpha), figure.bounds or "-", figure.n]


def units(samples: Samples) -> str:
    """How many units either coder found, and how many both, as one Markdown table."""
    head = ["units", "text", "coder 1", "coder 2", "both", "precision", "recall", "F1"]
    rows = (
        [figure.table, sample, figure.n_a, figure.n_b, figure.n]
        + [number(share) for share in (figure.precision, figure.recall, figure.f1)]
        for sample, figures in samples.items()
        for figure in figures
        if figure.n_a is not None
    )
    return table(head, 2, rows)


def summary(samples: Samples) -> str:
    """The figures for whoever reads only the README: a Markdown table, and what is tentative."""
    head = ["do two codings have the same"]
    for sample in samples:
        head += [f"{sample}: F1", "alpha"]
    names = ", ".join(tentative(samples)) or "none"
    text = f"Tentative, with alpha below {TENTATIVE}: {names}."
    return f"{table(head, 1, _units_alone(samples))}\n\n{text}"


def _units_alone(samples: Samples) -> Iterator[Sequence[object]]:
    for which in WHICH:
        cells = [f"`{which[0]}`"]
        for _, figure in figures_of(*which, samples):
            bounds = f" ({figure.bounds})" if figure.bounds else ""
            cells += [number(figure.f1), number(figure.alpha) + bounds]
        yield cells


def tentative(samples: Samples) -> Iterator[str]:
    """The variables that are marked tentative."""
    for figure in next(iter(samples.values())):
        if is_tentative(figure.table, figure.variable, samples):
            yield f"`{figure.table}.{figure.variable}`"


def reaching(samples: Samples) -> str:
    """The variables that are tentative, and those whose interval reaches below, as a list."""
    lines = [f"  - marked: {', '.join(tentative(samples)) or 'none'}"]
    for sample, figures in samples.items():
        low = [
            f"`{figure.table}.{figure.variable}` ({figure.bounds})"
            for figure in figures
            if figure.low is not None and figure.low < TENTATIVE
        ]
        lines.append(f"  - by the interval, {sample}: {', '.join(low) or 'none'}")
    return "\n".join(lines)


def adjudicated() -> str:
    """How the adjudications fell, in one sentence a line."""
    rows = gs.rows("adjudications")
    kept = sum((row.before or "") == (row.decided or "") for row in rows)
    alike = [row for row in rows if len(set(by_coder(row.codings).values())) == 1]
    against = [row for row in alike if (row.decided or "") not in by_coder(row.codings).values()]
    periods = sum(row.variable == "span" for row in against)
    return (
        f"Of {len(rows)} differences the tables kept what they had in {kept} and were changed in "
        f"{len(rows) - kept}. In {len(alike)} the two codings were one against the tables; in "
        f"{len(against)} of these the tables were kept nevertheless, in {periods} of them because "
        "of a final period."
    )


def plot(samples: Samples) -> str:
    """The plot of both samples, as SVG; the legend says how many units both coders have."""
    labels = {}
    for sample, figures in samples.items():
        alone = {sample: figures}
        both = [f"{f.n} {f.table}" for which in WHICH for _, f in figures_of(*which, alone)]
        labels[f"{sample} ({', '.join(both)} in both codings)"] = figures
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plot.svg")
        plot_alpha(labels, path, TITLE)
        return path.read_text(encoding="utf-8")
