"""The reference of retention: until when data may be used for a purpose, and when a record must be gone.

docs/retention.md says it. Whatever else answers is compared with this and shares no code with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import Enum
from typing import Literal

from attrs import evolve, frozen

from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms
from policyc.semantics.clocks import Spans, is_clock, longest, moment_after, shortest
from policyc.semantics.reference import Reference
from policyc.semantics.request import Request, dimension_values
from policyc.semantics.truth import Truth, both, negate

Moment = datetime | Literal[False] | None
"""False: it has not come yet; None: it is unknown."""

Measure = Callable[[Statement], Spans | None]
"""From a clock's start to its latest or its earliest end."""


class Status(Enum):
    """What is known of an end. Of several, `must_be_gone_by` tells the first of these."""

    UNKNOWN = "unknown"
    HELD = "held"
    OPEN = "open"
    SET = "set"
    UNSAID = "unsaid"


@frozen
class Deadline:
    """An end, and the ids of the statements that made it, sorted. Only one that is SET has a moment, in UTC.

    UNKNOWN: what is known does not tell. HELD: the data has to be kept until something happens. OPEN: the time starts
    with something that has not happened. UNSAID: the policy sets no end.
    """

    status: Status
    moment: datetime | None = None
    statements: tuple[str, ...] = ()


@frozen
class Retention:
    """The clocks of a policy. Requests have the verb `keep`, and a leaf in each dimension that is known."""

    reference: Reference

    def expires_at(self, request: Request) -> Deadline:
        """From when the data may not be used for the request's purpose: the first end of the clocks that cover it."""
        ends = [
            (one.id, self.applies(one, request), self.end(one, request, longest))
            for one in self.reference.policy.statements
            if is_clock(one) and sets(one, longest)
        ]
        counting = [(name, truth, moment) for name, truth, moment in ends if truth is not False]
        unknown = [name for name, truth, moment in counting if moment is None or (moment and truth is None)]
        if unknown:
            return deadline(Status.UNKNOWN, unknown)
        known = [(name, moment) for name, _, moment in counting if moment]
        if known:
            first = min(moment for _, moment in known)
            return deadline(Status.SET, [name for name, moment in known if moment == first], first)
        waiting = [name for name, _, _ in counting]
        return deadline(Status.OPEN if waiting else Status.UNSAID, waiting)

    def must_be_gone_by(self, request: Request) -> Deadline:
        """When the record must be gone: at the last end of its purposes, and not before the duties to keep it end.

        What the request says of a purpose does not count: a record is kept for all that it may be used for.
        """
        terms = {name: term for name, term in request.terms.items() if name != "purpose"}
        purposes = dimension_values(self.reference.graph, "purpose")
        asked = [evolve(request, terms={**terms, "purpose": purpose}) for purpose in purposes]
        ends = [self.expires_at(each) for each in asked]
        if all(end.status is Status.UNSAID for end in ends):
            return deadline(Status.UNSAID, [])
        return last([*ends, *self.duties(evolve(request, terms=terms))])

    def duties(self, request: Request) -> list[Deadline]:
        """The ends of the duties to keep the record, for whatever purpose: `must keep … at least 7 years after …`."""
        found = []
        for one in self.reference.policy.statements:
            if not is_clock(one) or (one.verb, one.modality) != ("keep", "must") or not sets(one, shortest):
                continue
            truth, moment = self.applies(without_purposes(one), request), self.end(one, request, shortest)
            if truth is None or (truth and moment is None):
                found.append(deadline(Status.UNKNOWN, [one.id]))
            elif truth:
                found.append(deadline(Status.SET if moment else Status.HELD, [one.id], moment or None))
        return found

    def applies(self, one: Statement, request: Request) -> Truth:
        """Whether a clock covers the record, for certain or possibly, and stands under a condition that holds."""
        certain, possible = (self.reference.covers_all(one, request, permits=permits) for permits in (True, False))
        when, unless = self.reference.guards(one.fields, request)
        return both([True if certain else None if possible else False, when, negate(unless)])

    def end(self, one: Statement, request: Request, measure: Measure, more: Spans = ()) -> Moment:
        """The end of a clock, its period's or `until`, if that is first; and some time more."""
        own = measure(one)
        starts: list[Moment] = []
        if own is not None:
            stages = [self.reference.policy.statement(name) for name in terms_of(one.fields, "stage")]
            starts = [self.end(stage, request, longest, (*own, *more)) for stage in stages]
            starts += self.times(one, "event", request, (*own, *more))
        return first_of([*([last_of(starts)] if starts else []), *self.times(one, "until", request, more)])

    def times(self, one: Statement, clause: str, request: Request, spans: Spans) -> list[Moment]:
        """Some time after a clause's events: after the first of them if it says `any`, else the last."""
        named = one.fields.get(clause)
        if not isinstance(named, Terms):
            return []
        known = [self.reference.known(request).time_of(event) for event in named.ids]
        moments: list[Moment] = [moment_after(time, spans) if time else time for time in known]
        return [first_of(moments) if named.quantifier == "any" else last_of(moments)]


def sets(one: Statement, measure: Measure) -> bool:
    """Whether a clock sets an end: with a period that starts somewhere, or with `until`."""
    return "until" in one.fields or (measure(one) is not None and not {"event", "stage"}.isdisjoint(one.fields))


def without_purposes(one: Statement) -> Statement:
    """A statement that holds for every purpose."""
    return evolve(one, fields={name: value for name, value in one.fields.items() if name != "purposes"})


def deadline(status: Status, statements: Iterable[str], moment: datetime | None = None) -> Deadline:
    """A deadline with its statements in order."""
    return Deadline(status, moment, tuple(sorted(set(statements))))


def last(ends: list[Deadline]) -> Deadline:
    """The last of several ends: one that is unknown, held or open may be later than any moment."""
    for status in (Status.UNKNOWN, Status.HELD, Status.OPEN):
        found = [end for end in ends if end.status is status]
        if found:
            return deadline(status, [name for end in found for name in end.statements])
    moment = max(end.moment for end in ends if end.moment is not None)
    return deadline(Status.SET, [name for end in ends if end.moment == moment for name in end.statements], moment)


def last_of(moments: list[Moment]) -> Moment:
    """The last moment: it has not come if one has not, else it is unknown if one is."""
    known = [moment for moment in moments if moment]
    return False if False in moments else None if None in moments else max(known)


def first_of(moments: list[Moment]) -> Moment:
    """The first moment: it is unknown if one is; those that have not come are later."""
    known = [moment for moment in moments if moment]
    return None if None in moments else min(known) if known else False
