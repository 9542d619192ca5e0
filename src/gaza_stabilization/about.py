"""What a dataset as a whole says of itself: title, description, people, licence, edition.

It stands in `dataset.toml` beside the tables, the one file that is special to a topic; a folder
without one is described in neutral words.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .errors import InvalidDataError, UsageError

ABOUT = "dataset.toml"
PACKAGE = "gaza-stabilization"
"""The name of the package, which is that of the tools whatever the dataset."""
WRITTEN_BY = f"Written by the tools of {PACKAGE}."
"""A line by which the README of an export says what wrote it."""


class Licence(BaseModel):
    """The licence of the data: its short name, title and address; empty, and false, without one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    title: str = ""
    path: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.title or self.name, self.path)))

    def __bool__(self) -> bool:
        return bool(str(self))


class About(BaseModel):
    """What a dataset says of itself; the defaults are those of a folder that says nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+([-._][a-z0-9]+)*$")] = "claims"
    title: str = "Coded claims in texts"
    description: str = (
        "Claims in texts, coded as tables of actors, statements, positions and relationships. "
        "Every row is a claim that somebody makes at one place in a source, located by character "
        "offsets and proven by a hash; no row is a statement of fact."
    )
    method: str = "How the texts were coded is not stated."
    agreement: str = ""
    keywords: tuple[str, ...] = ()
    contributors: str = "contributors not stated"
    licence: Licence = Licence()


def read_about(files: Mapping[str, bytes]) -> About:
    """What stands in `dataset.toml` among some files, or the defaults without one.

    Raises `InvalidDataError` where it cannot be read.
    """
    try:
        data = files[ABOUT]
    except KeyError:
        return About()
    except OSError as error:
        raise InvalidDataError(f"{ABOUT} cannot be read: {error.strerror or error}") from None
    try:
        return About.model_validate(tomllib.loads(data.decode("utf-8-sig")))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise InvalidDataError(f"{ABOUT}, {place}: {first['msg']}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidDataError(f"{ABOUT} is no TOML in UTF-8: {error}") from None


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
