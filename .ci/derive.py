"""Write what is committed but derived: citation, metadata, country codes, counts in the README.

    python .ci/derive.py            write
    python .ci/derive.py --check    exit 1 where a file differs from what it is derived from

Country codes need pycountry; without it they are left as they are.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import textwrap
from pathlib import Path

from gaza_stabilization.schema.rows import definition
from gaza_stabilization.schema.tables import MODELS

import gaza_stabilization as gs
from gaza_stabilization import about

ROOT = Path(__file__).parent.parent
COUNTRIES = '''"""ISO 3166-1 alpha-3 country codes, from pycountry by .ci/derive.py; do not edit."""

ALPHA_3 = frozenset(
    """
{codes}
    """.split()
)
'''


def countries() -> str:
    import pycountry

    codes = " ".join(sorted(country.alpha_3 for country in pycountry.countries))
    indent = " " * 4
    wrapped = textwrap.fill(codes, 92, initial_indent=indent, subsequent_indent=indent)
    return COUNTRIES.format(codes=wrapped)


def counts() -> str:
    lines = ["| table | rows | one row is |", "|---|---:|---|"]
    for name, model in MODELS.items():
        meaning = definition(model).splitlines()[0].rstrip(".")
        lines.append(f"| `{name}` | {len(gs.load(name))} | {meaning[0].lower()}{meaning[1:]} |")
    return "\n".join(lines)


def readme() -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = f"<!-- counts -->\n{counts()}\n<!-- /counts -->"
    return re.sub(r"<!-- counts -->.*<!-- /counts -->", lambda _: block, text, flags=re.DOTALL)


def zenodo() -> str:
    """What an archive that follows the repository asks for; nobody and nothing is made up."""
    described = {
        "upload_type": "dataset",
        "title": about.TITLE,
        "description": about.DESCRIPTION,
        "version": gs.__version__,
        "creators": [{"name": about.CONTRIBUTORS}],
        "license": about.DATA_LICENCE.lower(),
        "access_right": "open",
        "language": "eng",
        "keywords": list(about.KEYWORDS),
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def derived() -> dict[str, str]:
    files = {"CITATION.cff": gs.cite("cff"), ".zenodo.json": zenodo(), "README.md": readme()}
    if importlib.util.find_spec("pycountry"):
        files["schema/countries.py"] = countries()
    else:
        print("schema/countries.py is left as it is, since pycountry is not installed")
    return files


def main(arguments: list[str]) -> int:
    check = arguments == ["--check"]
    if arguments and not check:
        print(__doc__, file=sys.stderr)
        return 2
    stale = 0
    for name, text in derived().items():
        path = ROOT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale += 1
            if check:
                print(f"{name} differs from what it is derived from: python .ci/derive.py")
            else:
                path.write_text(text, encoding="utf-8", newline="\n")
                print(f"wrote {name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
