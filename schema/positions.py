"""Table `positions`: stances on issues."""

from __future__ import annotations

from typing import ClassVar

from .cells import Code, PositionId, Scale, Slug, StatementId, Text
from .rows import Row, Table, column
from .shared import Certainty, certainty


class Stance(Scale):
    """Direction of a stance, as uttered."""

    oppose = (
        "oppose",
        "oppose",
        "Against the proposition; also 'not unless X', with condition X.",
        -1,
    )
    ambivalent = (
        "ambivalent",
        "ambivalent",
        "For and against; also where limits are set on a role.",
        0,
    )
    support = "support", "support", "For the proposition; also 'if X', with condition X.", 1


class Intensity(Scale):
    """How strongly a stance is put."""

    reserved = "reserved", "reserved", "Concern, reservations, limits, dislike short of refusal.", 1
    plain = "plain", "plain", "Neither reserved nor categorical.", 2
    categorical = (
        "categorical",
        "categorical",
        "A refusal or demand without reserve; a stated condition does not lower it.",
        3,
    )


class Ascription(Code):
    """Whether the holder says it or somebody else does."""

    own = "own", "own", "The holder is the speaker of the statement.", 1
    ascribed = "ascribed", "ascribed", "Somebody else says that the holder holds it.", 2


class Explicitness(Code):
    """Whether the stance is said or inferred."""

    explicit = (
        "explicit",
        "explicit",
        "The stance is said: as a wish, promise, demand, refusal or condition of own action, or by "
        "affirming as own policy or practice what the proposition asks for.",
        1,
    )
    implied = (
        "implied",
        "implied",
        "Inferred from tone, hint, or a description of something else.",
        2,
    )


class Position(Row):
    """One holder's stance on one issue, as one statement expresses it.

    - Direction as uttered: "will not join unless X" is `oppose` with condition "until X"; "will
      join if X" is `support` with condition "X". Setting limits on a role is `ambivalent`.
    - One utterance is one position: there is no second row for the state behind an official.
    - The evidence stands in the statement; "on this point" and the like may be resolved within the
      paragraph.
    - An analyst's warning alone is no position of the analyst; stances that it ascribes to others
      are coded. A concern without a named holder is not coded.
    - Where a group speaks of its members, their stances are ascribed.
    """

    about: ClassVar = Table(
        "positions",
        "Positions",
        coded=True,
        may_be_empty=True,
        key=("position_id",),
        shown=("holder_id", "stance", "issue_id"),
        unique={"two-stances": ("statement_id", "holder_id", "issue_id")},
    )

    position_id: PositionId = column("Id of the position, unique across sources.", example="p001")
    statement_id: StatementId = column(
        "Statement that expresses it.", example="s001", references="statements"
    )
    holder_id: Slug = column(
        "Person, body or state that holds the stance, as the text names it.",
        example="marco-rubio",
        references="actors",
    )
    principal_id: Slug | None = column(
        "State or organisation that the holder acts for: the government of an official, a state or "
        "organisation itself; media, also those of a state, are their own; empty for private "
        "persons and analysts.",
        example="united-states",
        references="actors",
    )
    issue_id: Slug = column(
        "Narrowest issue that fits.", example="turkey-role", references="issues"
    )
    stance: Stance = column("Direction of the stance.", example="support")
    intensity: Intensity = column("How strongly it is put.", example="plain")
    condition: Text | None = column(
        "Condition of the stance, in the coder's words.", example="until Hamas is fully disarmed"
    )
    ascription: Ascription = column("Own or ascribed by the speaker.", example="own")
    explicitness: Explicitness = column("Said or inferred.", example="explicit")
    certainty: Certainty = certainty()
