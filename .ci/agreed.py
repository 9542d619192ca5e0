"""The figures of agreement in the forms in which they are published."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from gaza_stabilization.schema.cells import by_coder
from gaza_stabilization.schema.tables import CODINGS

import gaza_stabilization as gs
from gaza_stabilization.plots.alphas import plot_alpha
from gaza_stabilization.reliability.figures import (
    COLUMNS,
    MADE_UP,
    NAMES,
    TENTATIVE,
    TEXTS,
    Figure,
    Samples,
    as_records,
    is_tentative,
    number,
)

ROOT = Path(__file__).parent.parent
OUT_OF_SAMPLE = ROOT / "tests" / "made_up_analysis" / "data" / CODINGS
WHICH = (("statements", "unitising"), ("positions", "presence"), ("relationships", "presence"))
TITLE = "Agreement between two AI codings of the same texts; no human benchmark"


def measured() -> Samples:
    """The figures of both samples, computed from the raw codings."""
    made_up = [OUT_OF_SAMPLE / coder.name for coder in sorted(OUT_OF_SAMPLE.glob("*/"))]
    return {TEXTS: gs.agreement("ai-1", "ai-2").figures, MADE_UP: gs.agreement(*made_up).figures}


def figures_csv(samples: Samples) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, ["sample", *COLUMNS], lineterminator="\n")
    writer.writeheader()
    for sample, figures in samples.items():
        writer.writerows({"sample": sample, **record} for record in as_records(figures))
    return buffer.getvalue()


def agreement(samples: Samples) -> str:
    """The figures as one Markdown table, both samples side by side."""
    head = ["variable", "same", "alpha", "95 % interval", "n", "made-up: alpha", "interval", "n"]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    of_made_up = {(figure.table, figure.variable): figure for figure in samples[MADE_UP]}
    for figure in samples[TEXTS]:
        if figure.agreement is None and figure.alpha is None:
            continue
        other = of_made_up[figure.table, figure.variable]
        mark = " (tentative)" if is_tentative(figure.table, figure.variable, samples) else ""
        cells = [
            f"`{figure.table}` {figure.variable}{mark}",
            number(figure.agreement),
            number(figure.alpha),
        ]
        cells += [bounds(figure), str(figure.n), number(other.alpha), bounds(other), str(other.n)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def bounds(figure: Figure) -> str:
    return "-" if figure.low is None else f"{number(figure.low)} to {number(figure.high)}"


def units(samples: Samples) -> str:
    """How many units either coder found, and how many both, as one Markdown table."""
    lines = ["| units | text | coder 1 | coder 2 | both | precision | recall | F1 |"]
    lines.append("|---|---|" + "---:|" * 6)
    for sample, figures in samples.items():
        for figure in figures:
            if figure.n_a is not None:
                shares = [number(value) for value in (figure.precision, figure.recall, figure.f1)]
                found = [str(value) for value in (figure.n_a, figure.n_b, figure.n)]
                cells = [figure.table, NAMES[sample], *found, *shares]
                lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def summary(samples: Samples) -> str:
    """The figures for whoever reads only the README: a Markdown table, and what is tentative."""
    head = ["do two codings have the same", "coded texts: F1", "alpha", "made-up text: F1", "alpha"]
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * 4]
    for table, variable in WHICH:
        cells = [f"`{table}`"]
        for sample in NAMES:
            figure = figure_of(samples[sample], table, variable)
            cells += [number(figure.f1), number(figure.alpha)]
            cells[-1] += "" if figure.low is None else f" ({bounds(figure)})"
        lines.append("| " + " | ".join(cells) + " |")
    names = ", ".join(tentative(samples)) or "none"
    return "\n".join([*lines, f"\nTentative, with alpha below {TENTATIVE}: {names}."])


def tentative(samples: Samples) -> Iterator[str]:
    """The variables that are marked tentative."""
    for figure in samples[TEXTS]:
        if is_tentative(figure.table, figure.variable, samples):
            yield f"`{figure.table}.{figure.variable}`"


def reaching(samples: Samples) -> str:
    """The variables that are tentative, and those whose interval reaches below, as a list."""
    lines = [f"  - marked: {', '.join(tentative(samples)) or 'none'}"]
    for sample, name in NAMES.items():
        low = [
            f"`{figure.table}.{figure.variable}` ({bounds(figure)})"
            for figure in samples[sample]
            if figure.low is not None and figure.low < TENTATIVE
        ]
        lines.append(f"  - by the interval, {name}: {', '.join(low) or 'none'}")
    return "\n".join(lines)


def adjudicated() -> str:
    """How the adjudications fell, in one sentence a line."""
    rows = gs.rows("adjudications")
    had = [set(by_coder(row.codings).values()) for row in rows]
    pairs = list(zip(rows, had, strict=True))
    kept = sum((row.before or "") == (row.decided or "") for row in rows)
    alike = [row for row, values in pairs if len(values) == 1]
    against = [row for row in alike if (row.decided or "") not in by_coder(row.codings).values()]
    periods = sum(row.variable == "span" for row in against)
    return (
        f"Of {len(rows)} differences the tables kept what they had in {kept} and were changed in "
        f"{len(rows) - kept}. In {len(alike)} the two codings were one against the tables; in "
        f"{len(against)} of these the tables were kept nevertheless, in {periods} of them because "
        "of a final period."
    )


def figure_of(figures: Sequence[Figure], table: str, variable: str) -> Figure:
    return next(
        figure for figure in figures if (figure.table, figure.variable) == (table, variable)
    )


def plot(samples: Samples) -> str:
    """The plot of both samples, as SVG; the legend says how many units both coders have."""
    labels = {}
    for sample, name in NAMES.items():
        both = [f"{figure_of(samples[sample], *which).n} {which[0]}" for which in WHICH]
        labels[f"{name} ({', '.join(both)} in both codings)"] = samples[sample]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plot.svg")
        plot_alpha(labels, path, TITLE)
        return path.read_text(encoding="utf-8")
