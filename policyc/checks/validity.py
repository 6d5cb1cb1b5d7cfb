"""The policy holds for a time that its header limits, and speaks of what lies outside of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, part
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import MODALITIES, Unit
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Period, Words
from policyc.semantics.extents import DATA

_HEAD: Final = """\
language 1
import policy_changed from std.event.change
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
data email "email address"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

TOO_SHORT: Final = Code(
    "PC617",
    "too-short-validity",
    what="The policy holds for a limited time, and speaks of what is before that time, or after it.",
    why="What it promises for other times, it does not promise. Readers cannot tell what holds then.",
    bad=_HEAD
    + "    effective 2026-12-01\n    valid 90 days\nchanges: may amend notice 30 days before policy_changed\n",
    good=_HEAD + "    effective 2026-12-01\nchanges: may amend notice 30 days before policy_changed\n",
    level=Level.WARNING,
)

_DAYS: Final = {Unit.MINUTE: 1 / 1440, Unit.HOUR: 1 / 24, Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30, Unit.YEAR: 365}
_GETTING: Final = frozenset({"collect", "track", "store"})


def check(view: View) -> Iterator[Diagnostic]:
    """At most one finding for the end of the policy, and one for its start."""
    yield from _after_end(view)
    yield from _before_start(view)


def _after_end(view: View) -> Iterator[Diagnostic]:
    header = view.policy.header
    validity = header.fields.get("validity")
    if isinstance(validity, Period):
        after = [one for one in view.statements if _goes_on(one, validity)]
        if after:
            are = "are" if len(after) > 1 else "is"
            yield finding(
                TOO_SHORT,
                header,
                f"this policy ends, and {counted(one.id for one in after)} {are} about what comes after",
                place=part(header, "validity"),
                more=[(one, "goes on here") for one in after[:SHOWN]],
                help="say what holds after the end, or leave `valid` out",
            )


def _before_start(view: View) -> Iterator[Diagnostic]:
    """What comes with the first page that somebody opens, where the policy starts only with an event."""
    header = view.policy.header
    events = terms_of(header.fields, "event")
    early = [
        norm.statement
        for norm in view.own_acts
        if norm.verb in _GETTING and _is_early(view, norm.boxes[0][DATA].pieces)
    ]
    early = [one for one in early if "event" not in one.fields and "when" not in one.fields]
    if events and early:
        yield finding(
            TOO_SHORT,
            header,
            f"this policy starts after `{events[0]}`, and {counted(one.id for one in early)}"
            f" {'set' if len(early) > 1 else 'sets'} cookies at the first visit",
            place=part(header, "event"),
            more=[(one, "earlier here") for one in early[:SHOWN]],
            help="let the policy start without an event, or say in the statement that it comes after it",
            level=Level.INFO,
        )


def _goes_on(one: Statement, validity: Period) -> bool:
    """Whether a statement is about changes of the policy, or promises something for longer than it holds."""
    if one.modality == "never":
        return False
    if one.verb == "offer" and isinstance(one.objects, Words):
        return "consent_by_use" in one.objects.words and "regarding" in one.fields and "when" in one.fields
    period = one.fields.get("period")
    is_long = isinstance(period, Period) and MODALITIES[one.modality].promises and _days(period) > _days(validity)
    return one.verb == "amend" or (one.verb in {"keep", "delete"} and is_long)


def _days(period: Period) -> float:
    return (period.upper or period.number) * _DAYS[period.unit]


def _is_early(view: View, data: tuple[int, ...]) -> bool:
    """Whether all that it is about recognises people or their devices: it comes with the first page."""
    return bool(data) and not any(piece & ~view.trackers for piece in data)
