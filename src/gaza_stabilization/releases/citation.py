"""How to cite the data, in the version in use or in one that was loaded."""

from __future__ import annotations

from collections.abc import Callable

from ..about import About, Edition
from ..errors import look_up


def cited(about: About, edition: Edition, format: str = "apa") -> str:
    """How to cite an edition of some data, as text that ends in a line feed.

    Raises `UnknownNameError` where there is no such format.
    """
    return look_up("citation format", format, FORMATS)(about, edition)


def _apa(about: About, edition: Edition) -> str:
    year = edition.released[:4] if edition.released else "n.d."
    return (
        f"{about.contributors}. ({year}). {about.title} (Version {edition.version}) [Data set].\n"
    )


def _bibtex(about: About, edition: Edition) -> str:
    year, month, _ = edition.released.split("-") if edition.released else ("", "", "")
    dates = f"  year    = {{{year}}},\n  month   = {{{int(month)}}},\n" if year else ""
    return (
        f"@misc{{{about.name}_{edition.version},\n"
        f"  author  = {{{{{about.contributors}}}}},\n"
        f"  title   = {{{{{about.title}}}}},\n"
        f"{dates}"
        f"  version = {{{edition.version}}},\n"
        f"  note    = {{Data set, {about.licence.name}}}\n"
        "}\n"
    )


def _ris(about: About, edition: Edition) -> str:
    dates = (
        [("PY", edition.released[:4]), ("DA", edition.released.replace("-", "/"))]
        if edition.released
        else []
    )
    fields = [
        ("TY", "DATA"),
        ("AU", about.contributors),
        ("TI", about.title),
        *dates,
        ("ET", edition.version),
        *(("KW", word) for word in about.keywords),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields)


def _cff(about: About, edition: Edition) -> str:
    keywords = "".join(f"  - {word}\n" for word in about.keywords)
    date = f"date-released: {edition.released}\n" if edition.released else ""
    return (
        "cff-version: 1.2.0\n"
        'message: "If you use these data, please cite them in the version that you used."\n'
        "type: dataset\n"
        f'title: "{about.title}"\n'
        f'abstract: "{about.description}"\n'
        "authors:\n"
        f'  - name: "{about.contributors}"\n'
        f"version: {edition.version}\n"
        f"{date}"
        f"license: {about.licence.name}\n"
        f"keywords:\n{keywords}"
    )


FORMATS: dict[str, Callable[[About, Edition], str]] = {
    "apa": _apa,
    "bibtex": _bibtex,
    "cff": _cff,
    "ris": _ris,
}
