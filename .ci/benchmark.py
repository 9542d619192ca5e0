"""How long validation takes, beside what else reads the same files, in fresh processes of one run.

    python .ci/benchmark.py [--sources N ...] [--rounds N] [--frictionless ROWS] [--corpora DIR]

Prints tables in Markdown, to be committed as docs/benchmark.md: wall time and memory of each
command, the median of some rounds in turn, and which goals are met. The corpora are made up, of 1,
100, 1000, 6200 and 147500 sources by default (446 to 50 million rows, which take half an hour and
8 GB of disk), and are written anew unless `--corpora` is where they are kept. `--frictionless` is
how many rows are given to frictionless at most. Run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT)]

READ = """
import pathlib, polars, sys
paths = pathlib.Path(sys.argv[1]).glob('*.csv')
tables = [polars.read_csv(path, infer_schema=False) for path in paths]
"""
VALIDATE = """
import sys, gaza_stabilization as gs
problems = gs.Dataset(sys.argv[1]).validate(levels=[1, 2, 3])
assert (len(problems) > 0) == ('damaged' in sys.argv[1]), problems[:3]
"""
FRICTIONLESS = """
import frictionless, sys
assert frictionless.validate(sys.argv[1] + '.json').valid
"""
LONG = 10  # Seconds of a command that is run once.
MEMORY = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


@dataclass
class Cost:
    """Seconds and megabytes of one process."""

    seconds: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s, {self.megabytes:.0f} MB"


def cost(code: str, folder: Path) -> Cost:
    start = time.perf_counter()
    command = [sys.executable, "-c", f"{code}\n{MEMORY}", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(time.perf_counter() - start, int(done.stdout.split()[-1]) / 1024)


@dataclass
class Size:
    """What a corpus of some rows costs; `frictionless` is None where it was not given to it."""

    rows: int
    read: Cost
    clean: Cost
    damaged: Cost
    frictionless: Cost | None = None


def median(costs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.seconds for cost in costs),
        statistics.median(cost.megabytes for cost in costs),
    )


def measured(commands: dict[str, tuple[str, Path]], rounds: int) -> dict[str, Cost]:
    """The median cost of each command, in turn, so that a disturbance hits all alike."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (code, folder) in commands.items():
            if not costs[name] or costs[name][0].seconds < LONG:
                costs[name].append(cost(code, folder))
    return {name: median(of_name) for name, of_name in costs.items()}


def corpus(folder: Path, sources: int) -> int:
    """Write a corpus, and beside it a data package of it; returns its number of rows."""
    from gaza_stabilization.schema.models import MODELS
    from gaza_stabilization.schema.table_schema import schema_of

    from tests.copies import write_copies

    if not folder.is_dir():
        write_copies(folder, sources)
    resources = [
        {"name": name, "path": f"{folder.name}/{name}.csv", "schema": schema_of(model)}
        for name, model in MODELS.items()
    ]
    described = {"name": "copies", "resources": resources}
    folder.with_suffix(".json").write_text(json.dumps(described), encoding="utf-8")
    return sum((folder / f"{name}.csv").read_bytes().count(b"\n") - 1 for name in MODELS)


def damaged(folder: Path, other: Path) -> Path:
    """A copy of a corpus with a wrong cell in each of some sources."""
    other.mkdir()
    for path in folder.iterdir():
        if path.name == "positions.csv":
            lines = path.read_text(encoding="utf-8").split("\n")
            for number in range(1, len(lines) - 1, max(1, len(lines) // 8)):
                cells = lines[number].split(",")
                at = next(place for place, cell in enumerate(cells) if cell in ("own", "ascribed"))
                cells[at] = "ascribed" if cells[at] == "own" else "own"
                lines[number] = ",".join(cells)
            (other / path.name).write_text("\n".join(lines), encoding="utf-8")
        else:
            os.link(path, other / path.name)
    return other


def main(numbers_of_sources: list[int], rounds: int, most: int, kept: Path | None) -> None:
    print("# Validation, measured\n")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, median of {rounds} rounds")
    print(f"of one run of `python .ci/benchmark.py`; what takes over {LONG} s is run once.")
    print("Levels 1 to 3, every rule; wall seconds and megabytes of whole processes.\n")
    names = ("Polars reads all as text", "validate, clean", "validate, damaged", "frictionless")
    print(f"| rows | {' | '.join(names)} |")
    print(f"|{'---:|' * (len(names) + 1)}")
    sizes = []
    for sources in numbers_of_sources:
        with tempfile.TemporaryDirectory(dir=kept) as place:
            folder = (kept or Path(place)) / str(sources)
            rows = corpus(folder, sources)
            commands = {
                "read": (READ, folder),
                "clean": (VALIDATE, folder),
                "damaged": (VALIDATE, damaged(folder, Path(place) / "damaged")),
            }
            if rows <= most:
                commands["frictionless"] = (FRICTIONLESS, folder)
            sizes.append(Size(rows, **measured(commands, rounds)))
        costs = (sizes[-1].read, sizes[-1].clean, sizes[-1].damaged, sizes[-1].frictionless)
        print(f"| {rows:,} | {' | '.join(str(cost or '') for cost in costs)} |", flush=True)
    print("\n| goal | rows | wanted | measured | |\n|---|---:|---:|---:|---|")
    for what, rows, wanted, figure in goals(sizes):
        met = "met" if figure <= wanted else "missed"
        print(f"| {what} | {rows:,} | at most {wanted:g} | {figure:.3g} | {met} |")


def goals(sizes: list[Size]) -> Iterator[tuple[str, int, float, float]]:
    """What is wanted, at how many rows, how much at most, and what was measured."""
    first, last = sizes[0], sizes[-1]
    if first.frictionless and first.rows < 10_000:
        share = first.clean.seconds / first.frictionless.seconds
        yield "time cold, to that of frictionless", first.rows, 1 / 2, share
    large = [size for size in sizes if 10**6 <= size.rows < 10**7]
    for size in large:
        if size.frictionless:
            share = size.clean.seconds / size.frictionless.seconds
            yield "time, to that of frictionless", size.rows, 1 / 40, share
        yield "time, to that of reading", size.rows, 2.8, size.clean.seconds / size.read.seconds
        yield (
            "memory, to that of reading",
            size.rows,
            1.1,
            size.clean.megabytes / size.read.megabytes,
        )
        yield "time damaged, to clean", size.rows, 4, size.damaged.seconds / size.clean.seconds
    if large and last.rows >= 10**7:
        more = math.log(last.clean.seconds / large[0].clean.seconds, last.rows / large[0].rows)
        yield f"growth from {large[0].rows:,} rows, as the power of n", last.rows, 1.05, more
        yield "memory in GiB", last.rows, 4, last.clean.megabytes / 1024


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, nargs="+", default=[1, 100, 1000, 6200, 147_500])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--frictionless", type=int, default=3_000_000, metavar="ROWS")
    parser.add_argument("--corpora", type=Path, metavar="DIR")
    given = parser.parse_args()
    main(given.sources, given.rounds, given.frictionless, given.corpora)
