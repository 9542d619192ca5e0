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
from ..releases.changelog import sections
from ..releases.index import INDEX, archive_name, as_row_counts, release_of, releases, with_row
from ..releases.numbers import Number, read_number
from ..releases.project import Project, project_of
from ..schema.releases import Release
from ..schema.rows import columns
from ..tables.opening import open_folder
from ..writing import alone, clear_unfinished, write_file
from .levels import run
from .since_release import State, state_of

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
    if number is None or number.prepared:
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
    state = _sound_state(project, archive)
    _check_number(project, state, number)
    date, summary = _announced(project, state, version)
    content = _packed(project, Edition(version, date))
    left = archive.exists()
    if not left:
        write_file(archive, content)
    elif archive.read_bytes() != content:
        raise ReleaseError(
            f"not released: {archive} is there, but is not what would be released now. If a "
            "release was interrupted and the tables changed since, delete it and run again; if the "
            "index lost its row, restore the index from the project's history"
        )
    rows = {name: len(kept.rows) for name, kept in state.changes.new.tables.items()}
    digest = hashlib.sha256(content).hexdigest()
    cells = version, date, digest, as_row_counts(rows), summary
    write_file(project.releases / INDEX, with_row(project.releases, *cells))
    return Made(_complete(project, number), completed=left)


def _packed(project: Project, edition: Edition) -> bytes:
    """The archive of the data package; its times are those of the day of the release."""
    moment = midnight(str(edition.released))
    content = Content(open_folder(project.data, edition), moment)
    prepare(PACKAGE, {})
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder), content, PACKAGE, {})
        return pack(FolderFiles(Path(folder)), moment)


def _complete(project: Project, number: Number) -> Release:
    """The last step: let the version file say what the index says."""
    last = releases(project.releases)[-1].version
    if last != str(number) or project.version() != str(number.preparation):
        raise ReleaseError(f"{number} is released already; nothing was changed")
    archived(str(number), project.releases)
    write_file(project.root / project.version_file, project.with_version(str(number)))
    return release_of(str(number), project.releases)


def _sound_state(project: Project, archive: Path) -> State:
    """What changed since the last release, in tables in which nothing is wrong.

    An archive that an interrupted run left is none of its problems.
    """
    tables = open_folder(project.data)
    left = f"../releases/{archive.name}"
    problems = [problem for problem in run(tables).problems if problem.file != left]
    if problems:
        shown = as_text(problems, project.data).rstrip()
        raise InvalidDataError(f"not released, since the tables are not valid:\n{shown}")
    state = state_of(project, tables)
    assert state is not None  # Validation has read the same.
    return state


def _check_number(project: Project, state: State, number: Number) -> None:
    """Refuse a version that is not what the differences demand."""
    prepared = read_number(project.version())
    assert prepared is not None  # Validation has read the same.
    since = state.changes.old.name
    if not state.changes.tables:
        raise ReleaseError(f"not released: nothing changed since {since}")
    needed = state.needed(prepared)
    if number != needed:
        raise ReleaseError(f"not released: {state.why}, so it is {needed}, not {number}")
    if prepared != number.preparation:
        raise ReleaseError(
            f"not released: {project.version_file} prepares {prepared.release}, not {number}; "
            f"write {number.preparation} there"
        )


def _announced(project: Project, state: State, version: str) -> tuple[str, str]:
    """Date and summary of the version, from its section in the changelog."""
    where = f"not released: the section of {version} in CHANGELOG.md"
    found = sections(project.changelog_text())
    section = next((part for part in found if part.name == version), None)
    if section is None:
        raise ReleaseError(f"{where} is missing; its heading is ## [{version}] - YYYY-MM-DD")
    missing = [f"`{table}`" for table in state.touched if not section.names(table)]
    if missing:
        raise ReleaseError(f"{where} does not name {', '.join(missing)}")
    cells = {"date": section.date or "", "summary": section.summary}
    wrong = {release.column: release.expected for release in Release.read(cells)[1]}
    for column in columns(Release):
        if column.name in wrong:
            raise ReleaseError(
                f"{where} has as {column.name} {cells[column.name]!r}; expected "
                f"{wrong[column.name].removeprefix('a filled cell: ')}: {_WHERE[column.name]}"
            )
    first = state.last.date if state.last else "1980-01-01"  # ZIP knows nothing before.
    last = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).date().isoformat()
    if not first <= cells["date"] <= last:
        raise ReleaseError(
            f"{where} is dated {cells['date']}; expected a day from {first}, the last release, to "
            "today"
        )
    return cells["date"], cells["summary"]
