"""The closed words of the language that are neither verbs, kinds nor clauses."""

from __future__ import annotations

from enum import Enum
from typing import Final

from attrs import frozen

from policyc.record import ValueRecord


class Force(Enum):
    """What a modality does to a decision."""

    PERMIT = "permit"
    FORBID = "forbid"
    NONE = "none"


@frozen(eq=False, repr=False)
class Modality(ValueRecord):
    """One modality: the word, what it does, and whether it promises that the act happens."""

    word: str
    force: Force
    promises: bool
    means: str


MODALITIES: Final = {
    row.word: row
    for row in (
        Modality("may", Force.PERMIT, promises=False, means="we are free to, and do not have to"),
        Modality("will", Force.PERMIT, promises=True, means="we do, and you can rely on it"),
        Modality("must", Force.PERMIT, promises=True, means="we do, because a law or a contract says so"),
        Modality("never", Force.FORBID, promises=True, means="we do not"),
    )
}

LAW_SAYS: Final = "law says"
SO_FAR: Final = "so far"
LATER: Final = "later on"

MOODS: Final = {
    LAW_SAYS: "what the law requires, as the author tells it",
    SO_FAR: "what has been done until now; `last 12 months` says how far back that goes",
    LATER: "what is planned",
}
"""Words before the modality; what stands after them permits and forbids nothing."""

EXPECTATIONS: Final = ("allow", "deny")

QUANTIFIERS: Final = {"any": "any", "all": "all", "some of": "some"}
"""Words before a list of names, and what the model calls them. `some` is two words, so that losing one says nothing."""


class Unit(Enum):
    """Calendar units of a period, with the letter of ISO 8601 and the part (date or time) it stands in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


UNITS: Final = {spelling: unit for unit in Unit for spelling in (unit.value, unit.value + "s")}

ISO_UNITS: Final = {
    Unit.MINUTE: "PT{}M",
    Unit.HOUR: "PT{}H",
    Unit.DAY: "P{}D",
    Unit.WEEK: "P{}W",
    Unit.MONTH: "P{}M",
    Unit.YEAR: "P{}Y",
}

MOST_OF_A_UNIT: Final = 9999
"""No policy counts further; datetime ends at the year 9999."""


class Bound(Enum):
    """How a number limits a period."""

    EXACT = ""
    AT_MOST = "at most"
    AT_LEAST = "at least"
    ABOUT = "about"


class Comparison(Enum):
    """How a guard compares a variable with a constant; `unless age below 16` says "16 or older"."""

    BELOW = "below"
    ABOVE = "above"
