"""A data folder that a test may break, addressed by table, key and column."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path


class Folder:
    """A folder with one CSV a table; rows are found by their first cell."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def copy(self, other: Path) -> None:
        shutil.copytree(other, self.path)

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def records(self, table: str) -> list[list[str]]:
        """The rows, header first."""
        with self.file(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table: str, records: list[list[str]]) -> None:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows(records)
        self.file(table).write_text(buffer.getvalue(), encoding="utf-8", newline="")

    def line(self, table: str, key: str) -> int:
        """The number of the first line whose first cell is `key`."""
        return [record[0] for record in self.records(table)].index(key) + 1

    def last(self, table: str) -> str:
        """The key of the last row."""
        return self.records(table)[-1][0]

    def where(self, table: str, **cells: str) -> str:
        """The key of the first row with these cells."""
        header, *rows = self.records(table)
        for row in rows:
            if cells.items() <= dict(zip(header, row, strict=True)).items():
                return row[0]
        raise LookupError(cells)

    def cell(self, table: str, key: str, column: str) -> str:
        records = self.records(table)
        return records[self.line(table, key) - 1][records[0].index(column)]

    def set(self, table: str, key: str, **cells: str) -> int:
        """Change cells of a row; returns the number of its line."""
        records = self.records(table)
        line = self.line(table, key)
        for column, value in cells.items():
            records[line - 1][records[0].index(column)] = value
        self.write(table, records)
        return line

    def add(self, table: str, like: str, **cells: str) -> int:
        """Add a row at the end, like another but for some cells; returns its line."""
        records = self.records(table)
        row = list(records[self.line(table, like) - 1])
        for column, value in cells.items():
            row[records[0].index(column)] = value
        self.write(table, [*records, row])
        return len(records) + 1

    def delete(self, table: str, key: str) -> None:
        records = self.records(table)
        del records[self.line(table, key) - 1]
        self.write(table, records)

    def bytes(self, table: str, change: Callable[[bytes], bytes]) -> None:
        """Change the raw bytes of a file."""
        self.file(table).write_bytes(change(self.file(table).read_bytes()))

    def text_line(self, table: str, line: int, change: Callable[[str], str]) -> None:
        """Change the raw text of one line."""
        lines = self.file(table).read_text(encoding="utf-8").split("\n")
        lines[line - 1] = change(lines[line - 1])
        self.file(table).write_text("\n".join(lines), encoding="utf-8", newline="")
