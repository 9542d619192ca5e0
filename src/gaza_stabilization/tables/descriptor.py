"""The descriptor of a data package: which tables there are, and what that version says of them.

Whatever is read of it is read here, by one model; what no model knows is not read.
"""

from __future__ import annotations

import codecs
import datetime as dt
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from ..about import About, Licence, Name, Text, Words, read_description
from ..schema.cells import SLUG, VERSION, Spelling
from ..schema.models import CODED, CODINGS, MODELS
from ..schema.shapes import Shape, described, shape_of
from ..schema.table_schema import coding_resource
from ..schema.views import VIEWS

DESCRIPTOR = "datapackage.json"


def _is_moment(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _listed(names: object) -> object:
    """By the standard, one column may stand without a list."""
    return [names] if isinstance(names, str) else names


def _refuse(rule: str, expected: str) -> PydanticCustomError:
    return PydanticCustomError(rule, "{expected}", {"expected": expected})


def _some(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    if not parts:
        raise _refuse("no-entry", "at least one entry")
    return parts


def _single(names: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(names) != 1:
        raise _refuse("one-column", "one column, as every link here has")
    return names


def _distinct(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    names = Counter(part.name for part in parts)
    if doubled := [name for name, count in names.items() if count > 1]:
        raise _refuse("doubled-name", f"each name once, and not {doubled[0]} again")
    return parts


_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
Version = Annotated[
    str,
    Spelling(
        "version",
        "a version number, such as 1.2.0 or 1.2.0.dev0, or local",
        rf"{VERSION}(\.dev0)?|local",
    ),
]
Moment = Annotated[
    str,
    Spelling(
        "moment",
        "a day or a moment that exists, such as 2024-05-17 or 2024-05-17T00:00:00Z",
        f"{_DAY}(T{_TIME})?",
        test=_is_moment,
    ),
]
ResourceName = Annotated[
    str,
    Spelling(
        "resource-name",
        f"the name of a table, such as actors, or of one of a raw coding, {CODINGS}/ai-1/actors",
        rf"({CODINGS}/{SLUG}/)?[a-z]+(_[a-z]+)*",
        max_length=200,
    ),
]
ColumnNames = Annotated[tuple[Words, ...], BeforeValidator(_listed), AfterValidator(_some)]
ColumnName = Annotated[tuple[Words, ...], BeforeValidator(_listed), AfterValidator(_single)]


class _Part(BaseModel):
    """A part of a descriptor; what it says besides is left alone, and null says nothing."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _said(cls, values: object) -> object:
        if not isinstance(values, dict):
            return values
        return {name: value for name, value in values.items() if value is not None}


class _Category(_Part):
    value: Text
    label: Text = ""
    description: Text = ""
    number: StrictInt | None = None


class _Column(_Part):
    name: Words
    type: Literal["string", "integer", "boolean"]
    description: Text = ""
    example: Any = ""
    constraints: dict[str, Any] = {}
    categories: tuple[_Category, ...] = ()
    categories_description: Text = Field("", alias="categoriesDescription")
    categories_ordered: StrictBool = Field(False, alias="categoriesOrdered")


class _Target(_Part):
    resource: Text
    fields: ColumnName


class _Link(_Part):
    fields: ColumnName
    reference: _Target


class _Schema(_Part):
    fields: Annotated[tuple[_Column, ...], AfterValidator(_some), AfterValidator(_distinct)]
    key: ColumnNames = Field(alias="primaryKey")
    unique: tuple[ColumnNames, ...] = Field((), alias="uniqueKeys")
    links: tuple[_Link, ...] = Field((), alias="foreignKeys")
    rules: tuple[Text, ...] = ()

    @field_validator("key")
    @classmethod
    def _known(cls, key: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        names = [column.name for column in info.data.get("fields", ())]
        if names and not set(key) <= set(names):
            raise _refuse("unknown-column", f"columns out of {', '.join(names)}")
        return key


class _Resource(_Part):
    name: ResourceName
    path: str
    title: Text = ""
    description: Text = ""
    columns: _Schema = Field(alias="schema")
    sources: tuple[Any, ...] | None = None

    @field_validator("path")
    @classmethod
    def _beside(cls, path: str, info: ValidationInfo) -> str:
        name = info.data.get("name", "")
        if name and path != f"{name}.csv":
            raise _refuse("resource-path", f"{name}.csv")
        return path

    @property
    def shape(self) -> Shape:
        return described(self.title, self.description, self.columns.model_dump(by_alias=True))


class _Licence(Licence):
    model_config = ConfigDict(extra="ignore")


class _Contributor(_Part):
    title: Words = About().contributors


class Descriptor(_Part):
    """What a descriptor says. `created` is when the package was made, not when it was released."""

    version: Version
    created: Moment | None = None
    name: Name = About().name
    title: Words = About().title
    description: Text = About().description
    keywords: tuple[Words, ...] = ()
    licenses: tuple[_Licence, ...] = ()
    contributors: tuple[_Contributor, ...] = ()
    resources: Annotated[tuple[_Resource, ...], AfterValidator(_some), AfterValidator(_distinct)]

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        """The shape of each table by its name; of raw codings it is `codings/<coder>/<table>`."""
        return {resource.name: resource.shape for resource in self.resources}

    @property
    def views(self) -> tuple[str, ...]:
        """The names of the flat views."""
        # What is made of other resources names them as its sources, since 0.2.0.
        return tuple(
            resource.name
            for resource in self.resources
            if resource.sources is not None or resource.name in VIEWS
        )

    @cached_property
    def in_use(self) -> bool:
        """Whether the tables can be read by the schema in use, whatever the words of theirs."""
        coders = {name.split("/")[1] for name in self.shapes if "/" in name}
        codings = {coding_resource(coder, table) for coder in coders for table in CODED}
        return self.shapes.keys() == {*MODELS, *VIEWS, *codings} and all(
            shape.form == shape_of(name).form for name, shape in self.shapes.items()
        )

    @property
    def about(self) -> About:
        """What it says of the dataset, as all that packages up to 1.0.0 do."""
        people = [contributor.title for contributor in self.contributors[:1]]
        return About(
            name=self.name,
            title=self.title,
            description=self.description,
            keywords=self.keywords,
            contributors=people[0] if people else About().contributors,
            licence=Licence(**dict(self.licenses[0])) if self.licenses else Licence(),
        )


def read_descriptor(files: Mapping[str, bytes]) -> Descriptor:
    """What the descriptor among some files says.

    Raises `DescriptionError` where it is not that of a data package of this project.
    """
    return read_description(files, DESCRIPTOR, _read)


def _read(data: bytes) -> Descriptor:
    return Descriptor.model_validate_json(data.removeprefix(codecs.BOM_UTF8))
