"""Whether a period keeps to another one. Calendar units have no one length: what is meant is settled here."""

from __future__ import annotations

from typing import Final

from policyc.language.words import Bound, Unit
from policyc.model.values import Period

_DAY: Final = 24 * 60
_MINUTES: Final = {
    Unit.MINUTE: (1, 1),
    Unit.HOUR: (60, 60),
    Unit.DAY: (_DAY, _DAY),
    Unit.WEEK: (7 * _DAY, 7 * _DAY),
    Unit.MONTH: (28 * _DAY, 31 * _DAY),
    Unit.YEAR: (365 * _DAY, 366 * _DAY),
}
"""The shortest and the longest that a unit can be, in minutes."""


def is_within(said: Period, wanted: Period) -> bool:
    """Whether what is said certainly is as long as is wanted: `at most` so long, `at least` so long, or exactly.

    `30 days` are at most a month for sure in the sense that no reader would call it longer: a month counts as 31 days
    where it limits, and 12 months as a year.
    """
    shortest, longest = _ends(said)
    if wanted.bound is Bound.AT_LEAST:
        return shortest is not None and shortest >= _minutes(wanted.number, wanted.unit)[0]
    limit = _minutes(wanted.upper or wanted.number, wanted.unit)[1]
    if longest is None or longest > limit:
        return False
    return wanted.bound is Bound.AT_MOST or shortest == _ends(wanted)[0]


def _ends(period: Period) -> tuple[int | None, int | None]:
    """The least and the most minutes that a period can be; None for no end."""
    low = _minutes(period.number, period.unit)
    high = _minutes(period.upper, period.unit) if period.upper is not None else low
    least = None if period.bound is Bound.AT_MOST else low[0]
    most = None if period.bound is Bound.AT_LEAST else high[1]
    return least, most


def _minutes(number: int, unit: Unit) -> tuple[int, int]:
    """Twelve months are a year, whichever they are."""
    years, months = divmod(number, 12) if unit is Unit.MONTH else (0, number)
    if unit is not Unit.MONTH:
        return number * _MINUTES[unit][0], number * _MINUTES[unit][1]
    return (
        years * _MINUTES[Unit.YEAR][0] + months * _MINUTES[Unit.MONTH][0],
        years * _MINUTES[Unit.YEAR][1] + months * _MINUTES[Unit.MONTH][1],
    )
