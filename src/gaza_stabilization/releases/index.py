"""The index of releases: one row a version, each chained to the row before."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .._version import VERSION
from ..about import PACKAGE, Edition
from ..errors import InvalidDataError, look_up
from ..paths import RELEASES
from ..schema.cells import LIST_SEPARATOR
from ..schema.releases import Release
from ..schema.rows import columns
from .numbers import read_number

if TYPE_CHECKING:
    import pandas as pd

INDEX = "index.csv"
HEADER = [column.name for column in columns(Release)]


@dataclass(frozen=True)
class Flaw:
    """What is wrong with the index at one place."""

    line: int | None
    column: str | None
    found: str | None
    expected: str
    hint: str = ""


def versions() -> pd.DataFrame:
    """Every released version, oldest first: one row a release.

    Columns: version, date (of the release), summary, sha256 (of the archive), and the number of
    rows of each table, NA where a version had no such table. Empty where nothing was released yet.

    Raises `InvalidDataError` where the index is damaged. Source: the package's own index, offline.

    >>> versions().loc[0, ["version", "date"]].tolist()
    ['0.2.0', '2026-11-22']
    """
    import pandas as pd

    found = releases()
    names = ["version", "date", "summary", "sha256"]
    records = [[getattr(release, name) for name in names] for release in found]
    frame = pd.DataFrame(records, columns=names, dtype="string")
    counts = pd.DataFrame([row_counts(release) for release in found]).astype("Int64")
    return frame.join(counts)


def releases(folder: Path = RELEASES) -> list[Release]:
    """The rows of the index, oldest first. Raises `InvalidDataError` where it is damaged."""
    found, flaws = read_index(folder)
    if flaws:
        first = flaws[0]
        place = f"{folder / INDEX}" + (f", line {first.line}" if first.line else "")
        raise InvalidDataError(
            f"{place}: found {first.found!r}; expected {first.expected}; {first.hint}"
        )
    return found


def release_of(version: str, folder: Path = RELEASES) -> Release:
    """The row of a version. Raises `UnknownNameError` where it was never released."""
    return look_up(
        "released version", version, {release.version: release for release in releases(folder)}
    )


def edition(version: str | None = None) -> Edition:
    """A released version, or without a name the one in use, with the day of its release."""
    if version is not None:
        return Edition(version, release_of(version).date)
    days = {release.version: release.date for release in releases()}
    return Edition(VERSION, days.get(VERSION))


def archive_name(version: str) -> str:
    """The file name of a version's archive."""
    return f"{PACKAGE}-{version}.zip"


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
    rows = releases(folder)
    row = [*cells, chain(rows[-1] if rows else None, *cells)]
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(row)
    return (folder / INDEX).read_bytes() + buffer.getvalue().encode()


def read_index(folder: Path) -> tuple[list[Release], list[Flaw]]:
    """The readable rows of the index, and everything that is wrong with it."""
    restore = "restore it from the project's history, or install the package again"
    try:
        text = (folder / INDEX).read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        return [], [Flaw(None, None, str(error), "the index of releases in UTF-8", restore)]
    lines = text.split("\n")
    if lines[0] != ",".join(HEADER):
        return [], [Flaw(1, None, lines[0], f"the header {','.join(HEADER)}", restore)]
    if lines.pop():
        return [], [Flaw(len(lines) + 1, None, "a line without end", "a line feed", restore)]
    rows: list[Release] = []
    flaws: list[Flaw] = []
    for number, line in enumerate(lines[1:], 2):
        found, wrong = _read_row(line, rows[-1] if rows else None)
        flaws += [Flaw(number, *flaw, restore) for flaw in wrong]
        rows += [found] if found is not None else []
    return rows, flaws


def _read_row(
    line: str, before: Release | None
) -> tuple[Release | None, list[tuple[str | None, str | None, str]]]:
    try:
        cells = next(csv.reader([line], strict=True), [])
    except csv.Error:
        cells = []
    if len(cells) != len(HEADER):
        return None, [(None, line, f"a row of {len(HEADER)} cells")]
    named = dict(zip(HEADER, cells, strict=True))
    row, errors = Release.read(named)
    if errors:
        return None, [(error.column, named[error.column], error.expected) for error in errors]
    if row.chain != chain(before, *cells[:-1]):
        return row, [("chain", row.chain, "the digest of the row as it was released")]
    if before is not None and _number(row) <= _number(before):
        return row, [("version", row.version, f"a version above {before.version}")]
    if before is not None and row.date < before.date:
        return row, [("date", row.date, f"a day not before {before.date}")]
    return row, []


def _number(release: Release) -> tuple[object, ...]:
    number = read_number(release.version)
    assert number is not None  # The row model has checked it.
    return number
