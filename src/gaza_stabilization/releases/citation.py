"""How to cite the data, in the version in use or in one that was loaded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from ..about import About, Edition
from ..errors import look_up

# The licences of data among those of the SPDX list that the format knows; of others it asks for the
# address.
_SPDX = re.compile(
    r"CC0-1\.0|CC-BY(-NC)?(-ND|-SA)?-(1\.0|2\.0|2\.5|3\.0|4\.0)"
    r"|PDDL-1\.0|ODC-By-1\.0|ODbL-1\.0|CDLA-(Permissive|Sharing)-1\.0"
)


def cited(about: About, edition: Edition, format: str = "apa") -> str:
    """How to cite an edition of some data, as text that ends in a line feed.

    Raises `UnknownNameError` where there is no such format.
    """
    return look_up("citation format", format, FORMATS)(about, edition)


def _apa(about: About, edition: Edition) -> str:
    year = edition.released[:4] if edition.released else "n.d."
    people, title = _line(about.contributors), _line(about.title)
    return f"{people}. ({year}). {title} (Version {edition.version}) [Data set].\n"


def _bibtex(about: About, edition: Edition) -> str:
    year, month, _ = edition.released.split("-") if edition.released else ("", "", "")
    fields = {
        "author": f"{{{_latex(about.contributors)}}}",
        "title": f"{{{_latex(about.title)}}}",
        "year": year,
        "month": month.lstrip("0"),
        "version": _latex(edition.version),
        "note": _latex(", ".join(filter(None, ("Data set", about.licence.name)))),
    }
    lines = [f"  {name:<7} = {{{text}}}" for name, text in fields.items() if text]
    return ",\n".join([f"@misc{{{about.name}_{edition.version}", *lines]) + "\n}\n"


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
    return "".join(f"{tag}  - {_line(text)}\n" for tag, text in fields)


def _cff(about: About, edition: Edition) -> str:
    message = "If you use these data, please cite them in the version that you used."
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted(message)}",
        "type: dataset",
        f"title: {_quoted(about.title)}",
        *([f"abstract: {_quoted(about.description)}"] if _line(about.description) else []),
        "authors:",
        f"  - name: {_quoted(about.contributors)}",
        f"version: {_quoted(edition.version)}",
    ]
    if edition.released:
        lines.append(f"date-released: {edition.released}")
    if _SPDX.fullmatch(about.licence.name):
        lines.append(f"license: {_quoted(about.licence.name)}")
    elif about.licence.path:
        lines.append(f"license-url: {_quoted(about.licence.path)}")
    if about.keywords:
        keywords = dict.fromkeys(map(_quoted, about.keywords))
        lines += ["keywords:", *(f"  - {keyword}" for keyword in keywords)]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """A text as YAML has it between quotation marks, which is as JSON has it."""
    return json.dumps(_line(text), ensure_ascii=False)


_LATEX = str.maketrans(
    {letter: f"\\{letter}" for letter in "&%$#_"}
    # By name, since BibTeX also counts a brace that has a backslash before it.
    | {"{": r"\textbraceleft{}", "}": r"\textbraceright{}", "\\": r"\textbackslash{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def _latex(text: str) -> str:
    """A text as LaTeX prints it letter by letter."""
    return _line(text).translate(_LATEX)


FORMATS: dict[str, Callable[[About, Edition], str]] = {
    "apa": _apa,
    "bibtex": _bibtex,
    "cff": _cff,
    "ris": _ris,
}
