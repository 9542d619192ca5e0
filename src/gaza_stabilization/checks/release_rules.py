"""Level 4: what changed since the last release, and whether version and changelog say so."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import GazaStabilizationError, InvalidDataError
from ..reading.problems import Problem
from ..releases.changelog import odd_headings
from ..releases.changes import RETIRED, row_id
from ..releases.index import INDEX, archive_name, as_row_counts, read_index
from ..releases.numbers import Number, read_number
from ..releases.project import Project
from ..releases.snapshot import Key, open_release
from ..schema.releases import Release
from ..schema.shapes import Field
from ..schema.tables import MODELS
from ..tables.descriptor import read_descriptor
from ..tables.folder import Tables
from .since_release import State, state_of


def release_problems(
    project: Project, tables: Tables, *, compare: bool = True
) -> Iterator[Problem]:
    """Everything of level 4 that is wrong with a project and its tables.

    Only clean tables can be compared with the last release.
    """
    yield from kept_problems(project)
    try:
        text = project.version()
    except GazaStabilizationError as error:
        file = f"../{project.version_file}"
        yield _problem("version", file, str(error), 'a line VERSION = "1.2.0"')
        return
    number = read_number(text)
    state = state_of(project, tables) if compare else None
    if number is None:
        expected = "a version number, such as 1.2.0, or 1.3.0.dev0 before its release"
        yield _version_problem(project, expected)
    elif state is not None:  # Else what was released cannot be read, and is a problem already.
        yield from version_problems(state, number)
        yield from changelog_problems(state)
        yield from retirement_problems(state, number)
        yield from retired_row_problems(state, number, tables)
        yield from reuse_problems(state, tables)
        yield from coding_problems(state)


def kept_problems(project: Project) -> Iterator[Problem]:
    """Whether index and archives are what was released."""
    folder = project.releases
    rows, flaws = read_index(folder)
    for flaw in flaws:
        yield Problem(
            4,
            "index",
            f"../releases/{INDEX}",
            flaw.line,
            flaw.column,
            flaw.found,
            flaw.expected,
            flaw.hint,
        )
    if flaws:
        return  # Of which archives there should be, nothing is known for sure.
    for row in rows:
        yield from _archive_problems(row, folder)
    known = {INDEX, *(archive_name(row.version) for row in rows)}
    for name in sorted(os.listdir(folder)):
        if name not in known:
            expected = "only the index and the archives that it names"
            hint = (
                "where a release was interrupted, run it again; where the index lost a row, "
                "restore it from the project's history"
            )
            yield _problem("unfinished-release", f"../releases/{name}", name, expected, hint)


def _archive_problems(row: Release, folder: Path) -> Iterator[Problem]:
    """Whether an archive is what the index says."""
    file = f"../releases/{archive_name(row.version)}"
    hint = "a release is immutable: restore the file from the project's history"
    try:
        kept = open_release(row.version, folder)
        described = read_descriptor(row.version, kept.files)
        counts = {name: len(kept.text(name).lines) for name in kept.names}
    except GazaStabilizationError as error:
        path = folder / archive_name(row.version)
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
        if found == row.sha256:
            yield _problem("archive", file, str(error), "a data package of this project", hint)
        else:
            yield _problem("archive", file, found, f"the SHA-256 {row.sha256}", hint)
        return
    inside = (described.version, (described.created or "")[:10], as_row_counts(counts))
    said = (row.version, row.date, row.rows)
    if inside != said:
        yield _problem("archive", file, ", ".join(map(str, inside)), ", ".join(said), hint)


def version_problems(state: State, number: Number) -> Iterator[Problem]:
    """Whether the version says what changed since the last release."""
    before = read_number(state.last.version) if state.last else None
    needed = state.needed(number)
    if before is not None and number == before.preparation:
        hint = f"the release was interrupted: run release {before} again"
        yield _version_problem(state.project, f"{before}, which is released", hint)
    elif number == before and state.bump:
        yield _version_problem(state.project, str(needed.preparation), state.why)
    elif number != before and not number.prepared:
        hint = "the command release takes .dev0 away"
        yield _version_problem(state.project, f"{number.preparation}, until it is released", hint)
    elif number.release < needed:
        yield _version_problem(state.project, str(needed.preparation), state.why)


def _version_problem(project: Project, expected: str, hint: str = "") -> Problem:
    line, found = project.version_line(), project.version()
    file = f"../{project.version_file}"
    return Problem(4, "version", file, line, "VERSION", found, expected, hint)


def changelog_problems(state: State) -> Iterator[Problem]:
    """Whether the changelog names every table that changed since the last release."""
    if not state.project.is_checkout:
        return  # An installed package has none.
    file = "../CHANGELOG.md"
    try:
        odd = odd_headings(state.project.changelog_text())
    except InvalidDataError as error:
        yield _problem("changelog", file, str(error), "a changelog in UTF-8")
        return
    for number, heading in odd:
        expected = "a heading such as ## [1.2.0] - 2026-11-22, and newer versions above older ones"
        yield Problem(4, "changelog-heading", file, number, None, heading, expected)
    line = state.said[0].line if state.said else None
    unnamed = [
        f"`{table}`"
        for table in state.touched
        if not any(section.names(table) for section in state.said)
    ]
    if unnamed:
        expected = f"a section, such as ## [Unreleased], that names {', '.join(unnamed)}"
        hint = "say there, in backquotes, how the table or which of its columns changed"
        yield Problem(4, "changelog", file, line, None, None, expected, hint)


def retirement_problems(state: State, number: Number) -> Iterator[Problem]:
    """Whether every row that went is listed, and for good."""
    retired = state.changes.listed
    for table, changes in state.changes.tables.items():
        model = MODELS.get(table)
        if model is None or len(model.about.key) != 1 or changes.key_changed:
            continue  # The rows have no id of their own, or went with their table.
        for id_ in map(row_id, changes.removed):
            if table == RETIRED:
                expected = f"the row of {id_}, which is retired for good"
                yield _problem("retired-for-good", f"{RETIRED}.csv", None, expected)
            elif id_ not in retired:
                expected = f"a row for {id_}, which {table} had in {state.changes.old.name}"
                line = f"{id_},{coming(state, number)},IDS,REASON"
                hint = f"add the line {line}, with IDS of what took its place, if anything did"
                yield _problem("not-retired", f"{RETIRED}.csv", None, expected, hint)


def coming(state: State, number: Number) -> Number:
    """The version that the working tables will be released as."""
    return max(number.release, state.needed(number))


def retired_row_problems(state: State, number: Number, tables: Tables) -> Iterator[Problem]:
    """Whether what the list of retired ids says is true."""
    changes = state.changes.tables.get(RETIRED)
    if changes is None:
        return

    def problem(rule: str, key: Key, column: str, found: str, expected: str) -> Problem:
        line = _line(tables, RETIRED, key)
        return Problem(4, rule, f"{RETIRED}.csv", line, column, found, expected)

    went = set(map(row_id, state.changes.went))
    version = str(coming(state, number))
    for key, cells in changes.added.items():
        if cells["retired_in"] not in ("", version):
            expected = f"{version}, the first version without the row"
            yield problem("retired-in", key, "retired_in", cells["retired_in"], expected)
        if cells["id"] not in went and state.last is not None:
            expected = f"the id of a row that {state.last.version} had and that went since"
            yield problem("never-released", key, "id", cells["id"], expected)
    for key, pairs in changes.changed.items():
        if "retired_in" in pairs:
            was, now = pairs["retired_in"]
            expected = f"{was}, as it was released"
            yield problem("retired-in", key, "retired_in", now, expected)


def reuse_problems(state: State, tables: Tables) -> Iterator[Problem]:
    """Whether an id that was released stands for another row now.

    Another row it is where no cell stayed of those that say what the row claims: statement, holder
    and issue of a position, for instance; in a table without such, of all that are not codes.
    """
    for table, changes in state.changes.tables.items():
        if changes.new is None or table not in MODELS or len(MODELS[table].about.key) != 1:
            continue
        about, fields = MODELS[table].about, changes.new.fields
        for key, pairs in changes.changed.items():
            cells = state.changes.new.tables[table].rows[key]
            for columns in about.unique.values() or [tuple(fields)]:
                claim = [column for column in columns if _tells(fields[column])]
                filled = [column for column in claim if column not in about.key and cells[column]]
                if filled and all(column in pairs for column in filled):
                    yield Problem(
                        4,
                        "id-reused",
                        f"{table}.csv",
                        _line(tables, table, key),
                        about.key[0],
                        key[0],
                        f"a new id, since nothing of what {key[0]} claimed in "
                        f"{state.changes.old.name} is left",
                        f"give the row a new id and retire {key[0]}",
                    )


def coding_problems(state: State) -> Iterator[Problem]:
    """Whether a raw coding that was released, and what is said of its coder, is what it was."""
    for name in [*state.changes.old.codings, "coders"]:
        changes = state.changes.tables.get(name)
        altered = [*changes.removed, *changes.changed] if changes else []
        if changes and name != "coders":
            altered += changes.added  # A coding is closed; who goes on gets an id of its own.
        if altered:
            expected = f"{', '.join(map(row_id, altered))} as in {state.changes.old.name}"
            hint = "a raw coding is never altered; decisions about it stand in adjudications.csv"
            yield _problem("altered-coding", f"{name}.csv", None, expected, hint)


def _tells(field: Field) -> bool:
    """Whether a column tells rows apart; a code is the same in many of them."""
    return field.type != "code"


def _line(tables: Tables, table: str, key: Key) -> int | None:
    names = MODELS[table].about.key
    for line in tables.text(table).lines:
        if tuple(line.cells[name] for name in names) == key:
            return line.number
    return None


def _problem(rule: str, file: str, found: str | None, expected: str, hint: str = "") -> Problem:
    """A problem of a whole file."""
    return Problem(4, rule, file, None, None, found, expected, hint)
