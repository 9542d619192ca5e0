"""The functions of the package: those of the dataset that ships, and what chooses another one.

Each has the name of the method of `Dataset` that does the work, and the arguments of that method
beside those that choose. What chooses is a version, a coder or a folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from .dataset import Dataset, Texts, dataset_of, release, shipped
from .errors import UsageError

if TYPE_CHECKING:
    import pandas as pd

    from .reading.problems import Problem
    from .releases.comparison import Diff


def _chosen(version: str | None, coder: str | None = None) -> Dataset:
    dataset = shipped() if version is None else release(version)
    return dataset if coder is None else dataset.coding(coder)


@overload
def load(table: str, version: str | None = None, coder: str | None = None) -> pd.DataFrame: ...
@overload
def load(
    table: None = None, version: str | None = None, coder: str | None = None
) -> dict[str, pd.DataFrame]: ...
def load(
    table: str | None = None, version: str | None = None, coder: str | None = None
) -> pd.DataFrame | dict[str, pd.DataFrame]:
    """A table or flat view as a pandas DataFrame; without a name, all tables: `Dataset.load`.

    With `version`, the table as that version had it: its rows, columns and codes. With `coder`, the
    table of a raw coding (see `coders`), before anything was decided.

    Raises `UnknownNameError` where there is no such table, version or coder, `RetiredIdError` where
    the name is that of a row that went, `InvalidDataError` where the archive of the version or the
    index of releases is damaged. Source: the package's own data and releases, offline.

    >>> len(load("positions", version="1.0.0")), len(load("positions", coder="ai-1"))
    (79, 80)
    """
    return _chosen(version, coder).load(table)


def claims(version: str | None = None) -> pd.DataFrame:
    """One row a position, as `Dataset.claims` has them; with `version`, as that version had it.

    >>> claims("1.0.0")["stance"].value_counts().to_dict()
    {'support': 57, 'oppose': 17, 'ambivalent': 5}
    """
    return _chosen(version).claims()


def ties(version: str | None = None) -> pd.DataFrame:
    """One row a relationship, as `Dataset.ties` has them; with `version`, as that version had it.

    >>> ties("1.0.0").shape[0]
    119
    """
    return _chosen(version).ties()


def cite(format: str = "apa", version: str | None = None) -> str:
    """How to cite the data, in the version in use or in a released one: `Dataset.cite`.

    >>> print(cite("apa", version="0.2.0"), end="")  # doctest: +ELLIPSIS
    gaza-stabilization contributors. (...). gaza-stabilization: ... (Version 0.2.0) [Data set].
    """
    return _chosen(version).cite(format)


def export(
    format: str,
    destination: str | PathLike[str],
    data: str | PathLike[str] | None = None,
    version: str | None = None,
    progress: Callable[[str], None] | None = None,
    **options: Any,
) -> Path:
    """Write the data in a format to a folder, as `Dataset.export` does.

    `data` is a folder with valid tables; with `version` it is what that version released, as it
    was, of the data package only.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     (export("csv", folder, version=None) / "README.md").is_file()
    True
    """
    if version is not None and data is not None:
        raise UsageError("a version is exported as it was; leave the data folder out")
    dataset = _chosen(version) if data is None else Dataset(data)
    return dataset.export(format, destination, progress, **options)


def validate(
    data: str | PathLike[str] | None = None,
    source: Texts = (),
    levels: Sequence[int] | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[Problem]:
    """Every problem in a data folder, by default the package's own: `Dataset.validate`.

    >>> validate()
    []
    """
    return (shipped() if data is None else Dataset(data)).validate(source, levels, progress)


def diff(
    old: str | PathLike[str] | Dataset,
    new: str | PathLike[str] | Dataset | None = None,
    table: str | None = None,
) -> Diff:
    """What changed from `old` to `new`, row by row and cell by cell: `Dataset.diff`.

    Each is a released version, a folder or a dataset; without `new`, the package's own tables.

    >>> print(diff("0.2.0", "0.2.0"))
    0.2.0 -> 0.2.0: no differences
    """
    later = shipped() if new is None else new
    if isinstance(later, (str, os.PathLike)) and os.path.isdir(later):
        later = Dataset(later)
    beside = later if isinstance(later, Dataset) else None
    return dataset_of(old, beside).diff(later, table)


def required_bump(
    old: str | PathLike[str] | Dataset, new: str | PathLike[str] | Dataset | None = None
) -> str | None:
    """How far the version has to move from `old` to `new`: `major`, `minor`, `patch`, or None.

    A table, column or code that goes, or a column that holds something else, is major; rows,
    columns, tables and codes that come, and rows that go, are minor; corrected cells and reworded
    definitions are patches. That a definition changed its meaning only its author can say: where
    the changelog says *meaning changed*, validation wants a major step all the same.

    Arguments and errors are those of :func:`diff`.

    >>> required_bump("0.2.0", "0.2.0") is None
    True
    """
    return diff(old, new).required_bump
