"""The database for Discourse Network Analyzer, read by the program's queries in plain SQLite."""

from __future__ import annotations

import base64
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import gaza_stabilization as gs
from gaza_stabilization.formats import as_dna
from gaza_stabilization.formats.dna_tables import hashed
from gaza_stabilization.networks.projections import matrix
from gaza_stabilization.networks.stances import SCALES, Claim, Claims
from gaza_stabilization.paths import DATA
from gaza_stabilization.text import Article, digest
from tests.conftest import SHARED
from tests.folder import Folder
from tests.formats import content_of

SIGNS = {"oppose": -1, "ambivalent": 0, "support": 1}
QUERY = """
    select s.DocumentId, s.ID, p.Value, o.Value, c.Value, i.Value
    from STATEMENTS s
    join DATASHORTTEXT pd on pd.StatementId = s.ID and pd.VariableId = 1
    join ENTITIES p on p.ID = pd.Entity and p.VariableId = 1
    join DATASHORTTEXT od on od.StatementId = s.ID and od.VariableId = 2
    join ENTITIES o on o.ID = od.Entity and o.VariableId = 2
    join DATASHORTTEXT cd on cd.StatementId = s.ID and cd.VariableId = 3
    join ENTITIES c on c.ID = cd.Entity and c.VariableId = 3
    join DATAINTEGER i on i.StatementId = s.ID and i.VariableId = 4
    order by s.ID
"""


def written(folder: Path, data: Path = DATA, **options: Any) -> tuple[Path, Mapping[str, int]]:
    """The database of some data, in a new folder, and what it cannot hold."""
    folder.mkdir()
    losses = as_dna.write(content_of(data), folder, **options)
    (path,) = folder.iterdir()
    return path, +Counter(losses)  # As the README has it: what there is none of is not lost.


def documents() -> dict[str, int]:
    """The number of the document of each source."""
    return {source: number for number, source in enumerate(gs.load("sources")["source_id"], 1)}


def texts(path: Path) -> dict[str, str]:
    """The text of each source, as the database has it."""
    texts = [text for (text,) in rows(path, "select Text from DOCUMENTS order by ID")]
    return dict(zip(documents(), texts, strict=True))


def rows(path: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("dna") / "x")[0]


@pytest.fixture(scope="module")
def sample() -> Path:
    path = SHARED / "oracles" / "dna" / "sample.dna"
    if not path.is_file():
        pytest.skip("the sample database of Discourse Network Analyzer is not part of the project")
    return path


def test_the_tables_are_those_of_the_program(database: Path, sample: Path) -> None:
    def schema(path: Path) -> list[tuple[str, str, str]]:
        objects = rows(
            path, "select type, name, coalesce(sql, '') from sqlite_master order by rowid"
        )
        return [(kind, name, re.sub(r"\s+", " ", sql)) for kind, name, sql in objects]

    def pragmas(path: Path) -> list[Any]:
        names = ("encoding", "page_size", "journal_mode", "auto_vacuum", "user_version")
        return [rows(path, f"pragma {name}") for name in names]

    assert schema(database) == schema(sample)
    assert len([name for kind, name, _ in schema(database) if kind == "table"]) == 16
    assert pragmas(database) == pragmas(sample)
    assert rows(database, "select * from STATEMENTTYPES") == [(1, "DNA Statement", 239, 208, 51)]


def test_every_key_leads_somewhere(database: Path) -> None:
    assert rows(database, "pragma foreign_key_check") == []
    assert rows(database, "pragma integrity_check") == [("ok",)]
    assert rows(database, "select Value from SETTINGS where Property = 'version'") == [("3.0.11",)]


def test_own_positions_come_back_and_no_others(database: Path) -> None:
    own = gs.claims().query("ascription == 'own'")
    number = documents()
    expected = [
        (
            *(number[row.source_id], int(row.position_id[1:])),
            *(row.holder, row.principal, row.issue, SIGNS[row.stance]),
        )
        for row in own.fillna({"principal": ""}).itertuples()
    ]
    shown = rows(database, QUERY)
    assert shown == sorted(expected, key=lambda row: row[1])
    ambivalent = (own["stance"] == "ambivalent").sum()
    assert [row[5] for row in shown].count(0) == ambivalent > 0


def test_ascribed_positions_come_where_they_are_asked_for(tmp_path: Path) -> None:
    path, losses = written(tmp_path / "x", ascribed=True)
    assert len(rows(path, QUERY)) == len(gs.load("positions"))
    # Nothing tells them from own ones, so that this is lost.
    assert losses["cells of positions.ascription"] == len(gs.load("positions"))
    assert losses["cells of statements.speaker_id"] > 0


