"""The noun: a dataset is one folder of tables, asked everything.

The functions of the package are those of the dataset that ships; each method forwards to the room
that does the work, which is imported when it is first asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from .errors import RetiredIdError, UnknownNameError, look_up, path_of
from .paths import DATA, RELEASES
from .reading.stamps import Kept
from .releases.project import edition_in, project_of, releases_of
from .schema.models import CODINGS
from .tables.folder import Tables
from .tables.opening import open_folder

if TYPE_CHECKING:
    import pandas as pd

    from .networks.build import Network
    from .reading.problems import Problem
    from .releases.comparison import Diff
    from .reliability.results import Agreement
    from .schema.rows import Row
    from .tables.provenance import Evidence

Texts = Sequence[str | PathLike[str]] | str | PathLike[str]


class Dataset:
    """One folder of tables: your own, a raw coding, a draft, an export, or the one that ships.

    `folder` holds one CSV a table, or an exported data package; without it, the data that come with
    the package. `release` and `coding` give the same object for a released version and for a raw
    coding. Files are read once, when they are first asked for, and again when they change.

    Raises `UsageError` where there is no such folder.

    >>> import gaza_stabilization as gs
    >>> gs.Dataset(gs.Dataset().folder).load("actors").shape == gs.load("actors").shape
    True
    """

    def __init__(self, folder: str | PathLike[str] | Dataset | None = None) -> None:
        if isinstance(folder, Dataset):
            self._read: Callable[[], Tables] = folder._read
        else:
            shown = DATA if folder is None else path_of("folder of tables", folder)
            path = shown.absolute()  # The same folder wherever the program goes.
            self._read = Kept(
                lambda: open_folder(path, edition_in, str(shown)), lambda: _places(path)
            )
        self._name = self.tables.name

    @classmethod
    def _of(cls, read: Callable[[], Tables]) -> Dataset:
        """The dataset whose tables are read so."""
        dataset = cls.__new__(cls)
        dataset._read = read
        dataset._name = dataset.tables.name
        return dataset

    def __repr__(self) -> str:
        return f"<Dataset {self.name}>"

    @property
    def tables(self) -> Tables:
        """Its tables as they are now; who asks twice in one call may get two states."""
        return self._read()

    @property
    def name(self) -> str:
        """How it is shown: its folder, or its version."""
        return self._name

    @property
    def version(self) -> str:
        """Its version, or `local` where it is a folder that no release is known to be."""
        return self.tables.edition.version

    @property
    def folder(self) -> Path | None:
        """The folder that it lies in; None of a release, which lies in an archive."""
        return self.tables.folder

    @property
    def coders(self) -> list[str]:
        """The ids of the coders whose raw codings belong to it."""
        return self.tables.coders

    def coding(self, coder: str) -> Dataset:
        """The raw coding of a coder, before anything was decided.

        Raises `UnknownNameError` where there is none.

        >>> len(Dataset().coding("ai-1").load("positions"))
        80
        """
        return Dataset._of(lambda: self.tables.coding(coder))

    @overload
    def load(self, table: str) -> pd.DataFrame: ...
    @overload
    def load(self, table: None = None) -> dict[str, pd.DataFrame]: ...
    def load(self, table: str | None = None) -> pd.DataFrame | dict[str, pd.DataFrame]:
        """A table or flat view as a pandas DataFrame, one row a row; without a name, all tables.

        Codes are categoricals (ordered where they are a scale), integers `Int64`, booleans
        `boolean`, everything else `string`; empty cells are `NA`. Offsets are characters. The frame
        is the caller's own to change. `load()` is a dictionary from table name to frame, in key
        order. A release has the columns and codes that it had.

        Raises `UnknownNameError` where there is no such table, `RetiredIdError` where the name is
        that of a row that went, `InvalidDataError` where the table is not valid.

        >>> Dataset().load("positions").stance.dtype.ordered
        True
        >>> list(Dataset().load())[:3]
        ['actors', 'sources', 'passages']
        """
        tables = self.tables
        if table is None:
            return {name: tables.frame(name) for name in tables.names}
        return tables.frame(_known(tables, table, (*tables.names, *tables.views)))

    def rows(self, table: str) -> list[Row]:
        """A table as validated Pydantic rows, one a row of the CSV, in order.

        Codes are enum members with `label` and `definition`, empty cells None, lists of codes
        tuples. Offsets are characters of the canonical paragraph. The classes are those of
        `gaza_stabilization.schema`.

        Raises `UnknownNameError` where there is no such table, `InvalidDataError` where it is not
        valid under the schema in use, as that of an old release may not be.

        >>> first = release("1.0.0").rows("statements")[0]
        >>> first.speaker_id, first.attribution.label
        ('united-states', 'reported stance')
        """
        from .schema.models import MODELS

        tables = self.tables
        return [*tables.typed(MODELS[_known(tables, table, MODELS)])]

    def claims(self) -> pd.DataFrame:
        """One row a position, with names, speaker, chain of relays and place joined in.

        Columns are those of `codebook("claims")`, in the dtypes of `load`; `relays` are ids,
        outermost first, joined by `|`, and `relay_count` is their number. Errors are those of
        `load`.

        >>> claims = release("1.0.0").claims()
        >>> row = claims.query("holder_id == 'saudi-arabia' and issue_id == 'gulf-funding'").iloc[0]
        >>> row.stance, row.speaker, row.relays
        ('oppose', 'Gulf states', 'i24news|gulf-sources')
        """
        return self.load("claims")

    def ties(self) -> pd.DataFrame:
        """One row a relationship, with names, asserter, speaker, relays and place joined in.

        Columns are those of `codebook("ties")`, in the dtypes of `load`; `relays` and `relay_count`
        as in `claims`. Errors are those of `load`.

        >>> row = release("1.0.0").ties().query("relation == 'guarantees'").iloc[0]
        >>> row.subject, row.object, row.asserted_by
        ('Turkey', 'Cyprus', 'Hay Eytan Cohen Yanarocak')
        """
        return self.load("ties")

    def evidence(self, id: str) -> Evidence:
        """The chain behind a position, relationship or statement, down to passage and source.

        Returns an :class:`Evidence` with typed rows; print it to read it. Offsets are characters of
        the canonical paragraph. The text itself is not shipped; `locate` finds the words in a copy.

        Raises `UnknownNameError` with the nearest id where there is no such row, `RetiredIdError`
        with what took its place where there was one.

        >>> release("1.0.0").evidence("s030").chain
        ('jns', 'shimon-sherman', 'i24news', 'gulf-sources', 'saudi-arabia')
        """
        from .tables.provenance import evidence_of

        tables = self.tables
        _refuse_retired(tables, id)
        return evidence_of(tables, id)

    def find(self, words: str) -> pd.DataFrame:
        """What the codebook says of some words: tables, fields, codes, issues, actors, relations.

        Columns: kind, id (what `describe` takes), label, text. All of the words must occur in id,
        label or text, in any case. Empty where nothing is found.

        Raises `UsageError` where no word is given.

        >>> release("1.0.0").find("mediation").query("kind == 'issue'")["id"].tolist()
        ['qatar-mediation']
        """
        from .codebooks.lookup import find_in

        return find_in(self.tables, words)

    def describe(self, name: str) -> str:
        """A table, field, code (`positions.stance=support`) or id (`hamas`) in words, as text.

        A field comes with its codes, their meaning, and how often each stands in the data; of a
        retired id it is said what took its place.

        Raises `UnknownNameError` with the nearest name.

        >>> print(Dataset().describe("relays.depth"))  # doctest: +ELLIPSIS
        relays.depth (integer, required, since 0.1.0)
        Place in the chain, 1 for the outermost.
        ...
        """
        from .codebooks.lookup import describe_in
        from .releases.retirement import retired_since

        tables = self.tables
        return retired_since(tables, str(name)) or describe_in(tables, str(name))

    def codebook(self, table: str | None = None) -> pd.DataFrame:
        """The codebook: one row a field of a table, or of all tables and flat views without a name.

        Columns: table, field, type (text, integer, boolean, code, codes), required, description,
        expected (what a cell holds, in words), codes (`code: label - definition`, one a line),
        references (`table.field`), agreement (of codings, in words), example, since (first
        version). Empty texts are NA.

        Raises `UnknownNameError` where there is no such table. Source: the row models in `schema`.

        >>> Dataset().codebook("relays")[["field", "type", "references"]].values.tolist()[0]
        ['statement_id', 'text', 'statements.statement_id']
        """
        from .codebooks.lookup import codebook_of

        return codebook_of(self.tables, table)

    def network(
        self,
        name: str,
        *,
        actors: str = "holder",
        ascribed: bool = False,
        implied: bool = True,
        scale: str = "signed",
        duplicates: str = "document",
        least_statements: int = 1,
        roll_up: bool = False,
        normalisation: str = "no",
        modality: Sequence[str] = ("actual",),
        background: bool = False,
    ) -> Network:
        """A network of the claims in the sources: of claims, not of what is so.

        `name` is `affiliation` (actors by issues), `congruence`, `conflict`, `subtract` (actors by
        actors, after Discourse Network Analyzer), `relationships` or `attribution`.

        Of positions: `actors` is `holder` or `principal`; `ascribed` takes what others ascribe to a
        holder as well, `implied` also what is only inferred; `scale` is `binary`, `signed` or
        `intensity`; `duplicates` counts the same stance once per `document` or per `statement`;
        `least_statements` leaves out actors with fewer; `roll_up` lets support count for wider
        issues too. `normalisation` is `no`, `average`, `jaccard` or `cosine`. Of ties: `modality`
        is which are taken, `background` whether offices, memberships and seats are.

        Returns a :class:`Network`. Raises `UnknownNameError` for a name or choice that there is
        not, `UsageError` for other arguments, `MissingExtraError` where networkx (extra
        `networks`) is not installed.

        >>> edges = release("1.0.0").network("affiliation").edges
        >>> edges.query("issue == 'turkey-troops'")["actor"].tolist()
        ['benjamin-netanyahu', 'israeli-officials', 'recep-tayyip-erdogan']
        """
        from .networks.build import network_of
        from .networks.selection import Selection

        selection = Selection(
            actors, ascribed, implied, scale, duplicates, least_statements, roll_up
        )
        return network_of(self.tables, name, selection, normalisation, modality, background)

    def plot(self, name: str, path: str | PathLike[str]) -> Path:
        """Draw a plot of the data to a file that ends in .svg, .png or .pdf; returns its path.

        `name` is `stances` (holders by issues), `congruence` or `relationships` (networks of
        actors), `coverage` (whose voice the texts are) or `agreement` (alpha by variable, of the
        published figures). The caption has n, what is taken and what is left out. The same data
        give the same bytes with the same version of matplotlib.

        Raises `UnknownNameError` where there is no such plot, `UsageError` where the file has
        another ending, lies in a folder of data or cannot be written, `MissingExtraError` where a
        library of the extras `plots` and `networks` is not installed.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     Dataset().plot("coverage", f"{folder}/coverage.svg").name
        'coverage.svg'
        """
        from .checks.exporting import refuse_among_data
        from .plots.gallery import plot_of

        tables, place = self.tables, path_of("file to draw to", path)
        refuse_among_data(tables, place)
        return plot_of(tables, name, place)

    def validate(
        self,
        source: Texts = (),
        levels: Sequence[int] | None = None,
        progress: Callable[[str], None] | None = None,
    ) -> list[Problem]:
        """Every problem in the folder, sorted by file and line; none where it is clean.

        `source` names copies of the coded articles, each a path or `ID=path`; with them their
        digests are checked. `levels` are those to look at: 1 file, 2 cells and tables, 3 links,
        4 release, 5 source; by default all that can be: 4 only of the data folder of a checkout or
        of an installed package, 5 only with `source`. Problems that keep a level from being looked
        at come with it. `progress` is called with each step, in words, as a long validation goes
        on. A :class:`Problem` has level, rule, file, line, column, found, expected and hint; `file`
        is relative to the folder. A damaged file is a problem like any other.

        Raises `UsageError` where there is no such article or level, where two texts are given for
        one source, or where a level is asked for that cannot be looked at.

        >>> Dataset().validate()
        []
        """
        from .checks.levels import run

        given = [source] if isinstance(source, (str, PathLike)) else list(source)
        return run(self.tables, list(map(str, given)), levels, progress).problems

    def export(
        self,
        format: str,
        destination: str | PathLike[str],
        progress: Callable[[str], None] | None = None,
        **options: Any,
    ) -> Path:
        """Write the data in a format to a folder that is absent, empty or an earlier export.

        `options` are those of the format: `excel=True` of `csv`; `source`, copies of the texts, and
        `ascribed=True` of `dna`; `linked=True` of `annotations`. `progress` is called with each
        step, in words. Returns the folder. What a format cannot hold is counted in the README.md
        that is written with it. The same data give the same bytes, unless that README says
        otherwise; `created` and file times are those of SOURCE_DATE_EPOCH, or else of the release.
        A release is exported as data package only, as it was.

        Raises `UnknownNameError` where there is no such format, `UsageError` where options do not
        go together, `DestinationError` where something else is at the destination,
        `MissingExtraError` where the format's library is not installed, `InvalidDataError` where
        the data are not valid.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Dataset().export("datapackage", folder)
        ...     sorted(file.name for file in path.glob("c*s.csv"))
        ['claims.csv', 'coders.csv']
        """
        from .checks.exporting import export_of

        place = path_of("folder to export to", destination)
        return export_of(self.tables, format, place, options, progress)

    def cite(self, format: str = "apa") -> str:
        """How to cite the data: `apa`, `bibtex`, `ris` or `cff`, as text that ends in a line feed.

        A version that is not released has no date. There is no DOI and no address, because none is
        known. Raises `UnknownNameError` where there is no such format.

        >>> print(Dataset().cite("apa"), end="")  # doctest: +ELLIPSIS
        gaza-stabilization contributors. (...). gaza-stabilization: ... [Data set].
        """
        from .releases.citation import cited

        return cited(self.tables.about, self.tables.edition, format)

    def diff(self, other: str | PathLike[str] | Dataset, table: str | None = None) -> Diff:
        """What changed from this dataset to another, row by row and cell by cell.

        `other` is a dataset, a folder or a version that was released: of the project whose folder
        this is, else of the data that ship. `table` leaves the other tables out. Cells are compared
        as text. Of the flat views, which are made of the tables, only columns
        and definitions are compared. Print the :class:`Diff` to read it.

        Raises `UnknownNameError` where there is no such version, folder or table, `UsageError`
        where a folder holds no tables, `InvalidDataError` where one cannot be read.

        >>> print(release("0.2.0").diff("0.2.0"))
        0.2.0 -> 0.2.0: no differences
        """
        from .releases.comparison import diff

        return diff(self.tables, dataset_of(other, self).tables, table)

    def agreement(
        self, a: object = None, b: object = None, *, resamples: int | None = None
    ) -> Agreement:
        """How far two codings of the same texts agree, variable by variable; print it to read it.

        Each is the id of one of the `coders`, a folder with one CSV a table in the columns of the
        tables (actors, passages, statements, relays, positions, relationships), or a `Dataset`.
        Without names, the two raw codings of this dataset. Sources that only one of them covers are
        left out. Statements are matched where they share half or more of the characters that either
        has; units without a partner are counted. Intervals are bootstrapped with `resamples` draws
        of whole statements (1000 without it).

        Returns an :class:`Agreement`. Raises `MissingExtraError` where the library of the extra
        `agreement` is not installed, `UsageError` where there is no such coding or nothing in
        common, `InvalidDataError` where a table cannot be read.

        >>> Dataset().agreement("ai-1", "ai-2", resamples=20).sources
        ['jns-sherman']
        """
        from .reliability.results import agreement_of

        sides = [side.tables if isinstance(side, Dataset) else side for side in (a, b)]
        return agreement_of(self.tables, *sides, resamples=resamples)


def _known(tables: Tables, table: object, known: Iterable[str]) -> str:
    """The name of a table. Raises `RetiredIdError` or `UnknownNameError`."""
    names = {name: name for name in known}
    if not isinstance(table, str) or table not in names:
        _refuse_retired(tables, table)
    return look_up("table", table, names)


def _refuse_retired(tables: Tables, id: object) -> None:
    """Raise `RetiredIdError` with what became of a row, where it is one that went."""
    from .releases.retirement import retired_since

    if isinstance(id, str) and (text := retired_since(tables, id)):
        raise RetiredIdError(text)


def _places(folder: Path) -> list[Path]:
    """The files by which the tables in a folder are what they are, and their version."""
    folder = folder.resolve()
    whole = folder.parent.parent if folder.parent.name == CODINGS else folder
    codings = whole / CODINGS
    project = project_of(whole)
    around = [] if project is None else [project.root / project.version_file, project.releases]
    return [whole, codings, *codings.glob("*/"), *around]


def dataset_of(name: str | PathLike[str] | Dataset, beside: Dataset | None = None) -> Dataset:
    """A dataset by its folder or version; a version is one of the project of that `beside` it.

    Where that stands alone, or nothing is beside it, it is one of the data that ship. Raises
    `UnknownNameError` where there is none.
    """
    from .releases.index import releases

    if isinstance(name, Dataset):
        return name
    folder = (releases_of(beside.tables) if beside is not None else None) or RELEASES
    path = path_of("released version or folder of tables", name)
    known = [row.version for row in releases(folder)]
    if str(name) in known:
        return _release(str(name), folder)
    if not os.path.isdir(path):  # Unlike the methods of Path, it never raises.
        raise UnknownNameError("released version or folder of tables", str(name), known)
    return Dataset(path)


@cache
def shipped() -> Dataset:
    """The dataset that comes with the package, opened once."""
    return Dataset()


def release(version: str) -> Dataset:
    """A released version, as it was: its rows, columns and codes, offline.

    Its digest is checked first. Raises `UnknownNameError` where there is no such version,
    `InvalidDataError` where its archive or the index of releases is damaged.

    >>> len(release("0.2.0").load("relationships")), len(release("1.0.0").load("relationships"))
    (148, 119)
    """
    return _release(version, RELEASES)


def _release(version: str, folder: Path) -> Dataset:
    from .releases.snapshot import open_release

    tables = open_release(version, folder)
    return Dataset._of(lambda: tables)


def coding(coder: str) -> Dataset:
    """A raw coding of the dataset that ships, by the id of its coder.

    Raises `UnknownNameError` where there is none.

    >>> coding("ai-2").rows("positions")[0].holder_id
    'united-states'
    """
    return shipped().coding(coder)
