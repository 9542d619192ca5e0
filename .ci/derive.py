"""Write what is committed but derived: citation, metadata, country codes, counts, agreement.

    python .ci/derive.py            write
    python .ci/derive.py --check    exit 1 where a file differs from what it is derived from

Country codes need pycountry, the plot needs matplotlib in the version that CI pins; without them
they are left as they are.
"""

from __future__ import annotations

import importlib.util
import json
import re
import sys
import tempfile
import textwrap
from pathlib import Path

import agreed
from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.rows import definition

import gaza_stabilization as gs
from gaza_stabilization.codebooks.book import markdown_table
from gaza_stabilization.reliability.figures import PUBLISHED

ROOT = Path(__file__).parent.parent
ABOUT = gs.Dataset().tables.about
PLOT = "docs/agreement.svg"
PLOTS = ("stances", "relationships")
PLOTTER = "3.11.2"
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
    rows = []
    for name, model in MODELS.items():
        meaning = definition(model).splitlines()[0].rstrip(".")
        rows.append([f"`{name}`", len(gs.load(name)), f"{meaning[0].lower()}{meaning[1:]}"])
    table = "\n".join(markdown_table(["table", "rows", "one row is"], "lrl", rows))
    outlets = gs.load("sources")["outlet_id"]
    texts = "One text" if len(outlets) == 1 else f"{len(outlets)} texts"
    of = "one outlet" if outlets.nunique() == 1 else f"{outlets.nunique()} outlets"
    return f"{table}\n\n{texts} of {of} so far."


def filled(name: str, blocks: dict[str, str]) -> str:
    """A document with its derived blocks, each between two comments."""
    text = (ROOT / name).read_text(encoding="utf-8")
    for block, content in blocks.items():
        whole = f"<!-- {block} -->\n{content}\n<!-- /{block} -->"
        pattern = f"<!-- {block} -->.*<!-- /{block} -->"
        assert re.search(pattern, text, re.DOTALL), f"{name} has no block {block}"
        text = re.sub(pattern, lambda _, whole=whole: whole, text, flags=re.DOTALL)
    return text


def zenodo() -> str:
    """What an archive that follows the repository asks for; nobody and nothing is made up."""
    described = {
        "upload_type": "dataset",
        "title": ABOUT.title,
        "description": ABOUT.description,
        "version": gs.__version__,
        "creators": [{"name": ABOUT.contributors}],
        "license": ABOUT.licence.name.lower(),
        "access_right": "open",
        "language": "eng",
        "keywords": list(ABOUT.keywords),
    }
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def drawn(name: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        return gs.plot(name, Path(folder, "plot.svg")).read_text(encoding="utf-8")


def has(library: str, version: str | None = None) -> bool:
    if importlib.util.find_spec(library) is None:
        return False
    return version is None or importlib.import_module(library).__version__ == version


def derived() -> dict[str, str]:
    agreements = agreed.measured()
    samples = {sample: agreement.figures for sample, agreement in agreements.items()}
    blocks = {
        "agreement": agreed.agreement(samples),
        "units": agreed.units(samples),
        "adjudicated": agreed.adjudicated(),
        "tentative": agreed.reaching(samples),
    }
    files = {
        PUBLISHED.relative_to(ROOT).as_posix(): agreed.figures_csv(agreements),
        "CITATION.cff": gs.cite("cff"),
        ".zenodo.json": zenodo(),
        "README.md": filled("README.md", {"counts": counts(), "summary": agreed.summary(samples)}),
        "DATASHEET.md": filled("DATASHEET.md", blocks),
    }
    if has("pycountry"):
        files["schema/countries.py"] = countries()
    else:
        print("schema/countries.py is left as it is, since pycountry is not installed")
    if has("matplotlib", PLOTTER):
        files[PLOT] = agreed.plot(samples)
        files |= {f"docs/{name}.svg": drawn(name) for name in PLOTS}
    else:
        print(f"the plots are left as they are, since matplotlib {PLOTTER} is not installed")
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
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
                print(f"wrote {name}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
