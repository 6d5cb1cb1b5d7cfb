"""Conditions: true, false, or None for unknown."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Protocol


class _Knowledge(Protocol):
    """What is known of one act."""

    @property
    def now(self) -> datetime | None: ...

    def fact(self, name: str) -> bool | None: ...

    def number(self, name: str) -> int | None: ...

    def time_of(self, event: str) -> datetime | bool | None: ...


class _Guard:
    """A condition; one without parts always holds."""

    def truth(self, known: _Knowledge) -> bool | None:  # noqa: ARG002 - other conditions look at it
        """Whether the condition holds."""
        return True


@dataclass(frozen=True)
class _Holds(_Guard):
    """A fact is true."""

    fact: str

    def truth(self, known: _Knowledge) -> bool | None:
        """What is known of the fact."""
        return known.fact(self.fact)


@dataclass(frozen=True)
class _Number(_Guard):
    """A number is above a constant, or else below it."""

    fact: str
    above: bool
    constant: int

    def truth(self, known: _Knowledge) -> bool | None:
        """Unknown if the number is."""
        number = known.number(self.fact)
        if number is None:
            return None
        return number > self.constant if self.above else number < self.constant


@dataclass(frozen=True)
class _Since(_Guard):
    """More, or else less, time has passed since an event."""

    event: str
    after: bool
    number: int
    unit: str

    def truth(self, known: _Knowledge) -> bool | None:
        """False if the event has not happened; unknown if its time is, or the present moment."""
        moment = known.time_of(self.event)
        if moment is False:
            return False
        if not isinstance(moment, datetime) or known.now is None:
            return None
        then = _later(moment, self.number, self.unit)
        return known.now > then if self.after else known.now < then


@dataclass(frozen=True)
class _Happened(_Guard):
    """An event lies in the past."""

    event: str

    def truth(self, known: _Knowledge) -> bool | None:
        """Whether it does. If it is not known what time it is now, only the first moment lies in the past."""
        moment = known.time_of(self.event)
        if not isinstance(moment, datetime):
            return moment
        return True if moment == _FIRST else None if known.now is None else moment <= known.now


@dataclass(frozen=True)
class _All(_Guard):
    """All parts hold."""

    parts: tuple[_Guard, ...]

    def truth(self, known: _Knowledge) -> bool | None:
        """False if a part is, else unknown if a part is."""
        found = [part.truth(known) for part in self.parts]
        return False if False in found else None if None in found else True


@dataclass(frozen=True)
class _Any(_Guard):
    """A part holds."""

    parts: tuple[_Guard, ...]

    def truth(self, known: _Knowledge) -> bool | None:
        """True if a part is, else unknown if a part is."""
        found = [part.truth(known) for part in self.parts]
        return True if True in found else None if None in found else False


@dataclass(frozen=True)
class _Not(_Guard):
    """The part does not hold."""

    part: _Guard

    def truth(self, known: _Knowledge) -> bool | None:
        """Unknown if the part is."""
        found = self.part.truth(known)
        return None if found is None else not found


_UTC = timezone(timedelta(0))
_FIRST = datetime.min.replace(tzinfo=_UTC)
_SPANS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_MONTHS = {"month": 1, "year": 12}


def _later(moment: datetime, number: int, unit: str) -> datetime:
    """Some units later, in UTC. A day that a month does not have is its last; time ends where the calendar does."""
    try:
        if unit in _SPANS:
            return moment + number * _SPANS[unit]
        years, month = divmod(moment.month - 1 + number * _MONTHS[unit], 12)
        days = monthrange(moment.year + years, month + 1)[1]
        return moment.replace(year=moment.year + years, month=month + 1, day=min(moment.day, days))
    except (OverflowError, ValueError):
        return datetime.max.replace(tzinfo=_UTC)
