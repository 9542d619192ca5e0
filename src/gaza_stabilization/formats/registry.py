"""The formats by name, and how an export of one or of all is filled."""

from __future__ import annotations

import importlib
import inspect
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import UsageError
from ..tables.sums import seal
from ..writing import write_files
from .content import Content
from .documents import format_readme, package_readme

PACKAGE, ALL = "datapackage", "all"
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
MODULES = {
    name: "as_graphs" if name in ("gexf", "graphml") else f"as_{name}"
    for name in FORMATS
    if name != ALL
}
"""The module of each format; one that has several is told which."""


def prepare(format: str, options: Mapping[str, Any]) -> None:
    """See that libraries are there and options are known, before anything is written.

    Raises `MissingExtraError` or `UsageError`.
    """
    if format == ALL and options:
        raise UsageError(f"{', '.join(options)} is for one format; {ALL} writes each plainly")
    for name in MODULES if format == ALL else [format]:
        module = _module(name)
        if hasattr(module, "library"):  # Else nothing is needed beside the package.
            module.library()
    if format == ALL:
        return
    known = set(inspect.signature(_module(format).write).parameters)
    known -= {"content", "folder", "format"}
    wrong = sorted(set(options) - known)
    if wrong:
        there = f"it has {', '.join(sorted(known))}" if known else "it has none"
        raise UsageError(f"{format} has no option {wrong[0]}; {there}")


def fill(
    folder: Path,
    content: Content,
    format: str,
    options: Mapping[str, Any],
    progress: Callable[[str], None] | None = None,
) -> None:
    """Write the files of a format, and a README that says what it cannot hold; then seal them."""
    if format == ALL:
        for name in MODULES:
            if progress:
                progress(f"writing {name}")
            (folder / name).mkdir()
            fill(folder / name, content, name, {})
        listing = "\n".join(f"- `{name}/`: {FORMATS[name]}" for name in MODULES)
        text = format_readme(content, ALL, listing, None)
    else:
        module = _module(format)
        several = "format" in inspect.signature(module.write).parameters
        told = {"format": format} if several else {}
        losses = Counter(module.write(content, folder, **told, **options))
        if format == PACKAGE:
            text = package_readme(content)
        else:
            losses["raw codings, which the data package has"] = len(content.tables.coders)
            text = format_readme(content, format, inspect.getdoc(module) or "", +losses)
    write_files(folder, {"README.md": text})
    seal(folder, content.moment)


def _module(format: str) -> ModuleType:
    return importlib.import_module(f".{MODULES[format]}", __package__)
