"""The tables of one folder: its files read once, as text, typed rows, frames and flat views."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, cast

from ..about import ABOUT, About, Edition, read_about
from ..errors import InvalidDataError, look_up
from ..reading.files import FolderFiles, below
from ..reading.problems import Problem, as_lines, missing_key
from ..reading.records import Records, read_records
from ..reading.text_tables import TextTable, read_csv, read_file
from ..schema.cells import SLUG
from ..schema.coders import Coder
from ..schema.models import CODED, CODINGS, MODELS, references
from ..schema.passages import Passage
from ..schema.relays import Relay
from ..schema.rows import Row
from ..schema.shapes import Shape, shape_of
from ..schema.table_schema import coding_resource
from ..schema.views import VIEWS
from .chains import relays_in
from .descriptor import DESCRIPTOR, Descriptor, read_descriptor

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R", bound=Row)


class Tables:
    """The tables among some files, read once, whatever is asked of them.

    `name` is how they are shown. The tables of a raw coding, that of `coder`, lack what its coder
    was given: they are those of `given`, whose data package describes both.
    """

    def __init__(
        self,
        files: Mapping[str, bytes],
        name: str,
        *,
        edition: Edition | Callable[[], Edition],
        given: Self | None = None,
        coder: str = "",
    ) -> None:
        self.files, self.name, self._edition = files, name, edition
        self.given, self.coder = given, coder
        self._text: dict[str, TextTable] = {}
        self._records: dict[str, Records] = {}
        self._dangling: dict[tuple[str, str], list[Problem]] = {}
        self._frames: dict[str, pd.DataFrame] = {}
        self._codings: dict[str, Self] = {}

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"

    @property
    def folder(self) -> Path | None:
        """The folder that the files lie in; None of an archive."""
        return self.files.folder if isinstance(self.files, FolderFiles) else None

    @cached_property
    def package(self) -> Descriptor | None:
        """What the descriptor says, where they are a data package. Raises `DescriptionError`."""
        if self.given is not None:
            return self.given.package
        return read_descriptor(self.files) if DESCRIPTOR in self.files else None

    @property
    def descriptor(self) -> Descriptor | None:
        """The descriptor of a version with another schema than the one in use.

        Raises `DescriptionError` where the descriptor is not valid, so that nothing is known.
        """
        return None if self.package is None or self.package.in_use else self.package

    @property
    def names(self) -> tuple[str, ...]:
        """The tables that there are, in the order in which their keys depend on each other."""
        if self.descriptor is None:
            return tuple(MODELS) if self.given is None else CODED
        place = "" if self.given is None else coding_resource(self.coder, "")
        known = [
            name.removeprefix(place) for name in self.descriptor.shapes if name.startswith(place)
        ]
        return tuple(name for name in known if name not in self.views and "/" not in name)

    @property
    def views(self) -> tuple[str, ...]:
        """The flat views that there are."""
        if self.descriptor is None:
            return tuple(VIEWS)
        # They are files, which a coding has not.
        return self.descriptor.views if self.given is None else ()

    @cached_property
    def edition(self) -> Edition:
        """The version and its day; known only when it is asked for, since that may fail."""
        return self._edition() if callable(self._edition) else self._edition

    @cached_property
    def about(self) -> About:
        """What the dataset as a whole says of itself."""
        if self.given is not None:
            return self.given.about
        if self.package is not None and ABOUT not in self.files:
            return self.package.about
        return read_about(self.files)

    def shape(self, name: str) -> Shape:
        """The shape of a table, a flat view or a table of a raw coding, by its version."""
        if self.given is not None and name in self.names:
            name = coding_resource(self.coder, name)
        known = {} if self.package is None else self.package.shapes
        return known.get(name) or shape_of(name)

    def text(self, table: str) -> TextTable:
        """A table as text, with its problems of level 1."""
        if self.given is not None and table not in self.names:
            return self.given.text(table)
        if table not in self._text:
            self._text[table] = self._read(table)
        return self._text[table]

    def _read(self, table: str) -> TextTable:
        if self.descriptor is None:
            return read_file(self.files, MODELS[table])
        shape, file = self.shape(table), f"{table}.csv"
        try:
            data = self.files[file]
        except (KeyError, OSError):
            what = f"{self.name} has no {file} that can be read, which its descriptor names"
            raise InvalidDataError(what) from None
        return read_csv(file, data, list(shape.fields), shape.key)

    def records(self, table: str) -> Records:
        """The typed rows of a table by the schema in use, with its problems of levels 1 and 2."""
        if self.given is not None and table not in self.names:
            return self.given.records(table)
        if table not in self._records:
            model = MODELS[table]
            other = self.descriptor is not None
            text = read_file(self.files, model) if other else self.text(table)
            self._records[table] = read_records(text, model)
        return self._records[table]

    def typed(self, model: type[R]) -> list[R]:
        """The typed rows of a table, in order. Raises `InvalidDataError` where one is not valid."""
        self.refuse(model.about.name)
        return cast("list[R]", self.records(model.about.name).rows)

    def refuse(self, table: str) -> None:
        """Raise `InvalidDataError` where a table is in doubt by the schema in use."""
        if self.descriptor is None:
            advice = "validate to see every problem"
        else:
            advice = "it has another schema than the one in use, and loads and compares as it was"
        self._refuse(self.records(table).blocking, advice)

    def refuse_dangling(self, tables: Iterable[str], targets: Iterable[str] = MODELS) -> None:
        """Raise `InvalidDataError` where a link of some tables to others leads nowhere.

        Who follows a link asks this first, of tables that are in no doubt by themselves.
        """
        wanted = {*targets}
        for table in tables:
            for column, target, key in references(table):
                if target in wanted:
                    if (table, column.name) not in self._dangling:
                        problems = self._dangling_links(table, column.name, target, key)
                        self._dangling[table, column.name] = [*problems]
                    self._refuse(self._dangling[table, column.name])

    def _dangling_links(self, table: str, name: str, target: str, key: str) -> Iterator[Problem]:
        self._refuse(self.text(target).blocking)
        known = {line.cells[key] for line in self.text(target).lines if key in line.cells}
        lines = self.text(table).lines
        if self.given is not None and table not in self.names and target in self.names:
            # What its coder was given names actors of other texts as well.
            passages = self.text(Passage.about.name).lines
            covered = {line.cells.get("source_id") for line in passages}
            lines = [line for line in lines if line.cells.get("source_id") in covered]
        for line in lines:
            cell = line.cells.get(name)
            if cell and cell not in known:
                yield missing_key(table, line.number, name, cell, target, key, known)

    @cached_property
    def relays(self) -> dict[str, list[str]]:
        """Those who passed each statement on, outermost first, by its id."""
        return relays_in(line.cells for line in self.text(Relay.about.name).lines)

    def by_id(self, model: type[R]) -> dict[str, R]:
        """The typed rows of a table by their id."""
        self.typed(model)
        return cast("dict[str, R]", self.records(model.about.name).by_key)

    def frame(self, name: str) -> pd.DataFrame:
        """A table or flat view as a frame of the caller's own, in the dtypes of its version.

        Raises `InvalidDataError` where it does not fit the schema.
        """
        if name not in self._frames:
            from ..reading.frames import read_frame
            from .flat import flat_view

            if name in self.views and self.descriptor is None:
                self._frames[name] = flat_view(self, name)
            else:
                text = self.text(name)
                self._refuse(text.blocking)
                model = MODELS[name] if self.descriptor is None else None
                self._frames[name] = read_frame(text, self.shape(name), model)
        return self._frames[name].copy()

    @property
    def coders(self) -> list[str]:
        """The ids of the coders whose raw codings belong to the tables, in order."""
        if self.given is not None or Coder.about.name not in self.names:
            return []
        cells = (line.cells.get("coder_id", "") for line in self.text(Coder.about.name).lines)
        return [coder for coder in cells if re.fullmatch(SLUG, coder)]

    def coding(self, coder: str) -> Self:
        """The raw coding of a coder. Raises `UnknownNameError` where there is none."""
        look_up("coder", coder, dict.fromkeys(self.coders), f"in {self.name}")
        if coder not in self._codings:
            files = below(self.files, f"{CODINGS}/{coder}/")
            name = f"{self.name}, coding {coder}"
            self._codings[coder] = type(self)(
                files, name, edition=self._edition, given=self, coder=coder
            )
        return self._codings[coder]

    @cached_property
    def codings_sha256(self) -> str:
        """The SHA-256 of the tables of all raw codings; empty where one cannot be read."""
        digest = hashlib.sha256()
        try:
            for coder in self.coders:
                files = self.coding(coder).files
                for table in CODED:
                    data = files[f"{table}.csv"]
                    digest.update(f"{coder}/{table}.csv {len(data)}\n".encode() + data)
        except (KeyError, OSError):
            return ""
        return digest.hexdigest()

    def _refuse(
        self, problems: list[Problem], advice: str = "validate to see every problem"
    ) -> None:
        if problems:
            raise InvalidDataError(
                f"{self.name} cannot be used, since it is not valid:\n{as_lines(problems)}"
                f"; {advice}"
            )
