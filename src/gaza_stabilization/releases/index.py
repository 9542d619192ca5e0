"""The index of releases: one row a version, each chained to the row before."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ..about import PROJECT
from ..errors import InvalidDataError, look_up
from ..paths import RELEASES
from ..reading.files import FolderFiles
from ..reading.problems import Problem
from ..reading.records import read_records
from ..reading.stamps import Kept
from ..reading.text_tables import join, read_file
from ..schema.cells import LIST_SEPARATOR
from ..schema.released_versions import Release

if TYPE_CHECKING:
    import pandas as pd

INDEX = f"{Release.about.name}.csv"
_RESTORE = "restore it from the project's history, or install the package again"


def versions() -> pd.DataFrame:
    """Every released version, oldest first: one row a release.

    Columns: version, date (of the release), summary, sha256 (of the archive), and the number of
    rows of each table, NA where a version had no such table. Empty where nothing was released yet.

    Raises `InvalidDataError` where the index is damaged. Source: the package's own index, offline.

    >>> versions().loc[0, ["version", "date"]].tolist()
    ['0.2.0', '2026-11-22']
    """
    import pandas as pd

    rows = releases()
    names = ["version", "date", "summary", "sha256"]
    cells = [[getattr(release, name) for name in names] for release in rows]
    frame = pd.DataFrame(cells, columns=names, dtype="string")
    return frame.join(pd.DataFrame(map(row_counts, rows)).astype("Int64"))


def releases(folder: Path = RELEASES) -> list[Release]:
    """The rows of the index, oldest first. Raises `InvalidDataError` where it is damaged."""
    rows, problems = read_index(folder)
    for problem in problems:
        line = f", line {problem.line}" if problem.line else ""
        raise InvalidDataError(f"{folder / INDEX}{line}: {problem.message}")
    return rows


def release_of(version: str, folder: Path = RELEASES) -> Release:
    """The row of a version. Raises `UnknownNameError` where it was never released."""
    known = {release.version: release for release in releases(folder)}
    is_folder = isinstance(version, (str, os.PathLike)) and os.path.isdir(version)
    place = "(it is a folder, which `gs.Dataset` opens)" if is_folder else ""
    return look_up("released version", version, known, place)


def archive_name(version: str) -> str:
    """The file name of a version's archive."""
    return f"{PROJECT}-{version}.zip"


def as_row_counts(counts: Mapping[str, int]) -> str:
    """Tables with their numbers of rows as they stand in the index."""
    return LIST_SEPARATOR.join(f"{table}={count}" for table, count in counts.items())


def row_counts(release: Release) -> dict[str, int]:
    """The number of rows of each table of a release."""
    pairs = (part.split("=") for part in release.rows.split(LIST_SEPARATOR))
    return {table: int(count) for table, count in pairs}


def chain(before: Release | None, *cells: str) -> str:
    """The digest that chains the other cells of a row to the row before."""
    parts = ["" if before is None else before.chain, *cells]
    return hashlib.sha256("".join(f"{part}\n" for part in parts).encode()).hexdigest()


def with_row(folder: Path, *cells: str) -> bytes:
    """The index with one more row, of these cells and the chain, as the bytes of its file."""
    last = releases(folder)[-1:]
    row = [*cells, chain(last[0] if last else None, *cells)]
    return (folder / INDEX).read_bytes() + f"{join(row)}\n".encode()


def read_index(folder: Path) -> tuple[list[Release], list[Problem]]:
    """The readable rows of the index, and everything that is wrong with it."""
    rows, problems = _kept_index(folder)()
    return [*rows], [*problems]


@lru_cache(maxsize=8)
def _kept_index(folder: Path) -> Kept[tuple[list[Release], list[Problem]]]:
    return Kept(lambda: _read_index(folder), lambda: [folder / INDEX])


def _read_index(folder: Path) -> tuple[list[Release], list[Problem]]:
    records = read_records(read_file(FolderFiles(folder), Release), Release)
    rows = [row for row in records.rows if isinstance(row, Release)]
    problems = list(records.problems)

    before: Release | None = None
    for line, row in zip(records.lines, rows, strict=True):
        *cells, _ = dict(row).values()
        wrong = {}
        if row.chain != chain(before, *cells):
            wrong["chain"] = "the digest of the row as it was released"
        if before is not None and row.date < before.date:
            wrong["date"] = f"a day not before {before.date}"
        for column, expected in wrong.items():
            cell = getattr(row, column)
            problems.append(Problem(4, "index", INDEX, line, column, cell, expected))
        before = row
    return rows, [
        replace(problem, level=4, rule="index", file=f"../{folder.name}/{INDEX}", hint=_RESTORE)
        for problem in problems
    ]