def test_a_network_of_the_database_is_that_of_the_package(database: Path) -> None:
    claims = tuple(
        Claim(str(document), str(statement), organization, concept, value)
        for document, statement, _, organization, concept, value in rows(database, QUERY)
        if organization
    )
    for kind in ("congruence", "conflict"):
        ours = gs.network(kind, duplicates="statement", actors="principal").matrix
        theirs = matrix(Claims(SCALES["signed"], claims), kind)
        assert theirs.to_numpy().sum() == ours.to_numpy().sum() > 0


def test_every_variable_has_a_value_and_every_attribute_too(database: Path) -> None:
    statements = rows(database, "select ID from STATEMENTS order by ID")
    short = rows(database, "select StatementId, VariableId from DATASHORTTEXT")
    whole = rows(database, "select StatementId, VariableId from DATAINTEGER")
    assert sorted(short + whole) == [
        (id_, variable) for (id_,) in statements for variable in range(1, 5)
    ]
    assert rows(database, "select VariableId from ENTITIES where Value = ''") == [(1,), (2,), (3,)]
    missing = """
        select * from ENTITIES e join ATTRIBUTEVARIABLES a on a.VariableId = e.VariableId
        left join ATTRIBUTEVALUES v on v.EntityId = e.ID and v.AttributeVariableId = a.ID
        where v.ID is null
    """
    astray = """
        select * from ATTRIBUTEVALUES v join ENTITIES e on e.ID = v.EntityId
        join ATTRIBUTEVARIABLES a on a.ID = v.AttributeVariableId
        where a.VariableId <> e.VariableId
    """
    assert rows(database, missing) == rows(database, astray) == []


def attributes(path: Path, variable: int, name: str) -> dict[str, str]:
    """The attribute of each entity of a variable, by the entity's value."""
    return dict(
        rows(
            path,
            f"""select e.Value, v.AttributeValue from ATTRIBUTEVALUES v
            join ENTITIES e on e.ID = v.EntityId
            join ATTRIBUTEVARIABLES a on a.ID = v.AttributeVariableId
            where e.VariableId = {variable} and e.Value <> '' and a.AttributeVariable = '{name}'""",
        )
    )


def test_attributes_are_those_of_actors_and_issues(database: Path) -> None:
    actors = gs.load("actors").astype(object).set_index("name")
    own = gs.claims().query("ascription == 'own'")
    for variable, role in ((1, "holder"), (2, "principal")):
        known = actors.loc[sorted(set(own[role].dropna()))].fillna("")
        for name, column in (
            ("actor_id", "actor_id"),
            ("Type", "actor_type"),
            ("country", "country"),
            ("wikidata", "wikidata"),
            ("Notes", "description"),
        ):
            assert attributes(database, variable, name) == known[column].to_dict()
        assert set(attributes(database, variable, "Alias").values()) == {""}
    issues = gs.load("issues").set_index("proposition").loc[sorted(set(own["issue"]))]
    assert attributes(database, 3, "issue_id") == issues["issue_id"].to_dict()
    assert attributes(database, 3, "Type") == issues["measure"].astype(str).to_dict()


def test_a_long_text_is_cut_and_counted(database: Path, tmp_path: Path) -> None:
    definitions = gs.load("issues").set_index("proposition")["definition"]
    notes = attributes(database, 3, "Notes")
    long = [note for note in notes if len(definitions[note]) > 190]
    assert long
    for proposition, note in notes.items():
        whole = definitions[proposition]
        assert note == (whole[:189] + "…" if proposition in long else whole)
    assert written(tmp_path / "x")[1]["texts cut to 190 characters"] == len(long)


def test_the_published_password_opens_it(database: Path) -> None:
    ((name, stored),) = rows(database, "select Name, Password from CODERS where ID = 1")
    salt = base64.b64decode(stored)[:16]
    assert name == "Admin"
    assert "`gaza-stabilization`" in str(as_dna.__doc__)
    assert hashed("gaza-stabilization", salt) == stored
    assert hashed("another", salt) != stored


def test_passwords_are_hashed_as_the_program_does(sample: Path) -> None:
    for (stored,) in rows(sample, "select Password from CODERS"):
        assert hashed("sample", base64.b64decode(stored)[:16]) == stored


