"""Looking back: which release had a row last that went since."""

from __future__ import annotations

from pathlib import Path

from ..paths import RELEASES
from ..schema.retired_ids import RetiredId
from ..tables.folder import Tables
from ..tables.retirement import retired
from .index import releases
from .snapshot import open_release


def retired_since(tables: Tables, id: str, folder: Path = RELEASES) -> str | None:
    """What became of a row that went, and which release had it last; None of another id."""
    sentence = retired(tables, id)
    if sentence is None:
        return None
    for release in reversed(releases(folder)):
        old = open_release(release.version, folder)
        for name in old.names:
            key = old.shape(name).key
            if name == RetiredId.about.name or len(key) > 1:
                continue
            if any(line.cells[key[0]] == id for line in old.text(name).lines):
                return f"{sentence}. {release.version} was the last version with it, in {name}"
    return sentence
