"""How long the package takes, beside what it stands on, in fresh processes of one run.

    python .ci/benchmark.py [ROUNDS]

Prints the median of each command in seconds, and its ratio to the line it is compared with. Run it
on a quiet machine, without the extra `test`: Pandera loads hypothesis where it finds it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

COMMANDS = {
    "bare Python": "pass",
    "import gaza_stabilization": "import gaza_stabilization",
    "import pandera.pandas": "import pandera.pandas",
    "validate the data": "import gaza_stabilization as gs; gs.validate()",
    "load every table": "import gaza_stabilization as gs; gs.load()",
}
COMPARED = {
    "import gaza_stabilization": "bare Python",
    "validate the data": "import pandera.pandas",
    "load every table": "import pandera.pandas",
}


def seconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main(rounds: int) -> None:
    for code in COMMANDS.values():
        seconds(code)  # So that all bytecode is compiled.
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(rounds):  # In turn, so that a disturbance hits all alike.
        for name, code in COMMANDS.items():
            times[name].append(seconds(code))
    medians = {name: statistics.median(values) for name, values in times.items()}
    for name, median in medians.items():
        other = COMPARED.get(name)
        ratio = f"{median / medians[other]:6.2f} x {other}" if other else ""
        print(f"{name:<28} {median:6.3f} s  {ratio}".rstrip())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
