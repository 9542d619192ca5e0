"""A made-up project that a test may release: a small corpus, a changelog, a version file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gaza_stabilization.schema.models import MODELS
from gaza_stabilization.schema.released_versions import Release
from gaza_stabilization.schema.rows import columns

from gaza_stabilization import validate
from gaza_stabilization.checks.releasing import Made, make_release
from gaza_stabilization.reading.problems import Problem
from gaza_stabilization.releases.snapshot import Snapshot, open_release, snapshot
from tests.folder import Folder

EVERYTHING = ", ".join(f"`{table}`" for table in MODELS)


@dataclass(frozen=True)
class Project:
    """A checkout in miniature."""

    data: Folder

    @property
    def root(self) -> Path:
        return self.data.path.parent

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def version_file(self) -> Path:
        return self.root / "src" / "gaza_stabilization" / "_version.py"

    @property
    def changelog(self) -> Path:
        return self.root / "CHANGELOG.md"

    def prepare(self, version: str, says: str = EVERYTHING, date: str = "2020-01-01") -> None:
        """Write the version into its file, and a section about it on top of the changelog."""
        self.set_version(f"{version}.dev0")
        self.say(f"## [{version}] - {date}\n\nSummary of {version}.\n\n### Changed\n\n- {says}\n")

    def say(self, section: str) -> None:
        """Put a section on top of the changelog."""
        head, mark, rest = self.changelog.read_text(encoding="utf-8").partition("\n## ")
        text = f"{head.rstrip()}\n\n{section}{mark}{rest}"
        self.changelog.write_text(text, encoding="utf-8")

    def reword(self, old: str, new: str) -> None:
        """Replace a text of the changelog where it stands first."""
        text = self.changelog.read_text(encoding="utf-8")
        assert old in text
        self.changelog.write_text(text.replace(old, new, 1), encoding="utf-8")

    def set_version(self, version: str) -> None:
        self.version_file.write_text(f'"""Made up."""\n\nVERSION = "{version}"\n', encoding="utf-8")

    def install(self) -> None:
        """Lay it as it lies in site-packages."""
        self.version_file.rename(self.root / "_version.py")
        self.releases.rename(self.root / "released")

    def release(self, version: str) -> Made:
        return make_release(version, self.data.path)

    def problems(self) -> list[Problem]:
        """What validation finds, all levels."""
        return validate(self.data.path)

    def rules(self) -> set[str]:
        """The rules that are broken."""
        return {problem.rule for problem in self.problems()}

    def problem(self, rule: str) -> Problem:
        """The first problem of a rule."""
        return next(problem for problem in self.problems() if problem.rule == rule)

    def snapshot(self, version: str) -> Snapshot:
        return snapshot(open_release(version, self.releases))

    def files(self) -> dict[str, bytes]:
        """Every file of the project by its path."""
        paths = sorted(path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in paths}


def start_project(corpus: Folder) -> Project:
    """A project around a corpus of which nothing was released yet."""
    root = corpus.path.parent / "project"
    root.mkdir()
    project = Project(Folder(corpus.path.rename(root / "data")))
    project.version_file.parent.mkdir(parents=True)
    project.releases.mkdir()
    index = project.releases / "index.csv"
    header = ",".join(column.name for column in columns(Release))
    index.write_text(f"{header}\n", encoding="utf-8", newline="")
    project.changelog.write_text("# Changelog\n", encoding="utf-8")
    return project
