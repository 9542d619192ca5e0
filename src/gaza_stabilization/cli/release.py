"""Release the tables of a checkout as a version; RELEASING.md has the steps around it.

Refused unless validation is clean, the tables differ from the last release, VERSION is what the
differences demand, and CHANGELOG.md has a dated section for it that names every table touched. The
data package is kept whole in releases/, the index gets a row, and last the version is set. After an
interruption run it again. Exit status 1 where it is refused.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ..checks.releasing import make_release
from ..paths import DATA
from .data import name_of, renamed


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's arguments."""
    parser.add_argument("version", metavar="VERSION", help="such as 1.2.0")
    parser.add_argument(
        "folder", metavar="DATA_DIR", nargs="?", help="old: write --data FOLDER, that of a checkout"
    )


def run(arguments: argparse.Namespace) -> int:
    """Carry the verb out; returns the exit status."""
    if arguments.folder is not None:
        renamed("DATA_DIR", "--data FOLDER")
    folder = name_of(arguments, {"DATA_DIR": arguments.folder})
    made = make_release(arguments.version, DATA if folder is None else Path(folder))
    how = "completed the release that was interrupted" if made.completed else "released"
    print(f"{how}: {made.release.version}, {made.release.date}, SHA-256 {made.release.sha256}")
    print("next: python .ci/derive.py, and what follows it in RELEASING.md")
    return 0
