"""A promise to delete what, by another statement, is never there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from policyc.checks._view import SHOWN, View, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import MODALITIES
from policyc.model.policy import Statement
from policyc.model.values import Period
from policyc.semantics.conditions import FALSE, TRUE
from policyc.semantics.cover import Covers
from policyc.semantics.extents import DATA, Box
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
party us "Us"
data messages "your messages"
system servers "our servers"
event delivered "your message is delivered"
policy notice "Notice"
    controller us
not_there: never store messages at servers
"""

NOTHING_TO_DELETE: Final = Code(
    "PC319",
    "nothing-to-delete",
    what="A statement promises to delete data after some time, from where another one says that it is never stored.",
    why="What is deleted later has been there until then. One of the two is untrue, or without effect.",
    bad=_HEAD + "gone: will delete messages at servers within 30 days after delivered\n",
    good=_HEAD + "gone: will delete messages at servers at once after delivered\n",
    level=Level.WARNING,
)

_HOLDS: Final = frozenset({"store", "keep"})
_SPECIAL: Final = ("when", "unless", "state", "stage", "purposes")
"""Clauses with which a deletion is about special cases: what comes in by mistake, say."""

_ABOUT: Final = frozenset({DATA, "subject", "location", "place", "state"})
"""Axes of a prohibition that a deletion has too."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each deletion, with the first prohibition that leaves nothing of it."""
    denials = [norm for norm in view.overlaps.prohibitions if _is_flat(view, norm)]
    if not denials:
        return
    index, covers = Index(denials), Covers(view.overlaps, ())
    for one in view.statements:
        if _lets_stay(one):
            box = view.overlaps.extents.box(evolve(one, verb="keep"), permits=True)
            found = index.norms(index.covering(Norm(one.id, one, (box,))), SHOWN)
            inside = [norm for norm in found if _is_inside(box, norm.boxes[0]) and covers.is_below(one, norm.statement)]
            yield from (_finding(one, norm) for norm in inside[:1])


def _is_flat(view: View, norm: Norm) -> bool:
    """Whether it says that data is never there, in no case and at no time."""
    is_always = norm.verb in _HOLDS and norm.when == TRUE and norm.unless == FALSE
    return is_always and not view.overlaps.exceptions(norm) and _ABOUT.issuperset(norm.boxes[0])


def _lets_stay(one: Statement) -> bool:
    """Whether it promises to delete what has been there for some time. What goes at once is on its way only."""
    deadline = one.fields.get("deadline") or one.fields.get("period")
    is_at_once = isinstance(deadline, Period) and not deadline.number
    is_promise = one.verb == "delete" and one.modality != "never" and MODALITIES[one.modality].promises
    return is_promise and not is_at_once and not says(one, *_SPECIAL)


def _is_inside(box: Box, denied: Box) -> bool:
    """Whether nothing that is deleted lies outside of what is denied."""
    return all(axis in box and not box[axis].possible & ~extent.certain for axis, extent in denied.items())


def _finding(one: Statement, norm: Norm) -> Diagnostic:
    return finding(
        NOTHING_TO_DELETE,
        one,
        f"`{one.id}` deletes what is never there, as `{norm.id}` says",
        text="deleted here",
        more=[(norm.statement, "never stored, here")],
        help=f"if it is there for some time, say in `{norm.id}` when, with `unless` or `except`; if not, "
        f"write `at once` in `{one.id}`, or leave it out",
    )
