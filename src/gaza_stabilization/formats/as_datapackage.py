"""Frictionless Data Package: the tables and flat views as CSV, with datapackage.json."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ..about import ABOUT
from ..codebooks.book import codebook_markdown
from ..errors import optional
from ..schema.models import CODED, CODINGS, MODELS
from ..schema.shapes import Shape, shape_of
from ..schema.sources import Source
from ..schema.table_schema import coding_resource, schema_in_coding, schema_of, table_schema
from ..schema.views import VIEWS
from ..tables.descriptor import DESCRIPTOR
from ..writing import write_files
from .content import NAMES, Content, Losses, as_json


def library() -> Any:
    """The Data Package models of dplib, the library of the extra `export`."""
    with warnings.catch_warnings():
        # A field of the standard is called `schema`, which Pydantic has opinions about.
        warnings.filterwarnings("ignore", message="Field name", category=UserWarning)
        return optional("dplib.models", "the data package", "export")


def write(content: Content, folder: Path) -> Losses:
    """Write the data package; it holds all of the tables.

    Raises `MissingExtraError` where the library of the extra `export` is not installed.
    """
    tables = content.tables
    files = {f"{name}.csv": content.csv(name) for name in NAMES}
    files |= {
        name: tables.files[name]
        for name in tables.files
        if name == ABOUT or name.startswith(f"{CODINGS}/")
    }
    described = as_json(_package(content, files))
    documents = {"CODEBOOK.md": codebook_markdown(tables), DESCRIPTOR: described}
    write_files(folder, {**files, **documents})
    return {}


def _package(content: Content, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The descriptor, as JSON-ready values."""
    models = library()
    about, moment = content.about, content.moment
    licence = models.License(**{key: text for key, text in about.licence if text})
    package = models.Package(
        name=about.name,
        title=about.title,
        description=about.description,
        version=content.edition.version,
        created=moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None,
        keywords=list(about.keywords),
        licenses=[licence] if about.licence else [],
        sources=[
            models.Source(title=_source_title(row), path=row.url)
            for row in content.tables.typed(Source)
        ],
        contributors=[models.Contributor(title=about.contributors, roles=["creator"])],
    ).to_dict()
    return {**package, "resources": list(_resources(content, files))}


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


def _resources(content: Content, files: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    """Tables, tables of raw codings, and flat views, each described."""
    models = library()

    def resource(name: str, shape: Shape, schema: dict[str, Any], **more: Any) -> dict[str, Any]:
        data = files[f"{name}.csv"]
        described: dict[str, Any] = models.Resource(
            name=name,
            type="table",
            path=f"{name}.csv",
            title=shape.title,
            description=shape.definition,
            format="csv",
            mediatype="text/csv",
            encoding="utf-8",
            bytes=len(data),
            hash=f"sha256:{hashlib.sha256(data).hexdigest()}",
            schema=models.Schema.from_dict(schema),
            **more,
        ).to_dict()
        # Left out by the library, because it is the default of the standard; said here for readers
        # that have another default.
        described["schema"]["missingValues"] = [""]
        return described

    for name, model in MODELS.items():
        yield resource(name, shape_of(name), schema_of(model))
    for coder in content.tables.coders:
        for table in CODED:
            name = coding_resource(coder, table)
            yield resource(name, shape_of(name), schema_in_coding(MODELS[table], coder))
    for name, view in VIEWS.items():
        # By this a reader knows that the resource is made of another and holds nothing of its own.
        base = models.Source(title=MODELS[view.base].about.title, path=f"{view.base}.csv")
        schema = table_schema(view.columns, view.key)
        yield resource(name, shape_of(name), schema, sources=[base])
