"""Levels 1 and 2 of many lines at once, on Polars: typed rows that are surely clean, or none.

What a clean block is, is derived from the row model. The test may be too strict, never too lax:
what it rejects is read line by line. That lines are CSV as the tables want it follows from a sum.
Every cell is at least as long in the file as its canonical text, a text with a comma longer by its
two quotation marks; so where the lengths of cells, commas and line ends sum up to the length of the
block, no cell has another spelling. (Cells that a line lacks would be empty, and are excluded; of
lines with quotation marks in a cell, the whole text is compared.)
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import polars as pl
from polars import col

from ..schema.cells import SortedCodes, Spelling, WholeNumber
from ..schema.characters import cell_problems
from ..schema.order import place_of
from ..schema.rows import Column, null_words
from .forms import PADDED, Form, Key, UnscreenableError, letter_of

SEEN = (
    "!-~\u00a1-\u00ac\u00ae-\u02ff\u038e-\u03a1\u03a3-\u0482\u048a-\u052f\u0531-\u0556\u0561-\u0586"
    "\u05d0-\u05ea\u061f-\u064a\u0660-\u066f\u0671-\u06d5\u10d0-\u10ff\u1e00-\u1eff\u2010-\u2027"
    "\u2030-\u205e\u20a0-\u20bf\u3001-\u3029\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uff01-\uff9f"
)
"""Characters that can be seen and are in NFC, whatever stands beside them."""
_FIRST = SEEN.replace("!-~", "!-*,./-<>?A-~")  # What begins with another may be a formula.
_PLAIN = rf"^[{_FIRST}](?: ?[{SEEN}])*$"
_OPEN = re.compile(r"\[\^|\\[SDW]|(?<!\\)\.")  # In a pattern: any character, but for some.


@dataclass(frozen=True)
class Rows:
    """Some rows as they are kept, with their first and last key.

    `unordered` has the places of rows whose key may not lie below that of the next one.
    """

    frame: pl.DataFrame
    first: Key
    last: Key
    unordered: list[int]


def clean_rows(form: Form, block: bytes) -> Rows | None:
    """The rows of a block; None where something may be wrong with them."""
    if not block.endswith(b"\n"):
        return None
    for linked in (True, False) if form.known else (True,):
        schema = {column.name: form.dtype(column, linked) for column in form.columns}
        try:
            frame = pl.read_csv(block, has_header=False, schema=schema)
        except pl.exceptions.PolarsError:
            continue
        rows = _Block(form, frame, linked).rows(block)
        if rows is not None:
            return rows
    return None


def kept_rows(form: Form, lines: Sequence[Mapping[str, str]]) -> pl.DataFrame:
    """Rows as they are kept, from the canonical texts of their cells; null where there is none.

    Raises `UnscreenableError` where the screen cannot hold an id.
    """
    frame = pl.DataFrame(
        {
            column.name: [cells.get(column.name) or None for cells in lines]
            for column in form.columns
        },
        schema={column.name: pl.String for column in form.columns},
    )
    typed = frame.with_columns(
        col(column.name).cast(form.dtype(column, linked=False), strict=False)
        for column in form.columns
    )
    block = _Block(form, typed, linked=False)
    for column in form.numbered:
        number = block.frame[f"#{column.name}"]
        if number.null_count() > typed[column.name].null_count() or (number >= PADDED).any():
            raise UnscreenableError(column.name)
    return block.packed({column.name for column in form.numbered})


class _Block:
    """Rows as they were read, and the conditions on them; a namespace of columns for row rules."""

    def __init__(self, form: Form, frame: pl.DataFrame, linked: bool) -> None:
        self.form, self.linked = form, linked
        self.dtypes = dict(frame.schema)
        self.frame = frame.with_columns(
            col(column.name).str.slice(1).cast(pl.UInt64, strict=False).alias(f"#{column.name}")
            for column in form.numbered
        )

    def __getitem__(self, name: str) -> pl.Expr:
        return col(name).cast(pl.String) if isinstance(self.dtypes[name], pl.Enum) else col(name)

    def filled(self, name: str) -> pl.Expr:
        return col(name).is_not_null()

    def among(self, name: str, values: tuple[str, ...]) -> pl.Expr:
        dtype = self.dtypes[name]
        if not isinstance(dtype, pl.Enum):
            return col(name).is_in(values)
        codes = [n for n, category in enumerate(dtype.categories) if category in values]
        return col(name).to_physical().is_in(codes)

    def composed(self, template: str) -> pl.Expr:
        parts: list[pl.Expr] = []
        for literal, name, form, _ in string.Formatter().parse(template):
            parts.append(pl.lit(literal))
            if name is not None:
                text = col(name).cast(pl.String)
                parts.append(text.str.zfill(int(form.removesuffix("d"))) if form else text)
        return pl.concat_str(parts)

    def rows(self, block: bytes) -> Rows | None:
        """The rows, if the block that they were read from is surely clean."""
        size: list[pl.Expr] = [pl.len().cast(pl.Int64) * len(self.form.columns)]
        broken: list[pl.Expr] = [rule.broken(self).any() for rule in self.form.model.about.rules]
        quoted: list[pl.Expr] = [pl.lit(False)]
        commas: list[pl.Expr] = [pl.len().cast(pl.Int64) * (len(self.form.columns) - 1)]
        told: list[pl.Expr] = []
        for column in self.form.columns:
            size.append(self._size(column))
            broken += self._broken(column)
            if letter_of(column):
                told.append(self._unpadded(column))
            elif self._is_text(column):
                told.append((~col(column.name).str.contains(_PLAIN)).any().alias(column.name))
                quoted.append(col(column.name).str.contains('"', literal=True).any())
                commas.append(col(column.name).str.count_matches(",", literal=True).sum())
        answers = self.frame.select(
            pl.sum_horizontal(size).alias("size"),
            pl.any_horizontal(broken).alias("broken"),
            pl.any_horizontal(quoted).alias("quoted"),
            *([pl.sum_horizontal(commas).alias("commas")] if self._may_lack_cells else []),
            *told,
        ).row(0, named=True)
        marks = self._quotation_marks(block) if answers["quoted"] else 0
        if answers["broken"] or marks is None or answers["size"] + marks != len(block):
            return None
        if self._may_lack_cells and answers["commas"] != block.count(b","):
            return None
        for column in self.form.columns:
            if self._is_text(column) and answers[column.name] and not self._is_seen(column):
                return None
            if letter_of(column) and not answers[column.name] and not self._is_padded_well(column):
                return None
        padded = {column.name for column in self.form.numbered if not answers[column.name]}
        first, last = self._keys(pl.Series([0, self.frame.height - 1]))
        return Rows(self.packed(padded), first, last, self._unordered())

    @property
    def _may_lack_cells(self) -> bool:
        """Whether a line may end too early without lacking a cell that must be filled."""
        return not self.form.columns[-1].required

    def _keys(self, places: pl.Series) -> list[Key]:
        cells = self.frame.select(col(name).cast(pl.String) for name in self.form.model.about.key)
        return cells[places].rows()

    def _unordered(self) -> list[int]:
        """The places of rows whose key does not lie below that of the next one."""
        key = self.form.model.about.key
        rule = self.form.composed.get(key[0])
        sure = self._ascending(rule.parts if rule else key)
        doubted = self.frame.select(pl.arg_where(~sure)).to_series()
        doubted = doubted.filter(doubted < self.frame.height - 1)
        text = pl.concat_str([col(name).cast(pl.String) for name in key], separator=" ")
        here = self.frame[doubted].select(text).to_series()
        after = self.frame[doubted + 1].select(text).to_series()
        # Where the same places hold digits, the natural order is the plain one.
        alike = here.str.replace_all("[0-9]", "0") == after.str.replace_all("[0-9]", "0")
        doubted = doubted.filter(~(alike & (here < after)))
        pairs = zip(doubted, self._keys(doubted), self._keys(doubted + 1), strict=True)
        return [row for row, key, after in pairs if place_of(key) >= place_of(after)]

    def _ascending(self, names: Sequence[str]) -> pl.Expr:
        """Where numbers say that a row stands below the next one, of which the text is the same."""
        below = pl.lit(False)
        for name in reversed(names):
            below &= col(name) == col(name).shift(-1)
            number = f"#{name}" if f"#{name}" in self.frame.columns else name
            if self.frame.schema[number].is_integer():
                below |= col(number) < col(number).shift(-1)
        return below

    def _is_text(self, column: Column) -> bool:
        """Whether a column may hold any character, so that each has to be looked at."""
        if self.dtypes[column.name] != pl.String() or not isinstance(column.kind, Spelling):
            return False
        return column.kind.pattern is None or _OPEN.search(column.kind.pattern) is not None

    def _size(self, column: Column) -> pl.Expr:
        """How many bytes the canonical texts of a column have."""
        cell, dtype = col(column.name), self.dtypes[column.name]
        if isinstance(dtype, pl.Enum):
            lengths = dtype.categories.str.len_bytes().cast(pl.Int64)
            if not len(lengths):
                return pl.lit(0, pl.Int64)
            return pl.lit(lengths).gather(cell.to_physical()).sum()
        if isinstance(column.kind, WholeNumber):
            more = [(cell >= 10**n).sum().cast(pl.Int64) for n in range(1, 9)]
            return pl.sum_horizontal([cell.count().cast(pl.Int64), *more])
        length = cell.str.len_bytes().cast(pl.Int64).sum()
        if self._is_text(column):
            return length + cell.str.contains(r'[,"]').sum().cast(pl.Int64) * 2
        return length

    def _broken(self, column: Column) -> Iterator[pl.Expr]:
        """Where a cell is not what its column holds, but for its characters."""
        cell, kind, dtype = col(column.name), column.kind, self.dtypes[column.name]
        if column.required:
            yield cell.null_count() > 0
        if isinstance(kind, WholeNumber):
            yield (cell.min() < kind.minimum) | (cell.max() > kind.maximum)
        elif isinstance(kind, SortedCodes):
            yield self._refused(cell, kind)
        if isinstance(dtype, pl.Enum) or not isinstance(kind, Spelling):
            return
        letter = letter_of(column)
        if letter:  # Much faster than its pattern.
            yield col(f"#{column.name}").null_count() > cell.null_count()
            yield ~cell.str.starts_with(letter).all() | cell.str.starts_with(f"{letter}+").any()
            return
        if kind.pattern is not None and column.name not in self.form.composed:
            # An id that is put together from known parts is spelled as they are.
            yield ~cell.str.contains(f"^(?:{kind.pattern})$").all()
        words = sorted(null_words(kind))
        if kind.pattern is None or any(re.fullmatch(kind.pattern, word) for word in words):
            pattern = f"^(?i:{'|'.join(map(re.escape, words))})$"
            yield ((cell.str.len_bytes() <= 4) & cell.str.contains(pattern)).any()
        if kind.max_length is not None:
            yield (cell.str.len_chars() > kind.max_length).any()
        if kind.max_words is not None:
            yield (cell.str.count_matches(" ", literal=True) >= kind.max_words).any()
        if kind.test is not None and kind.test is not str.isprintable:
            yield self._refused(cell, kind)

    def _refused(self, cell: pl.Expr, kind: SortedCodes | Spelling) -> pl.Expr:
        """Whether a kind refuses a cell, asked once for all that are alike."""
        different = cell.unique().drop_nulls()
        return different.map_elements(kind.accepts, return_dtype=pl.Boolean).not_().any()

    def _unpadded(self, column: Column) -> pl.Expr:
        """Whether no id of a column has more leading zeros than three digits need.

        No cell is shorter than its number says, so that the sum says that none is longer.
        """
        number, length = col(f"#{column.name}"), col(column.name).str.len_bytes().cast(pl.Int64)
        more = [(number >= 10**n).sum().cast(pl.Int64) for n in range(3, 9)]
        least = pl.sum_horizontal([number.count().cast(pl.Int64) * 4, *more])
        sure = (length.min() >= 4) & (number.max() < 10**9) & (length.sum() == least)
        return sure.fill_null(number.count() == 0).alias(column.name)

    def _is_padded_well(self, column: Column) -> bool:
        pattern = f"^{letter_of(column)}[0-9]{{3,15}}$"
        return bool(self.frame[column.name].str.contains(pattern).all())

    def _is_seen(self, column: Column) -> bool:
        """Whether nothing is wrong with the characters of a text: asked where it is not plain."""
        cells = self.frame[column.name].drop_nulls()
        cells = cells.filter(~cells.str.contains(_PLAIN)).unique()
        odd = set("".join(cells)) - {" "}
        if any(rule != "not-nfc" for c in odd for rule, _, _ in cell_problems(f"x{c}x")):
            return False
        return not any(
            cell[0] in " =@+-"
            or cell[-1] == " "
            or "  " in cell
            or not unicodedata.is_normalized("NFC", cell)
            for cell in cells
        )

    def _quotation_marks(self, block: bytes) -> int | None:
        """How many marks in cells are doubled in the block; None where one may not be.

        Only they let another text of the same length mean the same. So the lines that have doubled
        marks must be the canonical texts of the rows that have marks.
        """
        texts = [col(column.name) for column in self.form.columns if self._is_text(column)]
        rows = self.frame.filter(
            pl.any_horizontal(cell.str.contains('"', literal=True) for cell in texts)
        ).select(column.name for column in self.form.columns)
        if rows.write_csv(include_header=False).encode() != b"".join(_lines_with(b'""', block)):
            return None
        marks = [cell.str.count_matches('"', literal=True).sum() for cell in texts]
        return int(rows.select(pl.sum_horizontal(marks)).item())

    def packed(self, padded: Set[str]) -> pl.DataFrame:
        """The rows as they are kept: links as row numbers or hashes, ids and codes as numbers.

        Text is left out, but for the ids of rows. Column `?name` has the ids that lead nowhere.
        """
        kept: list[pl.Expr] = []
        for column in self.form.columns:
            kept += self._packed(column, column.name in padded)
        return self.frame.select(kept)

    def _packed(self, column: Column, padded: bool) -> Iterator[pl.Expr]:
        name, cell, dtype = column.name, col(column.name), self.dtypes[column.name]
        if column.datatype == "boolean":
            yield cell.to_physical() == 1
        elif name in self.form.known:
            enum = self.form.dtype(column, linked=True)
            row = cell if self.linked else cell.cast(enum, strict=False)
            yield row.to_physical().cast(pl.UInt32)
            if not self.linked:
                yield pl.when(row.is_null()).then(cell).alias(f"?{name}")
        elif letter_of(column):
            number = col(f"#{name}")
            small = number.cast(pl.UInt32)  # Else it has fewer than ten digits.
            yield (number + self._zeros(column) * PADDED if padded else small).alias(name)
        elif dtype == pl.String() and name in self.form.hashed:
            yield pl.when(cell.is_not_null()).then(cell.hash()).alias(name)
        elif dtype != pl.String() or name in self.form.model.about.key or column.codes:
            yield cell

    def _zeros(self, column: Column) -> pl.Expr:
        number = col(f"#{column.name}")
        more = ((number >= 10**n).cast(pl.UInt64) for n in range(3, 16))
        digits = pl.sum_horizontal(pl.lit(3, pl.UInt64), *more)
        return col(column.name).str.len_bytes().cast(pl.UInt64) - 1 - digits


def _lines_with(part: bytes, block: bytes) -> Iterator[bytes]:
    """The lines of a block that contain some bytes."""
    at = block.find(part)
    while at >= 0:
        start, end = block.rfind(b"\n", 0, at) + 1, block.find(b"\n", at) + 1
        yield block[start:end]
        at = block.find(part, end)
