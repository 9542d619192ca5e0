"""Text: the one form of a source in which spans are counted and hashed, and the visible form."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from .errors import UsageError

_QUOTES = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
    }
)


def visible(text: str) -> str:
    """`text` with what cannot be seen, or would steer a terminal, spelled out.

    >>> visible("red\u200b line")
    'red<U+200B> line'
    """
    return "".join(
        character if character.isprintable() else f"<U+{ord(character):04X}>" for character in text
    )


def typed(argument: str) -> str:
    r"""An argument of a command as UTF-8, also where the system's encoding is less than that.

    >>> typed("Erdo\u011fan") == typed("Erdo\udcc4\udc9fan")
    True
    """
    try:
        argument.encode()
    except UnicodeEncodeError:
        return os.fsencode(argument).decode("utf-8", "replace")
    return argument


def canonical(text: str) -> str:
    """`text` as Unicode NFC, with plain quotation marks and single spaces, trimmed.

    Doing it twice changes nothing. Source: codebook, table `sources`.

    >>> canonical(" \u201cRed\u00a0 line\u201d ")
    '"Red line"'
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_QUOTES).split())


def digest(text: str) -> str:
    """SHA-256 of `text` in UTF-8, as 64 hexadecimal digits.

    >>> digest("abc")[:8]
    'ba7816bf'
    """
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Article:
    """A source's text as canonical paragraphs, numbered from 1."""

    paragraphs: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Article:
        r"""The article in `text`: its non-empty lines are the paragraphs.

        >>> Article.of("Heading\n\nFirst  line.").paragraphs
        ('Heading', 'First line.')
        """
        lines = (canonical(line) for line in text.split("\n"))
        return cls(tuple(line for line in lines if line))

    @classmethod
    def read(cls, path: str | Path) -> Article:
        """The article in a UTF-8 text file. Raises `UsageError` where it cannot be read."""
        file = Path(path)
        try:
            if file.exists() and not file.is_file():  # Reading a pipe may never end.
                what = "a folder" if file.is_dir() else "a pipe or a device"
                raise UsageError(f"the article {path} is {what}; expected a text file")
            return cls.of(file.read_text(encoding="utf-8-sig"))
        except UsageError:
            raise  # It is a ValueError as well.
        except OSError as error:
            raise UsageError(f"cannot read the article {path}: {error.strerror}") from None
        except ValueError:
            raise UsageError(
                f"the article {path} is not a text file in UTF-8; save it as plain text in UTF-8"
            ) from None

    @property
    def sha256(self) -> str:
        """The article's own digest: of its paragraphs joined by LF."""
        return digest("\n".join(self.paragraphs))

    def span(self, paragraph: int, start: int, end: int) -> str | None:
        """The canonical text of a span, or None where the article has no such place.

        >>> Article(("First line.",)).span(1, 0, 5)
        'First'
        """
        if not 1 <= paragraph <= len(self.paragraphs):
            return None
        text = self.paragraphs[paragraph - 1]
        return text[start:end] if 0 <= start < end <= len(text) else None


@dataclass(frozen=True)
class Place:
    """Where some words stand in an article, with what a row must hold of it."""

    paragraph: int
    start: int
    end: int
    sha256: str


def locate(article: str | Path, words: str) -> list[Place]:
    r"""Where `words` stand in the article in the text file `article`, in order.

    So that offsets and hashes are computed and never typed. Offsets are characters of the
    canonical paragraph, from 0, end exclusive; `words` are made canonical first. Empty where the
    words do not occur within one paragraph. Raises `UsageError` where the file cannot be read or
    `words` is empty.

    >>> import tempfile, pathlib
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "text.txt")
    ...     _ = path.write_text("A heading\n\nThey said \u201cno\u201d.", encoding="utf-8")
    ...     [(place.paragraph, place.start, place.end) for place in locate(path, '"no"')]
    [(2, 10, 14)]
    """
    wanted = canonical(words)
    if not wanted:
        raise UsageError("no words to look for were given")
    return [
        Place(number, match.start(), match.start() + len(wanted), digest(wanted))
        for number, text in enumerate(Article.read(article).paragraphs, 1)
        for match in re.finditer(f"(?={re.escape(wanted)})", text)
    ]
