"""The descriptor of a data package: which tables there are, and what that version says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ..about import About, Licence
from ..errors import InvalidDataError
from ..schema.shapes import Shape, described, shape_of, text_of
from ..schema.table_schema import coding_resource
from ..schema.tables import CODED, MODELS
from ..schema.views import VIEWS

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True)
class Descriptor:
    """What a descriptor says: version, day and hour, and the shape of each table by its name.

    Tables of raw codings are named `codings/<coder>/<table>`; `views` names the flat views.
    """

    version: str
    created: str | None
    shapes: dict[str, Shape]
    views: tuple[str, ...]

    @property
    def in_use(self) -> bool:
        """Whether the tables can be read by the schema in use, whatever the words of theirs."""
        coders = {name.split("/")[1] for name in self.shapes if "/" in name}
        codings = {coding_resource(coder, table) for coder in coders for table in CODED}
        return self.shapes.keys() == {*MODELS, *VIEWS, *codings} and all(
            shape.form == shape_of(name).form for name, shape in self.shapes.items()
        )


def described_about(files: Mapping[str, bytes]) -> About:
    """What a data package without `dataset.toml` says of itself, as all did up to 1.0.0."""
    package = json.loads(files[DESCRIPTOR])
    licence = (package.get("licenses") or [{}])[0]
    contributor = (package.get("contributors") or [{}])[0]
    return About(
        name=package["name"],
        title=package["title"],
        description=package["description"],
        keywords=tuple(package.get("keywords", ())),
        contributors=contributor.get("title", About().contributors),
        licence=Licence(**{name: text_of(licence, name) for name in Licence.model_fields}),
    )


def read_descriptor(name: str, files: Mapping[str, bytes]) -> Descriptor:
    """What the descriptor among some files says.

    Raises `InvalidDataError` where it is not that of a data package of this project.
    """
    try:
        package = json.loads(files[DESCRIPTOR])
        shapes: dict[str, Shape] = {}
        views: list[str] = []
        for resource in package["resources"]:
            title, text = text_of(resource, "title"), text_of(resource, "description")
            shapes[resource["name"]] = described(title, text, resource["schema"])
            if f"{resource['name']}.csv" != resource["path"]:
                raise InvalidDataError(f"{name} has a table {resource['name']} in another file")
            # What is made of other resources names them as its sources, since 0.2.0.
            if "sources" in resource or resource["name"] in VIEWS:
                views.append(resource["name"])
        return Descriptor(package["version"], package.get("created"), shapes, tuple(views))
    except InvalidDataError:
        raise
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        what = type(error).__name__
        raise InvalidDataError(
            f"{name} is no data package of this project: its {DESCRIPTOR} has another form "
            f"({what}: {error})"
        ) from None
