"""Calendar arithmetic: months and years are calendar ones, the day clipped to the month's end, in UTC."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta

from policyc.language.words import Unit

LAST = datetime.max.replace(tzinfo=UTC)
"""What lies beyond the calendar is put here: later than every moment that can be asked about."""

_LENGTHS = {
    Unit.MINUTE: timedelta(minutes=1),
    Unit.HOUR: timedelta(hours=1),
    Unit.DAY: timedelta(days=1),
    Unit.WEEK: timedelta(weeks=1),
}


def add(moment: datetime, number: int, unit: Unit) -> datetime:
    """The moment `number` units later: 31 January + 1 month is 28 (or 29) February, + 2 months is 31 March.

    `moment` must have a time zone (ValueError if not); the answer is in UTC.
    """
    if moment.tzinfo is None:
        message = "a moment needs a time zone"
        raise ValueError(message)
    moment = moment.astimezone(UTC)
    try:
        if unit in _LENGTHS:
            return moment + number * _LENGTHS[unit]
        months = moment.year * 12 + moment.month - 1 + number * (12 if unit is Unit.YEAR else 1)
        year, month = divmod(months, 12)
        return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, IndexError):
        return LAST
