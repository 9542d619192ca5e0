"""How a cell is spelled: the kinds of cells, and the texts, numbers, codes and dates among them.

Each kind turns text into a value, or says which rule the text breaks and what was expected.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from numbers import Integral
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from . import edtf
from .countries import ALPHA_3

LIST_SEPARATOR = "|"


class Code(StrEnum):
    """A code list; every member carries its label, definition and number.

    The number stands for the code where a format wants integers. It is never altered and never used
    again: what comes later gets the next one, wherever in the list it stands.
    """

    label: str
    definition: str
    number: int

    def __new__(cls, code: str, label: str, definition: str, number: int) -> Code:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.definition = definition
        member.number = number
        return member


class Scale(Code):
    """A code list whose members stand in the order of a scale, lowest first."""


@dataclass(frozen=True)
class Spelling:
    """A text with a form: a pattern for the whole cell, a test, a length in characters or in words.

    All that are given hold. `expected` says the form in words, for errors and for the codebook.
    Where `any_word` is true, a word such as `none` is a value and not a word for nothing.
    """

    rule: str
    expected: str
    pattern: str | None = None
    test: Callable[[str], bool] | None = None
    max_length: int | None = None
    max_words: int | None = None
    any_word: bool = False

    def accepts(self, value: str) -> bool:
        return (
            (self.pattern is None or re.fullmatch(self.pattern, value) is not None)
            and (self.max_length is None or len(value) <= self.max_length)
            and (self.max_words is None or len(value.split()) <= self.max_words)
            and (self.test is None or self.test(value))
        )

    accepts_text = accepts

    def read(self, value: str) -> str:
        if not self.accepts(value):
            raise PydanticCustomError(self.rule, "{expected}", {"expected": self.expected})
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.read, handler(source))


class _ReadFirst(ABC):
    """A kind whose text must be read before Pydantic sees a value."""

    @abstractmethod
    def read(self, value: Any) -> Any: ...

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self.read, handler(source))


@dataclass(frozen=True)
class WholeNumber(_ReadFirst):
    """A whole number in plain decimal, from `minimum` to a billion: more counts nothing here."""

    minimum: int
    rule = "number"
    maximum = 999_999_999
    pattern = r"0|[1-9][0-9]{0,8}"

    @property
    def expected(self) -> str:
        return f"a whole number of {self.minimum} or more in plain decimal, such as 12"

    def accepts_text(self, value: str) -> bool:
        return re.fullmatch(self.pattern, value) is not None and self.accepts(int(value))

    def accepts(self, value: Any) -> bool:
        whole = isinstance(value, Integral) and not isinstance(value, bool)
        return whole and self.minimum <= int(value) <= self.maximum

    def read(self, value: Any) -> int:
        if isinstance(value, str) and re.fullmatch(self.pattern, value):
            value = int(value)
        if not self.accepts(value):
            raise PydanticCustomError(self.rule, "{expected}", {"expected": self.expected})
        return int(value)


@dataclass(frozen=True)
class TrueFalse(_ReadFirst):
    """`true` or `false`."""

    rule = "boolean"
    expected = "true or false"

    def accepts_text(self, value: str) -> bool:
        return value in ("true", "false")

    def accepts(self, value: Any) -> bool:
        return isinstance(value, bool)

    def read(self, value: Any) -> bool:
        if isinstance(value, str):
            value = {"true": True, "false": False}.get(value)
        if not self.accepts(value):
            raise PydanticCustomError(self.rule, "{expected}", {"expected": self.expected})
        return bool(value)


@dataclass(frozen=True)
class SortedCodes(_ReadFirst):
    """Codes joined by `|`, sorted, none twice."""

    codes: type[Code]
    rule = "code-list"

    @property
    def expected(self) -> str:
        return f"codes joined by {LIST_SEPARATOR}, sorted, none twice"

    @property
    def pattern(self) -> str:
        """What readers can check that know patterns only; the order is left to `accepts`."""
        code = "|".join(self.codes)
        return rf"({code})(\|({code}))*"

    def accepts(self, value: str) -> bool:
        parts = value.split(LIST_SEPARATOR)
        return parts == sorted(set(parts) & {code.value for code in self.codes})

    accepts_text = accepts

    def read(self, value: Any) -> Any:
        parts = value.split(LIST_SEPARATOR) if isinstance(value, str) else list(map(str, value))
        if not self.accepts(LIST_SEPARATOR.join(parts)):
            raise PydanticCustomError(self.rule, "{expected}", {"expected": self.expected})
        return tuple(parts)


def by_coder(cell: str) -> dict[str, str]:
    """What each coder had, of a cell with `coder=value` pairs.

    >>> by_coder("ai-1=support|ai-2=")
    {'ai-1': 'support', 'ai-2': ''}
    """
    pairs = (part.partition("=") for part in cell.split(LIST_SEPARATOR))
    return {coder: value for coder, _, value in pairs}


def words(most: int) -> Spelling:
    """At most so many words, as somebody said them."""
    return Spelling(
        "too-many-words",
        f"at most {most} words",
        max_words=most,
        any_word=True,
    )


_NUMBER = WholeNumber.pattern
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
Slug = Annotated[
    str, Spelling("id", "a lower-case ASCII id in kebab-case, such as united-states", SLUG)
]
RelationName = Annotated[
    str,
    Spelling("id", "a lower-case ASCII name in snake_case, such as part_of", r"[a-z]+(_[a-z]+)*"),
]
PassageId = Annotated[
    str,
    Spelling(
        "id",
        "a passage id: source, paragraph, sentence, such as daily-gull-p05-s2",
        rf"{SLUG}-p[0-9]{{2,}}-s[1-9][0-9]*",
    ),
]
StatementId = Annotated[
    str, Spelling("id", "s and three or more digits, such as s001", r"s[0-9]{3,}")
]
PositionId = Annotated[
    str, Spelling("id", "p and three or more digits, such as p001", r"p[0-9]{3,}")
]
RelationshipId = Annotated[
    str, Spelling("id", "r and three or more digits, such as r001", r"r[0-9]{3,}")
]
AdjudicationId = Annotated[
    str, Spelling("id", "a and three or more digits, such as a001", r"a[0-9]{3,}")
]
Text = Annotated[str, Spelling("text", "text in one line", test=str.isprintable)]
# Somebody can be called Null, and a text Nan.
Name = Annotated[str, Spelling("text", "text in one line", test=str.isprintable, any_word=True)]
Summary = Annotated[str, Spelling("too-long", "at most 200 characters", max_length=200)]
Sha256 = Annotated[
    str, Spelling("digest", "a SHA-256 as 64 lower-case hexadecimal digits", r"[0-9a-f]{64}")
]
Date = Annotated[
    str,
    Spelling(
        "date",
        "a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD",
        edtf.PATTERN,
        test=edtf.is_date,
    ),
]
OpenDate = Annotated[
    str,
    Spelling(
        "date",
        "a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD, or an interval such as 2024-07/..",
        rf"{edtf.PATTERN}(/\.\.)?",
        test=edtf.is_date,
    ),
]
Country = Annotated[
    str,
    Spelling(
        "country",
        "an ISO 3166-1 alpha-3 code in capitals, such as TUR",
        r"[A-Z]{3}",
        test=ALPHA_3.__contains__,
    ),
]
Language = Annotated[
    str,
    # `na` is Nauru.
    Spelling("language", "an ISO 639 code in lower case, such as en", "[a-z]{2,3}", any_word=True),
]
WikidataItem = Annotated[str, Spelling("wikidata", "a Wikidata item, such as Q43", r"Q[1-9][0-9]*")]
Url = Annotated[
    str, Spelling("url", "a web address that begins with https:// or http://", r"https?://\S+")
]
_ANY_ID = r"[a-z0-9]+([-_][a-z0-9]+)*"
AnyId = Annotated[str, Spelling("id", "the id of a row, such as p012 or united-states", _ANY_ID)]
AnyIds = Annotated[
    str,
    Spelling(
        "id-list",
        f"ids of rows joined by {LIST_SEPARATOR}, sorted, none twice, such as p012|p013",
        rf"{_ANY_ID}(\|{_ANY_ID})*",
        test=lambda v: v.split(LIST_SEPARATOR) == sorted(set(v.split(LIST_SEPARATOR))),
    ),
]
VERSION = rf"({_NUMBER})\.({_NUMBER})\.({_NUMBER})"
VersionNumber = Annotated[str, Spelling("version", "a version number, such as 1.2.0", VERSION)]
WorkingVersion = Annotated[
    str,
    Spelling(
        "version",
        "a version number, such as 1.2.0, or 1.2.0.dev0 where it was not released yet",
        rf"{VERSION}(\.dev0)?",
    ),
]
Day = Annotated[
    str,
    Spelling(
        "date",
        "a day that exists, as YYYY-MM-DD",
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
        test=edtf.is_date,
    ),
]
RowCounts = Annotated[
    str,
    Spelling(
        "row-counts",
        f"tables with their numbers of rows, joined by {LIST_SEPARATOR}, such as actors=57",
        r"[a-z_]+=[0-9]+(\|[a-z_]+=[0-9]+)*",
    ),
]
_BY_CODER = rf"{SLUG}=[^|]*"
ValuesByCoder = Annotated[
    str,
    Spelling(
        "values-by-coder",
        f"coder=value joined by {LIST_SEPARATOR}, sorted by coder, such as ai-1=support|ai-2=",
        rf"{_BY_CODER}(\|{_BY_CODER})*",
        # A coder that stands twice is one in the dictionary.
        test=lambda v: sorted(by_coder(v)) == [part.split("=")[0] for part in v.split("|")],
    ),
]
CodebookName = Annotated[
    str,
    Spelling(
        "codebook-name",
        "a table, column or code of the codebook, such as positions.stance=support",
        r"[a-z_]+(\.[a-z_0-9]+(=[a-z_]+)?)?",
    ),
]
Offset = Annotated[int, WholeNumber(0)]
Ordinal = Annotated[int, WholeNumber(1)]
SixWords = Annotated[str, words(6)]
