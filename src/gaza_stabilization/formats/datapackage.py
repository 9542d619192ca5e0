"""Frictionless Data Package: the tables and flat views as CSV, with datapackage.json."""

from __future__ import annotations

import hashlib
import importlib
import json
import warnings
from pathlib import Path
from typing import Any

from ..about import ABOUT
from ..codebooks.book import codebook_markdown
from ..errors import MissingExtraError
from ..reading.frame_text import as_text
from ..schema.rows import definition
from ..schema.sources import Source
from ..schema.table_schema import (
    coding_resource,
    coding_title,
    schema_in_coding,
    schema_of,
    table_schema,
)
from ..schema.tables import CODED, CODINGS, MODELS
from ..schema.views import VIEWS
from ..tables.descriptor import DESCRIPTOR
from .content import Content, Losses
from .documents import readme


def library() -> Any:
    """The Data Package models of dplib, the library of the extra `export`."""
    try:
        with warnings.catch_warnings():
            # A field of the standard is called `schema`, which Pydantic has opinions about.
            warnings.filterwarnings("ignore", message="Field name", category=UserWarning)
            return importlib.import_module("dplib.models")
    except ImportError:
        raise MissingExtraError("the data package", "export") from None


def write(content: Content, folder: Path) -> Losses:
    """Write the data package; it holds all of the tables.

    Raises `MissingExtraError` where the library of the extra `export` is not installed.
    """
    models = library()
    files = content.tables.files
    for name in content.names:
        text = as_text(content.frame(name))
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    for name in files:
        if name == ABOUT or name.startswith(f"{CODINGS}/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(files[name])
    for name, text in {
        "README.md": readme(content),
        "CODEBOOK.md": codebook_markdown(content.tables),
        DESCRIPTOR: json.dumps(_descriptor(content, folder, models), ensure_ascii=False, indent=2)
        + "\n",
    }.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return {}


def _descriptor(content: Content, folder: Path, models: Any) -> dict[str, Any]:
    described = _package(content, folder, models).to_dict()
    resources = described.pop("resources")
    for resource in resources:
        # Left out by the library, because it is the default of the standard; said here for readers
        # that have another default.
        resource["schema"]["missingValues"] = [""]
    return {**described, "resources": resources}


def _package(content: Content, folder: Path, models: Any) -> Any:
    about, moment = content.about, content.moment
    resources = [
        _resource(folder, models, name, model.about.title, definition(model), schema_of(model))
        for name, model in MODELS.items()
    ]
    for coder in content.tables.coders:
        for table in CODED:
            name, model = coding_resource(coder, table), MODELS[table]
            schema = schema_in_coding(model, coder)
            title = coding_title(model, coder)
            resources.append(_resource(folder, models, name, title, definition(model), schema))
    for name, view in VIEWS.items():
        schema = table_schema(view.columns, view.key)
        resource = _resource(folder, models, name, view.title, view.definition, schema)
        # By this a reader knows that the resource is made of another and holds nothing of its own.
        resource.sources = [
            models.Source(title=MODELS[view.base].about.title, path=f"{view.base}.csv")
        ]
        resources.append(resource)
    licence = about.licence
    named = [models.License(name=licence.name, title=licence.title, path=licence.path)]
    return models.Package(
        name=about.name,
        title=about.title,
        description=about.description,
        version=content.edition.version,
        created=moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None,
        keywords=list(about.keywords),
        licenses=named if licence.name else [],
        sources=[
            models.Source(title=_source_title(row), path=row.url)
            for row in content.tables.typed(Source)
        ],
        contributors=[models.Contributor(title=about.contributors, roles=["creator"])],
        resources=resources,
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
    folder: Path, models: Any, name: str, title: str, text: str, schema: dict[str, Any]
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
        schema=models.Schema.from_dict(schema),
    )


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
