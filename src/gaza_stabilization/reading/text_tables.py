"""From the bytes of a file to a table as text, with every problem of level 1.

A broken line never takes the next one with it, and what surely was meant is read as it was meant:
a byte order mark, line ends, blanks at the ends of a cell or another Unicode form are problems, but
the cells that come out are canonical all the same.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import nearest
from ..schema.characters import cell_problems, cleaned
from ..schema.rows import Row, columns
from .decoding import UNREADABLE, Flaw, decode_file, decode_lines
from .files import whole
from .problems import Problem

_MARKER = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
# What may be wrong with a cell shows in these; all other lines are read without a look at cells.
_ODD = re.compile(r'"|  |(?:^|,)[ =@+-]| (?:,|$)')

MENDED = frozenset(
    {
        *("byte-order-mark", "line-end", "final-newline", "blank-line", "column-order"),
        *("white-space", "hidden-character", "not-nfc", "formula"),
    }
)
"""Problems that leave no doubt of what was meant: such a table can be read, though not released."""


@dataclass(frozen=True)
class Line:
    """One data line: its number in the file, and its readable cells by column."""

    number: int
    cells: dict[str, str]


@dataclass
class TextTable:
    """A table as text: the columns that its header names, its lines, and what is wrong with it.

    `blocking` are those of the problems that leave a doubt of what was meant.
    """

    file: str
    header: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    blocking: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem, mended: bool = False) -> None:
        """Add a problem; where it was `mended`, what was meant is known all the same."""
        self.problems.append(problem)
        if not mended:
            self.blocking.append(problem)


def read_text(model: type[Row], data: bytes) -> TextTable:
    """The table that the bytes of a file hold, under the columns of a row model."""
    about = model.about
    names = [column.name for column in columns(model)]
    return read_csv(f"{about.name}.csv", data, names, about.key, about.may_be_empty)


def read_lines(model: type[Row], data: bytes, first: int) -> TextTable:
    """Some lines of a file without its header, under the columns of a row model.

    `first` is the number of the first one. What a file is as a whole, its lines do not tell: they
    are taken to be UTF-8 that ends in LF.
    """
    names = [column.name for column in columns(model)]
    reader = _Reader(TextTable(f"{model.about.name}.csv", names), names)
    reader.read(data, first)
    return reader.table


def read_csv(
    file: str, data: bytes, names: Sequence[str], key: Sequence[str], may_be_empty: bool = True
) -> TextTable:
    """The table that the bytes of a file hold, under some columns and the key among them."""
    table = TextTable(file)
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        hint = f"the header is: {','.join(names)}"
        table.add(whole(file, "empty-file", None, "a header line", hint))
        return table
    data, flaws = decode_file(data)
    _Reader(table, names).read(data, flaws=flaws)
    no_rows = set(key) <= set(table.header) and not table.lines
    if no_rows and not may_be_empty:
        table.add(whole(file, "no-rows", None, f"at least one row in {file}"))
    return table


def read_file(files: Mapping[str, bytes], model: type[Row]) -> TextTable:
    """The table of a row model among some files; one that cannot be read is a problem."""
    file = f"{model.about.name}.csv"
    try:
        return read_text(model, files[file])
    except KeyError:
        expected = f"the file of table {model.about.name}"
        header = ",".join(column.name for column in columns(model))
        hint = f"a table without rows holds its header: {header}"
        problem = whole(file, "missing-file", None, expected, hint)
    except IsADirectoryError:
        problem = whole(file, "not-a-file", "a folder", "a CSV file")
    except OSError as error:
        rule = "unreadable-file" if error.errno else "not-a-file"
        expected = "a file that can be read" if error.errno else "a CSV file"
        problem = whole(file, rule, error.strerror or str(error), expected)
    table = TextTable(file)
    table.add(problem)
    return table


class _Reader:
    """Reads one file line by line: a cell has no line break in it, so every line is a record."""

    def __init__(self, table: TextTable, expected: Sequence[str]) -> None:
        self.table, self.expected = table, list(expected)

    def say(
        self, rule: str, line: int, column: str | None, found: str, expected: str, hint: str = ""
    ) -> None:
        problem = Problem(1, rule, self.table.file, line, column, found, expected, hint)
        self.table.add(problem, mended=rule in MENDED)

    def read(self, data: bytes, first: int = 1, flaws: Sequence[Flaw] = ()) -> None:
        lines, of_lines = decode_lines(data)
        for flaw in (*flaws, *of_lines):
            line = flaw.line + first - 1
            self.say(flaw.rule, line, None, flaw.found, flaw.expected, flaw.hint)
        for number, text in enumerate(lines, first):
            if not text.strip(' ,;\t"'):
                self.say("blank-line", number, None, text, "no blank lines")
            elif text[:1] in "<=>|" and _MARKER.match(text):
                hint = "a merge was left unfinished; keep one side and delete the marker lines"
                self.say("merge-conflict", number, None, text, "a row", hint)
            elif not self.table.header and (mark := self.other_separator(text)):
                hint = "save the file with commas"
                self.say("separator", number, None, mark, "a comma between cells", hint)
                break
            else:
                self.record(number, text)

    def other_separator(self, text: str) -> str:
        """The character that stands where commas should, in a header that is right but for that."""
        return next((mark for mark in ";\t|" if text.split(mark) == self.expected), "")

    def record(self, number: int, text: str) -> None:
        plain = text.isascii() and text.isprintable() and not _ODD.search(text)
        try:
            cells = text.split(",") if '"' not in text else split(text)
        except csv.Error as error:
            open_quote = "unexpected end of data" in str(error)
            hint = "a quotation mark inside a cell is doubled, and the cell quoted"
            rule = "open-quote" if open_quote else "quoting"
            expected = "a closing quotation mark on the same line" if open_quote else "a CSV record"
            self.say(rule, number, None, text, expected, hint)
            key = text.split(",")[0]
            if self.table.header and '"' not in key:
                self.keep(number, [key])
            return
        if '"' in text and join(cells) != text:
            hint = f"write: {join(cells)}" if len(text) < 200 else ""
            expected = "quotation marks only where a cell needs them"
            problem = Problem(1, "quoting", self.table.file, number, None, text, expected, hint)
            self.table.add(problem, mended=True)
        if not self.table.header:
            self.read_header(number, cells)
        else:
            self.read_cells(number, cells, plain)

    def read_header(self, number: int, cells: list[str]) -> None:
        for cell in cells:
            for rule, expected, hint in cell_problems(cell):
                self.say(rule, number, cleaned(cell), cell, expected, hint)
        names = [cleaned(cell) for cell in cells]
        if not set(names) & set(self.expected):
            wanted = ",".join(self.expected)
            found = ",".join(cells)
            self.say("missing-header", number, None, found, f"the header {wanted}")
            self.table.header = self.expected
            if len(cells) == len(self.expected):  # A row stands where the header was.
                self.read_cells(number, cells, plain=False)
            return
        self.table.header = names
        order = ",".join(self.expected)
        for name in self.expected:
            if name not in names:
                expected = f"a column {name}"
                self.table.add(
                    Problem(1, "missing-column", self.table.file, number, name, None, expected)
                )
        for name, count in Counter(names).items():
            if name not in self.expected:
                hint = nearest(name, set(self.expected) - set(names))
                if not name:
                    place = names.index(name) + 1
                    hint = f"column {place} has no name; was an index of rows written with it?"
                self.say("extra-column", number, name, name, f"the columns {order}", hint)
            elif count > 1:
                self.say("doubled-column", number, name, name, f"one column {name}")
        known = [name for name in dict.fromkeys(names) if name in self.expected]
        if known != [name for name in self.expected if name in known]:
            self.say("column-order", number, None, ",".join(known), f"the order {order}")

    def read_cells(self, number: int, cells: list[str], plain: bool) -> None:
        header = self.table.header
        if len(cells) != len(header):
            hint = "a comma inside a cell needs quotation marks around the cell"
            found, expected = f"{len(cells)} cells", f"{len(header)} cells"
            self.say("ragged-row", number, None, found, expected, hint)
            cells = cells[:1]  # Which cell is which is unknown from the first gap on.
        if plain:
            self.table.lines.append(Line(number, dict(zip(header, cells, strict=False))))
            return
        for name, cell in zip(header, cells, strict=False):
            for rule, expected, hint in cell_problems(cell):
                self.say(rule, number, name, cell, expected, hint)
        self.keep(number, cells)

    def keep(self, number: int, cells: Sequence[str]) -> None:
        kept: dict[str, str] = {}
        for name, cell in zip(self.table.header, cells, strict=False):
            if UNREADABLE not in cell:
                kept.setdefault(name, cleaned(cell))
        self.table.lines.append(Line(number, kept))


_LIMIT = threading.Lock()


def split(text: str) -> list[str]:
    """The cells of one line. Raises `csv.Error` where it is no CSV record.

    >>> split('a,"b, c"')
    ['a', 'b, c']
    """
    with _LIMIT:  # It is one for all threads.
        limit = csv.field_size_limit(max(len(text) + 1, 131_072))  # A long cell is a legal cell.
        try:
            return next(csv.reader([text], strict=True))
        finally:
            csv.field_size_limit(limit)


def join(cells: Sequence[str]) -> str:
    """One line, quoted only where it must be.

    >>> join(["a", "b, c"])
    'a,"b, c"'
    """
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(cells)
    return buffer.getvalue()
