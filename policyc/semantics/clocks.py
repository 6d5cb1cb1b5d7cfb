"""The clocks of statements that keep and delete: whether they set an end, and how far it lies from their start."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from policyc.language.words import MODALITIES, Bound, Unit
from policyc.model.policy import Statement
from policyc.model.values import Period, Terms
from policyc.semantics.calendar import add

Spans = tuple[tuple[int, Unit], ...]
"""Lengths of time, one after the other."""


_TELL_OF_THINGS: Final = frozenset({"track"})
"""Verbs whose times are those of a thing, such as a cookie's life, and not of the act."""


def is_clock(one: Statement) -> bool:
    """Whether a statement says how long data stays: `may delete` does not, for it promises nothing."""
    told = one.verb == "keep" or (one.verb == "delete" and MODALITIES[one.modality].promises)
    return told and one.modality != "never" and one.mood is None


def starts_at(one: Statement) -> Terms | None:
    """The events before which an act is not meant; None if there are none, or if a period counts from them."""
    counts = "period" in one.fields or any(name == "period" for name, _ in one.holes)
    found = one.fields.get("event")
    return found if isinstance(found, Terms) and not counts and one.verb not in _TELL_OF_THINGS else None


def stops_at(one: Statement) -> Terms | None:
    """The events from which on an act is not meant; None if there are none, or if they end a clock."""
    found = one.fields.get("until")
    return found if isinstance(found, Terms) and not is_clock(one) and one.verb not in _TELL_OF_THINGS else None


def longest(one: Statement) -> Spans | None:
    """From a clock's start to its latest end: its period, a range up to its upper end, and the lag.

    None for a period that sets no latest end (`at least 7 years`), and for none.
    """
    own, lag = _period(one), one.fields.get("lag")
    if own is None or own.bound is Bound.AT_LEAST:
        return None
    periods = [own, *([lag] if isinstance(lag, Period) else [])]
    return tuple((each.number if each.upper is None else each.upper, each.unit) for each in periods)


def shortest(one: Statement) -> Spans | None:
    """From a clock's start to its earliest end: its period, a range up to its lower end.

    None for a period that sets no earliest end (`at most 30 days`, `about 30 days`), and for none.
    """
    own = _period(one)
    if own is None or own.bound in {Bound.AT_MOST, Bound.ABOUT}:
        return None
    return ((own.number, own.unit),)


def moment_after(start: datetime, spans: Spans) -> datetime:
    """The moment after the spans, each from the rounded end of the one before."""
    for number, unit in spans:
        start = add(start, number, unit)
    return start


def _period(one: Statement) -> Period | None:
    found = one.fields.get("period") or one.fields.get("deadline")
    return found if isinstance(found, Period) else None
