"""Rules across large tables: all rows at once say where a rule may be broken, the rules say how.

What is suspect is cut out with its sources, read as typed rows, and asked as in small data. Where a
suspect proves innocent, the screen gives up, so that no problem is lost by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl

from ..reading.problems import Problem
from ..reading.records import Records
from ..schema.adjudications import Adjudication
from ..schema.cells import LIST_SEPARATOR
from ..schema.models import MODELS, key_column, references
from ..schema.retired_ids import RetiredId
from ..text import Article
from . import derived  # noqa: F401  The columns that it makes.
from .across import LinkRule, every_row, rule_problems
from .coding_rules import TABLE_OF
from .corpus import IDENTIFIED, Corpus
from .findings import Findings
from .forms import Form, UnscreenableError, is_named
from .large import LargeTable, read_large
from .links import Links, Look, lines_of

WORKERS = 2
"""Threads, beside those of Polars: more read no faster and need more memory."""
WHOLE = ("adjudications", "coders", "retired_ids")
"""Tables that are small beside the others: where one is asked for, all of it comes along."""
# The link of a row to what it is a part of; where it leads, the link goes on.
PART_OF = {
    "passages": "source_id",
    "statements": "passage_id",
    "relays": "statement_id",
    "positions": "statement_id",
    "relationships": "statement_id",
    "adjudications": "passage_id",
}


def read_tables(paths: Mapping[str, Path]) -> dict[str, LargeTable]:
    """The tables of a large folder, each below its folder, with problems of levels 1 and 2."""
    tables: dict[str, LargeTable] = {}
    known: dict[str, pl.Series] = {}
    named = {name for name in paths if is_named(MODELS[name])}
    before = {
        name: {target for _, target, _ in references(name)} & named - {name} for name in paths
    }
    with ThreadPoolExecutor(WORKERS) as pool:
        while len(tables) < len(paths):
            ready = [name for name in paths if name not in tables and before[name] <= set(tables)]
            ready.sort(key=lambda name: _size(paths[name], name), reverse=True)
            forms = [Form(MODELS[name], known) for name in ready]
            read = pool.map(read_large, [paths[name] for name in ready], forms)
            tables |= dict(zip(ready, read, strict=True))
            for name in named & set(ready):
                if tables[name].clean:
                    known[name] = tables[name].frame[key_column(name)]
    return {name: tables[name] for name in MODELS if name in tables}


def _size(folder: Path, table: str) -> int:
    file = folder / f"{table}.csv"
    return file.stat().st_size if file.is_file() else 0


class Screen:
    """The clean tables of a large folder under the rules."""

    def __init__(self, tables: Mapping[str, LargeTable], articles: Mapping[str, Article]) -> None:
        self.links, self.articles = Links(tables), articles

    def problems(self, rules: Sequence[LinkRule]) -> Iterator[Problem]:
        """What breaks some rules, of which every table is clean.

        Raises `UnscreenableError` where the screen does not know.
        """
        with ThreadPoolExecutor(WORKERS) as pool:
            rows_of = zip(rules, pool.map(self._suspects, rules), strict=True)
            suspects = {rule: rows for rule, rows in rows_of if len(rows)}
        if not suspects:
            return
        corpus = self._cut(suspects)
        for rule, rows in suspects.items():
            numbers = set(lines_of(rows))
            problems = list(rule_problems(corpus, rule, numbers))
            guilty = {problem.line for problem in problems}
            exact = rule.level < 5 and rule.suspect is not every_row
            if exact and (guilty != numbers if rule.each else not guilty):
                raise UnscreenableError(rule.name)
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
        gone = self.links.dangling(rule.table)
        return rows if gone is None or rows.is_empty() else rows.filter(~gone.gather(rows))

    def _given(self) -> pl.Series:
        """The sources of which a copy of the text was given."""
        return self.links.rows_with("sources", self.articles)

    def _home(self, table: str) -> tuple[str, pl.Series]:
        """What each row of a table is a part of: its source, or what else of it is known.

        That is its link to a source, if all the tables on the way are clean; else the link to the
        first that is not. Named is the table to which the links lead.
        """
        if table == "sources":
            rows = pl.int_range(self.links.frame(table).height, dtype=pl.UInt32, eager=True)
            return table, rows
        path = [PART_OF[table]]
        target = self.links.target(table, path[-1])
        while target in self.links.tables and target in PART_OF:
            path.append(PART_OF[target])
            target = self.links.target(target, path[-1])
        return target, self.links.column(table, ".".join(path))

    def _of_sources(self, table: str, sources: pl.Series) -> pl.Series:
        """The rows of a table that are part of some sources."""
        home, parts = self._home(table)
        if home != "sources":
            raise UnscreenableError(table)
        return parts.is_in(sources.implode()).fill_null(False).arg_true()

    def _cut(self, suspects: Mapping[LinkRule, pl.Series]) -> Corpus:
        """The part of the tables that holds all that the rules ask of some rows."""
        rows: dict[str, set[int]] = {name: set() for name in self.links.tables}
        homes: dict[str, set[int | None]] = {}
        for rule, suspect in suspects.items():
            rows[rule.table] |= set(suspect)
            if rule.suspect is not every_row:
                self._add_homes(homes, rule.table, suspect)
        for name in {name for rule in suspects for name in rule.reads} & set(WHOLE):
            rows[name] |= set(range(self.links.frame(name).height))
        self._add_naming(rows)
        self._add_named_by_adjudications(rows, homes)
        self._add_named_by_retired(rows)
        for name in ("sources", *PART_OF):
            if name in rows:
                home, parts = self._home(name)
                wanted = pl.Series(list(homes.get(home, set()) - {None}), dtype=parts.dtype)
                rows[name] |= set(parts.is_in(wanted.implode()).fill_null(False).arg_true())
        self._add_named(rows)
        return Corpus(
            {name: self._records(name, chosen) for name, chosen in rows.items()},
            self.articles,
            self.links.missing,
        )

    def _add_homes(self, homes: dict[str, set[int | None]], table: str, rows: pl.Series) -> None:
        """Add what some rows of a table are part of."""
        if table == "sources" or table in PART_OF:
            home, parts = self._home(table)
            homes.setdefault(home, set()).update(parts.gather(rows))

    def _records(self, table: str, rows: set[int]) -> Records:
        return self.links.tables[table].records(lines_of(rows))

    def _add_naming(self, rows: dict[str, set[int]]) -> None:
        """Add the rows that name the actors that are suspect, each of which may clear one."""
        suspects = pl.Series(list(rows.get("actors", ())), dtype=pl.UInt32)
        for name in rows if len(suspects) else ():
            for column, target, _ in references(name):
                if target == "actors":
                    naming = self.links.column(name, column.name).is_in(suspects.implode())
                    rows[name] |= set(naming.fill_null(False).arg_true())

    def _add_named_by_adjudications(
        self, rows: dict[str, set[int]], homes: dict[str, set[int | None]]
    ) -> None:
        """Add the rows that adjudications are about, with all that belongs to them."""
        if not rows.get("adjudications"):
            return
        self._add_homes(homes, "adjudications", pl.Series(list(rows["adjudications"])))
        ids: dict[str, list[str]] = {}
        for row in self._records("adjudications", rows["adjudications"]).rows:
            if isinstance(row, Adjudication) and row.row_id is not None:
                ids.setdefault(TABLE_OF[row.unit], []).append(row.row_id)
        for name in ids.keys() & rows.keys():
            named = self.links.rows_with(name, ids[name])
            rows[name] |= set(named)
            self._add_homes(homes, name, named)

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
    if "sources" not in own and tables["sources"].clean:
        _leave_covered(tables["sources"], tables["passages"])
    findings = Findings([problem for name in own for problem in tables[name].problems])
    screen = Screen(tables, articles)
    ready = findings.ready(rules, screen.links.tables, own if links else ())
    if rules:
        problems = (*screen.links.problems, *screen.links.shared_ids())
        findings.problems += [
            problem for problem in problems if problem.file.removesuffix(".csv") in own
        ]
    findings.problems += screen.problems(ready)
    clean = set(own) & screen.links.tables.keys()
    findings.rows = sum(tables[name].frame.height for name in clean)
    findings.sources = screen.links.ids("sources") if tables["sources"].clean else []
    findings.checked = [id_ for id_ in findings.sources if id_ in articles]
    return findings


def _leave_covered(sources: LargeTable, passages: LargeTable) -> None:
    """Empty the rows of sources that a raw coding does not cover, as far as that is sure."""
    rows = passages.frame["source_id"] if passages.clean else pl.Series(dtype=pl.UInt32)
    covered = pl.int_range(pl.len()).is_in(rows.unique().implode())
    sources.frame = sources.frame.with_columns(pl.when(covered).then(pl.all()).name.keep())
