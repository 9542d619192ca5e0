"""A made-up comparison in which every kind of change stands once."""

from __future__ import annotations

from dataclasses import replace

from gaza_stabilization.schema.shapes import CodeEntry, Field, Shape

from gaza_stabilization.releases.changes import Changes, compare
from gaza_stabilization.releases.snapshot import Snapshot, TableState
from tests.test_changes import PLAIN

EVERY_KIND = Field("code", "Made up.", "", {}, "", False, None, "")


def every_kind() -> Changes:
    """One of every kind of change, in a table that points to another."""
    old_codes = {"p": CodeEntry("p", "Once."), "q": CodeEntry("q", "Gone.")}
    new_codes = {"p": CodeEntry("p", "Now."), "r": CodeEntry("r", "Come.")}
    link = replace(PLAIN, references="actors")
    old_fields = {
        "id": PLAIN,
        "holder_id": link,
        "stance": replace(EVERY_KIND, codes=old_codes),
        "gone": PLAIN,
    }
    new_fields = {
        "id": PLAIN,
        "holder_id": link,
        "stance": replace(EVERY_KIND, codes=new_codes),
        "come": replace(PLAIN, description="A new column."),
    }

    def actors(**names: str) -> TableState:
        rows = {(id_,): {"actor_id": id_, "name": name} for id_, name in names.items()}
        return TableState(Shape("", "", ("actor_id",), {"actor_id": PLAIN, "name": PLAIN}), rows)

    def row(*cells: str, fields: dict[str, Field]) -> dict[tuple[str, ...], dict[str, str]]:
        return {(cells[0],): dict(zip(fields, cells, strict=True))}

    retired = Shape(
        "", "", ("id",), dict.fromkeys(["id", "retired_in", "replaced_by", "reason"], PLAIN)
    )
    gone = ["p2", "2.0.0", "p3", "Said twice."]
    before = row("p1", "a", "p", "x", fields=old_fields) | row(
        "p2", "b", "q", "", fields=old_fields
    )
    after = row("p1", "c", "p", "y", fields=new_fields) | row("p3", "a", "r", "", fields=new_fields)
    old = {
        "actors": actors(a="Ada", b="Bob"),
        "positions": TableState(Shape("", "", ("id",), old_fields), before),
        "retired_ids": TableState(retired, {}),
    }
    new = {
        "actors": actors(a="Ada", c="Cem"),
        "positions": TableState(Shape("", "", ("id",), new_fields), after),
        "retired_ids": TableState(retired, row(*gone, fields=retired.fields)),
    }
    return compare(Snapshot("1.0.0", old), Snapshot("2.0.0", new))
