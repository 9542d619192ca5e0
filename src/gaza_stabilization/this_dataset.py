"""What the dataset as a whole says of itself: title, description, people, licences."""

from __future__ import annotations

import datetime as dt
import os
import re
from dataclasses import dataclass

from .errors import UsageError

NAME = "gaza-stabilization"
TITLE = (
    "gaza-stabilization: hand-coded claims about third countries' parts "
    "in Gaza's post-war stabilisation"
)
METHOD = "Coded by AI annotators under a written codebook."
DESCRIPTION = (
    "Hand-coded claims in news texts about third countries' parts in Gaza's post-war "
    "stabilisation. Tables of actors, statements, positions and relationships. Every row is a "
    "claim that somebody makes at one place in a source, located by character offsets and proven "
    "by a hash; no row is a statement of fact. " + METHOD
)
AGREEMENT = (
    "Figures of agreement compare two codings by AI coders of the same kind, which worked from the "
    "codebook for coders and the text alone and did not see each other. Their errors may be "
    "correlated, and there is no human benchmark: agreement says how far the rules lead such "
    "coders to the same rows, not that the rows are right. There is one article, so figures "
    "are uncertain; a made-up text, on which no rule was made, stands beside it. Alpha is "
    "Krippendorff's: 1 perfect, 0 chance; below 0.667 a variable is marked tentative."
)
KEYWORDS = (
    "content analysis",
    "political claims analysis",
    "dataset",
    "frictionless data",
    "Gaza",
)
CONTRIBUTORS = "gaza-stabilization contributors"
DATA_LICENCE = "CC-BY-4.0"
DATA_LICENCE_TITLE = "Creative Commons Attribution 4.0 International"
DATA_LICENCE_PATH = "https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Edition:
    """A version of the data, and the day of its release, or None where it is not released."""

    version: str
    released: str | None


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
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC)


def midnight(day: str) -> dt.datetime:
    """The first moment of a day, in UTC."""
    return dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
