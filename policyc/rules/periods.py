"""Whether a period keeps to another one. Calendar units have no one length: what is meant is settled here."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from policyc.language.words import Bound, Unit
from policyc.model.values import Period

_DAYS: Final = {
    Unit.MINUTE: (Fraction(1, 1440), Fraction(1, 1440)),
    Unit.HOUR: (Fraction(1, 24), Fraction(1, 24)),
    Unit.DAY: (Fraction(1), Fraction(1)),
    Unit.WEEK: (Fraction(7), Fraction(7)),
    Unit.MONTH: (Fraction(28), Fraction(31)),
    Unit.YEAR: (Fraction(365), Fraction(366)),
}
"""The shortest and the longest that a unit can be, in days."""


def is_within(said: Period, wanted: Period) -> bool:
    """Whether what is said certainly is as long as is wanted: `at most` so long, `at least` so long, or exactly.

    `30 days` are at most a month for sure in the sense that no reader would call it longer: a month counts as 31 days
    where it limits, and 12 months as a year.
    """
    shortest, longest = _ends(said)
    if wanted.bound is Bound.AT_LEAST:
        return shortest is not None and shortest >= _days(wanted.number, wanted.unit)[0]
    limit = _days(wanted.upper or wanted.number, wanted.unit)[1]
    if longest is None or longest > limit:
        return False
    return wanted.bound is Bound.AT_MOST or shortest == _ends(wanted)[0]


def _ends(period: Period) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most days that a period can be; None for no end."""
    low = _days(period.number, period.unit)
    high = _days(period.upper, period.unit) if period.upper is not None else low
    least = None if period.bound is Bound.AT_MOST else low[0]
    most = None if period.bound is Bound.AT_LEAST else high[1]
    return least, most


def _days(number: int, unit: Unit) -> tuple[Fraction, Fraction]:
    """Twelve months are a year, whichever they are."""
    years, months = divmod(number, 12) if unit is Unit.MONTH else (0, number)
    if unit is not Unit.MONTH:
        return number * _DAYS[unit][0], number * _DAYS[unit][1]
    return (
        years * _DAYS[Unit.YEAR][0] + months * _DAYS[Unit.MONTH][0],
        years * _DAYS[Unit.YEAR][1] + months * _DAYS[Unit.MONTH][1],
    )
