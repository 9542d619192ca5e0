"""The dataset that a command is about: `--data`, which every verb has."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from ..dataset import Dataset, dataset_of
from ..errors import UsageError

Ways = Mapping[str, str | None]
NO_OTHER: Ways = {}


class Once(argparse.Action):
    """An option that may be given once, where the last of two would win in silence."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Keep the value."""
        if getattr(namespace, self.dest) is not None:
            raise UsageError(f"{option_string} is given twice; give it once")
        setattr(namespace, self.dest, values)


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that says which dataset is meant."""
    parser.add_argument(
        "--data",
        metavar="FOLDER",
        action=Once,
        help="a folder of tables or an exported data package, or a released version "
        "(default: the data that come with the package)",
    )


def name_of(arguments: argparse.Namespace, others: Ways = NO_OTHER) -> str | None:
    """The name of the dataset that is meant: that of `--data`, or what `others` have instead.

    They are named as a user writes them. Raises `UsageError` where two name it.
    """
    ways = {"--data": arguments.data, **others}
    names = {way: name for way, name in ways.items() if name is not None}
    if len(names) > 1:
        both = " and ".join(f"{way} {name}" for way, name in names.items())
        raise UsageError(f"{both} each say which data are meant; leave one out")
    return next(iter(names.values()), None)


def chosen(arguments: argparse.Namespace, others: Ways = NO_OTHER) -> Dataset:
    """The dataset that is meant, as `name_of` has it; without a name, the data that ship."""
    name = name_of(arguments, others)
    return Dataset() if name is None else dataset_of(name)


def renamed(old: str, new: str) -> None:
    """Say that a way to call a verb is going to go."""
    print(f"{old} will go with 2.0.0; write {new}", file=sys.stderr)
