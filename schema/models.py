"""All tables, in the order in which their keys depend on each other."""

from __future__ import annotations

from .actors import Actor
from .adjudications import Adjudication
from .coders import Coder
from .issues import Issue
from .passages import Passage
from .positions import Position
from .relation_types import RelationType
from .relationships import Relationship
from .relays import Relay
from .retired_ids import RetiredId
from .rows import Column, Row, columns
from .sources import Source
from .statements import Statement

_ORDER: tuple[type[Row], ...] = (
    Actor,
    Source,
    Passage,
    Issue,
    Statement,
    Relay,
    Position,
    RelationType,
    Relationship,
    Coder,
    Adjudication,
    RetiredId,
)

MODELS: dict[str, type[Row]] = {model.about.name: model for model in _ORDER}


CODED = tuple(name for name, model in MODELS.items() if model.about.coded)
"""The tables that every raw coding has of its own."""
CODINGS = "codings"
"""The folder that holds the raw codings, one folder a coder."""


def key_column(table: str) -> str:
    """The column that other tables refer to: the single key of `table`.

    >>> key_column("relation_types")
    'relation'
    """
    (key,) = MODELS[table].about.key
    return key


def references(table: str) -> list[tuple[Column, str, str]]:
    """The columns of `table` that point elsewhere, each with the table and column it points to.

    >>> [(column.name, target, key) for column, target, key in references("relays")]
    [('statement_id', 'statements', 'statement_id'), ('relay_id', 'actors', 'actor_id')]
    """
    return [
        (column, column.references, key_column(column.references))
        for column in columns(MODELS[table])
        if column.references is not None
    ]
