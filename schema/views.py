"""What the flat views are: their columns, taken from those of the tables."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .cells import SLUG, Spelling, WholeNumber
from .rows import Column, columns
from .tables import MODELS


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


def shown_by(role: str) -> tuple[str, str]:
    """The table and column that hold the readable name of what `<role>_id` points to."""
    return ("issues", "proposition") if role == "issue" else ("actors", "name")


def _of(table: str) -> dict[str, Column]:
    return {column.name: column for column in columns(MODELS[table])}


def _name(role: str, table: str, shown: str) -> Column:
    """The column with the readable name of what `<role>_id` points to."""
    id_ = _of(table)[f"{role}_id"]
    target = _of(str(id_.references))[shown]
    text = (
        f"{shown.capitalize()} of `{id_.name}`: {id_.description[0].lower()}{id_.description[1:]}"
    )
    return replace(target, name=role, required=id_.required, description=text, references=None)


_RELAYS = replace(
    _of("relays")["relay_id"],
    name="relays",
    kind=Spelling("id-list", "actor ids joined by |", rf"{SLUG}(\|{SLUG})*"),
    required=False,
    description="Ids of those between who makes the claim (in ties, the asserter; else the "
    "speaker) and the source, outermost first, joined by |.",
    example="i24news|gulf-sources",
    references=None,
)
_RELAY_COUNT = replace(
    _of("relays")["depth"],
    name="relay_count",
    kind=WholeNumber(0),
    description="Number of actors in `relays`; 0 where there is none.",
    example="2",
    references=None,
)
_STATEMENT = _of("statements")
_SPOKEN = (
    _STATEMENT["speaker_id"],
    _name("speaker", "statements", "name"),
    _RELAYS,
    _RELAY_COUNT,
    _STATEMENT["attribution"],
    _STATEMENT["speech_act"],
    _STATEMENT["venue"],
    _STATEMENT["date"],
    _STATEMENT["addressee_id"],
    _name("addressee", "statements", "name"),
)
_PLACED = (_of("passages")["source_id"], _STATEMENT["passage_id"])


def _view(name: str, title: str, base: str, definition: str, *parts: Column) -> View:
    return View(name, title, base, definition, tuple(replace(part, table=name) for part in parts))


_POSITION = _of("positions")
_TIE = _of("relationships")
VIEWS = {
    view.name: view
    for view in (
        _view(
            "claims",
            "Claims",
            "positions",
            "One row a position, with holder, principal, issue, speaker, chain and place joined "
            "in. Made from the tables; holds nothing of its own.",
            _POSITION["position_id"],
            _POSITION["statement_id"],
            *_PLACED,
            _POSITION["holder_id"],
            _name("holder", "positions", "name"),
            _POSITION["principal_id"],
            _name("principal", "positions", "name"),
            _POSITION["issue_id"],
            _name("issue", "positions", "proposition"),
            _POSITION["stance"],
            _POSITION["intensity"],
            _POSITION["condition"],
            _POSITION["ascription"],
            _POSITION["explicitness"],
            _POSITION["certainty"],
            *_SPOKEN,
            _STATEMENT["summary"],
        ),
        _view(
            "ties",
            "Ties",
            "relationships",
            "One row a relationship, with subject, object, asserter, speaker, chain and place "
            "joined in. Made from the tables; holds nothing of its own.",
            _TIE["relationship_id"],
            _TIE["statement_id"],
            *_PLACED,
            _TIE["subject_id"],
            _name("subject", "relationships", "name"),
            _TIE["relation"],
            _of("relation_types")["relation_class"],
            _TIE["object_id"],
            _name("object", "relationships", "name"),
            _TIE["asserted_by_id"],
            _name("asserted_by", "relationships", "name"),
            _TIE["modality"],
            _TIE["time_start"],
            _TIE["time_end"],
            _TIE["term"],
            _TIE["certainty"],
            *_SPOKEN,
            _TIE["summary"],
        ),
    )
}
