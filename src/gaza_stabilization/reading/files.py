"""Level 1: the files, down to the text of each cell."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import nearest
from ..schema.rows import Row, columns
from ..schema.tables import CODINGS, MODELS
from .characters import cell_problems, cleaned
from .decoding import UNREADABLE, decode
from .problems import Problem

_MARKER = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")


@dataclass(frozen=True)
class Line:
    """One data line: its number in the file, its text, and its readable cells by column."""

    number: int
    text: str
    cells: dict[str, str]


@dataclass
class TextTable:
    """A table as text: its lines, and the text of `lost` ones that could not be read.

    `readable` is false where the file or its key column could not be read.
    """

    model: type[Row]
    lines: list[Line] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    readable: bool = True


def file_problems(folder: Path) -> Iterator[Problem]:
    """Files and folders in the data folder that no table claims."""
    known = {f"{name}.csv" for name in MODELS}
    codings = {CODINGS} if (folder / CODINGS).is_dir() else set()
    yield from unknown_files(folder, known | codings, "only files that a table claims")


def unknown_files(folder: Path, known: Set[str], expected: str) -> Iterator[Problem]:
    """Files and folders in a folder that have none of the known names."""
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        if entry.name not in known:
            hint = nearest(entry.name, known)
            yield Problem(1, "unknown-file", entry.name, None, None, entry.name, expected, hint)


def read_table(folder: Path, name: str) -> tuple[TextTable, list[Problem]]:
    """A table's file as text, with every problem of level 1."""
    model = MODELS[name]
    file = f"{name}.csv"
    table = TextTable(model)

    def whole(rule: str, found: str | None, expected: str, hint: str = "") -> list[Problem]:
        table.readable = False
        return [Problem(1, rule, file, None, None, found, expected, hint)]

    path = folder / file
    try:
        if path.exists() and not path.is_file():
            found = "a folder" if path.is_dir() else "something that is no file"
            return table, whole("not-a-file", found, "a CSV file")
        data = path.read_bytes()
    except FileNotFoundError:
        return table, whole("missing-file", None, f"the file of table {name}")
    except OSError as error:
        return table, whole("unreadable-file", str(error.strerror), "a file that can be read")
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        header = ",".join(column.name for column in columns(model))
        return table, whole("empty-file", None, "a header line", f"the header is: {header}")
    problems = list(_Reader(file, table).read(data))
    return table, problems