def test_the_mask_has_the_shape_of_the_text_and_none_of_its_letters(database: Path) -> None:
    of_source = gs.load("passages").groupby("source_id")
    for source, text in texts(database).items():
        passages = of_source.get_group(source)
        lengths = passages.groupby("paragraph")["end"].max()
        assert [len(line) for line in text.split("\n")] == lengths.tolist()
        assert set(text) == {"·", " ", "\n"}
        for row in passages.itertuples():
            assert set(text.split("\n")[row.paragraph - 1][row.start : row.end]) == {"·"}


def test_spans_lie_where_the_statements_lie(database: Path) -> None:
    lines = {source: text.split("\n") for source, text in texts(database).items()}
    passages = gs.load("passages").set_index("passage_id")[["source_id", "paragraph"]]
    places = gs.load("statements").join(passages, on="passage_id").set_index("statement_id")
    of = gs.load("positions").set_index("position_id")["statement_id"]
    spans = rows(database, "select ID, Start, Stop from STATEMENTS")
    assert spans
    for id_, start, stop in spans:
        row = places.loc[of[f"p{id_:03d}"]]
        before = lines[row["source_id"]][: row["paragraph"] - 1]
        begin = sum(len(line) + 1 for line in before)
        assert (start, stop) == (begin + row["start"], begin + row["end"])
        assert row["end"] <= len(lines[row["source_id"]][row["paragraph"] - 1])


def digests(path: Path, data: Path, *given: int) -> None:
    """The spans in the texts that were given have the digests of the statements they stand for."""
    statement = {row[0]: row[4] for row in Folder(data).records("statements")}
    position = {row[0]: row[1] for row in Folder(data).records("positions")}
    query = f"""
        select s.ID, d.Text, s.Start, s.Stop
        from STATEMENTS s join DOCUMENTS d on d.ID = s.DocumentId
        where d.ID in ({", ".join(map(str, given))})
    """
    spans = rows(path, query)
    assert spans
    for id_, text, start, stop in spans:
        assert digest(text[start:stop]) == statement[position[f"p{id_:03d}"]]


def test_with_the_article_every_span_has_its_digest(article: Path, tmp_path: Path) -> None:
    path, losses = written(tmp_path / "x", source=str(article))
    copy = Article.read(article)
    (source,) = [row.source_id for row in gs.rows("sources") if row.text_sha256 == copy.sha256]
    digests(path, DATA, documents()[source])
    text = texts(path)[source]
    assert text == "\n".join(copy.paragraphs)
    assert losses.get("texts of sources, masked", 0) == len(documents()) - 1
    masked = written(tmp_path / "y")[0]
    places = "select * from STATEMENTS"
    assert rows(path, places) == rows(masked, places)
    mask = texts(masked)[source]
    assert len(mask) == len(text)
    assert [n for n, letter in enumerate(mask) if letter == "\n"] == [
        n for n, letter in enumerate(text) if letter == "\n"
    ]


def test_texts_find_their_sources_by_digest(made_up: Folder, tmp_path: Path) -> None:
    texts = made_up.path.parent / "texts"
    path, losses = written(
        tmp_path / "x", made_up.path, source=[texts / "two.txt", str(texts / "one.txt")]
    )
    digests(path, made_up.path, 1, 2)
    assert [text for (text,) in rows(path, "select Text from DOCUMENTS order by ID")] == [
        'Harbour talks\n"We will pay," the minister of Norland said. He left.',
        "Norland's port is closed, Sudland says.\nBy Ada Quill.",
    ]
    assert "texts of sources, masked" not in losses
    path, losses = written(tmp_path / "y", made_up.path, source=texts / "two.txt")
    first, second = rows(path, "select Text, Notes from DOCUMENTS order by ID")
    assert set(first[0]) == {"·", " ", "\n"}
    assert "mask" in first[1]
    assert second[0].startswith("Norland's port")
    assert "do not pass this database on" in second[1]
    assert losses["texts of sources, masked"] == 1


def test_another_text_is_refused(made_up: Folder, tmp_path: Path) -> None:
    text = made_up.path.parent / "texts" / "one.txt"
    text.write_text(text.read_text(encoding="utf-8") + "One line more.\n", encoding="utf-8")
    with pytest.raises(gs.UsageError, match=r"one\.txt is that of no source.*give the very text"):
        written(tmp_path / "x", made_up.path, source=text)
    with pytest.raises(gs.UsageError, match="cannot read the article"):
        written(tmp_path / "y", made_up.path, source=tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("published", "seconds", "worth"),
    [
        ("2024-07/..", 1719792000, "only a lower bound"),
        ("2024-07", 1719792000, "only a lower bound"),
        ("2024-07-02", 1719878400, "the day of publication"),
        ("1969-12-31", -86400, "the day of publication"),
        ("", 0, "only a lower bound"),
    ],
)
def test_a_date_says_what_it_is_worth(
    made_up: Folder, tmp_path: Path, published: str, seconds: int, worth: str
) -> None:
    made_up.set("sources", "gull-1", published=published)
    path, _ = written(tmp_path / "x", made_up.path)
    ((date, notes),) = rows(path, "select Date, Notes from DOCUMENTS where ID = 1")
    assert date == seconds
    assert worth in notes.splitlines()[0]


