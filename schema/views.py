"""What the flat views are: their columns, taken from those of the tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .cells import SLUG, Spelling, WholeNumber
from .models import MODELS
from .rows import Column, columns


@dataclass(frozen=True)
class View:
    """A flat view: the table whose rows it has, and its columns."""

    name: str
    title: str
    base: str
    definition: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return MODELS[self.base].about.key

    def table_of(self, name: str) -> str:
        """The table whose column it is, the base before others; empty where it is made here."""
        return _table_of(self.base, name)


def shown_by(role: str) -> tuple[str, str]:
    """The table and column that hold the readable name of what `<role>_id` points to."""
    return ("issues", "proposition") if role == "issue" else ("actors", "name")


def _of(table: str) -> dict[str, Column]:
    return {column.name: column for column in columns(MODELS[table])}


def _table_of(base: str, name: str) -> str:
    tables = (base, "statements", "passages", "relation_types")
    return next((table for table in tables if name in _of(table)), "")


def _column(base: str, name: str) -> Column:
    """A column of a view: of a table, of the chain, or the name of what an id points to."""
    if table := _table_of(base, name):
        return _of(table)[name]
    if name in _CHAIN:
        return _CHAIN[name]
    id_ = _column(base, f"{name}_id")
    table, shown = shown_by(name)
    text = f"{id_.description[0].lower()}{id_.description[1:]}"
    return replace(
        _of(table)[shown],
        name=name,
        required=id_.required,
        description=f"{shown.capitalize()} of `{id_.name}`: {text}",
        references=None,
    )


_CHAIN = {
    "relays": replace(
        _of("relays")["relay_id"],
        name="relays",
        kind=Spelling("id-list", "actor ids joined by |", rf"{SLUG}(\|{SLUG})*"),
        required=False,
        description="Ids of those between who makes the claim (in ties, the asserter; else the "
        "speaker) and the source, outermost first, joined by |.",
        example="i24news|gulf-sources",
        references=None,
    ),
    "relay_count": replace(
        _of("relays")["depth"],
        name="relay_count",
        kind=WholeNumber(0),
        description="Number of actors in `relays`; 0 where there is none.",
        example="2",
        references=None,
    ),
}


def _view(name: str, base: str, definition: str, names: str) -> View:
    parts = tuple(replace(_column(base, part), table=name) for part in names.split())
    return View(name, name.capitalize(), base, definition, parts)


_SPOKEN = (
    "speaker_id speaker relays relay_count attribution speech_act venue date addressee_id addressee"
)
VIEWS = {
    view.name: view
    for view in (
        _view(
            "claims",
            "positions",
            "One row a position, with holder, principal, issue, speaker, chain and place joined "
            "in. Made from the tables; holds nothing of its own.",
            "position_id statement_id source_id passage_id holder_id holder principal_id principal "
            "issue_id issue stance intensity condition ascription explicitness certainty "
            f"{_SPOKEN} summary",
        ),
        _view(
            "ties",
            "relationships",
            "One row a relationship, with subject, object, asserter, speaker, chain and place "
            "joined in. Made from the tables; holds nothing of its own.",
            "relationship_id statement_id source_id passage_id subject_id subject relation "
            "relation_class object_id object asserted_by_id asserted_by modality time_start "
            f"time_end term certainty {_SPOKEN} summary",
        ),
    )
}