class _Reader:
    """Reads one file line by line, so that a broken line never takes the next one with it.

    A cell of these tables has no line break in it, so every line is a record of its own.
    """

    def __init__(self, file: str, table: TextTable) -> None:
        self.file, self.table = file, table
        self.expected = [column.name for column in columns(table.model)]
        self.header: list[str] = []

    def problem(
        self, rule: str, line: int, column: str | None, found: str, expected: str, hint: str = ""
    ) -> Problem:
        return Problem(1, rule, self.file, line, column, found, expected, hint)

    def read(self, data: bytes) -> Iterator[Problem]:
        lines, flaws = decode(data)
        for flaw in flaws:
            yield self.problem(flaw.rule, flaw.line, None, flaw.found, flaw.expected, flaw.hint)
        for number, text in enumerate(lines, 1):
            if not text.strip(' ,;\t"'):
                yield self.problem("blank-line", number, None, text, "no blank lines")
            elif _MARKER.match(text):
                hint = "a merge was left unfinished; keep one side and delete the marker lines"
                yield self.problem("merge-conflict", number, None, text, "a row", hint)
            elif not self.header and (mark := self.other_separator(text)):
                hint = "save the file with commas"
                yield self.problem("separator", number, None, mark, "a comma between cells", hint)
                break
            else:
                yield from self.record(number, text)
        if not set(self.table.model.about.key) <= set(self.header):
            self.table.readable = False
        elif not self.table.lines and not self.table.model.about.may_be_empty:
            self.table.readable = False
            expected = f"at least one row in {self.file}"
            yield Problem(1, "no-rows", self.file, None, None, None, expected)

    def other_separator(self, text: str) -> str:
        """The character that stands where commas should, in a header that is one but for that."""
        return next((mark for mark in ";\t|" if text.split(mark) == self.expected), "")

    def record(self, number: int, text: str) -> Iterator[Problem]:
        try:
            cells = split(text)
        except csv.Error as error:
            open_quote = "unexpected end of data" in str(error)
            hint = "a quotation mark inside a cell is doubled, and the cell quoted"
            yield self.problem(
                "open-quote" if open_quote else "quoting", number, None, text,
                "a closing quotation mark on the same line" if open_quote else "a CSV record", hint,
            )  # fmt: skip
            self.table.lost.append(text)
            key = text.split(",")[0]
            if self.header:
                self.keep(number, text, [] if '"' in key else [key])
            return
        if join(cells) != text:
            hint = f"write: {join(cells)}" if len(text) < 200 else ""
            yield self.problem(
                "quoting", number, None, text, "quotation marks only where a cell needs them", hint
            )
        if not self.header:
            yield from self.read_header(number, text, cells)
        else:
            yield from self.read_cells(number, text, cells)

    def read_header(self, number: int, text: str, cells: list[str]) -> Iterator[Problem]:
        for cell in cells:
            for rule, expected, hint in cell_problems(cell):
                yield self.problem(rule, number, cleaned(cell), cell, expected, hint)
        names = [cleaned(cell) for cell in cells]
        if not set(names) & set(self.expected):
            wanted = ",".join(self.expected)
            yield self.problem(
                "missing-header", number, None, ",".join(cells), f"the header {wanted}"
            )
            self.header = self.expected
            if len(cells) == len(self.expected):
                yield from self.read_cells(
                    number, text, cells
                )  # A row stands where the header was.
            else:
                self.table.readable = False
            return
        self.header = names
        yield from self.header_problems(number, names)

    def header_problems(self, number: int, names: Sequence[str]) -> Iterator[Problem]:
        order = ",".join(self.expected)
        for name in self.expected:
            if name not in names:
                yield Problem(
                    1, "missing-column", self.file, number, name, None, f"a column {name}"
                )
        for name, count in Counter(names).items():
            if name not in self.expected:
                hint = nearest(name, set(self.expected) - set(names))
                yield self.problem("extra-column", number, name, name, f"the columns {order}", hint)
            elif count > 1:
                yield self.problem("doubled-column", number, name, name, f"one column {name}")
        known = [name for name in dict.fromkeys(names) if name in self.expected]
        if known != [name for name in self.expected if name in known]:
            found = ",".join(known)
            yield self.problem("column-order", number, None, found, f"the order {order}")

    def read_cells(self, number: int, text: str, cells: list[str]) -> Iterator[Problem]:
        if len(cells) != len(self.header):
            hint = "a comma inside a cell needs quotation marks around the cell"
            yield self.problem(
                "ragged-row", number, None, f"{len(cells)} cells", f"{len(self.header)} cells", hint
            )
            # Which cell is which is unknown from the first gap on; the first is the key.
            self.table.lost.append(text)
            cells = cells[:1]
        for name, cell in zip(self.header, cells, strict=False):
            for rule, expected, hint in cell_problems(cell):
                yield self.problem(rule, number, name, cell, expected, hint)
        self.keep(number, text, cells)

    def keep(self, number: int, text: str, cells: Sequence[str]) -> None:
        kept: dict[str, str] = {}
        for name, cell in zip(self.header, cells, strict=False):
            if UNREADABLE in cell:
                self.table.lost.append(cell)
            elif name in self.expected and name not in kept:
                kept[name] = cleaned(cell)
        self.table.lines.append(Line(number, text, kept))


def split(text: str) -> list[str]:
    """The cells of one line. Raises `csv.Error` where it is no CSV record.

    >>> split('a,"b, c"')
    ['a', 'b, c']
    """
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
