"""The order of rows: by key, with numbers inside a text as numbers."""

from __future__ import annotations

import re


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key under which numbers inside a text count as numbers, however long they are.

    >>> sorted(["s10", "s9"], key=natural)
    ['s9', 's10']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    digits = [(part, part.lstrip("0")) for part in parts]
    return tuple((0, len(n), n) if part[0] in "0123456789" else (1, 0, part) for part, n in digits)
