"""Level 1, from bytes to lines: encoding, byte order mark, line ends."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

UNREADABLE = "\ufffd"  # What stands for bytes that are not UTF-8.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32",  # Before UTF-16, whose mark it begins with.
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_EXPECTED = "UTF-8 without a byte order mark"


@dataclass(frozen=True)
class Flaw:
    """Something wrong with a line as bytes."""

    rule: str
    line: int
    found: str
    expected: str
    hint: str = ""


def decode_file(data: bytes) -> tuple[bytes, list[Flaw]]:
    """A file in UTF-8 without a mark, its lines ended by LF, and what was wrong with it as a whole.

    Of another encoding it is read as what it seems to be; it is empty where it seems to be no text.
    """
    flaws: list[Flaw] = []
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            flaws.append(Flaw("encoding", 1, encoding.upper(), _EXPECTED))
            data = data.decode(encoding, "replace").encode("utf-8", "replace")
            break
    if data.startswith(codecs.BOM_UTF8):
        hint = "save it as UTF-8 without BOM"
        flaws.append(Flaw("byte-order-mark", 1, "U+FEFF", _EXPECTED, hint))
        data = data[len(codecs.BOM_UTF8) :]
    if data.count(b"\0") * 3 > len(data):
        hint = "the file looks like UTF-16, or is no text"
        return b"", [*flaws, Flaw("encoding", 1, "bytes of value zero", _EXPECTED, hint)]
    flaws += _line_ends(data)
    data = data.replace(b"\r\n", b"\n")
    return data if b"\n" in data else data.replace(b"\r", b"\n"), flaws


def decode_lines(data: bytes) -> tuple[list[str], list[Flaw]]:
    """The lines of a file or of a part of one, without their ends, and what is wrong with them.

    Bytes that cannot be read become U+FFFD; the other lines are read all the same.
    """
    flaws: list[Flaw] = []
    raw = data.split(b"\n")
    if raw[-1] == b"":
        raw.pop()
    elif data.strip():
        hint = "end the last line with a line feed"
        flaws.append(Flaw("final-newline", len(raw), "", "a final line feed", hint))
    lines = [line.decode("utf-8", "replace") for line in raw]
    for number, text in enumerate(lines, 1):
        if UNREADABLE in text:
            hint = "the file was saved in another encoding, such as Windows-1252, now or before"
            flaws.append(Flaw("encoding", number, text, "UTF-8 that can be read", hint))
        if "\r" in text:
            hint = "a carriage return stands inside the line"
            flaws.append(Flaw("line-end", number, text, "lines that end in LF", hint))
    return [line.replace("\r", " ") for line in lines], flaws


def _line_ends(data: bytes) -> Iterator[Flaw]:
    if b"\r\n" in data:
        found, end = "CRLF", b"\r\n"
    elif b"\r" in data and b"\n" not in data:
        found, end = "CR", b"\r"
    else:
        return
    line = data.count(b"\n", 0, data.index(end)) + 1
    hint = f"so do {data.count(end)} of the file's line ends; save it with Unix line ends"
    yield Flaw("line-end", line, found, "lines that end in LF", hint)
