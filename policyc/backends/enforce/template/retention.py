"""Until when data may be used, and when it must be gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import product

from policyc.backends.enforce.template.known import _Dict, _Known, _leaves, _leaves_of, _read, _Told
from policyc.backends.enforce.template.names import (
    Data,
    Event,
    Fact,
    Party,
    Place,
    Purpose,
    State,
    Subject,
    Surface,
    System,
)
from policyc.backends.enforce.template.tables import _CLOCKS, _KEPT


class Status(str, Enum):
    """What is known of an end."""

    UNKNOWN = "unknown"
    """What is known does not tell. Do not use the data, and do not delete it."""
    HELD = "held"
    """The data has to be kept until something happens."""
    SET = "set"
    """The end is `moment`."""
    OPEN = "open"
    """The time starts with something that has not happened."""
    UNSAID = "unsaid"
    """The policy sets no end."""


@dataclass(frozen=True)
class Deadline:
    """An end, in UTC if it is set, and the ids of the statements that made it, sorted."""

    status: Status
    moment: datetime | None
    statements: tuple[str, ...]


def expires_at(  # noqa: PLR0913 - a record has as many dimensions
    data: Data,
    purpose: Purpose,
    *,
    recipient: Party | None = None,
    subject: Subject | None = None,
    place: Place | None = None,
    location: System | Place | None = None,
    surface: Surface | None = None,
    state: State | None = None,
    actor: Party | Subject | None = None,
    on_behalf_of: Party | Subject | None = None,
    facts: _Dict[Fact | tuple[Fact, Purpose] | tuple[Fact, Purpose | None, Party], int] | None = None,
    consents: _Dict[Purpose | tuple[Purpose, Party], bool] | None = None,
    objections: _Dict[Purpose | tuple[Purpose, Party], bool] | None = None,
    events: _Dict[Event, datetime | None] | None = None,
    now: datetime | None = None,
) -> Deadline:
    """From when a record may no longer be used for a purpose: the first end of the clocks that cover it.

    What is left out is unknown, as for `decide`. A term with others below it stands for all of them, and of their
    ends the strictest is told. Raises UnknownTerm and ValueError as `decide` does.
    """
    asked = _record(data, recipient, subject, place, location, surface, state, actor, on_behalf_of)
    told = _read(facts, consents, objections, events, now)
    purposes = [leaf for leaf in _leaves("purpose", purpose) if leaf is not None]
    return _strictest([_expiry(record, leaf, told) for record in _records(asked) for leaf in purposes])


def must_be_gone_by(  # noqa: PLR0913 - a record has as many dimensions
    data: Data,
    *,
    recipient: Party | None = None,
    subject: Subject | None = None,
    place: Place | None = None,
    location: System | Place | None = None,
    surface: Surface | None = None,
    state: State | None = None,
    actor: Party | Subject | None = None,
    on_behalf_of: Party | Subject | None = None,
    facts: _Dict[Fact | tuple[Fact, Purpose] | tuple[Fact, Purpose | None, Party], int] | None = None,
    consents: _Dict[Purpose | tuple[Purpose, Party], bool] | None = None,
    objections: _Dict[Purpose | tuple[Purpose, Party], bool] | None = None,
    events: _Dict[Event, datetime | None] | None = None,
    now: datetime | None = None,
) -> Deadline:
    """When a record must be gone: at the last end of its purposes, and not before the duties to keep it end.

    What is left out is unknown, and then nothing has to be gone. A term with others below it stands for all of them,
    and of their ends the strictest is told. Raises UnknownTerm and ValueError as `decide` does.
    """
    asked = _record(data, recipient, subject, place, location, surface, state, actor, on_behalf_of)
    told = _read(facts, consents, objections, events, now)
    return _strictest([_gone(record, told) for record in _records(asked)])


_Bits = tuple[int, int]
"""The clocks that cover something for certain, and those that may."""


def _record(*terms: str | None) -> tuple[tuple[str, str | None], ...]:
    """The terms of a record by their dimensions."""
    names = ("data", "recipient", "subject", "place", "location", "surface", "state", "actor", "role")
    return tuple(zip(names, terms))


def _records(asked: tuple[tuple[str, str | None], ...]) -> list[_Bits]:
    """The combinations of leaves that a question is about, as the clocks that cover each for any purpose."""
    rows = [[_KEPT[name][leaf] for leaf in _leaves(name, term)] for name, term in asked]
    found = []
    for combination in product(*rows):
        certain, possible = (1 << len(_CLOCKS)) - 1, (1 << len(_CLOCKS)) - 1
        for bits in combination:
            certain, possible = certain & bits[0], possible & bits[1]
        found.append((certain, possible))
    return found


def _expiry(record: _Bits, purpose: str, told: _Told) -> Deadline:
    """The first end of the clocks that cover a record for a purpose."""
    for_purpose = _KEPT["purpose"][purpose]
    known = _Known(purpose, "", told)
    unknown, waiting, ends = [], [], []
    for number, clock in enumerate(_CLOCKS):
        counts = _counts(number, (record[0] & for_purpose[0], record[1] & for_purpose[1]), known)
        if clock.latest is None or counts is False:
            continue
        moment = clock.latest.moment(known)
        if moment is None or (moment and counts is None):
            unknown.append(clock.statement)
        elif isinstance(moment, datetime):
            ends.append((moment, clock.statement))
        else:
            waiting.append(clock.statement)
    if unknown:
        return _told_by(Status.UNKNOWN, unknown)
    if ends:
        first = min(ends)[0]
        return _told_by(Status.SET, [name for moment, name in ends if moment == first], first)
    return _told_by(Status.OPEN if waiting else Status.UNSAID, waiting)


def _gone(record: _Bits, told: _Told) -> Deadline:
    """The last end of all purposes, and of the duties."""
    ends = [_expiry(record, purpose, told) for purpose in _leaves_of("purpose")]
    if all(end.status is Status.UNSAID for end in ends):
        return _told_by(Status.UNSAID, [])
    known = _Known(None, "", told)
    for number, clock in enumerate(_CLOCKS):
        counts = clock.duty is not None and _counts(number, record, known)
        if clock.duty is None or counts is False:
            continue
        moment = clock.duty.moment(known)
        if counts is None or moment is None:
            ends.append(_told_by(Status.UNKNOWN, [clock.statement]))
        elif isinstance(moment, datetime):
            ends.append(_told_by(Status.SET, [clock.statement], moment))
        else:
            ends.append(_told_by(Status.HELD, [clock.statement]))
    for status in (Status.UNKNOWN, Status.HELD, Status.OPEN):
        if any(end.status is status for end in ends):
            return _told_by(status, _makers(ends, status))
    last = max(end.moment for end in ends if end.moment is not None)
    return _told_by(Status.SET, [name for end in ends if end.moment == last for name in end.statements], last)


def _counts(number: int, bits: _Bits, known: _Known) -> bool | None:
    """Whether a clock covers a record, and its condition holds."""
    if not bits[1] >> number & 1:
        return False
    holds = _CLOCKS[number].guard.truth(known)
    return holds if bits[0] >> number & 1 or holds is False else None


def _strictest(ends: list[Deadline]) -> Deadline:
    """Of the ends of several records: what is unknown or held, else the first moment."""
    moments = [end.moment for end in ends if end.moment is not None]
    for status in Status:
        found = [end for end in ends if end.status is status]
        if status is Status.SET and moments:
            first = min(moments)
            return _told_by(status, [name for end in found if end.moment == first for name in end.statements], first)
        if found:
            return _told_by(status, _makers(found, status))
    return _told_by(Status.UNSAID, [])


def _makers(ends: list[Deadline], status: Status) -> list[str]:
    """The statements of the ends with a status."""
    return [name for end in ends if end.status is status for name in end.statements]


def _told_by(status: Status, statements: Iterable[str], moment: datetime | None = None) -> Deadline:
    """A deadline with its statements in order."""
    return Deadline(status, moment, tuple(sorted(set(statements))))
