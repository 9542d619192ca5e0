"""The public comparison of two codings, and how it is shown."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from functools import cached_property
from typing import TYPE_CHECKING

from ..errors import UsageError, look_up
from ..reading.frame_text import as_text as csv_text
from ..schema.models import key_column
from .coefficients import RESAMPLES, library
from .figures import Figure, number
from .measures import Comparison, compared, domain, figures
from .raw_coding import coding_of

if TYPE_CHECKING:
    import pandas as pd

    from ..tables.folder import Tables

COLUMNS = [column.name for column in fields(Figure)]


class Agreement:
    """How far two codings of the same sources agree. Printing it shows it for people.

    `a` and `b` name the codings, `sources` what both cover, `left_out` the sources that only one
    does, each with the coding that has it. `figures` has one entry a variable;
    `frame()` has them as a DataFrame, `confusion("positions.stance")` which value met which,
    `unmatched()` the units of which the other coding has none.
    """

    def __init__(
        self, comparison: Comparison, resamples: int, left_out: Mapping[str, str] | None = None
    ) -> None:
        self._comparison, self._resamples = comparison, resamples
        self.a, self.b = comparison.a.name, comparison.b.name
        self.sources = sorted(comparison.a.sources)
        self.left_out = dict(left_out or {})

    @cached_property
    def figures(self) -> list[Figure]:
        """The figures, in the order of the tables; the bootstrap makes them take some seconds."""
        return list(figures(self._comparison, self._resamples))

    def __str__(self) -> str:
        return as_text(self).rstrip("\n")

    def __repr__(self) -> str:
        return f"<Agreement between {self.a} and {self.b} on {', '.join(self.sources)}>"

    def frame(self) -> pd.DataFrame:
        """One row a variable: table, variable, level, n_a, n_b, n, agreement, alpha, low, high.

        Then precision, recall and f1, where units are counted. Shares and coefficients go to 1;
        NA where a figure is not defined.
        """
        import pandas as pd

        frame = pd.DataFrame(map(asdict, self.figures), columns=COLUMNS)
        dtypes: dict[str, str] = dict.fromkeys(COLUMNS, "Float64")
        dtypes |= dict.fromkeys(["table", "variable", "level"], "string")
        dtypes |= dict.fromkeys(["n_a", "n_b", "n"], "Int64")
        return frame.astype(dtypes)

    def confusion(self, variable: str) -> pd.DataFrame:
        """How often which value met which: rows are values of `a`, columns of `b`.

        `variable` is a table and a variable, such as `positions.stance`. Values that neither has
        are left out. Raises `UnknownNameError` where it is not compared.
        """
        import pandas as pd

        known = {f"{table}.{name}": (table, name) for table, name in compared()}
        table_of, name = look_up("compared variable", variable, known)
        pairs = [pair for group in self._comparison.groups(table_of, name) for pair in group]
        used = {value for pair in pairs for value in pair}
        values = [value for value in domain(table_of, name, pairs) if value in used]
        counts = Counter(pairs)
        cells = [[counts[row, column] for column in values] for row in values]
        table = pd.DataFrame(cells, index=values, columns=values, dtype="int64")
        return table.rename_axis(index=self.a, columns=self.b)

    def unmatched(self) -> pd.DataFrame:
        """The units of either coding that the other does not have just so: table, coding, id."""
        import pandas as pd

        records = [
            (table, coding, row[key_column(table)].removesuffix(f" ({coding})"))
            for table in self._comparison.by_table
            for matched in self._comparison.exact(table)
            for coding, rows in ((self.a, matched.only_a), (self.b, matched.only_b))
            for row in rows
        ]
        return pd.DataFrame(records, columns=["table", "coding", "id"], dtype="string")


def agreement_of(
    tables: Tables, a: object = None, b: object = None, *, resamples: int | None = None
) -> Agreement:
    """How far two codings agree, as `Dataset.agreement` describes it."""
    library()  # Before anything is read.
    draws = RESAMPLES if resamples is None else resamples
    if a is None or b is None:
        coders = tables.coders
        if a is not None or b is not None or len(coders) != 2:
            known = ", ".join(coders) or "none"
            raise UsageError(f"name two codings, each a coder or a folder; coders: {known}")
        a, b = coders
    if not isinstance(draws, int) or draws < 1:
        raise UsageError(f"resamples is {draws!r}; expected a whole number of 1 or more")
    codings = coding_of(a, tables), coding_of(b, tables)
    common = codings[0].sources & codings[1].sources
    if not common:
        names = " and ".join(coding.name for coding in codings)
        covered = "; ".join(", ".join(sorted(coding.sources)) for coding in codings)
        raise UsageError(f"{names} cover no source in common: {covered}")
    left_out = {
        source: coding.name for coding in codings for source in sorted(coding.sources - common)
    }
    comparison = Comparison(*(coding.within(common) for coding in codings))
    return Agreement(comparison, draws, left_out)


def as_text(agreement: Agreement) -> str:
    """The figures for people, in plain text."""
    return "\n".join(_lines(agreement)) + "\n"


def _lines(agreement: Agreement) -> Iterator[str]:
    sources = ", ".join(agreement.sources)
    yield f"Agreement between {agreement.a} (a) and {agreement.b} (b) on {sources}"
    for source, coding in agreement.left_out.items():
        yield f"left out: {source}, which only {coding} covers"
    table = ""
    for figure in agreement.figures:
        if figure.table != table:
            table = figure.table
            yield f"\n{table:<22}{'n':>8}{'same':>8}{'alpha':>8}{'95 % interval':>18}"
        yield (
            f"  {figure.variable:<20}{'' if figure.n is None else figure.n:>8}"
            f"{number(figure.agreement):>8}{number(figure.alpha):>8}{figure.bounds:>18}"
            f"{_counts(figure)}"
        ).rstrip()
    yield "\nn: units that both have. same: share with the same value (of spans: mean overlap)."
    yield "alpha: Krippendorff's, of unitising his alpha for unitising; 1 perfect, 0 chance."
    yield "Units that only one coding has count under sentences, unitising, actors and presence."


def _counts(figure: Figure) -> str:
    if figure.n_a is None:
        return ""
    return (
        f"  a {figure.n_a}, b {figure.n_b}, both {figure.n}: precision {number(figure.precision)}, "
        f"recall {number(figure.recall)}, F1 {number(figure.f1)}"
    )


def as_csv(agreement: Agreement) -> str:
    """One line a variable, figures with three decimals, nothing where one is not defined."""
    return csv_text(agreement.frame())


def as_json(agreement: Agreement) -> str:
    """Names, sources, figures and confusion tables."""
    valued = [figure for figure in agreement.figures if figure.level and figure.n]
    names = [f"{figure.table}.{figure.variable}" for figure in valued]
    described = {
        "a": agreement.a,
        "b": agreement.b,
        "sources": agreement.sources,
        "figures": [asdict(figure) for figure in agreement.figures],
        "confusion": {name: agreement.confusion(name).to_dict("split") for name in names},
        "unmatched": agreement.unmatched().to_dict("records"),
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"
