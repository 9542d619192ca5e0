"""Ask an installed package for everything that it holds, with the network off.

    python .ci/probe.py

Run it in an environment in which the wheel or sdist is installed, outside the checkout.
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import NoReturn


def refuse(*_: object) -> NoReturn:
    raise OSError("the network is off")


socket.socket.connect = refuse  # type: ignore[method-assign]

import gaza_stabilization as gs  # noqa: E402

assert Path(gs.__file__).is_relative_to(sys.prefix), f"not the installed one: {gs.__file__}"
assert gs.validate() == []
tables = gs.load()
assert all(len(gs.rows(name)) == len(table) for name, table in tables.items())
for coder in tables["coders"]["coder_id"]:
    assert len(gs.load("statements", coder=coder))
assert len(gs.claims()) == len(tables["positions"])
assert len(gs.ties()) == len(tables["relationships"])
for release in gs.versions().itertuples():
    released = gs.load(version=release.version)
    assert all(len(table) == getattr(release, name) for name, table in released.items())
    assert release.version in gs.cite(version=release.version)
    print(gs.diff(release.version))
first = tables["positions"].loc[0, "position_id"]
assert gs.evidence(first).chain
assert len(gs.codebook())
assert len(gs.find(tables["actors"].loc[0, "name"]))
try:
    import schema
except ImportError:
    pass
else:
    raise AssertionError(f"a top-level module schema was installed: {schema}")
print(f"{gs.__version__}: {sum(map(len, tables.values()))} rows in {len(tables)} tables")
