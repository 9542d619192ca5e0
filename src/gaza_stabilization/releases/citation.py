"""How to cite the data, in the version in use or in one that was loaded."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import look_up
from ..this_dataset import CONTRIBUTORS, DATA_LICENCE, DESCRIPTION, KEYWORDS, NAME, TITLE, Edition
from .index import edition


def cite(format: str = "apa", version: str | None = None) -> str:
    """How to cite the data: `apa`, `bibtex`, `ris` or `cff`, as text that ends in a line feed.

    `version` is the released version that was loaded; without it, the one in use. One that is not
    released yet has no date. There is no DOI and no address, because none is known.

    Raises `UnknownNameError` where there is no such format or version, `InvalidDataError` where the
    index of releases is damaged. Source: the package's own index.

    >>> print(cite("apa", version="0.2.0"), end="")  # doctest: +ELLIPSIS
    gaza-stabilization contributors. (...). gaza-stabilization: ... (Version 0.2.0) [Data set].
    """
    return look_up("citation format", format, FORMATS)(edition(version))


def cited(one: Edition) -> str:
    """How to cite an edition, in the form of the APA."""
    year = one.released[:4] if one.released else "n.d."
    return f"{CONTRIBUTORS}. ({year}). {TITLE} (Version {one.version}) [Data set].\n"


def _bibtex(one: Edition) -> str:
    year, month, _ = one.released.split("-") if one.released else ("", "", "")
    dates = f"  year    = {{{year}}},\n  month   = {{{int(month)}}},\n" if year else ""
    return (
        f"@misc{{{NAME}_{one.version},\n"
        f"  author  = {{{{{CONTRIBUTORS}}}}},\n"
        f"  title   = {{{{{TITLE}}}}},\n"
        f"{dates}"
        f"  version = {{{one.version}}},\n"
        f"  note    = {{Data set, {DATA_LICENCE}}}\n"
        "}\n"
    )


def _ris(one: Edition) -> str:
    dates = (
        [("PY", one.released[:4]), ("DA", one.released.replace("-", "/"))] if one.released else []
    )
    fields = [
        ("TY", "DATA"),
        ("AU", CONTRIBUTORS),
        ("TI", TITLE),
        *dates,
        ("ET", one.version),
        *(("KW", word) for word in KEYWORDS),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields)


def _cff(one: Edition) -> str:
    keywords = "".join(f"  - {word}\n" for word in KEYWORDS)
    date = f"date-released: {one.released}\n" if one.released else ""
    return (
        "cff-version: 1.2.0\n"
        'message: "If you use these data, please cite them in the version that you used."\n'
        "type: dataset\n"
        f'title: "{TITLE}"\n'
        f'abstract: "{DESCRIPTION}"\n'
        "authors:\n"
        f'  - name: "{CONTRIBUTORS}"\n'
        f"version: {one.version}\n"
        f"{date}"
        f"license: {DATA_LICENCE}\n"
        f"keywords:\n{keywords}"
    )


FORMATS: dict[str, Callable[[Edition], str]] = {
    "apa": cited,
    "bibtex": _bibtex,
    "cff": _cff,
    "ris": _ris,
}
