"""How to cite the data, in the version in use."""

from __future__ import annotations

from collections.abc import Callable

from ._version import RELEASED, VERSION
from .about import CONTRIBUTORS, DATA_LICENCE, DESCRIPTION, KEYWORDS, NAME, TITLE
from .errors import look_up


def cite(format: str = "apa") -> str:
    """How to cite the data: `apa`, `bibtex`, `ris` or `cff`, as text that ends in a line feed.

    The version is the one in use. There is no DOI and no address, because none is known. Raises
    `UnknownNameError` where there is no such format.

    >>> print(cite("apa"), end="")  # doctest: +ELLIPSIS
    gaza-stabilization contributors. (...). gaza-stabilization: hand-coded claims ... [Data set].
    """
    return look_up("citation format", format, FORMATS)()


def _apa() -> str:
    return f"{CONTRIBUTORS}. ({RELEASED[:4]}). {TITLE} (Version {VERSION}) [Data set].\n"


def _bibtex() -> str:
    year, month, _ = RELEASED.split("-")
    return (
        f"@misc{{{NAME}_{VERSION},\n"
        f"  author  = {{{{{CONTRIBUTORS}}}}},\n"
        f"  title   = {{{{{TITLE}}}}},\n"
        f"  year    = {{{year}}},\n"
        f"  month   = {{{int(month)}}},\n"
        f"  version = {{{VERSION}}},\n"
        f"  note    = {{Data set, {DATA_LICENCE}}}\n"
        "}\n"
    )


def _ris() -> str:
    fields = [
        ("TY", "DATA"),
        ("AU", CONTRIBUTORS),
        ("TI", TITLE),
        ("PY", RELEASED[:4]),
        ("DA", RELEASED.replace("-", "/")),
        ("ET", VERSION),
        *(("KW", word) for word in KEYWORDS),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields)


def _cff() -> str:
    keywords = "".join(f"  - {word}\n" for word in KEYWORDS)
    return (
        "cff-version: 1.2.0\n"
        'message: "If you use these data, please cite them in the version that you used."\n'
        "type: dataset\n"
        f'title: "{TITLE}"\n'
        f'abstract: "{DESCRIPTION}"\n'
        "authors:\n"
        f'  - name: "{CONTRIBUTORS}"\n'
        f"version: {VERSION}\n"
        f"date-released: {RELEASED}\n"
        f"license: {DATA_LICENCE}\n"
        f"keywords:\n{keywords}"
    )


FORMATS: dict[str, Callable[[], str]] = {
    "apa": _apa,
    "bibtex": _bibtex,
    "cff": _cff,
    "ris": _ris,
}
