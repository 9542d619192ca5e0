"""Archives: an exported data package kept whole, the same bytes whoever packs it."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from ..errors import InvalidDataError
from ..paths import RELEASES
from .index import archive_name, release_of

_FIRST, _LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # Times that a ZIP can hold.


def pack(files: Mapping[str, bytes], moment: dt.datetime | None) -> bytes:
    """Files by their name as a ZIP archive.

    Nothing in it depends on the machine or on the libraries: order, times and modes are fixed, and
    nothing is compressed, because compressors differ (and version control does it better). A
    moment that the format does not know is the nearest that it does; one that is not known, its
    first.
    """
    times = min(max(moment.timetuple()[:6] if moment else _FIRST, _FIRST), _LAST)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, times)
            entry.create_system = 3  # Unix, wherever it is made.
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def archived(version: str, folder: Path = RELEASES) -> dict[str, bytes]:
    """The files of a released version by name, after its digest was checked.

    Raises `UnknownNameError` where there is no such version, `InvalidDataError` where the archive
    is missing or not the one that was released.
    """
    release = release_of(version, folder)
    path = folder / archive_name(version)
    advice = "install the package again, or restore the file from the project's history"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidDataError(
            f"the archive of version {version} cannot be read: {path} ({error.strerror}); {advice}"
        ) from None
    digest = hashlib.sha256(data).hexdigest()
    if digest != release.sha256:
        raise InvalidDataError(
            f"the archive of version {version} is damaged: {path} has the SHA-256 {digest}, the "
            f"index says {release.sha256}; {advice}"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile:
        raise InvalidDataError(f"{path} is no ZIP archive; {advice}") from None
