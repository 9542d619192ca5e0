"""Level 4: what changed since the last release, and whether version and changelog say so."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import InvalidDataError
from ..reading.problems import Problem
from ..releases.changelog import odd_headings
from ..releases.changes import RETIRED, row_id
from ..releases.index import INDEX, archive_name, read_index
from ..releases.numbers import read_number
from ..releases.project import Project
from ..releases.snapshot import Key, open_release
from ..schema.coders import Coder
from ..schema.models import MODELS
from ..schema.released_versions import Release
from ..tables.folder import Tables
from .since_release import Work, work_of

CHANGELOG = "../CHANGELOG.md"


def release_problems(
    project: Project, tables: Tables, *, compare: bool = True
) -> Iterator[Problem]:
    """Everything of level 4 that is wrong with a project and its tables.

    Only clean tables can be compared with the last release.
    """
    yield from kept_problems(project.releases)
    try:
        number = read_number(project.version())
    except InvalidDataError as error:
        file = f"../{project.version_file}"
        yield _problem("version", file, str(error), 'a line VERSION = "1.2.0"')
        return
    if number is None:
        expected = "a version number, such as 1.2.0, or 1.3.0.dev0 before its release"
        yield _version_problem(project, expected)
    elif compare and (work := work_of(project, tables, number)):
        for rule in RULES:
            yield from rule(work)


def kept_problems(folder: Path) -> Iterator[Problem]:
    """Whether index and archives are what was released."""
    rows, problems = read_index(folder)
    if problems:
        yield from problems
        return  # Of which archives there should be, nothing is known for sure.
    for row in rows:
        yield from _archive_problems(row, folder)
    known = {INDEX, *(archive_name(row.version) for row in rows)}
    for name in sorted({*os.listdir(folder)} - known):
        expected = "only the index and the archives that it names"
        hint = (
            "where a release was interrupted, run it again; where the index lost a row, "
            "restore it from the project's history"
        )
        yield _problem("unfinished-release", f"../{folder.name}/{name}", name, expected, hint)


def _archive_problems(row: Release, folder: Path) -> Iterator[Problem]:
    """Whether an archive is what the index says."""
    path = folder / archive_name(row.version)
    try:
        open_release(row.version, folder)
        return
    except InvalidDataError as error:
        wrong: str | None = str(error)
        expected = "a data package of this project, as the index has it"
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        digest = None
    if digest != row.sha256:
        wrong, expected = digest, f"the SHA-256 {row.sha256}"
    hint = "a release is immutable: restore the file from the project's history"
    yield _problem("archive", f"../{folder.name}/{path.name}", wrong, expected, hint)


def version_problems(work: Work) -> Iterator[Problem]:
    """Whether the version says what changed since the last release."""
    project, number, needed = work.project, work.number, work.needed
    before = read_number(work.last.version) if work.last else None
    if before is not None and number == before.before_release:
        hint = f"the release was interrupted: run release {before} again"
        yield _version_problem(project, f"{before}, which is released", hint)
    elif number != before and not number.development:
        hint = "the command release takes .dev0 away"
        yield _version_problem(project, f"{number.before_release}, until it is released", hint)
    elif number.release < needed:
        yield _version_problem(project, str(needed.before_release), work.why)


def _version_problem(project: Project, expected: str, hint: str = "") -> Problem:
    place = f"../{project.version_file}", project.version()
    return _problem("version", *place, expected, hint, project.version_line(), "VERSION")


def changelog_problems(work: Work) -> Iterator[Problem]:
    """Whether the changelog names every table that changed since the last release."""
    if not work.project.is_checkout:
        return  # An installed package has none.
    try:
        odd = list(odd_headings(work.project.changelog_text()))
    except InvalidDataError as error:
        yield _problem("changelog", CHANGELOG, str(error), "a changelog in UTF-8")
        return
    for section in odd:
        expected = "a heading such as ## [1.2.0] - 2026-11-22, and newer versions above older ones"
        yield _problem("changelog-heading", CHANGELOG, section.heading, expected, "", section.line)
    unnamed = [
        f"`{table}`"
        for table in work.touched
        if not any(section.names(table) for section in work.sections)
    ]
    if unnamed:
        expected = f"a section, such as ## [Unreleased], that names {', '.join(unnamed)}"
        hint = "say there, in backquotes, how the table or which of its columns changed"
        newest = work.sections[0].line if work.sections else None
        yield _problem("changelog", CHANGELOG, None, expected, hint, newest)


def retirement_problems(work: Work) -> Iterator[Problem]:
    """Whether every row that went is listed, and for good."""
    file = f"{RETIRED}.csv"
    for table, changes in work.changes.tables.items():
        model = MODELS.get(table)
        if model is None or len(model.about.key) != 1 or changes.key_changed:
            continue  # The rows have no id of their own, or went with their table.
        for id in map(row_id, changes.removed):
            if table == RETIRED:
                expected = f"the row of {id}, which is retired for good"
                yield _problem("retired-for-good", file, None, expected)
            elif id not in work.changes.listed:
                expected = f"a row for {id}, which {table} had in {work.changes.old.name}"
                line = f"{id},{work.coming},IDS,REASON"
                hint = f"add the line {line}, with IDS of what took its place, if anything did"
                yield _problem("not-retired", file, None, expected, hint)


def retired_row_problems(work: Work) -> Iterator[Problem]:
    """Whether what the list of retired ids says is true."""
    changes = work.changes.tables.get(RETIRED)
    if changes is None:
        return

    def problem(rule: str, key: Key, column: str, cell: str, expected: str) -> Problem:
        line = _line(work.tables, RETIRED, key)
        return _problem(rule, f"{RETIRED}.csv", cell, expected, line=line, column=column)

    version = str(work.coming)
    for key, cells in changes.added.items():
        if cells["retired_in"] not in ("", version):
            expected = f"{version}, the first version without the row"
            yield problem("retired-in", key, "retired_in", cells["retired_in"], expected)
        if cells["id"] not in work.changes.went and work.last is not None:
            expected = f"the id of a row that {work.last.version} had and that went since"
            yield problem("never-released", key, "id", cells["id"], expected)
    for key, pairs in changes.changed.items():
        if "retired_in" in pairs:
            old, new = pairs["retired_in"]
            yield problem("retired-in", key, "retired_in", new, f"{old}, as it was released")


def reuse_problems(work: Work) -> Iterator[Problem]:
    """Whether an id that was released stands for another row now.

    Another row it is where no cell stayed of those that say what the row claims: statement, holder
    and issue of a position, for instance; in a table without such, of all that are not codes.
    """
    release = work.changes.old.name
    for table, changes in work.changes.tables.items():
        if changes.new is None or table not in MODELS or len(MODELS[table].about.key) != 1:
            continue
        about, fields = MODELS[table].about, changes.new.fields
        for key, pairs in changes.changed.items():
            cells = work.changes.new.tables[table].rows[key]
            for columns in about.unique.values() or [tuple(fields)]:
                # A code does not tell rows apart: it is the same in many of them.
                telling = {name for name in columns if fields[name].type != "code" and cells[name]}
                telling -= {*about.key}
                if telling and telling <= pairs.keys():
                    line, id = _line(work.tables, table, key), row_id(key)
                    expected = f"a new id, since nothing of what {id} claimed in {release} is left"
                    hint = f"give the row a new id and retire {id}"
                    place = line, about.key[0]
                    yield _problem("id-reused", f"{table}.csv", id, expected, hint, *place)


def coding_problems(work: Work) -> Iterator[Problem]:
    """Whether a raw coding that was released, and what is said of its coder, is what it was."""
    coders = Coder.about.name
    old = work.changes.old
    for name in [coders, *(table for table in old.tables if "/" in table)]:
        changes = work.changes.tables.get(name)
        altered = [*changes.removed, *changes.changed] if changes else []
        if changes and name != coders:
            altered += changes.added  # A coding is closed; who goes on gets an id of its own.
        if altered:
            expected = f"{', '.join(map(row_id, altered))} as in {old.name}"
            hint = "a raw coding is never altered; decisions about it stand in adjudications.csv"
            yield _problem("altered-coding", f"{name}.csv", None, expected, hint)


RULES = (
    version_problems,
    changelog_problems,
    retirement_problems,
    retired_row_problems,
    reuse_problems,
    coding_problems,
)


def _line(tables: Tables, table: str, key: Key) -> int | None:
    names = MODELS[table].about.key
    for line in tables.text(table).lines:
        if tuple(line.cells[name] for name in names) == key:
            return line.number
    return None


def _problem(
    rule: str,
    file: str,
    found: str | None,
    expected: str,
    hint: str = "",
    line: int | None = None,
    column: str | None = None,
) -> Problem:
    return Problem(4, rule, file, line, column, found, expected, hint)
