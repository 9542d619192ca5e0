"""A table of a large folder: typed rows by blocks; read line by line only where a block is suspect.

Its problems of levels 1 and 2 are the very ones that reading it line by line finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import polars as pl

from ..reading.decoding import decode_file
from ..reading.files import FolderFiles
from ..reading.problems import Problem
from ..reading.records import Records, key_problems, read_records, read_rows, readable
from ..reading.text_tables import Line, TextTable, read_file, read_lines
from ..schema.order import ORDER, place_of
from ..schema.row_rules import Composed
from ..schema.rows import Row
from .blocks import Rows, clean_rows, kept_rows
from .forms import Form, Key

BLOCK = 12 << 20
PIECE = 96 << 10  # What is read line by line at most around something suspect.

KeyAt = tuple[int, Key]  # With the number of its line.


class _WholeFileError(Exception):
    """A part shows what may be wrong with its file as a whole."""


@dataclass(frozen=True)
class Span:
    """Some lines of a file: where they begin, how many bytes they have, and their numbers."""

    offset: int
    size: int
    numbers: range


@dataclass(frozen=True)
class Part:
    """Some rows as they are kept, and the lines whose keys may not be in order, in pairs.

    `first` and `last` are the outermost lines of which the key can be read.
    """

    frame: pl.DataFrame
    lines: int
    first: KeyAt | None
    last: KeyAt | None
    unordered: list[tuple[int, int]]
    problems: list[Problem] = field(default_factory=list)


@dataclass
class LargeTable:
    """The rows of a table as they are kept, and its problems.

    Where it is not clean, the rows have the numbers of their lines.
    """

    path: Path
    form: Form
    frame: pl.DataFrame = field(default_factory=pl.DataFrame)
    problems: list[Problem] = field(default_factory=list)
    text: TextTable | None = None  # Of a file that was read as a whole.
    spans: list[Span] = field(default_factory=list)

    @property
    def model(self) -> type[Row]:
        return self.form.model

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong at levels 1 and 2."""
        return not self.problems

    def lines(self, numbers: Iterable[int]) -> TextTable:
        """Some lines of the file as text, by number."""
        wanted = sorted(set(numbers))
        text = read_lines(self.model, b"", 1)
        if self.text is not None:
            known = set(wanted)
            text.lines = [line for line in self.text.lines if line.number in known]
            return text
        with self.path.open("rb") as file:
            for span in self.spans:
                here = [number for number in wanted if number in span.numbers]
                if here:
                    file.seek(span.offset)
                    lines = file.read(span.size).split(b"\n")
                    cut = b"".join(lines[n - span.numbers.start] + b"\n" for n in here)
                    read = read_lines(self.model, cut, 0).lines
                    text.lines += [Line(here[line.number], line.cells) for line in read]
        return text

    def records(self, numbers: Iterable[int]) -> Records:
        """Some rows of the table, by the numbers of their lines."""
        return read_rows(self.lines(numbers), self.model)


def read_large(folder: Path, form: Form) -> LargeTable:
    """A table of a folder with its problems of levels 1 and 2.

    Raises `UnscreenableError` where the screen cannot hold an id.
    """
    table = LargeTable(folder / f"{form.model.about.name}.csv", form)
    try:
        parts = list(_parts(table, form))
    except (OSError, _WholeFileError):
        parts = []
    if parts and sum(part.frame.height for part in parts):
        frames = [part.frame for part in parts]
        table.frame = pl.concat(frames, how="diagonal_relaxed", rechunk=True)
        table.problems = [problem for part in parts for problem in part.problems]
        table.problems += _between(table, parts)
        if table.clean:
            table.frame = table.frame.drop("line")
    else:
        table.text = read_file(FolderFiles(folder), form.model)
        records = read_records(table.text, form.model)
        table.frame = _frame_of(form, table.text, records)
        table.problems = records.problems
    return table


def _parts(table: LargeTable, form: Form) -> Iterator[Part]:
    """The parts of a file, in order; none where its header is not what it should be."""
    number = 2
    for span, block in _blocks(table, form):
        rows = clean_rows(form, block)
        for part in [_part(rows, number)] if rows else _suspect(form, block, number):
            number += part.lines
            yield part
        first = table.spans[-1].numbers.stop if table.spans else 2
        table.spans.append(Span(span.offset, span.size, range(first, number)))


