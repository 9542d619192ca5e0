"""Raw codings: the files of each, and its tables as a corpus of its own."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import nearest
from ..reading.files import unknown_files, whole
from ..reading.problems import Problem
from ..reading.records import Records
from ..reading.text_tables import Line
from ..schema.cells import SLUG
from ..schema.coders import Coder
from ..schema.models import CODED, CODINGS, MODELS
from ..schema.passages import Passage
from ..schema.sources import Source
from ..tables.folder import Tables
from .across import LinkRule
from .rules import ADJUDICATING

GIVEN = ("sources", "issues", "relation_types")
"""What coders are given, and do not add to."""
CODED_FILES = {f"{name}.csv" for name in CODED}


def rules_in_codings(rules: Sequence[LinkRule]) -> list[LinkRule]:
    """Those of some rules that a raw coding is under.

    Its sources are those that its passages cover: what reads the ones waits for the others.
    """
    return [
        replace(rule, reads=rule.reads | {"passages"}) if "sources" in rule.reads else rule
        for rule in rules
        if rule.table in CODED and rule not in ADJUDICATING
    ]


def given_and_own(records: Mapping[str, Records]) -> dict[str, Records]:
    """The tables of a raw coding as a corpus: its own, and what its coder was given.

    Of the sources there are those that it covers, none before that is sure; of other tables there
    is nothing.
    """
    tables = {
        name: records[name] if name in (*CODED, *GIVEN) else Records(model)
        for name, model in MODELS.items()
    }
    passages, sources = tables["passages"], tables["sources"]
    covered = {
        row.source_id for row in passages.rows if isinstance(row, Passage) and passages.clean
    }
    pairs = [
        (row, line)
        for row, line in zip(sources.rows, sources.lines, strict=True)
        if isinstance(row, Source) and row.source_id in covered
    ]
    tables["sources"] = replace(
        sources, rows=[row for row, _ in pairs], lines=[line for _, line in pairs]
    )
    return tables


def coding_file_problems(tables: Tables) -> Iterator[Problem]:
    """Codings without a coder and coders without a coding, and the instructions they had."""
    if tables.folder is None:
        return
    folder = tables.folder / CODINGS
    if os.path.lexists(folder) and not os.path.isdir(folder):
        expected = "a folder with one for each coder, or nothing"
        yield whole(CODINGS, "not-a-folder", "something that is no folder", expected)
        return
    lines = tables.text(Coder.about.name).lines
    # A misspelt id or digest has a problem of its own, and is no path.
    coders = _spelled(lines, "coder_id", SLUG)
    told_by = _spelled(lines, "instructions_sha256", "[0-9a-f]{64}")
    known = {coder for coder, _ in coders} | {f"{digest}.md" for digest, _ in told_by}
    expected = "a folder for each coder, and what they were told"
    for problem in _unknown(folder, known, expected, CODINGS):
        is_folder = os.path.isdir(folder / problem.file.rpartition("/")[2])
        advice = "; a coder has a row in coders.csv" if is_folder else ""
        yield replace(problem, hint=f"{problem.hint}{advice}")
    for coder, line in coders:
        if not os.path.isdir(folder / coder):  # Unlike the methods of Path, it never raises.
            expected = f"a folder {CODINGS}/{coder} with the raw coding"
            there = os.path.lexists(folder / coder)
            hint = "what is there is no folder" if there else nearest(coder, _folders(folder))
            yield Problem(
                1, "missing-coding", "coders.csv", line, "coder_id", coder, expected, hint
            )
        else:
            place = f"{CODINGS}/{coder}"
            yield from _unknown(folder / coder, CODED_FILES, "the tables of a coding", place)
    for digest, line in told_by:
        told = f"{CODINGS}/{digest}.md"
        there = told in tables.files
        found = hashlib.sha256(tables.files[told]).hexdigest() if there else None
        if found != digest:
            expected = f"the instructions, as {told} with this very SHA-256"
            hint = "keep the codebook for coders as the coder had it, byte by byte"
            column = "instructions_sha256"
            yield Problem(1, "instructions", "coders.csv", line, column, found, expected, hint)


def in_coding(coder: str, problem: Problem) -> Problem:
    """A problem of a raw coding at its place in the data folder.

    What a rule says of a given table lies with the passages that do not fit it.
    """
    if problem.file in CODED_FILES:
        return replace(problem, file=file_in_coding(coder, problem.file))
    return replace(problem, file=file_in_coding(coder, "passages.csv"), line=None)


def file_in_coding(coder: str, file: str) -> str:
    """The place of a file of a raw coding; what coders are given lies with the tables."""
    return f"{CODINGS}/{coder}/{file}" if file in CODED_FILES else file


def _spelled(lines: list[Line], column: str, pattern: str) -> list[tuple[str, int]]:
    """The cells of a column that are spelled as they should be, each with its line."""
    cells = [(line.cells.get(column, ""), line.number) for line in lines]
    return [(cell, line) for cell, line in cells if re.fullmatch(pattern, cell)]


def _unknown(folder: Path, known: set[str], expected: str, place: str) -> Iterator[Problem]:
    """Problems with what is in a folder and not known, or with a folder that cannot be read."""
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        found = error.strerror or str(error)
        yield whole(place, "unreadable-folder", found, "a folder that can be read")
        return
    for problem in unknown_files(names, known, expected):
        yield replace(problem, file=f"{place}/{problem.file}")


def _folders(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(folder) if entry.is_dir()]
    except OSError:
        return []
