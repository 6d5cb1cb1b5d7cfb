"""Periods and events in words: "for at least 7 years after you close your account"."""

from __future__ import annotations

from policyc.language.words import Bound
from policyc.model.values import Period
from policyc.sentences.case import Case
from policyc.sentences.english import counted
from policyc.sentences.names import nouns
from policyc.sentences.parts import Phrase, say
from policyc.sentences.references import linked

CLOCKED = ("period", "deadline")
"""Fields with which an event is told in one phrase."""


def tells_start(case: Case) -> bool:
    """Whether a period or a deadline tells the event that it counts from; one before an event counts to that."""
    return case.has("deadline") or (case.has("period") and not case.has("before"))


def period_of(case: Case, field: str) -> Period:
    """The period of a clause that is there."""
    value = case.fields[field]
    if isinstance(value, Period):
        return value
    message = f"{field} holds {value!r}, which is no period"
    raise TypeError(message)


def length(period: Period) -> str:
    """A period in words, with its bound: "at most 30 days", "30 to 90 days"."""
    if period.upper is not None:
        return f"{period.number} to {counted(period.upper, period.unit.value)}"
    shown = counted(period.number, period.unit.value)
    return f"{period.bound.value} {shown}".strip()


def is_at_once(period: Period) -> bool:
    """Whether the author wrote "at once"."""
    return period.number == 0 and period.upper is None and period.bound is Bound.EXACT


def after(case: Case) -> Phrase:
    """What a clock runs from: an event, or the end of another statement's time."""
    events = say(case.only("event"), "after", nouns(case, "event", "or")) if case.has("event") else ()
    stage = after_stage(case)
    return say(events, "and" if events and stage else "", stage)


def after_stage(case: Case) -> Phrase:
    """The end of another statement's time, from which a clock runs."""
    if not case.has("stage"):
        return ()
    return say(case.only("stage"), "after the time for", linked(case, "stage"), "has ended")


def ahead(case: Case) -> Phrase:
    """How long before an event something is done: "at least 30 days before we change this policy"."""
    period = length(period_of(case, "period")) if case.has("period") else ""
    return say(case.only("before"), period, "before", nouns(case, "before", "or"))


def lasting(case: Case) -> Phrase:
    """How long something goes on: "for 30 days after you close your account"."""
    period = period_of(case, "period")
    if not is_at_once(period):
        return say(case.only("period"), "for", length(period), after(case))
    if case.has("event"):
        return say("only until", nouns(case, "event", "or"))
    return say("only for the moment")


def _as_soon_as(case: Case) -> Phrase:
    """At once, after an event if there is one."""
    return say(case.only("event"), "as soon as", nouns(case, "event", "or")) if case.has("event") else say("at once")


def passed(case: Case) -> Phrase:
    """When something is done: "30 days after you close your account", "after at most 30 days"."""
    period = period_of(case, "period")
    if is_at_once(period):
        return _as_soon_as(case)
    told = say(length(period), after(case)) if case.has("event") or case.has("stage") else say("after", length(period))
    return say(case.only("period"), told)


def within(case: Case) -> Phrase:
    """By when something is done."""
    deadline = period_of(case, "deadline")
    start = () if case.has("period") and not case.has("before") else after(case)
    if is_at_once(deadline):
        return _as_soon_as(case) if start else say("at once")
    only = case.only("deadline")
    if deadline.bound is Bound.AT_MOST:
        return say(only, "within", counted(deadline.number, deadline.unit.value), "at most", start)
    lead = "after" if deadline.bound is Bound.AT_LEAST else "within"
    return say(only, lead, length(deadline), start)


def lag(case: Case) -> Phrase:
    """How long it takes until something has happened."""
    period = period_of(case, "lag")
    if is_at_once(period):
        return say("this is done at once")
    return say("it can take", case.only("lag"), length(period), "until this is done")
