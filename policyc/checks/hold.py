"""Data that goes by one statement, while another one has a reason of its own to keep it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import MODALITIES, Bound
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Period, Terms
from policyc.semantics import witness
from policyc.semantics.clocks import is_clock, longest, shortest
from policyc.semantics.conditions import facts_in
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
party us "Us"
data orders "your orders"
event asked "you ask us"
event paid "you pay"
fact dispute "there is a dispute"
policy notice "Notice"
    controller us
gone: will delete orders within 30 days after asked
"""

UNSAID_HOLD: Final = Code(
    "PC318",
    "unsaid-hold",
    what="Data is deleted, and another statement has a reason to keep it of which the deletion says nothing.",
    why="Where both come together, readers cannot tell whether their data goes or stays.",
    bad=_HEAD + "held: will keep orders 1 year after paid when dispute\n",
    good=_HEAD + "held: will keep orders 1 year after paid until asked when dispute\n",
    level=Level.INFO,
)

_KEEP: Final = "keep"
_LEGAL: Final = frozenset(
    (
        *("std.purpose.legal.comply_with_law", "std.purpose.legal.exercise_legal_rights"),
        *("std.purpose.legal.defend_claims", "std.purpose.service.settle_disputes"),
    )
)
"""Purposes that do not end when people ask for a deletion."""

_LAW: Final = r"(?i)\b(?:laws?|legal)"
"""How facts read by which a law keeps data."""

_MOST_TRIED: Final = 400


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each statement that keeps data, with those by which it goes."""
    legal = view.graph.below(term.id for term in view.policy.of_kind("purpose") if term.qualified in _LEGAL)
    holds = [one for one in view.statements if _is_hold(one, legal)]
    ends = [_norm(view, one, permits=False) for one in view.statements if holds and _is_end(one)]
    index = Index(ends)
    for hold in (_norm(view, one, permits=True) for one in holds if ends):
        met = index.norms(index.sharing(hold.boxes[0]), _MOST_TRIED)
        found = [end for end in met if _clash(view, hold, end)]
        if found:
            yield _finding(view, hold, found)


def _norm(view: View, one: Statement, *, permits: bool) -> Norm:
    """A statement that keeps or deletes, as one that keeps."""
    kept = one if one.verb == _KEEP else evolve(one, verb=_KEEP)
    box = view.overlaps.extents.box(kept, permits=permits)
    return Norm(one.id, one, (box,), when=view.overlaps.conditions.of_fields(one.fields))


# --- what keeps, and what lets go --------------------------------------------------------------


def _is_hold(one: Statement, legal: frozenset[str]) -> bool:
    """Whether it says that data stays for some time, and a reason, or that all of it does.

    A duty is no such thing: that it wins is known, and what others say of it is a matter of the check of clocks.
    """
    period = one.fields.get("period")
    is_loose = isinstance(period, Period) and period.bound in {Bound.AT_MOST, Bound.ABOUT}
    if one.verb != _KEEP or one.modality != "will" or one.mood or is_loose or not says(one, "period"):
        return False
    purposes = terms_of(one.fields, "purposes")
    return "when" in one.fields or _says_all(one) or (bool(purposes) and legal.issuperset(purposes))


def _says_all(one: Statement) -> bool:
    return isinstance(one.objects, Terms) and one.objects.quantifier == "all" and shortest(one) is not None


def _is_end(one: Statement) -> bool:
    """Whether data goes by it: it deletes at some time or in some case, or tells an end of what it keeps."""
    if one.verb == "delete":
        return MODALITIES[one.modality].promises or says(one, "when", "event")
    is_duty = one.modality == "must"
    return is_clock(one) and not is_duty and (says(one, "until", "depends_on") or longest(one) is not None)


def _clash(view: View, hold: Norm, end: Norm) -> bool:
    """Whether data may go that is held, and neither of the two speaks of the other."""
    one, other = hold.statement, end.statement
    if hold.id == end.id or _are_related(one, other) or _fit(one, other):
        return False
    if not _says_all(one) and (other.verb == _KEEP or other.modality == "may" or not _is_special(view, hold, end)):
        return False
    return view.overlaps.meeting(hold, end) is not None


def _fit(one: Statement, other: Statement) -> bool:
    """Whether what keeps is over when the other one lets go: after the same time, or until what the other is after.

    Where both count from one event, the check of clocks compares them.
    """
    times = [each.fields.get(name) for each, name in ((one, "period"), (other, "period"), (other, "deadline"))]
    starts, stop = {terms_of(each.fields, "event") for each in (one, other)}, terms_of(one.fields, "until")
    is_known = len(starts) == 1 and longest(other) is not None
    return is_known or (times[0] is not None and times[0] in times[1:]) or not starts.isdisjoint({stop} - {()})


def _is_special(view: View, hold: Norm, end: Norm) -> bool:
    """Whether the reason to keep data is none that the deletion knows.

    That a deletion of all data says nothing of a special case of some is no more than unsaid, if no law is behind it.
    """
    if "when" in hold.statement.fields:
        return hold.boxes[0][DATA].possible == end.boxes[0][DATA].possible
    told = facts_in(view.overlaps.conditions.exception(end.statement))
    return not any(_is_legal(view, fact) for fact in told)


def _is_legal(view: View, fact: str) -> bool:
    return fact in view.policy.terms and re.search(_LAW, view.policy.terms[fact].label) is not None


def _are_related(one: Statement, other: Statement) -> bool:
    """Whether one comes after the other."""
    pairs = ((one, other), (other, one))
    return any(second.id in terms_of(first.fields, "stage") for first, second in pairs)


def _finding(view: View, hold: Norm, found: Sequence[Norm]) -> Diagnostic:
    meeting = view.overlaps.meeting(hold, found[0])
    return finding(
        UNSAID_HOLD,
        hold.statement,
        f"`{hold.id}` keeps data that {counted(end.id for end in found)} let{'' if found[1:] else 's'} go,"
        " and nothing says which one counts",
        text="kept here",
        more=[(end.statement, "gone here") for end in found[:SHOWN]],
        help=f"write `unless` and the reason to keep it in `{found[0].id}`, or here `until` and what lets it go; "
        "or take that data out of one of them with `excluding`",
        witness=None if meeting is None else witness.words(view.overlaps.extents, meeting),
    )
