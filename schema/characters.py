"""Level 1, inside a cell: characters that cannot be seen, mislead, or would run."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator

_INVISIBLE = frozenset({"Cf", "Cc", "Zl", "Zp", "Cs", "Co", "Cn"})
# Letters and marks by category, but nothing to see: fillers, a joiner, variation selectors.
_INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u034f\u2800\ufe0e\ufe0f")


CHARACTERS = {
    "white-space": "single plain spaces between words, none at the ends",
    "hidden-character": "no control, zero-width or bidirectional characters",
    "not-nfc": "text in Unicode normal form NFC",
    "formula": "text that a spreadsheet does not run",
}
"""The rules of characters, each with what is expected."""


def cell_problems(cell: str) -> Iterator[tuple[str, str, str]]:
    """Rule, expectation and hint for everything that is wrong with the characters of `cell`.

    >>> [rule for rule, _, _ in cell_problems(" =1+1")]
    ['white-space', 'formula']
    >>> list(cell_problems("+972 Magazine"))
    []
    """
    for rule, hint in flaws(cell).items():
        yield rule, CHARACTERS[rule], hint


def flaws(cell: str) -> dict[str, str]:
    """The rules of characters that `cell` breaks, each with a hint; nearly always none."""
    if _plain(cell):
        return {}
    hints: dict[str, str] = {}
    if cell != cell.strip() or "  " in cell or any(c.isspace() and c != " " for c in cell):
        hints["white-space"] = _named(cell, str.isspace)
    if any(_hidden(character) for character in cell):
        hints["hidden-character"] = _named(cell, _hidden)
    if unicodedata.normalize("NFC", cell) != cell:
        hints["not-nfc"] = "the text looks the same in NFC; normalise it"
    if _runs(cleaned(cell)):
        hints["formula"] = "a spreadsheet would run this as a formula; word it differently"
    return hints


def cleaned(cell: str) -> str:
    """`cell` as it was surely meant, so that further levels do not report the same twice."""
    if _plain(cell):
        return cell
    visible = "".join(" " if c.isspace() else c for c in cell if c.isspace() or not _hidden(c))
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _plain(cell: str) -> bool:
    """Whether nothing can be wrong with `cell`: true of almost all, and quickly seen."""
    return (
        cell.isascii()
        and cell.isprintable()
        and "  " not in cell
        and cell == cell.strip()
        and not cell.startswith(("=", "@", "+", "-"))
    )


def _hidden(character: str) -> bool:
    return not character.isspace() and (
        unicodedata.category(character) in _INVISIBLE or character in _INVISIBLE_LETTERS
    )


def _runs(cell: str) -> bool:
    if cell.startswith(("=", "@")):
        return True
    return cell.startswith(("+", "-")) and any(character in cell for character in "(|!=")


def _named(cell: str, test: Callable[[str], bool]) -> str:
    """The offending characters by name, since they cannot be seen."""
    odd = {c for c in cell if c != " " and test(c)}
    return ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, 'control')}" for c in sorted(odd))
