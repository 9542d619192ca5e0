"""The dataset that a command is about: `--data`, which every verb has."""

from __future__ import annotations

import argparse
import sys

from ..dataset import Dataset, dataset_of


def add_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that says which dataset is meant."""
    parser.add_argument(
        "--data",
        metavar="FOLDER",
        help="a folder of tables or an exported data package, or a released version "
        "(default: the data that come with the package)",
    )


def chosen(arguments: argparse.Namespace) -> Dataset:
    """The dataset that is meant; `--version` and `--coder` choose one as well."""
    given = vars(arguments)
    name = given["data"] if given.get("version") is None else given["version"]
    dataset = Dataset() if name is None else dataset_of(name)
    coder = given.get("coder")
    return dataset if coder is None else dataset.coding(coder)


def renamed(old: str, new: str) -> None:
    """Say that a way to call a verb is going to go."""
    print(f"{old} will go with 2.0.0; write {new}", file=sys.stderr)
