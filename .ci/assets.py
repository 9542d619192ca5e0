"""Make everything that is attached to a release: what a tag names, the same bytes each time.

    python .ci/assets.py TAG DEST

Writes to DEST/assets wheel, sdist, the data package as it was released, its CSVs alone, and
SHA256SUMS; to DEST/notes.md the version's section of the changelog. TAG is v and the version.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import gaza_stabilization as gs
from gaza_stabilization.about import PROJECT, midnight
from gaza_stabilization.releases.archive import archived, pack
from gaza_stabilization.releases.changelog import sections
from gaza_stabilization.releases.index import archive_name, release_of
from gaza_stabilization.tables.sums import seal

ROOT = Path(__file__).parent.parent


def csvs(version: str, date: str) -> bytes:
    """Tables, raw codings, flat views, codebook, licence and citation as one ZIP."""
    files = {
        name: content
        for name, content in archived(version).items()
        if name.endswith(".csv") or name == "CODEBOOK.md"
    }
    files["LICENSE"] = (ROOT / "LICENSE").read_bytes()
    files["CITATION.cff"] = gs.cite("cff", version).encode()
    return pack(files, midnight(date))


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    tag, destination = arguments[0], Path(arguments[1])
    version = gs.__version__
    if tag != f"v{version}":
        print(f"the tag {tag} is not that of version {version}: v{version}", file=sys.stderr)
        return 1
    date = release_of(version).date  # Fails where the version is not released.
    assets = destination / "assets"
    shutil.rmtree(assets, ignore_errors=True)
    assets.mkdir(parents=True)
    epoch = str(int(midnight(date).timestamp()))
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", assets.resolve()],
        check=True,
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": epoch},
    )
    shutil.copyfile(
        ROOT / "releases" / archive_name(version), assets / f"{PROJECT}-{version}-datapackage.zip"
    )
    (assets / f"{PROJECT}-{version}-csv.zip").write_bytes(csvs(version, date))
    seal(assets, midnight(date))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    section = next(section for section in sections(changelog) if section.name == version)
    notes = f"{section.text.strip()}\n\n## Cite\n\n{gs.cite('apa', version)}"
    (destination / "notes.md").write_text(notes, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
