"""The files around a data folder that say which version it is, and what was released before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..about import LOCAL, Edition
from ..errors import InvalidDataError
from ..paths import IN_CHECKOUT, INSTALLED, RELEASES
from ..reading.files import FolderFiles
from ..tables.folder import Tables
from ..tables.opening import packaged_edition
from .index import releases
from .numbers import read_number
from .snapshot import open_release

_CHECKOUT, _INSTALLED = "src/gaza_stabilization/_version.py", "_version.py"
_VERSION = re.compile(r'^VERSION = "(?P<version>[^"\n]*)"\r?$', re.MULTILINE)


@dataclass(frozen=True)
class Project:
    """A checkout, or an installed package, around its data folder."""

    data: Path
    version_file: str

    @property
    def root(self) -> Path:
        return self.data.parent

    @property
    def releases(self) -> Path:
        return self.root / (IN_CHECKOUT if self.is_checkout else INSTALLED)

    def changelog_text(self) -> str:
        """The changelog; empty where there is none. Raises `InvalidDataError` where not UTF-8."""
        try:
            return (self.root / "CHANGELOG.md").read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidDataError(f"CHANGELOG.md cannot be read: {error}") from None

    @property
    def is_checkout(self) -> bool:
        """Whether it is the place where data are changed, and not an installed package."""
        return self.version_file == _CHECKOUT

    def version(self) -> str:
        """What the version file says. Raises `InvalidDataError` where it says nothing."""
        return self._match()["version"]

    def version_line(self) -> int:
        """The line of the version file that says the version."""
        match = self._match()
        return match.string.count("\n", 0, match.start()) + 1

    def with_version(self, version: str) -> bytes:
        """The version file with another version, as bytes."""
        match = self._match()
        start, end = match.span("version")
        return (match.string[:start] + version + match.string[end:]).encode()

    def _match(self) -> re.Match[str]:
        path = self.root / self.version_file
        try:
            match = _VERSION.search(path.read_bytes().decode())
        except (OSError, UnicodeDecodeError):
            match = None
        if match is None:
            raise InvalidDataError(f'{path} has no line VERSION = "..."')
        return match


def edition_in(files: FolderFiles) -> Edition:
    """The edition of a folder: that of its project, or of the data package that it is, or `local`.

    It has a day where the version is released; a data package, where its tables are the released
    ones. Raises `InvalidDataError` where it cannot be read what version it is.
    """
    project = project_of(files.folder)
    if project is not None:
        version = project.version()
        if read_number(version) is None:
            path = project.root / project.version_file
            raise InvalidDataError(f"{path}: found version {version!r}; expected one such as 1.2.0")
        days = {release.version: release.date for release in releases(project.releases)}
        return Edition(version, days.get(version))
    edition = packaged_edition(files)
    days = {} if edition == LOCAL else {release.version: release.date for release in releases()}
    if edition.version in days and _tables(open_release(edition.version).files) == _tables(files):
        return Edition(edition.version, days[edition.version])
    return edition


def _tables(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: files[name] for name in files if name.endswith(".csv")}


def releases_of(tables: Tables) -> Path | None:
    """The releases of the project that some tables belong to; None where they stand alone."""
    whole = tables.given or tables  # A raw coding is one of theirs.
    if whole.folder is None:
        return RELEASES  # They are a release themselves.
    project = project_of(whole.folder)
    return None if project is None else project.releases


def project_of(data: Path) -> Project | None:
    """The project that a data folder belongs to, or None where it stands alone."""
    data = data.resolve()
    if data.name != "data":
        return None  # Another folder in a checkout: a copy, or an export.
    if (data.parent / _CHECKOUT).is_file():
        return Project(data, _CHECKOUT)
    # Other packages have a file of this name as well.
    installed = (data.parent / _INSTALLED).is_file() and (data.parent / INSTALLED).is_dir()
    return Project(data, _INSTALLED) if installed else None
