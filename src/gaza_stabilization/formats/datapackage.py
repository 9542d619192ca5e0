"""Frictionless Data Package: the tables and flat views as CSV, with datapackage.json."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import importlib
import io
import json
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .._version import VERSION
from .._where import DATA
from ..about import (
    CONTRIBUTORS,
    DATA_LICENCE,
    DATA_LICENCE_PATH,
    DATA_LICENCE_TITLE,
    DESCRIPTION,
    KEYWORDS,
    NAME,
    TITLE,
    created,
)
from ..codebook_markdown import codebook_markdown
from ..errors import MissingExtraError
from ..flat import VIEWS, read_view
from ..schema.cells import Scale, SortedCodes, Spelling, WholeNumber
from ..schema.rows import Column, columns, definition
from ..schema.sources import Source
from ..schema.tables import MODELS, key_column
from ..tables import read_rows
from ..writing import write_folder
from .documents import readme

if TYPE_CHECKING:
    import pandas as pd

DESCRIPTOR = "datapackage.json"
SUMS = "SHA256SUMS"  # As `sha256sum --check` reads it.
DOCUMENTS = {"README.md": readme, "CODEBOOK.md": codebook_markdown}


def write(destination: Path, data: Path = DATA) -> None:
    """Write the data package of the valid tables in `data`, whole or not at all."""
    models = _models()
    moment = created()
    write_folder(destination, lambda folder: _build(folder, data, models, moment), not_earlier)


def _models() -> Any:
    """The Data Package models of dplib, the library of the extra `export`."""
    try:
        with warnings.catch_warnings():
            # A field of the standard is called `schema`, which Pydantic has opinions about.
            warnings.filterwarnings("ignore", message="Field name", category=UserWarning)
            return importlib.import_module("dplib.models")
    except ImportError:
        raise MissingExtraError("the data package", "export") from None


def not_earlier(folder: Path) -> str | None:
    """What speaks against `folder` being an earlier export as it was written, or None."""
    try:
        name = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))["name"]
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
        listed = {path: digest for digest, path in (line.split("  ", 1) for line in lines)}
    except FileNotFoundError as error:
        return f"it has no {Path(str(error.filename)).name}"
    except (OSError, ValueError, LookupError, TypeError):
        return f"its {DESCRIPTOR} or {SUMS} cannot be read"
    if name != NAME:
        return f"its {DESCRIPTOR} describes {name!r}"
    for path in sorted(folder.iterdir()):
        if path.name == SUMS:
            continue
        if path.name not in listed or not path.is_file():
            return f"{path.name} is no part of an export"
        if _sha256(path.read_bytes()) != listed[path.name]:
            return f"{path.name} was changed since it was exported"
    return None


def _build(folder: Path, data: Path, models: Any, moment: dt.datetime) -> None:
    for name in MODELS:
        (folder / f"{name}.csv").write_bytes((data / f"{name}.csv").read_bytes())
    for name in VIEWS:
        text = _csv(read_view(name, folder))
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    for name, document in DOCUMENTS.items():
        (folder / name).write_text(document(folder), encoding="utf-8", newline="\n")
    descriptor = (
        json.dumps(_descriptor(folder, models, moment), ensure_ascii=False, indent=2) + "\n"
    )
    (folder / DESCRIPTOR).write_text(descriptor, encoding="utf-8", newline="\n")
    sums = [f"{_sha256(path.read_bytes())}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / SUMS).write_text("".join(sums), encoding="utf-8", newline="\n")
    for path in folder.iterdir():
        os.utime(path, (moment.timestamp(), moment.timestamp()))


def _csv(frame: pd.DataFrame) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(frame.columns)
    plain = frame.astype("string").fillna("")
    writer.writerows(plain.itertuples(index=False))
    return buffer.getvalue()


def _descriptor(folder: Path, models: Any, moment: dt.datetime) -> dict[str, Any]:
    described = _package(folder, models, moment).to_dict()
    resources = described.pop("resources")
    for resource in resources:
        # Left out by the library, because it is the default of the standard; said here for readers
        # that have another default.
        resource["schema"]["missingValues"] = [""]
    return {**described, "resources": resources}


def _package(folder: Path, models: Any, moment: dt.datetime) -> Any:
    about = [
        (name, model.about.title, definition(model), columns(model), model.about.key)
        for name, model in MODELS.items()
    ]
    about += [
        (name, view.title, view.definition, view.columns, view.key) for name, view in VIEWS.items()
    ]
    return models.Package(
        name=NAME,
        title=TITLE,
        description=DESCRIPTION,
        version=VERSION,
        created=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        keywords=list(KEYWORDS),
        licenses=[
            models.License(name=DATA_LICENCE, title=DATA_LICENCE_TITLE, path=DATA_LICENCE_PATH)
        ],
        sources=[
            models.Source(title=_source_title(row), path=row.url)
            for row in read_rows(Source, folder)
        ],
        contributors=[models.Contributor(title=CONTRIBUTORS, roles=["creator"])],
        resources=[_resource(folder, models, *one) for one in about],
    )


def _source_title(source: Source) -> str:
    """The title of a source, or where none is known a description in its place."""
    if source.title:
        return source.title
    author = source.author_id or "no author"
    published = source.published or "at an unknown date"
    return (
        f"Untitled {source.genre.label} in {source.outlet_id} by {author}, "
        f"published {published} (title not known)"
    )


def _resource(
    folder: Path,
    models: Any,
    name: str,
    title: str,
    text: str,
    of: tuple[Column, ...],
    key: tuple[str, ...],
) -> Any:
    data = (folder / f"{name}.csv").read_bytes()
    return models.Resource(
        name=name,
        type="table",
        path=f"{name}.csv",
        title=title,
        description=text,
        format="csv",
        mediatype="text/csv",
        encoding="utf-8",
        bytes=len(data),
        hash=f"sha256:{_sha256(data)}",
        schema=_schema(models, of, key),
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _schema(models: Any, of: tuple[Column, ...], key: tuple[str, ...]) -> Any:
    table = of[0].table
    unique = MODELS[table].about.unique.values() if table in MODELS else ()
    return models.Schema(
        fields=[_field(models, column, column.name in key and len(key) == 1) for column in of],
        primaryKey=list(key),
        uniqueKeys=[list(names) for names in unique],
        foreignKeys=[
            {
                "fields": [column.name],
                "reference": {
                    # Older readers know a table's link to itself only as "".
                    "resource": "" if column.references == column.table else column.references,
                    "fields": [key_column(column.references)],
                },
            }
            for column in of
            if column.references
        ],
    )


def _field(models: Any, column: Column, unique: bool) -> Any:
    constraints: dict[str, Any] = {"required": column.required or None, "unique": unique or None}
    common: dict[str, Any] = {
        "name": column.name,
        "description": column.description,
        "example": int(column.example) if column.datatype == "integer" else column.example,
    }
    if column.datatype == "integer":
        assert isinstance(column.kind, WholeNumber)
        constraints["minimum"] = column.kind.minimum
        return models.IntegerField(**common, constraints=constraints)
    if column.datatype == "boolean":
        common["example"] = column.example == "true"
        return models.BooleanField(
            **common, constraints=constraints, trueValues=["true"], falseValues=["false"]
        )
    if column.datatype == "code":
        assert column.codes is not None
        # v1 readers know the enum, v2 readers the categories as well.
        constraints["enum"] = [code.value for code in column.codes]
        return models.StringField(
            **common,
            constraints=constraints,
            categories=[{"value": code.value, "label": code.label} for code in column.codes],
            categoriesOrdered=issubclass(column.codes, Scale),
        )
    if isinstance(column.kind, SortedCodes):
        constraints["pattern"] = column.kind.pattern
    if isinstance(column.kind, Spelling):
        constraints |= {"pattern": column.kind.pattern, "maxLength": column.kind.max_length}
    return models.StringField(**common, constraints=constraints)
