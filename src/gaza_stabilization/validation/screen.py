"""Rules across large tables: all rows at once say where a rule may be broken, the rules say how.

What is suspect is cut out with its sources, read as typed rows, and asked as in small data. Where a
suspect proves innocent, the screen gives up, so that no problem is lost by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from ..reading.problems import Problem
from ..reading.records import Records
from ..schema.adjudications import Adjudication
from ..schema.cells import LIST_SEPARATOR
from ..schema.retired_ids import RetiredId
from ..schema.tables import MODELS, references
from ..text import Article
from . import derived  # noqa: F401  The columns that it makes.
from .across import LinkRule, every_row, rule_problems
from .blocks import UnscreenableError
from .coding_rules import TABLE_OF
from .corpus import IDENTIFIED, Corpus
from .findings import Findings
from .large import LargeTable, read_large
from .links import Links, Look

WHOLE = ("adjudications", "coders", "retired_ids")
"""Tables that are small beside the others: where one is asked for, all of it comes along."""
# How a row of a table leads to its source.
TO_SOURCE = {
    "passages": "source_id",
    "adjudications": "passage_id.source_id",
    "statements": "passage_id.source_id",
    "relays": "statement_id.passage_id.source_id",
    "positions": "statement_id.passage_id.source_id",
    "relationships": "statement_id.passage_id.source_id",
}


def read_tables(paths: Mapping[str, Path]) -> dict[str, LargeTable]:
    """The tables of a large folder, each below its folder, with problems of levels 1 and 2."""
    tables: dict[str, LargeTable] = {}
    known: dict[str, pl.Series] = {}
    for name, model in MODELS.items():
        if name not in paths:
            continue
        table = tables[name] = read_large(paths[name], model, known)
        (key, *more) = model.about.key
        if table.clean and not more and table.frame[key].dtype == pl.String:
            known[name] = table.frame[key]
    return tables


class Screen:
    """The clean tables of a large folder under the rules.

    Of a raw coding, only the sources are `covered` that have passages in it.
    """

    def __init__(
        self,
        tables: Mapping[str, LargeTable],
        articles: Mapping[str, Article],
        *,
        covered: bool = False,
    ) -> None:
        self.links = Links(tables)
        self.articles, self.covered = articles, covered

    def problems(self, rules: Sequence[LinkRule]) -> Iterator[Problem]:
        """What breaks some rules, of which every table is clean.

        Raises `UnscreenableError` where the screen does not know.
        """
        suspects = {rule: rows for rule in rules if len(rows := self._suspects(rule))}
        if not suspects:
            return
        corpus = self._cut(suspects)
        for rule, rows in suspects.items():
            numbers = set(self.links.frame(rule.table)["line"].gather(rows))
            problems = list(rule_problems(corpus, rule, numbers))
            self._refuse_innocent(rule, rows, {problem.line for problem in problems})
            yield from problems

    def _suspects(self, rule: LinkRule) -> pl.Series:
        """The rows that may break a rule, but for those whose links lead nowhere."""
        height = self.links.frame(rule.table).height
        if rule.level == 5:
            rows = self._of_sources(rule.table, self._given())
        elif rule.suspect is None:
            raise UnscreenableError(rule.name)
        elif rule.suspect is every_row:
            rows = pl.int_range(height, dtype=pl.UInt32, eager=True)
        elif height:
            rows = rule.suspect(Look(self.links, rule.table)).fill_null(False).arg_true()
        else:
            rows = pl.Series(dtype=pl.UInt32)
        if self.covered and rule.table == "sources":
            rows = rows.filter(self.links.column("sources", "paragraph_count").gather(rows) > 0)
        gone = self.links.dangling(rule.table)
        return rows if gone is None or rows.is_empty() else rows.filter(~gone.gather(rows))

    def _refuse_innocent(self, rule: LinkRule, rows: pl.Series, lines: set[int | None]) -> None:
        """Raise `UnscreenableError` where a suspect source has no problem with a rule."""
        if rule.level == 5 or rule.suspect is every_row:
            return
        places = pl.DataFrame({"line": self.links.frame(rule.table)["line"].gather(rows)})
        if rule.within:
            places = places.with_columns(source=self._source(rule.table).gather(rows))
        else:
            places = places.with_columns(source=0)
        guilty = places.filter(pl.col("line").is_in(list(lines)))
        if not set(places["source"]) <= set(guilty["source"]):
            raise UnscreenableError(rule.name)

    def _given(self) -> pl.Series:
        """The sources of which a copy of the text was given."""
        return self.links.rows_with("sources", self.articles)

    def _source(self, table: str) -> pl.Series:
        """The source to which each row of a table belongs; null where there is none."""
        height = self.links.frame(table).height
        if table == "sources":
            return pl.int_range(height, dtype=pl.UInt32, eager=True)
        path = TO_SOURCE.get(table)
        if path is None or not self._leads(table, path):
            return pl.Series([None], dtype=pl.UInt32).new_from_index(0, height)
        return self.links.column(table, path)

    def _leads(self, table: str, path: str) -> bool:
        """Whether all the tables on a path are clean, so that it can be followed."""
        for name in path.split("."):
            table = next(target for one, target, _ in references(table) if one.name == name)
            if table not in self.links.tables:
                return False
        return True

    def _of_sources(self, table: str, sources: pl.Series) -> pl.Series:
        return self._source(table).is_in(sources).fill_null(False).arg_true()

    def _cut(self, suspects: Mapping[LinkRule, pl.Series]) -> Corpus:
        """The part of the tables that holds all that the rules ask of some rows."""
        rows: dict[str, set[int]] = {name: set() for name in self.links.tables}
        sources: set[int | None] = set()
        for rule, suspect in suspects.items():
            rows[rule.table] |= set(suspect)
            if rule.suspect is not every_row:
                sources |= set(self._source(rule.table).gather(suspect))
        for name in {name for rule in suspects for name in rule.reads} & set(WHOLE):
            rows[name] |= set(range(self.links.frame(name).height))
        sources |= self._named_by_adjudications(rows)
        self._add_named_by_retired(rows)
        wanted = pl.Series(list(sources - {None}), dtype=pl.UInt32)
        for name in ("sources", *TO_SOURCE):
            if name in rows:
                rows[name] |= set(self._of_sources(name, wanted))
        self._add_named(rows)
        return Corpus(
            {name: self._records(name, chosen) for name, chosen in rows.items()},
            self.articles,
            self.links.missing,
        )

    def _records(self, table: str, rows: set[int]) -> Records:
        lines = self.links.frame(table)["line"].gather(sorted(rows))
        return self.links.tables[table].records(lines)

    def _named_by_adjudications(self, rows: dict[str, set[int]]) -> set[int | None]:
        """Add the actors that adjudications are about; returns the sources of the other rows."""
        if not rows.get("adjudications"):
            return set()
        sources = set(self._source("adjudications"))
        ids: dict[str, list[str]] = {}
        for row in self._records("adjudications", rows["adjudications"]).rows:
            if isinstance(row, Adjudication) and row.row_id is not None:
                ids.setdefault(TABLE_OF[row.unit], []).append(row.row_id)
        for name in ids.keys() & rows.keys():
            found = self.links.rows_with(name, ids[name])
            rows[name] |= set(found)
            sources |= set(self._source(name).gather(found))
        return sources

    def _add_named_by_retired(self, rows: dict[str, set[int]]) -> None:
        """Add the rows that have an id that was retired, or that took the place of one."""
        if rows.get("retired_ids"):
            ids: set[str] = set()
            for row in self._records("retired_ids", rows["retired_ids"]).rows:
                if isinstance(row, RetiredId):
                    ids |= {row.id, *(row.replaced_by or "").split(LIST_SEPARATOR)}
            for name in set(IDENTIFIED) & rows.keys():
                rows[name] |= set(self.links.rows_with(name, ids))

    def _add_named(self, rows: dict[str, set[int]]) -> None:
        """Add the actors and kinds of relation that rows name."""
        for name, chosen in list(rows.items()):
            for column, target, _ in references(name):
                if target in ("actors", "relation_types") and target in rows:
                    named = self.links.column(name, column.name).gather(sorted(chosen))
                    rows[target] |= set(named.drop_nulls())


def screened(
    paths: Mapping[str, Path],
    rules: Sequence[LinkRule],
    articles: Mapping[str, Article],
    own: Collection[str],
    links: bool,
) -> Findings:
    """The problems of large tables, the same that `by_rows` finds.

    `paths` are the folders of the tables. Raises `UnscreenableError` where the screen gives up.
    """
    tables = read_tables(paths)
    findings = Findings([problem for name in own for problem in tables[name].problems])
    screen = Screen(tables, articles, covered="sources" not in own)
    ready = findings.ready(rules, screen.links.tables, own if links else ())
    if links:
        found = (*screen.links.problems, *screen.links.shared_ids())
        findings.problems += [one for one in found if one.file.removesuffix(".csv") in own]
    findings.problems += screen.problems(ready)
    findings.rows = sum(tables[name].frame.height for name in own)
    findings.sources = screen.links.ids("sources") if tables["sources"].clean else []
    findings.checked = [id_ for id_ in findings.sources if id_ in articles]
    return findings
