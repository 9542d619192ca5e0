"""Raw codings: the files of each, and each as a corpus of its own under the rules of the tables."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..errors import nearest
from ..reading.entries import Entry, Rows
from ..reading.files import read_table, unknown_files
from ..reading.problems import Problem
from ..reading.records import check_cells
from ..schema.coders import Coder
from ..schema.rows import Row
from ..schema.tables import CODED, CODINGS, MODELS
from .across import foreign_key_problems, rule_problems
from .corpus import Corpus
from .id_rules import shared_id_problems
from .rules import RULES

_GIVEN = ("sources", "issues", "relation_types")  # What coders are given, and do not add to.
_TABLES = {f"{name}.csv" for name in CODED}


def coding_problems(folder: Path, corpus: Corpus, levels: Sequence[int]) -> Iterator[Problem]:
    """Every problem of the raw codings in a data folder; they become `corpus.codings`."""
    yield from _file_problems(folder / CODINGS, corpus)
    for coder in sorted(corpus.coders.good_ids):
        if os.path.isdir(folder / CODINGS / coder):  # Unlike the methods of Path, it never raises.
            coding, problems = _read(folder / CODINGS / coder, corpus)
            corpus.codings[coder] = coding
            for problem in [*problems, *_across(coding, corpus, levels)]:
                # What a rule says of a given table lies with the passages that do not fit it.
                file = problem.file if problem.file in _TABLES else "passages.csv"
                line = problem.line if problem.file in _TABLES else None
                yield replace(problem, file=f"{CODINGS}/{coder}/{file}", line=line)


def _file_problems(folder: Path, corpus: Corpus) -> Iterator[Problem]:
    """Codings without a coder and coders without a coding, and the instructions they had."""
    # A misspelt id or digest has a problem of its own, and is no path.
    coders = {entry.row.coder_id: entry for entry in _readable(corpus, "coder_id")}
    told_by = {entry.row.instructions_sha256 for entry in _readable(corpus, "instructions_sha256")}
    if folder.is_dir():
        known = set(coders) | {f"{digest}.md" for digest in told_by}
        expected = "a folder for each coder, and what they were told"
        for problem in unknown_files(folder, known, expected):
            yield replace(problem, file=f"{CODINGS}/{problem.file}")
    for coder, entry in coders.items():
        file = "coders.csv"
        if not os.path.isdir(folder / coder):
            expected = f"a folder {CODINGS}/{coder} with the raw coding"
            hint = nearest(coder, _folders(folder))
            yield Problem(1, "missing-coding", file, entry.line, "coder_id", coder, expected, hint)
        else:
            for problem in unknown_files(folder / coder, _TABLES, "the tables of a coding"):
                yield replace(problem, file=f"{CODINGS}/{coder}/{problem.file}")
    for entry in _readable(corpus, "instructions_sha256"):
        file, digest = "coders.csv", entry.row.instructions_sha256
        told = folder / f"{digest}.md"
        found = hashlib.sha256(told.read_bytes()).hexdigest() if os.path.isfile(told) else None
        if found != digest:
            expected = f"the instructions, as {CODINGS}/{digest}.md with this very SHA-256"
            hint = "keep the codebook for coders as the coder had it, byte by byte"
            yield Problem(
                1, "instructions", file, entry.line, "instructions_sha256", found, expected, hint
            )


def _readable(corpus: Corpus, column: str) -> list[Entry[Coder]]:
    """The rows of `coders` whose cell in a column is spelled as it should be."""
    return [entry for entry in corpus.coders.entries if column in entry.row.__dict__]


def _folders(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir() if one.is_dir()] if folder.is_dir() else []


def _read(folder: Path, corpus: Corpus) -> tuple[Corpus, list[Problem]]:
    """A coding as a corpus: its own tables, and what coders are given of the others."""
    tables: dict[str, Rows[Row]] = {}
    problems: list[Problem] = []
    for name, model in MODELS.items():
        if name in CODED:
            text, found = read_table(folder, name)
            tables[name], more = check_cells(text)
            problems += found + more
        else:
            tables[name] = corpus.tables[name] if name in _GIVEN else Rows(model)
    covered = {entry.cells.get("source_id") for entry in tables["passages"].entries}
    sources = corpus.tables["sources"]
    kept = [entry for entry in sources.entries if entry.cells.get("source_id") in covered]
    tables["sources"] = replace(sources, entries=kept)
    coding = Corpus(tables)
    coding.articles = corpus.articles
    return coding, problems


def _across(coding: Corpus, corpus: Corpus, levels: Sequence[int]) -> Iterator[Problem]:
    if 3 in levels:
        for problem in (*foreign_key_problems(coding), *shared_id_problems(coding)):
            if problem.file in _TABLES:
                yield problem
    wanted = [rule for rule in RULES if rule.level in levels]
    yield from rule_problems(coding, [rule for rule in wanted if rule.table in CODED])
    # Where the source itself is wrong, it is said there and not again of every coding.
    whole = [rule for rule in wanted if rule.name == "every-paragraph"]
    if not any(rule_problems(corpus, whole)):
        yield from rule_problems(coding, whole)
