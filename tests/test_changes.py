"""What changed between two snapshots: applied to the old it gives the new; how far it goes."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from gaza_stabilization.schema.order import natural
from gaza_stabilization.schema.shapes import CodeEntry, Field, Shape
from hypothesis import given, settings
from hypothesis import strategies as st

from gaza_stabilization.releases.changes import TableChanges, apply, compare, row_id
from gaza_stabilization.releases.markdown import as_markdown
from gaza_stabilization.releases.numbers import Bump
from gaza_stabilization.releases.rendering import as_csv, as_json, as_text
from gaza_stabilization.releases.snapshot import Snapshot, TableState

NAMES = st.sampled_from(["id", "part", "a", "b", "c"])


TEXTS = st.sampled_from(["", "x", "y", "10", "9"])


@st.composite
def fields(draw: st.DrawFn) -> Field:
    codes = draw(st.lists(st.sampled_from("pqr"), unique=True))
    return Field(
        type="code" if codes else draw(st.sampled_from(["text", "integer"])),
        description=draw(TEXTS),
        example="",
        codes={code: CodeEntry(draw(TEXTS), draw(TEXTS)) for code in codes},
        codes_description=draw(TEXTS),
        ordered=draw(st.booleans()),
        references=draw(st.sampled_from([None, "one"])),
        constraints=draw(TEXTS),
    )


@st.composite
def tables(draw: st.DrawFn) -> TableState:
    key = draw(st.sampled_from([("id",), ("id",), ("id", "part")]))
    others = draw(st.lists(st.sampled_from("abc"), unique=True))
    names = draw(st.permutations([*key, *others]))
    # Few enough that two tables have rows in common, and in another order as texts.
    ids = st.sampled_from(["9", "10", "x"])
    keys = draw(st.lists(st.tuples(*(ids for _ in key)), unique=True, max_size=4))
    keys.sort(key=lambda key: [natural(part) for part in key])
    rows = {
        cells: {
            name: dict(zip(key, cells, strict=True)).get(name) or draw(TEXTS) * (name not in key)
            for name in names
        }
        for cells in keys
    }
    described = {name: draw(fields()) for name in names}
    rules = tuple(draw(st.lists(TEXTS.filter(bool))))
    shape = Shape(draw(TEXTS), draw(TEXTS), key, described, rules)
    return TableState(shape, rows)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    states = draw(st.dictionaries(st.sampled_from(["one", "two"]), tables()))
    return Snapshot("made up", states)


def written(states: dict[str, TableState]) -> dict[str, object]:
    """Tables with the order of rows, columns and codes, which equal mappings need not share."""
    return {
        name: (
            [(key, list(cells.items())) for key, cells in state.rows.items()],
            [
                (name, list(field.codes.items()), field)
                for name, field in state.shape.fields.items()
            ],
            state.shape,
        )
        for name, state in states.items()
    }


@settings(max_examples=300)
@given(snapshots(), snapshots())
def test_applying_the_changes_to_the_old_gives_the_new(old: Snapshot, new: Snapshot) -> None:
    changes = compare(old, new)
    assert written(apply(changes.tables, old.tables)) == written(new.tables)
    assert bool(changes.tables) == (written(old.tables) != written(new.tables))
    assert (changes.bump is None) == (not changes.tables)


@given(snapshots(), snapshots())
def test_the_csv_has_every_changed_cell(old: Snapshot, new: Snapshot) -> None:
    lines = list(csv.DictReader(io.StringIO(as_csv(compare(old, new)))))
    for table, state in new.tables.items():
        rows = {row_id(key): dict(row) for key, row in _rows(old, table).items()}
        gone = {row_id(key) for key in (compare(old, new).tables.get(table) or NONE).removed}
        rows = {id_: row for id_, row in rows.items() if id_ not in gone}
        for line in lines:
            if line["table"] == table and line["change"] in ("row added", "cell changed"):
                rows.setdefault(line["id"], {})[line["column"]] = line["new"]
        now = {row_id(key): row for key, row in state.rows.items() if any(row.values())}
        kept = {
            id_: {name: row.get(name, "") for name in state.shape.fields}
            for id_, row in rows.items()
            if id_ in now
        }
        assert kept == now


def _rows(of: Snapshot, table: str) -> dict[tuple[str, ...], dict[str, str]]:
    return of.tables[table].rows if table in of.tables else {}


NONE = TableChanges("one", None, None)


@given(snapshots(), snapshots())
def test_every_form_can_show_every_change(old: Snapshot, new: Snapshot) -> None:
    changes = compare(old, new)
    shown = json.loads(as_json(changes))
    assert set(shown["tables"]) == set(changes.tables)
    for table in changes.tables:
        assert f"\n{table}: " in as_text(changes)
        assert f"| `{table}` |" in as_markdown(changes)


PLAIN = Field("text", "", "", {}, "", False, None, "")


def _with(field: Field = PLAIN, **others: object) -> Snapshot:
    """One table with a column `a`, and one row."""
    parts: dict[str, object] = {"title": "", "definition": "", "key": ("id",), "cell": "x"}
    parts |= {"rows": ["r1"], "names": ["id", "a"]} | others
    columns = {name: field if name == "a" else PLAIN for name in parts["names"]}  # type: ignore
    shape = Shape(parts["title"], parts["definition"], parts["key"], columns)  # type: ignore
    rows = {
        (id_,): {name: id_ if name == "id" else str(parts["cell"]) for name in columns}
        for id_ in parts["rows"]  # type: ignore
    }
    return Snapshot("made up", {"one": TableState(shape, rows)})


def _codes(*codes: str, ordered: bool = False, meaning: str = "") -> Field:
    entries = {code: CodeEntry(code, meaning) for code in codes}
    return Field("code", "", "", entries, "", ordered, None, "")


NOTHING = Snapshot("nothing", {})


@pytest.mark.parametrize(
    ("old", "new", "bump"),
    [
        (_with(), _with(), None),
        (_with(), NOTHING, Bump.major),
        (_with(), _with(names=["id"]), Bump.major),
        (_with(_codes("p", "q")), _with(_codes("p")), Bump.major),
        (_with(), _with(Field("integer", "", "", {}, "", False, None, "")), Bump.major),
        (_with(), _with(Field("text", "", "", {}, "", False, "one", "")), Bump.major),
        (_with(), _with(key=("a",), rows=[]), Bump.major),
        (_with(_codes("p", "q")), _with(_codes("p", "q", ordered=True)), Bump.major),
        (
            _with(_codes("p", "q", ordered=True)),
            _with(_codes("q", "p", ordered=True)),
            Bump.major,
        ),
        (NOTHING, _with(), Bump.minor),
        (_with(), _with(names=["id", "a", "b"]), Bump.minor),
        (_with(_codes("p")), _with(_codes("p", "q")), Bump.minor),
        (_with(), _with(rows=["r1", "r2"]), Bump.minor),
        (_with(rows=["r1", "r2"]), _with(), Bump.minor),
        (_with(), _with(cell="y"), Bump.patch),
        (_with(), _with(definition="Reworded."), Bump.patch),
        (_with(), _with(title="Renamed"), Bump.patch),
        (_with(), _with(Field("text", "Reworded.", "", {}, "", False, None, "")), Bump.patch),
        (_with(), _with(Field("text", "", "", {}, "", False, None, "required")), Bump.patch),
        (_with(_codes("p")), _with(_codes("p", meaning="Reworded.")), Bump.patch),
        (_with(_codes("p", "q")), _with(_codes("q", "p")), Bump.patch),
        (_with(), _with(names=["a", "id"]), Bump.patch),
    ],
)
def test_how_far_the_version_has_to_move(old: Snapshot, new: Snapshot, bump: Bump | None) -> None:
    assert compare(old, new).bump is bump


def test_another_number_for_a_code_is_major_and_one_that_comes_is_not() -> None:
    def of(number: int | None) -> Snapshot:
        codes = {"p": CodeEntry("p", "Made up.", number)}
        fields = {"id": PLAIN, "stance": replace(PLAIN, type="code", codes=codes)}
        return Snapshot("made up", {"t": TableState(Shape("", "", ("id",), fields), {})})

    assert compare(of(1), of(2)).required_bump == "major"
    assert compare(of(None), of(1)).required_bump == "patch"
    assert compare(of(1), of(1)).required_bump is None
