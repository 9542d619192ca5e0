"""Validation at the levels of files, cells, links and sources, every problem collected."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from ..about import ABOUT, DescriptionError
from ..errors import UsageError
from ..reading.files import FolderFiles, unknown_files, whole
from ..reading.problems import Problem
from ..schema.models import CODED, CODINGS, MODELS
from ..schema.sources import Source
from ..tables.descriptor import DESCRIPTOR
from ..tables.folder import Tables
from ..tables.sums import SUMS, changed_since
from .across import LinkRule
from .codings import (
    GIVEN,
    coding_file_problems,
    file_in_coding,
    given_and_own,
    in_coding,
    rules_in_codings,
)
from .findings import Findings, by_rows
from .rules import RULES
from .source_rules import articles_of, read_copies

OWN_FILES = {f"{name}.csv" for name in MODELS} | {CODINGS, ABOUT}
PACKAGE_FILES = {DESCRIPTOR, SUMS, "README.md", "CODEBOOK.md", "claims.csv", "ties.csv"}


LARGE = 2 << 20
"""From so many bytes on, some 10,000 rows, tables are looked at all rows at once."""


def find_problems(
    tables: Tables,
    source: Sequence[str],
    levels: Collection[int],
    say: Callable[[str], None] = lambda step: None,
    large: int = LARGE,
) -> Findings:
    """Every problem of levels 1, 2, 3 and 5 in some tables and their raw codings.

    `source` names copies of the articles, each a path or `ID=path`. `say` is told each step; tables
    of `large` bytes or more are looked at all rows at once, where Polars is installed. Raises
    `UsageError` where there is no such article, or where the tables are those of a version with
    another schema than the one in use.
    """
    try:
        descriptor = tables.descriptor
    except DescriptionError as error:  # By which schema the tables are to be read is not known.
        return Findings(error.problems, {"every table": {DESCRIPTOR}})
    if descriptor is not None:
        raise UsageError(
            f"{tables.name} has the tables of version {tables.edition.version}, which had another "
            "schema than the one in use; it was valid when it was released, and its digest is right"
        )
    copies = read_copies(source) if 5 in levels else []
    articles = articles_of(copies, tables.text(Source.about.name)) if copies else {}
    wanted = [rule for rule in RULES if rule.level in levels]

    def of(tables: Tables, rules: Sequence[LinkRule], own: Collection[str]) -> Findings:
        if is_large(tables, own, large) and can_screen():
            from .forms import UnscreenableError  # Polars takes long to import.
            from .screen import screened

            say(f"reading all rows of {tables.name} at once")
            with contextlib.suppress(UnscreenableError):
                return screened(paths_of(tables), rules, articles, own, 3 in levels)
            say(f"{tables.name} has what only reading it row by row can tell")
        records = {}
        for number, name in enumerate(MODELS, 1):
            say(f"reading {name}.csv (table {number} of {len(MODELS)}) of {tables.name}")
            records[name] = tables.records(name)
        if tables.given is not None:
            records = given_and_own(records)
        return by_rows(records, rules, articles, own, 3 in levels, say)

    in_codings = rules_in_codings(wanted)
    if tables.given is not None:
        return of(tables, in_codings, CODED)
    findings = of(tables, wanted, MODELS)
    # With another text than the one that was coded, nothing more is compared.
    others = {problem.expected for problem in findings.problems if problem.rule == "text-digest"}
    findings.checked = [id_ for id_ in findings.checked if articles[id_].sha256 not in others]
    findings.problems += [*file_problems(tables), *coding_file_problems(tables)]
    # Where the source itself is wrong, it is said there and not again of every coding.
    sound = all(problem.file != "sources.csv" for problem in findings.problems)
    whole_sources = [rule for rule in wanted if rule.name == "every-paragraph" and sound]
    for coder in tables.coders:
        if tables.folder is None or os.path.isdir(tables.folder / CODINGS / coder):
            coding = of(tables.coding(coder), [*in_codings, *whole_sources], CODED)
            findings.problems += [in_coding(coder, problem) for problem in coding.problems]
            for file, dirty in coding.waiting.items():
                place = file_in_coding(coder, file)
                findings.waiting[place] = {file_in_coding(coder, other) for other in dirty}
    return findings


def is_large(tables: Tables, names: Collection[str] = MODELS, large: int = LARGE) -> bool:
    """Whether the files of some tables are so large that they are better read all rows at once."""
    if tables.folder is None:
        return False
    files = [tables.folder / f"{name}.csv" for name in names]
    return sum(file.stat().st_size for file in files if file.is_file()) >= large


def can_screen() -> bool:
    """Whether the library is installed that reads all rows at once, that of the extra `fast`."""
    return find_spec("polars") is not None


def paths_of(tables: Tables) -> dict[str, Path]:
    """The folder in which each table lies; of a raw coding, also those that its coder was given."""
    assert tables.folder is not None
    if tables.given is None:
        return dict.fromkeys(MODELS, tables.folder)
    assert tables.given.folder is not None
    return dict.fromkeys(CODED, tables.folder) | dict.fromkeys(GIVEN, tables.given.folder)


def file_problems(tables: Tables) -> Iterator[Problem]:
    """Files that no table claims, and files of a data package that were changed since."""
    try:
        _ = tables.about
    except DescriptionError as error:
        yield from error.problems
    if tables.folder is None:
        return
    package = DESCRIPTOR in tables.files
    known = OWN_FILES | PACKAGE_FILES if package else OWN_FILES
    try:
        names = os.listdir(tables.folder)
    except OSError as error:
        raise UsageError(f"cannot read the data folder {tables.folder}: {error.strerror}") from None
    yield from unknown_files(names, known, "only files that a table claims")
    if package and isinstance(tables.files, FolderFiles):
        unknown = set(names) - known
        for place, what in changed_since(tables.files):
            if place.partition("/")[0] not in unknown:  # Else it is an unknown file already.
                hint = "export the tables again, so that claims, ties and digests fit them"
                expected = f"the file that was exported, as {SUMS} has it"
                yield whole(place, "changed-since-export", f"{place} {what}", expected, hint)
