"""Table `issues`: the propositions on which stances are coded."""

from __future__ import annotations

from typing import ClassVar

from .cells import Code, Slug, Text
from .row_rules import Different
from .rows import Row, Table, column


class Measure(Code):
    """The kind of measure that a proposition is about."""

    any = "any", "any part", "Any part at all, of whatever kind.", 1
    troops = "troops", "troops", "Military forces.", 2
    liaisons = "liaisons", "liaisons", "Defence liaisons in a coordination body.", 3
    reconstruction = "reconstruction", "reconstruction", "Rebuilding.", 4
    mediation = "mediation", "mediation", "Acting as a go-between.", 5
    finance = "finance", "finance", "Paying.", 6
    consent = "consent", "consent", "Agreement or decision on foreign forces.", 7
    coordination = "coordination", "coordination", "Joint decision or consultation of states.", 8
    plan = "plan", "plan", "A plan as a whole.", 9
    disarmament = "disarmament", "disarmament", "Loss of arms.", 10
    label_ = "label", "label", "A contested category.", 11
    survival = "survival", "survival", "Continued existence of an organisation.", 12
    pressure = "pressure", "pressure", "A tougher line of one actor towards another.", 13
    influence = "influence", "influence", "Standing or reach in the region.", 14


class Issue(Row):
    """One proposition that a holder can support, oppose or be ambivalent about.

    - Code the narrowest issue that fits.
    - Support rolls up to the parent in analysis; opposition and ambivalence do not.
    """

    about: ClassVar = Table(
        "issues",
        "Issues",
        may_be_empty=True,
        key=("issue_id",),
        shown=("proposition",),
        rules=(Different("parent_id", "issue_id"),),
    )

    issue_id: Slug = column("Id of the issue.", example="turkey-troops")
    parent_id: Slug | None = column(
        "Wider issue that support rolls up to.", example="turkey-role", references="issues"
    )
    focal_actor_id: Slug | None = column(
        "Actor that the proposition is about.", example="turkey", references="actors"
    )
    measure: Measure = column("Kind of measure.", example="troops")
    proposition: Text = column(
        "The proposition; a stance agrees or disagrees with it.",
        example="Turkish military forces should serve in Gaza",
    )
    definition: Text = column(
        "What counts as a stance on the issue, and what does not.",
        example="Military personnel in Gaza, not liaisons outside it.",
    )
