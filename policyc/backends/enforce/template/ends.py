"""Ends of the time for which data is kept."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime

from policyc.backends.enforce.template.conditions import _All, _Any, _Guard, _Knowledge, _later


class _End(_Guard, ABC):
    """An end. As a condition: it has passed."""

    @abstractmethod
    def moment(self, known: _Knowledge) -> datetime | bool | None:
        """When it is; False if it has not come, None if it is unknown."""


@dataclass(frozen=True)
class _At(_End):
    """Some periods after an event, one after the other."""

    event: str
    periods: tuple[tuple[int, str], ...] = ()

    def moment(self, known: _Knowledge) -> datetime | bool | None:
        """False if the event has not happened; None if its time is unknown."""
        moment = known.time_of(self.event)
        if isinstance(moment, datetime):
            for number, unit in self.periods:
                moment = _later(moment, number, unit)
        return moment

    def truth(self, known: _Knowledge) -> bool | None:
        """Unknown if the event's time is, or the present moment."""
        moment = self.moment(known)
        if moment is False:
            return False
        return known.now > moment if isinstance(moment, datetime) and known.now is not None else None


@dataclass(frozen=True)
class _FirstOf(_End):
    """The first of several ends."""

    parts: tuple[_End, ...]

    def moment(self, known: _Knowledge) -> datetime | bool | None:
        """None if one is unknown; those that have not come are later."""
        found = [part.moment(known) for part in self.parts]
        times = [one for one in found if isinstance(one, datetime)]
        return None if None in found else min(times) if times else False

    def truth(self, known: _Knowledge) -> bool | None:
        """One has passed."""
        return _Any(self.parts).truth(known)


@dataclass(frozen=True)
class _LastOf(_End):
    """The last of several ends."""

    parts: tuple[_End, ...]

    def moment(self, known: _Knowledge) -> datetime | bool | None:
        """False if one has not come, else None if one is unknown."""
        found = [part.moment(known) for part in self.parts]
        times = [one for one in found if isinstance(one, datetime)]
        return False if False in found else None if None in found else max(times)

    def truth(self, known: _Knowledge) -> bool | None:
        """All have passed."""
        return _All(self.parts).truth(known)
