"""The order of rows: by key, with numbers inside a text as numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

Natural = tuple[tuple[int, int, str], ...]

ORDER, SORTED = "order", "rows sorted by key, numbers in it as numbers"
"""The rule that rows lie in order, and what it expects."""


def natural(text: str) -> Natural:
    """A sort key under which numbers inside a text count as numbers, however long they are.

    >>> sorted(["s10", "s9"], key=natural)
    ['s9', 's10']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    digits = [(part, part.lstrip("0")) for part in parts]
    return tuple((0, len(n), n) if part[0] in "0123456789" else (1, 0, part) for part, n in digits)


def place_of(key: Iterable[str]) -> tuple[Natural, ...]:
    """The place of a row among the others, from the cells of its key.

    >>> place_of(["s9", "2"]) < place_of(["s10", "1"])
    True
    """
    return tuple(map(natural, key))