def _blocks(table: LargeTable, form: Form) -> Iterator[tuple[Span, bytes]]:
    """The file after its header in pieces that end with a line."""
    if not table.path.is_file():  # Reading a pipe would never end.
        return
    with table.path.open("rb") as file:
        if file.readline() != form.header:
            return
        while block := file.read(BLOCK) + file.readline():
            yield Span(file.tell() - len(block), len(block), range(0)), block


def _part(rows: Rows, number: int) -> Part:
    """A clean block as a part whose first line has a number."""
    count = rows.frame.height
    return Part(
        _numbered(rows.frame, range(number, number + count)),
        count,
        (number, rows.first),
        (number + count - 1, rows.last),
        [(number + place, number + place + 1) for place in rows.unordered],
    )


def _suspect(form: Form, block: bytes, number: int) -> Iterator[Part]:
    """A block as parts; what stays suspect in small pieces is read line by line."""
    size, start = max(PIECE // 2, len(block) // 16), 0
    while start < len(block):
        end = block.find(b"\n", start + size) + 1 or len(block)
        piece = block[start:end]
        if len(block) <= PIECE or piece == block:
            yield _line_by_line(form, block, number)
            return
        rows = clean_rows(form, piece)
        for part in [_part(rows, number)] if rows else _suspect(form, piece, number):
            number += part.lines
            yield part
        start = end


def _line_by_line(form: Form, data: bytes, number: int) -> Part:
    if decode_file(data)[1]:
        raise _WholeFileError
    text = read_lines(form.model, data, number)
    records = read_rows(text, form.model)
    keys = list(readable(text, form.model.about.key, records.unreadable))
    return Part(
        _frame_of(form, text, records),
        data.count(b"\n") + (not data.endswith(b"\n")),
        keys[0] if keys else None,
        keys[-1] if keys else None,
        [
            (key[0], after[0])
            for key, after in pairwise(keys)
            if place_of(key[1]) >= place_of(after[1])
        ],
        records.problems,
    )


def _frame_of(form: Form, text: TextTable, records: Records) -> pl.DataFrame:
    """Lines as they are kept; null where a cell cannot be read."""
    cells = [dict(line.cells) for line in text.lines]
    places = {line.number: place for place, line in enumerate(text.lines)}
    for number, name in records.unreadable:
        del cells[places[number]][name]
    return _numbered(kept_rows(form, cells), places)


def _numbered(frame: pl.DataFrame, numbers: Iterable[int]) -> pl.DataFrame:
    if isinstance(numbers, range):
        return frame.with_columns(
            line=pl.int_range(numbers.start, numbers.stop, dtype=pl.UInt32, eager=True)
        )
    return frame.with_columns(line=pl.Series(list(numbers), dtype=pl.UInt32))


def _between(table: LargeTable, parts: list[Part]) -> Iterator[Problem]:
    """What is wrong between the rows: keys and claims that stand twice, and the order."""
    about = table.model.about
    ends = [(part.first, part.last) for part in parts if part.first and part.last]
    unordered = [pair for part in parts for pair in part.unordered]
    for (_, last), (first, _) in pairwise(ends):
        if place_of(last[1]) >= place_of(first[1]):
            unordered.append((last[0], first[0]))
    text = table.lines(number for pair in unordered for number in pair)
    by_number = {line.number: line for line in text.lines}
    for pair in unordered:
        text.lines = [by_number[number] for number in pair]
        problems = key_problems(text, table.model, set())
        yield from (problem for problem in problems if problem.rule == ORDER)
    distinct = {names for _, names, _ in about.distinct}
    if not unordered:  # Then no key stands twice.
        distinct.remove(about.key)
        if not table.problems:
            distinct -= _implied(table.model)
    twice = pl.Series(dtype=pl.UInt32)
    for names in distinct:
        hashes = table.frame.select(names).hash_rows()
        if hashes.n_unique() < len(hashes):
            twice = twice.append(table.frame["line"].filter(hashes.is_duplicated()))
    if len(twice):
        text = table.lines(twice)
        unreadable = read_rows(text, table.model).unreadable
        problems = key_problems(text, table.model, unreadable)
        yield from (problem for problem in problems if problem.rule != ORDER)


def _implied(model: type[Row]) -> set[tuple[str, ...]]:
    """Sets of columns of which a key is made, so that they are as different as keys are."""
    return {rule.parts for rule in model.about.rules if isinstance(rule, Composed)}
