"""What a validation finds, and the tables that it can be asked of row by row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ..reading.problems import Problem
from ..reading.records import Records
from ..schema.models import MODELS, references
from ..text import Article
from .across import LinkRule, foreign_key_problems, rule_problems
from .corpus import Corpus
from .id_rules import shared_id_problems


@dataclass
class Findings:
    """The problems of some tables, and what waits for which tables to be clean, by its file.

    Of the clean ones, `rows` is the number of rows; `sources` are the ids of all sources, `checked`
    of those whose text was given.
    """

    problems: list[Problem] = field(default_factory=list)
    waiting: dict[str, set[str]] = field(default_factory=dict)
    checked: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    rows: int = 0

    def ready(
        self, rules: Sequence[LinkRule], clean: Collection[str], own: Collection[str]
    ) -> list[LinkRule]:
        """The rules whose tables are all clean; the others, and links, are noted as waiting."""
        for name in own:
            self._wait(name, {name, *(target for _, target, _ in references(name))} - set(clean))
        for rule in rules:
            self._wait(rule.table, rule.reads - set(clean))
        return [rule for rule in rules if rule.reads <= set(clean)]

    def _wait(self, table: str, dirty: Collection[str]) -> None:
        if dirty:
            self.waiting.setdefault(f"{table}.csv", set()).update(f"{name}.csv" for name in dirty)


def by_rows(
    tables: Mapping[str, Records],
    rules: Sequence[LinkRule],
    articles: Mapping[str, Article],
    own: Collection[str],
    links: bool,
    say: Callable[[str], None] = lambda step: None,
) -> Findings:
    """The problems of tables row by row: those of levels 1 and 2 and, with `rules`, of links.

    Rules wait until all that they read is clean, and where `links` are wanted, those of `own` wait.
    Of a row with a link that leads nowhere no rule is asked. `say` is told each step.
    """
    findings = Findings([problem for name in own for problem in tables[name].problems])
    clean = {name: records for name, records in tables.items() if records.clean}
    corpus = Corpus(clean, articles)
    ready = findings.ready(rules, clean, own if links else ())
    if rules:
        say("following the links between tables")
        for name in set(own) & clean.keys():
            findings.problems += foreign_key_problems(clean[name], clean)
        files = {f"{name}.csv" for name in own}
        shared = shared_id_problems(corpus)
        findings.problems += [problem for problem in shared if problem.file in files]
    order = list(MODELS)
    ready.sort(key=lambda rule: order.index(rule.table))
    for table, rules_of_table in groupby(ready, key=lambda rule: rule.table):
        say(f"checking {table}.csv against other tables")
        for rule in rules_of_table:
            findings.problems += rule_problems(corpus, rule)
    findings.rows = sum(len(clean[name].rows) for name in set(own) & clean.keys())
    findings.sources = list(clean["sources"].by_key) if "sources" in clean else []
    findings.checked = [id_ for id_ in findings.sources if id_ in articles]
    return findings
