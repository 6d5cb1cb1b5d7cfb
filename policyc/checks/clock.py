"""Data that one statement keeps longer than another one lets it stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve, frozen

from policyc.checks._view import View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import MODALITIES, Bound
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Period, Terms
from policyc.semantics import witness
from policyc.semantics.clocks import Spans, is_clock, longest, moment_after, shortest
from policyc.semantics.conditions import NOW
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
party us "Us"
data orders "your orders"
data invoices "invoices" is orders
event closed "you close your account"
policy notice "Notice"
    controller us
"""

CLOCKS: Final = Code(
    "PC306",
    "clocks-clash",
    what="One statement keeps data longer than another one lets it stay.",
    why="A record cannot be deleted and still be there: whoever deletes breaks the one, whoever keeps the other.",
    bad=_HEAD
    + "gone: will delete orders within 30 days after closed\nbooks: must keep invoices at least 7 years after closed\n",
    good=_HEAD
    + "gone: will delete orders excluding invoices within 30 days after closed\n"
    + "books: must keep invoices at least 7 years after closed\n",
)

OPEN_CLOCKS: Final = Code(
    "PC307",
    "clocks-may-clash",
    what="One statement deletes data after an event that can come while another one still keeps it.",
    why="Readers rely on the deletion. Which of the two counts should not be left to whoever runs it.",
    bad=_HEAD
    + 'event paid "you pay"\ngone: will delete orders at once after closed\n'
    + "books: must keep invoices at least 7 years after paid\n",
    good=_HEAD
    + 'event paid "you pay"\ngone: will delete orders excluding invoices at once after closed\n'
    + "books: must keep invoices at least 7 years after paid\n",
    level=Level.WARNING,
)

_KEEP: Final = "keep"


@frozen(eq=False, repr=False)
class _Clock:
    """A statement that keeps or deletes, as a norm; what its time starts with; and how long that is.

    `is_end`: the data is deleted then, and does not only lose its reason to stay.
    """

    norm: Norm
    starts: frozenset[str]
    spans: Spans
    is_end: bool = False

    @property
    def is_duty(self) -> bool:
        """Whether the data has to stay, and not only does."""
        one = self.norm.statement
        period = one.fields.get("period")
        return one.modality == "must" or (isinstance(period, Period) and period.bound is Bound.AT_LEAST)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each latest end that comes before an earliest end."""
    clocks = [one for one in view.statements if is_clock(one)]
    earliest = [clock for one in clocks for clock in _earliest(view, one)]
    index = Index([clock.norm for clock in earliest])
    by_norm = {id(clock.norm): clock for clock in earliest}
    for latest in (clock for one in clocks for clock in _latest(view, one)):
        met = index.norms(index.meeting(latest.norm), len(earliest))
        others = [clock for clock in (by_norm[id(norm)] for norm in met) if _meet(view, clock, latest)]
        same = [clock for clock in others if clock.starts == latest.starts and _is_longer(clock, latest)]
        if same:
            yield _finding(view, CLOCKS, latest, same)
        elif latest.is_end:
            open_ = [clock for clock in others if clock.starts != latest.starts and clock.is_duty]
            if open_:
                yield _finding(view, OPEN_CLOCKS, latest, open_)


def _earliest(view: View, one: Statement) -> Iterator[_Clock]:
    """Until when a statement promises that data stays."""
    spans = shortest(one)
    if one.verb == _KEEP and MODALITIES[one.modality].promises and spans is not None:
        yield from _clock(view, one, "event", spans, permits=True)


def _latest(view: View, one: Statement) -> Iterator[_Clock]:
    """Until when a statement lets data stay: its period, or what it goes on until."""
    spans = longest(one)
    if spans is not None:
        yield from _clock(view, one, "event", spans, permits=False)
    if "until" in one.fields and one.modality != "must":  # who must keep until then, holds it, and may keep it longer
        yield from _clock(view, one, "until", (), permits=False)


def _clock(view: View, one: Statement, start: str, spans: Spans, *, permits: bool) -> Iterator[_Clock]:
    starts = one.fields.get(start)
    if isinstance(starts, Terms) and (len(starts.ids) == 1 or starts.quantifier != "any"):
        kept = one if one.verb == _KEEP else evolve(one, verb=_KEEP)
        box = view.overlaps.extents.box(kept, permits=permits)
        guard = view.overlaps.conditions.of_fields(one.fields)
        is_end = one.verb != _KEEP or start == "until"
        yield _Clock(Norm(one.id, kept, (box,), when=guard), frozenset(starts.ids), spans, is_end)


def _is_longer(earliest: _Clock, latest: _Clock) -> bool:
    return moment_after(NOW, earliest.spans) > moment_after(NOW, latest.spans)


def _meet(view: View, earliest: _Clock, latest: _Clock) -> bool:
    """Whether two statements are about the same data, and none says that it is an exception to the other."""
    one, other = earliest.norm, latest.norm
    if one.id == other.id or _are_related(one.statement, other.statement):
        return False
    return view.overlaps.meeting(one, other) is not None


def _are_related(one: Statement, other: Statement) -> bool:
    keys = ("except", "despite", "subject_to", "stage")
    named = {(each.id, name) for each in (one, other) for key in keys for name in terms_of(each.fields, key)}
    return not named.isdisjoint({(one.id, other.id), (other.id, one.id)})


def _finding(view: View, code: Code, latest: _Clock, found: Sequence[_Clock]) -> Diagnostic:
    first = found[0].norm
    meeting = view.overlaps.meeting(first, latest.norm)
    may = "" if code is CLOCKS else "may "
    return finding(
        code,
        latest.norm.statement,
        f"`{latest.norm.id}` {may}let{'' if may else 's'} data go before `{first.id}` does",
        text="gone by then",
        more=[(clock.norm.statement, "kept until then") for clock in found],
        help=f"take what `{first.id}` keeps out of `{latest.norm.id}` with `excluding`, or make the periods fit",
        witness=None if meeting is None else witness.words(view.overlaps.extents, meeting),
    )