def test_a_document_says_where_its_text_is_from(database: Path) -> None:
    names = {row.actor_id: row.name for row in gs.rows("actors")}
    shown = rows(database, "select Title, Author, Source, Type, Notes from DOCUMENTS order by ID")
    for source, (title, author, outlet, kind, notes) in zip(gs.rows("sources"), shown, strict=True):
        assert title == (source.title or source.source_id)
        assert author == (names[source.author_id] if source.author_id else "")
        assert outlet == names[source.outlet_id]
        assert kind == source.genre
        assert f"text_sha256: {source.text_sha256}" in notes
        assert ("note: " in notes) == (source.note is not None)
        assert (source.note or "") in notes


def test_a_source_without_a_title_is_called_by_its_id(data: Folder, tmp_path: Path) -> None:
    path, _ = written(tmp_path / "x", data.path)
    assert rows(path, "select Title, Author, Source from DOCUMENTS") == [
        ("jns-sherman", "Shimon Sherman", "JNS")
    ]


def test_every_character_is_one_unit_of_the_editor(made_up: Folder, tmp_path: Path) -> None:
    made_up.set("actors", "minister", name="Minister \U0001f6a2")
    text = made_up.path.parent / "texts" / "two.txt"
    text.write_text(
        "Norland\u2019s port is closed, \U0001f6a2 says.\nBy Ada Quill.\n", encoding="utf-8"
    )
    made_up.set("sources", "gull-2", text_sha256=Article.read(text).sha256)
    path, losses = written(tmp_path / "x", made_up.path, source=text)
    with closing(sqlite3.connect(path)) as database:
        dump = "\n".join(database.iterdump())
    assert max(dump) <= "\uffff"
    assert "Minister \N{REPLACEMENT CHARACTER}" in dump
    assert "closed, \N{REPLACEMENT CHARACTER} says" in dump
    assert "\r" not in dump
    assert losses["characters beyond the Basic Multilingual Plane, replaced"] == 2


def test_two_actors_of_one_name_stay_two(made_up: Folder, tmp_path: Path) -> None:
    made_up.set("actors", "sudland", name="Minister")
    made_up.add("positions", "p001", position_id="p002", holder_id="sudland", principal_id="")
    path, _ = written(tmp_path / "x", made_up.path)
    assert [(row[1], *row[2:4]) for row in rows(path, QUERY)] == [
        (1, "minister: Minister", "Norland"),
        (2, "sudland: Minister", ""),
    ]


def test_two_positions_of_one_number_are_refused(made_up: Folder, tmp_path: Path) -> None:
    made_up.add("positions", "p001", position_id="p0001", holder_id="sudland")
    with pytest.raises(gs.UsageError, match=r"p001 and p0001 have the same number.*new id"):
        written(tmp_path / "x", made_up.path)


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    _, losses = written(tmp_path / "x")
    tables, frame = gs.load(), gs.claims()
    own = frame.query("ascription == 'own'")
    assert losses["rows of positions that are ascribed, unless asked for"] == len(frame) - len(own)
    for column in ("intensity", "condition", "explicitness", "certainty"):
        count = own[column].notna().sum()
        assert losses.get(f"cells of positions.{column}", 0) == count
    unheld = len(tables["statements"]) - own["statement_id"].nunique()
    assert losses["rows of statements without a position here"] == unheld
    for name in ("relays", "relationships", "passages", "adjudications"):
        assert losses[f"rows of {name}"] == len(tables[name])
    actors = set(own["holder_id"]) | set(own["principal_id"].dropna())
    who = "rows of actors who are neither holder nor principal here"
    assert losses[who] == len(tables["actors"]) - len(actors)
    assert losses["texts of sources, masked"] == len(documents())
    assert min(losses.values()) > 0
    assert not [what for what in losses if "ascription" in what or "speaker_id" in what]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = (written(tmp_path / name)[0].read_bytes() for name in ("one", "two"))
    assert one == two
