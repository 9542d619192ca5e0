"""Frictionless Data Package: the tables and flat views as CSV, with datapackage.json."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import json
import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..codebooks.book import codebook_markdown
from ..errors import MissingExtraError
from ..paths import DATA
from ..releases.archive import archived
from ..releases.index import edition as edition_of
from ..releases.index import release_of
from ..releases.snapshot import DESCRIPTOR
from ..schema.coders import Coder
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
from ..tables.flat import read_view
from ..tables.loading import read_rows
from ..this_dataset import (
    CONTRIBUTORS,
    DATA_LICENCE,
    DATA_LICENCE_PATH,
    DATA_LICENCE_TITLE,
    DESCRIPTION,
    KEYWORDS,
    NAME,
    TITLE,
    Edition,
    created,
    midnight,
)
from ..writing import write_folder
from .documents import readme
from .frame_text import as_text
from .sealing import not_as_written, seal, set_times

if TYPE_CHECKING:
    pass

DOCUMENTS = {"README.md": readme, "CODEBOOK.md": codebook_markdown}


def write(destination: Path, data: Path = DATA) -> None:
    """Write the data package of the valid tables in `data`, whole or not at all."""
    edition = edition_of()
    _models()  # Before anything is written.
    moment = created(edition)
    write_folder(destination, lambda folder: build(folder, data, edition, moment), not_earlier)


def write_released(destination: Path, version: str) -> None:
    """Write the data package of a released version, as it was, whole or not at all."""
    files = archived(version)
    moment = midnight(release_of(version).date)

    def unpack(folder: Path) -> None:
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        set_times(folder, moment)

    write_folder(destination, unpack, not_earlier)


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
    """What speaks against `folder` being an earlier data package as it was written, or None."""
    try:
        name = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))["name"]
    except FileNotFoundError:
        return f"it has no {DESCRIPTOR}"
    except (OSError, ValueError, LookupError, TypeError):
        return f"its {DESCRIPTOR} cannot be read"
    return f"its {DESCRIPTOR} describes {name!r}" if name != NAME else not_as_written(folder)


def build(folder: Path, data: Path, edition: Edition, moment: dt.datetime | None) -> None:
    """Fill a folder with the data package of the valid tables in `data`.

    Raises `MissingExtraError` where the library of the extra `export` is not installed.
    """
    models = _models()
    for name in MODELS:
        (folder / f"{name}.csv").write_bytes((data / f"{name}.csv").read_bytes())
    if (data / CODINGS).is_dir():
        shutil.copytree(data / CODINGS, folder / CODINGS, copy_function=shutil.copyfile)
    for name in VIEWS:
        text = as_text(read_view(name, folder))
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    for name, document in DOCUMENTS.items():
        (folder / name).write_text(document(folder, edition), encoding="utf-8", newline="\n")
    described = _descriptor(folder, models, edition.version, moment)
    descriptor = json.dumps(described, ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTOR).write_text(descriptor, encoding="utf-8", newline="\n")
    seal(folder, moment)


def _descriptor(
    folder: Path, models: Any, version: str, moment: dt.datetime | None
) -> dict[str, Any]:
    described = _package(folder, models, version, moment).to_dict()
    resources = described.pop("resources")
    for resource in resources:
        # Left out by the library, because it is the default of the standard; said here for readers
        # that have another default.
        resource["schema"]["missingValues"] = [""]
    return {**described, "resources": resources}


def _package(folder: Path, models: Any, version: str, moment: dt.datetime | None) -> Any:
    resources = [
        _resource(folder, models, name, model.about.title, definition(model), schema_of(model))
        for name, model in MODELS.items()
    ]
    for coder in read_rows(Coder, folder):
        for table in CODED:
            name, model = coding_resource(coder.coder_id, table), MODELS[table]
            schema = schema_in_coding(model, coder.coder_id)
            title = coding_title(model, coder.coder_id)
            resources.append(_resource(folder, models, name, title, definition(model), schema))
    for name, view in VIEWS.items():
        schema = table_schema(view.columns, view.key)
        resource = _resource(folder, models, name, view.title, view.definition, schema)
        # By this a reader knows that the resource is made of another and holds nothing of its own.
        resource.sources = [
            models.Source(title=MODELS[view.base].about.title, path=f"{view.base}.csv")
        ]
        resources.append(resource)
    return models.Package(
        name=NAME,
        title=TITLE,
        description=DESCRIPTION,
        version=version,
        created=moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None,
        keywords=list(KEYWORDS),
        licenses=[
            models.License(name=DATA_LICENCE, title=DATA_LICENCE_TITLE, path=DATA_LICENCE_PATH)
        ],
        sources=[
            models.Source(title=_source_title(row), path=row.url)
            for row in read_rows(Source, folder)
        ],
        contributors=[models.Contributor(title=CONTRIBUTORS, roles=["creator"])],
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
