"""Exports: one module a format, each with `write(content, folder)`; libraries are extras."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import InvalidDataError, UsageError, look_up
from ..paths import DATA
from ..releases.index import edition
from ..this_dataset import created
from ..validation.run import validate
from ..writing import write_folder
from . import datapackage
from .content import Content
from .documents import format_readme, is_format_readme
from .sealing import not_as_written, seal

PACKAGE, ALL = "datapackage", "all"
MODULES = {
    "csv": "as_csv",
    "sqlite": "as_sqlite",
    "parquet": "as_parquet",
    "xlsx": "as_xlsx",
    "stata": "as_stata",
    "spss": "as_spss",
    "edgelists": "as_edgelists",
    "gexf": "as_graphs",
    "graphml": "as_graphs",
    "dna": "as_dna",
    "annotations": "as_annotations",
    "metadata": "as_metadata",
}
"""The module of each format; a module that has several is told which."""

FORMATS = {
    PACKAGE: "Frictionless Data Package: CSVs with datapackage.json",
    "csv": "one ZIP of CSVs: tables, claims, ties, codebook; --excel for a double click",
    "sqlite": "SQLite database with keys, checks and views, and metadata for Datasette",
    "parquet": "Parquet: one typed file a table, codes dictionary-encoded",
    "xlsx": "Excel workbook: one sheet a table, and the codebook",
    "stata": "Stata: one labelled .dta a table, codes as numbers, first and last day of dates",
    "spss": "SPSS: one labelled .sav a table, codes as numbers, first and last day of dates",
    "edgelists": "nodes, edges and matrices of the networks as CSV, for igraph, statnet, UCINET",
    "gexf": "the networks as GEXF, for Gephi",
    "graphml": "the networks as GraphML",
    "dna": "Discourse Network Analyzer 3 database; texts masked unless given",
    "annotations": "W3C Web Annotations (JSON-LD), one a statement, by offsets and digest",
    "metadata": "schema.org, Croissant and CITATION.cff, with the CSVs they describe",
    ALL: "every format, each in a folder of its own",
}


def export(
    format: str,
    destination: str | Path,
    data: str | Path | None = None,
    version: str | None = None,
    progress: Callable[[str], None] | None = None,
    **options: Any,
) -> Path:
    """Write the data in a format to a folder that is absent, empty or an earlier export.

    `data` is a folder with valid tables, by default the package's own; with `version`, of the data
    package only, it is what that version released, as it was. `options` are those of the format:
    `excel=True` of `csv`; `source`, copies of the texts, and `ascribed=True` of `dna`;
    `linked=True` of `annotations`. `progress` is called with the name of each format of `all`
    before it is written. Returns the folder. What a format cannot hold is counted in the README.md
    that is written with it. The same data give the same bytes, unless that README says otherwise;
    `created` and file times are those of SOURCE_DATE_EPOCH, or else of the release.

    Raises `UnknownNameError` where there is no such format or version, `UsageError` where options
    do not go together, `DestinationError` where something else is at the destination,
    `MissingExtraError` where the format's library is not installed, `InvalidDataError` where the
    data are not valid.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted(path.name for path in export("datapackage", folder).glob("c*s.csv"))
    ['claims.csv', 'coders.csv']
    """
    look_up("export format", format, FORMATS)
    folder = Path(destination)
    if version is not None:
        if data is not None:
            raise UsageError("a version is exported as it was; leave the data folder out")
        if format != PACKAGE or options:
            raise UsageError(f"a released version is exported as {PACKAGE} only, as it was")
        datapackage.write_released(folder, version)
        return folder
    tables = DATA if data is None else Path(data)
    if problems := validate(tables):
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        raise InvalidDataError(
            f"nothing was exported: {count} in or around {tables}; validate to see more"
        )
    if format == PACKAGE:
        _check_options(format, datapackage.write, options)
        datapackage.write(folder, tables)
    else:
        _write(format, folder, tables, options, progress)
    return folder


def _write(
    format: str,
    destination: Path,
    data: Path,
    options: dict[str, Any],
    progress: Callable[[str], None] | None,
) -> None:
    content = Content(data, edition(), created(edition()))
    wanted = list(MODULES) if format == ALL else [format]
    modules = {name: _module(name) for name in wanted}
    for name, module in modules.items():
        module.library()  # Before anything is written.
        if format != ALL:
            _check_options(name, module.write, options)
    if format == ALL and options:
        raise UsageError(f"{', '.join(options)} is for one format; {ALL} writes each plainly")

    def build(folder: Path) -> None:
        if format != ALL:
            _fill(format, content, folder, options)
            return seal(folder, content.moment)
        if progress:
            progress(PACKAGE)
        (folder / PACKAGE).mkdir()
        datapackage.build(folder / PACKAGE, data, content.edition, content.moment)
        for name in wanted:
            if progress:
                progress(name)
            (folder / name).mkdir()
            _fill(name, content, folder / name, {})
            seal(folder / name, content.moment)
        text = format_readme(ALL, FORMATS, content, {})
        (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")
        return seal(folder, content.moment)

    write_folder(destination, build, not_earlier)


def _fill(format: str, content: Content, folder: Path, options: dict[str, Any]) -> None:
    """Write the files of a format, and a README that says what it cannot hold."""
    module = _module(format)
    told = {"format": format} if "format" in inspect.signature(module.write).parameters else {}
    losses = module.write(content, folder, **told, **options)
    text = format_readme(format, FORMATS, content, losses, inspect.getdoc(module) or "")
    (folder / "README.md").write_text(text, encoding="utf-8", newline="\n")


def _module(format: str) -> ModuleType:
    return importlib.import_module(f".{MODULES[format]}", __name__)


def _check_options(format: str, write: Callable[..., Any], options: dict[str, Any]) -> None:
    known = set(inspect.signature(write).parameters)
    known -= {"content", "folder", "format", "destination", "data"}
    wrong = sorted(set(options) - known)
    if wrong:
        there = f"it has {', '.join(sorted(known))}" if known else "it has none"
        raise UsageError(f"{format} has no option {wrong[0]}; {there}")


def not_earlier(folder: Path) -> str | None:
    """What speaks against `folder` being an earlier export, as it was written, or None."""
    if not is_format_readme(folder / "README.md"):
        return "it has no README.md of an export"
    return not_as_written(folder)
