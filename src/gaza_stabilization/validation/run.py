"""Validation at the levels of files, cells, links and sources, every problem collected."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..errors import InvalidDataError, UsageError
from ..reading.files import FolderFiles, unknown_files, whole
from ..reading.problems import Problem
from ..reading.records import Records
from ..schema.sources import Source
from ..schema.tables import CODED, CODINGS, MODELS, references
from ..tables.descriptor import DESCRIPTOR
from ..tables.folder import Tables
from ..tables.sums import SUMS, changed_since
from ..text import Article
from .across import LinkRule, foreign_key_problems, rule_problems
from .codings import CODED_FILES, coding_file_problems, coding_tables
from .corpus import Corpus
from .id_rules import shared_id_problems
from .rules import RULES
from .source_rules import articles_of, read_articles

OWN_FILES = {f"{name}.csv" for name in MODELS} | {CODINGS, "dataset.toml"}
PACKAGE_FILES = {DESCRIPTOR, SUMS, "README.md", "CODEBOOK.md", "claims.csv", "ties.csv"}


@dataclass
class Findings:
    """The problems that were found, and what waits for which tables to be clean, by its name."""

    problems: list[Problem] = field(default_factory=list)
    waiting: dict[str, set[str]] = field(default_factory=dict)
    checked: list[str] = field(default_factory=list)

    def wait(self, file: str, dirty: Collection[str]) -> None:
        """Say that the links of a file are not looked at, since tables are not clean."""
        if dirty:
            self.waiting.setdefault(file, set()).update(f"{table}.csv" for table in dirty)


def find_problems(tables: Tables, source: Sequence[str], levels: Collection[int]) -> Findings:
    """Every problem of levels 1, 2, 3 and 5 in some tables and their raw codings.

    `source` names copies of the articles, each a path or `ID=path`. Raises `UsageError` where there
    is no such article.
    """
    given = read_articles(source)
    findings = Findings(list(file_problems(tables)))
    records = {name: tables.records(name) for name in MODELS}
    for name in MODELS:
        findings.problems += records[name].problems
    articles = articles_of(given, tables.text(Source.about.name)) if 5 in levels else {}
    findings.checked = sorted(articles) if records["sources"].clean else []
    link_problems(findings, records, RULES, levels, articles, own=MODELS)
    findings.problems += coding_file_problems(tables)
    known = {problem.file for problem in findings.problems}
    for coder in tables.coders:
        if tables.folder is None or os.path.isdir(tables.folder / CODINGS / coder):
            coding = coding_findings(tables.coding(coder), levels, articles, known)
            findings.problems += coding.problems
            findings.waiting |= coding.waiting
    return findings


def link_problems(
    findings: Findings,
    tables: Mapping[str, Records],
    rules: Sequence[LinkRule],
    levels: Collection[int],
    articles: Mapping[str, Article],
    own: Collection[str],
) -> None:
    """Add the problems between tables, as far as those that a rule reads are clean.

    Links are looked at of the tables in `own`.
    """
    clean = {name: records for name, records in tables.items() if records.clean}
    corpus = Corpus(clean, articles)
    if 3 in levels:
        for name in own:
            targets = {target for _, target, _ in references(name)}
            findings.wait(f"{name}.csv", (targets | {name}) - set(clean))
            if name in clean:
                findings.problems += foreign_key_problems(clean[name], clean)
        findings.problems += [
            problem
            for problem in shared_id_problems(corpus)
            if problem.file.removesuffix(".csv") in own
        ]
    for rule in rules:
        if rule.level in levels:
            dirty = rule.reads - set(clean)
            findings.wait(f"{rule.table}.csv", dirty)
            if not dirty:
                findings.problems += rule_problems(corpus, rule)


def coding_findings(
    coding: Tables, levels: Collection[int], articles: Mapping[str, Article], known: set[str]
) -> Findings:
    """The problems of a raw coding; `known` are the files that have problems beside it."""
    findings = Findings()
    tables = coding_tables(coding)
    for name in CODED:
        findings.problems += tables[name].problems
    # Where the source itself is wrong, it is said there and not again of every coding.
    whole_source = set() if "sources.csv" in known else {"every-paragraph"}
    rules = [rule for rule in RULES if rule.table in CODED or rule.name in whole_source]
    link_problems(findings, tables, rules, levels, articles, own=CODED)
    place = f"{CODINGS}/{coding.coder}"
    # What a rule says of a given table lies with the passages that do not fit it.
    findings.problems = [
        replace(problem, file=f"{place}/{problem.file}")
        if problem.file in CODED_FILES
        else replace(problem, file=f"{place}/passages.csv", line=None)
        for problem in findings.problems
    ]
    findings.waiting = {
        f"{place}/{file}": {f"{place}/{name}" if name in CODED_FILES else name for name in dirty}
        for file, dirty in findings.waiting.items()
    }
    return findings


def file_problems(tables: Tables) -> Iterator[Problem]:
    """Files that no table claims, and files of a data package that were changed since."""
    try:
        _ = tables.about
    except InvalidDataError as error:
        yield whole("dataset.toml", "description", str(error), "what the dataset says of itself")
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
        for place, what in changed_since(tables.files):
            if place.partition("/")[0] in known:  # Else it is an unknown file already.
                hint = "export the tables again, so that claims, ties and digests fit them"
                expected = f"the file that was exported, as {SUMS} has it"
                yield whole(place, "changed-since-export", f"{place} {what}", expected, hint)
