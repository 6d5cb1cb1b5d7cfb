"""What is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from policyc.backends.enforce.template.answers import UnknownTerm
from policyc.backends.enforce.template.conditions import _UTC
from policyc.backends.enforce.template.tables import (
    _CONSENT,
    _COVERS,
    _EVENTS,
    _LEAVES,
    _NUMBERS,
    _OBJECTION,
    _PER,
    _PROVED_BY,
    _REFUTED_BY,
    _WITHIN,
)

_Key_co = TypeVar("_Key_co", covariant=True)
_Value_co = TypeVar("_Value_co", covariant=True)


class _Dict(Protocol[_Key_co, _Value_co]):
    """A dictionary, whatever other keys and values it could have: so it must not say which keys can be looked up."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[_Key_co]: ...

    def items(self) -> Iterable[tuple[_Key_co, _Value_co]]: ...


class _Said(NamedTuple):
    """What the caller says of a fact, for which purpose and recipient: None stands for all."""

    purpose: str | None
    recipient: str | None
    value: bool


class _Told(NamedTuple):
    """All that the caller says. An event that is None has not happened; one that is not there has an unknown time."""

    facts: Mapping[str, Iterable[_Said]]
    numbers: Mapping[str, int]
    events: Mapping[str, datetime | None]
    now: datetime | None


class _Known(NamedTuple):
    """What follows from it for one case.

    `purpose` and `recipient` are leaves, None where they are unknown. An act that is no sharing has the recipient "".
    """

    purpose: str | None
    recipient: str | None
    told: _Told

    @property
    def now(self) -> datetime | None:
        """The present moment."""
        return self.told.now

    def fact(self, name: str) -> bool | None:
        """True if it or what implies it is said to be, false if it or what it implies is said not to be.

        Unknown if nothing is said, or if it is contradictory.
        """
        proved = any(self._said(other) is True for other in _PROVED_BY[name])
        refuted = any(self._said(other) is False for other in _REFUTED_BY[name])
        return None if proved == refuted else proved

    def _said(self, fact: str) -> bool | None:
        """What is said of a fact, if the same is said for each purpose and recipient that the case may have."""
        if fact not in self.told.facts:
            return None
        purposes = _leaves_of("purpose") if self.purpose is None else [self.purpose]
        recipients = _leaves_of("recipient") if self.recipient is None else [self.recipient]
        answers = {self._said_for(fact, purpose, recipient) for purpose in purposes for recipient in recipients}
        return answers.pop() if len(answers) == 1 else None

    def _said_for(self, fact: str, purpose: str, recipient: str) -> bool | None:
        """What is said of a fact for a purpose and a recipient, or for terms that they lie below."""
        purposes = (None, *_WITHIN.get(purpose, ("",)))
        recipients = (None, *_WITHIN.get(recipient, ("",)))
        words = self.told.facts[fact]
        heard = {one.value for one in words if one.purpose in purposes and one.recipient in recipients}
        return heard.pop() if len(heard) == 1 else None

    def number(self, name: str) -> int | None:
        """The number; None if it is unknown."""
        return self.told.numbers.get(name)

    def time_of(self, event: str) -> datetime | bool | None:
        """When an event happened. False if it has not, or if one that comes before it has not.

        None if that is unknown or contradictory.
        """
        times = self.told.events
        never = any(name in times and times[name] is None for name in _EVENTS[event])
        moment = times.get(event)
        if moment is None:
            return False if never else None
        return None if never else moment


def _leaves_of(dimension: str) -> list[str]:
    """All leaves of a dimension; one without a name if it has none."""
    return [leaf for leaf in _COVERS[dimension] if leaf is not None] or [""]


def _leaves(dimension: str, term: str | None) -> tuple[str | None, ...]:
    """The leaves that a question about a term is about. None, what is left out, is one."""
    if term in _COVERS[dimension]:
        return (term,)
    if term in _LEAVES[dimension]:
        return _LEAVES[dimension][term]
    message = f"this policy knows no {dimension} {term!r}"
    raise UnknownTerm(message)


def _read(
    facts: _Dict[Any, int] | None,
    consents: _Dict[Any, bool] | None,
    objections: _Dict[Any, bool] | None,
    events: _Dict[Any, datetime | None] | None,
    now: datetime | None,
) -> _Told:
    """What the caller says, checked."""
    said: dict[str, list[_Said]] = {}
    numbers: dict[str, int] = {}
    for key, value in _pairs(facts):
        fact, *whom = key if isinstance(key, tuple) else (key,)
        if fact in _NUMBERS and not whom:
            numbers[fact] = _number(fact, value)
        elif fact in _PER:
            said.setdefault(fact, []).append(_said(fact, whom, value))
        else:
            message = f"this policy knows no fact {key!r}"
            raise UnknownTerm(message)
    for fact, answers in ((_CONSENT, consents), (_OBJECTION, objections)):
        for key, value in _pairs(answers):
            whom = list(key) if isinstance(key, tuple) else [key]
            said.setdefault(fact, []).append(_said(fact, whom, value))
    times = {_event(event): None if time is None else _in_utc(time) for event, time in _pairs(events)}
    return _Told(said, numbers, times, None if now is None else _in_utc(now))


def _said(fact: str, whom: list[Any], value: object) -> _Said:
    """What is said of a fact: of the act itself, for a purpose, or for a purpose and a recipient."""
    if value is not True and value is not False:
        raise _no_truth(fact, value)
    if not whom:
        return _Said(None, None, value)
    per = _PER.get(fact, _BOTH)
    for dimension, term in zip(_BOTH, whom):
        if (term is None) == (dimension in per) or len(whom) > len(_BOTH):
            message = f"{fact!r} is not known for {whom!r}"
            raise UnknownTerm(message)
        _leaves(dimension, term)
    # What is said for a purpose alone is about acts that share nothing.
    nobody = "" if "recipient" in per else None
    return _Said(whom[0], whom[1] if len(whom) == len(_BOTH) else nobody, value)


_BOTH = ("purpose", "recipient")


def _pairs(mapping: _Dict[Any, Any] | None) -> Iterable[tuple[Any, Any]]:
    """The keys of a mapping with their values; none if it is left out."""
    return () if mapping is None else mapping.items()


def _no_truth(fact: str, value: object) -> UnknownTerm:
    """What is wrong with something said of a fact that is neither true nor false."""
    return UnknownTerm(f"{fact!r} is true or false, not {value!r}")


def _number(fact: str, value: object) -> int:
    """The number that a fact is."""
    if not isinstance(value, int) or isinstance(value, bool):
        message = f"{fact!r} is a number, not {value!r}"
        raise UnknownTerm(message)
    return value


def _event(name: str) -> str:
    """The event, if there is one of that name."""
    if name not in _EVENTS:
        message = f"this policy knows no event {name!r}"
        raise UnknownTerm(message)
    return name


def _in_utc(moment: datetime) -> datetime:
    """The moment in UTC."""
    if moment.utcoffset() is None:
        message = f"{moment!r} has no time zone"
        raise ValueError(message)
    return moment.astimezone(_UTC)
