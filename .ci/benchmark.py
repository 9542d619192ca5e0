"""How long validation takes, beside what else reads the same files, in fresh processes of one run.

    python .ci/benchmark.py [--sources N ...] [--rounds N] [--frictionless ROWS]

Prints a table in Markdown, to be committed as docs/benchmark.md: wall time and memory of each
command, the median of some rounds in turn, and what the goals say. The corpora are made up, of 1,
100, 1000 and 6200 sources by default (340 to 2.1 million rows); `--frictionless` is how many rows
are given to frictionless at most. Run it on a quiet machine.
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
MEMORY = "import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


@dataclass
class Cost:
    """Seconds and megabytes of one process."""

    seconds: float
    megabytes: float


def cost(code: str, folder: Path) -> Cost:
    start = time.perf_counter()
    command = [sys.executable, "-c", f"{code}\n{MEMORY}", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Cost(time.perf_counter() - start, int(done.stdout.split()[-1]) / 1024)


def median(costs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(one.seconds for one in costs),
        statistics.median(one.megabytes for one in costs),
    )


def measured(commands: dict[str, tuple[str, Path]], rounds: int) -> dict[str, Cost]:
    """The median cost of each command, in turn, so that a disturbance hits all alike."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (code, folder) in commands.items():
            costs[name].append(cost(code, folder))
    return {name: median(of_name) for name, of_name in costs.items()}


def corpus(folder: Path, sources: int) -> int:
    """Write a corpus, and beside it a data package of it; returns its number of rows."""
    from gaza_stabilization.schema.table_schema import schema_of
    from gaza_stabilization.schema.tables import MODELS

    from tests.copies import write_copies

    write_copies(folder, sources)
    resources = [
        {"name": name, "path": f"{folder.name}/{name}.csv", "schema": schema_of(model)}
        for name, model in MODELS.items()
    ]
    described = {"name": "copies", "resources": resources}
    folder.with_suffix(".json").write_text(json.dumps(described), encoding="utf-8")
    return sum((folder / f"{name}.csv").read_bytes().count(b"\n") - 1 for name in MODELS)


def damaged(folder: Path, sources: int) -> Path:
    """A copy of a corpus with a wrong cell in each of some sources."""
    other = folder.with_name(f"{folder.name}-damaged")
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


def main(sizes: list[int], rounds: int, most: int) -> None:
    print("# Validation, measured\n")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, median of {rounds} rounds ")
    print("of one run of `python .ci/benchmark.py`. Levels 1 to 3, every rule; wall seconds and ")
    print("megabytes of whole processes.\n")
    names = ("Polars reads all as text", "validate, clean", "validate, damaged", "frictionless")
    print(f"| rows | {' | '.join(names)} | to Polars | damaged to clean | frictionless to it |")
    print(f"|{'---:|' * (len(names) + 4)}")
    points: list[tuple[int, float]] = []
    with tempfile.TemporaryDirectory(dir=ROOT.parent if most > 10**7 else None) as place:
        for sources in sizes:
            folder = Path(place) / str(sources)
            rows = corpus(folder, sources)
            commands = {
                names[0]: (READ, folder),
                names[1]: (VALIDATE, folder),
                names[2]: (VALIDATE, damaged(folder, sources)),
            }
            if rows <= most:
                commands[names[3]] = (FRICTIONLESS, folder)
            costs = measured(commands, rounds)
            cells = [
                f"{costs[name].seconds:.2f} s, {costs[name].megabytes:.0f} MB"
                if name in costs
                else ""
                for name in names
            ]
            clean = costs[names[1]]
            ratios = [
                f"{clean.seconds / costs[names[0]].seconds:.2f}, "
                f"memory {clean.megabytes / costs[names[0]].megabytes:.2f}",
                f"{costs[names[2]].seconds / clean.seconds:.2f}",
                f"{costs[names[3]].seconds / clean.seconds:.1f}" if names[3] in costs else "",
            ]
            print(f"| {rows:,} | {' | '.join([*cells, *ratios])} |", flush=True)
            points.append((rows, clean.seconds))
    if len(points) > 1:
        (few, short), (many, long) = points[-2:]
        power = math.log(long / short, many / few)
        print(f"\nFrom {few:,} to {many:,} rows it grows as n^{power:.2f}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, nargs="+", default=[1, 100, 1000, 6200])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--frictionless", type=int, default=400_000, metavar="ROWS")
    given = parser.parse_args()
    main(given.sources, given.rounds, given.frictionless)
