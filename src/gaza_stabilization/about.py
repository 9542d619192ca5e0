"""What a dataset as a whole says of itself: title, description, people, licence, edition.

It stands in `dataset.toml` beside the tables, the one file that is special to a topic; a folder
without one is described in neutral words.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Self, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from .errors import InvalidDataError, UsageError, nearest
from .reading.files import FolderFiles
from .reading.problems import Problem, as_lines
from .schema.cells import Spelling
from .schema.characters import cleaned

ABOUT = "dataset.toml"
PROJECT = "gaza-stabilization"
"""The name of the package, which is that of the tools whatever the dataset."""
WRITTEN_BY = f"Written by the tools of {PROJECT}."
"""A line by which the README of an export says what wrote it."""

M = TypeVar("M", bound=BaseModel)
# What XML and YAML cannot hold.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
    "|[\u2028\u2029\u202a-\u202e\u2066-\u2069]"  # Nor what steers how a line is shown.
)


def _is_plain(text: str) -> bool:
    return _CONTROL.search(text) is None


def _is_words(text: str) -> bool:
    return _is_plain(text) and cleaned(text) != ""


Name = Annotated[
    str,
    Spelling(
        "name",
        "at most 100 lower-case letters and digits, joined by '-', '.' or '_', such as my-claims",
        "[a-z0-9]+([-._][a-z0-9]+)*",
        max_length=100,
    ),
]
"""The name of a dataset; it is a part of file names."""
Text = Annotated[str, Spelling("text", "text without control characters", test=_is_plain)]
Words = Annotated[str, Spelling("words", "some words without control characters", test=_is_words)]
ShortName = Annotated[
    str,
    Spelling(
        "licence-name",
        "a short name of letters, digits, '.', '_' and '-', such as CC-BY-4.0; words are a title",
        "([A-Za-z0-9._-]{1,100})?",
    ),
]
Address = Annotated[
    str,
    Spelling(
        "url",
        "a web address that begins with https:// or http://, other letters as %C3%A9",
        r"(https?://[A-Za-z0-9_.~:/?#\[\]@!$&'()*+,;=%-]+)?",
    ),
]


class Licence(BaseModel):
    """The licence of the data: its short name, title and address; empty, and false, without one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ShortName = ""
    title: Text = ""
    path: Address = ""

    @model_validator(mode="after")
    def _is_found(self) -> Self:
        if self.title and not (self.name or self.path):
            # The standard of data packages asks for it.
            raise PydanticCustomError("licence", "a name or a path beside the title")
        return self

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.title or self.name, self.path)))

    def __bool__(self) -> bool:
        return bool(str(self))


class About(BaseModel):
    """What a dataset says of itself; the defaults are those of a folder that says nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name = "claims"
    title: Words = "Coded claims in texts"
    description: Text = (
        "Claims in texts, coded as tables of actors, statements, positions and relationships. "
        "Every row is a claim that somebody makes at one place in a source, located by character "
        "offsets and proven by a hash; no row is a statement of fact."
    )
    method: Text = "How the texts were coded is not stated."
    agreement: Text = ""
    keywords: tuple[Words, ...] = ()
    contributors: Words = "contributors not stated"
    licence: Licence = Licence()


class DescriptionError(InvalidDataError):
    """A file that says what the data are, and that cannot be believed; `problems` says why."""

    def __init__(self, files: Mapping[str, bytes], problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        where = files.folder if isinstance(files, FolderFiles) else "an archive"
        super().__init__(
            f"{where} cannot be used, since what it says of its data is not valid:\n"
            + as_lines(problems)
        )


def read_about(files: Mapping[str, bytes]) -> About:
    """What stands in `dataset.toml` among some files, or the defaults without one.

    Raises `DescriptionError` where it is not valid.
    """

    def read(data: bytes) -> About:
        try:
            values = tomllib.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            what = str(error) or type(error).__name__
            problem = _problem(ABOUT, None, what, "TOML in UTF-8")
            raise DescriptionError(files, [problem]) from None
        return About.model_validate(values)

    try:
        return read_description(files, ABOUT, read)
    except KeyError:
        return About()


def read_description(files: Mapping[str, bytes], file: str, read: Callable[[bytes], M]) -> M:
    """What a file says of the data, as the model that `read` makes of its bytes.

    Raises `KeyError` where there is no such file, `DescriptionError` where it is not valid.
    """
    try:
        return read(files[file])
    except OSError as error:
        what = error.strerror or str(error)
        problem = _problem(file, None, what, "a file that can be read")
        raise DescriptionError(files, [problem]) from None
    except ValidationError as error:
        raise DescriptionError(files, list(_problems(file, error))) from None


_EXPECTED = {
    "missing": "a value",
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "names with their values",
    "model_type": "names with their values",
    "model_attributes_type": "names with their values",
    "extra_forbidden": "names that a description has",
    "json_invalid": "JSON in UTF-8",
}
"""What was expected, for the errors of Pydantic whose words are those of a programmer."""


def _problems(file: str, error: ValidationError) -> Iterator[Problem]:
    for flaw in error.errors(include_url=False):
        kind, found, hint = flaw["type"], flaw["input"], ""
        path = [str(part) for part in flaw["loc"]]
        if kind == "missing":
            found = None
        elif kind == "extra_forbidden":
            found = path[-1]
            hint = nearest(found, (About if len(path) == 1 else Licence).model_fields)
        elif kind == "json_invalid":
            found = flaw["msg"]
        elif not isinstance(found, str):
            found = json.dumps(found, ensure_ascii=False, default=str)
        expected = _EXPECTED.get(kind, flaw["msg"].removeprefix("Input should be "))
        yield _problem(file, ".".join(path) or None, found, expected, hint)


def _problem(
    file: str, column: str | None, found: str | None, expected: str, hint: str = ""
) -> Problem:
    return Problem(1, "description", file, None, column, found, expected, hint)


@dataclass(frozen=True)
class Edition:
    """A version of the data, and the day of its release, or None where it is not released."""

    version: str
    released: str | None = None


LOCAL = Edition("local")
"""The edition of a folder of one's own, which no release is known to be."""


def created(edition: Edition) -> dt.datetime | None:
    """When an artefact counts as made: SOURCE_DATE_EPOCH, or else the day of the release.

    Never the time of the run, so that two runs give the same bytes; None where nothing is known.
    Raises `UsageError` where the variable does not hold whole seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None if edition.released is None else midnight(edition.released)
    if not re.fullmatch(r"[0-9]{1,11}", epoch):
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}; expected whole seconds since 1970, such as 1700000000"
        )
    # By arithmetic, since some systems know no day after the year 3000. What a format cannot hold,
    # its writer brings to the nearest moment that it can.
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=int(epoch))


def midnight(day: str) -> dt.datetime:
    """The first moment of a day, in UTC."""
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
