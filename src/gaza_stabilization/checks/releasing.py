"""Making a release: keep the exported data package whole, index it, and set the version.

Every write is one step, and they come in an order in which a rerun knows each state in between for
what it is: an archive that the index does not name, but that is the very one to be written, is
taken as it is; a version that the index names is released, even if the version file does not say so
yet. Nothing that is there is ever replaced but the index, by itself and a row, and the version.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ..about import Edition, midnight
from ..errors import InvalidDataError, ReleaseError, UsageError
from ..formats.content import Content
from ..formats.registry import PACKAGE, fill, prepare
from ..reading.files import FolderFiles
from ..reading.problems import as_text
from ..releases.archive import archived, pack
from ..releases.index import INDEX, archive_name, as_row_counts, releases, with_row
from ..releases.numbers import Number, read_number
from ..releases.project import Project, project_of
from ..schema.released_versions import Release
from ..tables.folder import Tables
from ..tables.opening import open_folder
from ..writing import alone, clear_unfinished, write_file
from .levels import run
from .since_release import Work, work_of

_WHERE = {
    "date": "it stands in the heading, ## [1.2.0] - 2026-11-22",
    "summary": "it stands in one paragraph directly below the heading",
}


@dataclass(frozen=True)
class Made:
    """What a run did: the row of the index, and whether an earlier run had begun it."""

    release: Release
    completed: bool


def make_release(version: str, data: Path) -> Made:
    """Release the tables in a checkout's data folder as a version.

    A run that was interrupted is completed, and what it left unfinished is removed.

    Raises `ReleaseError` where the release is refused, `InvalidDataError` where the tables or what
    was released before are not valid, `UsageError` where `data` is not a checkout's,
    `DestinationError` where another process is at it.
    """
    project = project_of(data)
    if project is None or not project.is_checkout:
        raise UsageError(f"{data} is not the data folder of a checkout; a release is made in one")
    number = read_number(version)
    if number is None or number.development:
        raise UsageError(f"{version!r} is no version; expected three numbers, such as 1.2.0")
    releases(project.releases)  # Whatever is wrong with the index is said before anything else.
    with alone(project.releases, "a release"):
        return _release(project, number)


def _release(project: Project, number: Number) -> Made:
    version = str(number)
    clear_unfinished(project.releases)
    clear_unfinished((project.root / project.version_file).parent)
    if version in [release.version for release in releases(project.releases)]:
        return Made(_complete(project, number), completed=True)
    archive = project.releases / archive_name(version)
    tables = open_folder(
        project.data, lambda _: Edition(version, date)
    )  # The changelog has the day.
    work = _sound_work(project, tables, archive)
    _check_number(work, number)
    date, summary = _announced(work, version)
    content = _packed(tables, midnight(date))
    interrupted = archive.exists()
    if not interrupted:
        write_file(archive, content)
    elif archive.read_bytes() != content:
        raise ReleaseError(
            f"not released: {archive} is there, but is not what would be released now. If a "
            "release was interrupted and the tables changed since, delete it and run again; if the "
            "index lost its row, restore the index from the project's history"
        )
    counts = as_row_counts({name: len(tables.text(name).lines) for name in tables.names})
    digest = hashlib.sha256(content).hexdigest()
    row = with_row(project.releases, version, date, digest, counts, summary)
    write_file(project.releases / INDEX, row)
    return Made(_complete(project, number), completed=interrupted)


def _packed(tables: Tables, moment: dt.datetime) -> bytes:
    """The archive of the data package; its times are those of the day of the release."""
    prepare(PACKAGE, {})
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), Content(tables, moment), PACKAGE, {})
        return pack(FolderFiles(Path(folder)), moment)


def _complete(project: Project, number: Number) -> Release:
    """The last step: let the version file say what the index says."""
    last = releases(project.releases)[-1]
    if last.version != str(number) or project.version() != str(number.before_release):
        raise ReleaseError(f"{number} is released already; nothing was changed")
    archived(last.version, project.releases)
    write_file(project.root / project.version_file, project.with_version(last.version))
    return last


def _sound_work(project: Project, tables: Tables, archive: Path) -> Work:
    """What changed since the last release, in tables in which nothing is wrong.

    An archive that an interrupted run left is none of its problems.
    """
    left = f"../{archive.parent.name}/{archive.name}"
    problems = [problem for problem in run(tables).problems if problem.file != left]
    if problems:
        lines = as_text(problems, project.data).rstrip()
        raise InvalidDataError(f"not released, since the tables are not valid:\n{lines}")
    number = read_number(project.version())
    work = work_of(project, tables, number) if number else None
    assert work is not None  # Validation has read the same.
    return work


def _check_number(work: Work, number: Number) -> None:
    """Refuse a version that is not what the differences demand."""
    if not work.changes.tables:
        raise ReleaseError(f"not released: nothing changed since {work.changes.old.name}")
    if number != work.needed:
        raise ReleaseError(f"not released: {work.why}, so it is {work.needed}, not {number}")
    if work.number != number.before_release:
        raise ReleaseError(
            f"not released: {work.project.version_file} prepares {work.number.release}, not "
            f"{number}; write {number.before_release} there"
        )


def _announced(work: Work, version: str) -> tuple[str, str]:
    """Date and summary of the version, from its section in the changelog."""
    where = f"not released: the section of {version} in CHANGELOG.md"
    section = next((section for section in work.sections if section.name == version), None)
    if section is None:
        raise ReleaseError(f"{where} is missing; its heading is ## [{version}] - YYYY-MM-DD")
    missing = [f"`{table}`" for table in work.touched if not section.names(table)]
    if missing:
        raise ReleaseError(f"{where} does not name {', '.join(missing)}")
    cells = {"date": section.date or "", "summary": section.summary}
    for error in Release.read(cells)[1]:
        raise ReleaseError(
            f"{where} has as {error.column} {cells[error.column]!r}; expected "
            f"{error.expected.removeprefix('a filled cell: ')}: {_WHERE[error.column]}"
        )
    first = work.last.date if work.last else "1980-01-01"  # ZIP knows nothing before.
    last = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).date().isoformat()
    if not first <= cells["date"] <= last:
        raise ReleaseError(
            f"{where} is dated {cells['date']}; expected a day from {first}, the last release, to "
            "today"
        )
    return cells["date"], cells["summary"]
