"""A right to have data deleted, and a duty to keep it of which the right says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, Matter, View, finding, matter
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import Bound
from policyc.model.policy import Statement
from policyc.model.values import Period
from policyc.semantics.extents import Box, Leaves

_HEAD: Final = """\
language 1
import erasure from std.right.gdpr
import account_closed from std.event.account
party us "Us"
data orders "your orders"
policy notice "Notice"
    controller us
books: must keep orders at least 7 years after account_closed
"""

BLOCKED: Final = Code(
    "PC308",
    "blocked-deletion",
    what="People may have data deleted that another statement says must be kept, and no exception is told.",
    why="The right that people read is wider than the one they have. Where a duty wins, say so.",
    bad=_HEAD + "yours: will grant erasure regarding orders\n",
    good=_HEAD + 'yours: will grant erasure regarding orders refusal "We keep what a law makes us keep."\n',
    level=Level.WARNING,
)

_DELETION: Final = "std.right.base.deletion_rights"
"""The library's term for all rights to have data deleted."""


_EXCEPTIONS: Final = ("refusal", "limits", "unless")
"""What a right says of its exceptions."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each duty of which a right to deletion says nothing."""
    duties = [one for one in view.statements if _keeps_long(one)]
    if not duties:
        return
    extents = view.overlaps.extents
    deletion = extents.below(term.id for term in view.policy.terms.values() if term.qualified == _DELETION)
    rights = [(one, matter(view, one)) for one in view.statements if _grants(view, one, deletion)]
    for duty in duties:
        kept = extents.box(duty, permits=True)
        found = [one for one, reach in rights if _meet(kept, reach)]
        if found:
            yield finding(
                BLOCKED,
                duty,
                f"`{duty.id}` keeps data that `{found[0].id}` lets people have deleted",
                text="has to stay",
                more=[(one, "may be deleted") for one in found[:SHOWN]],
                help=f"say in `{found[0].id}` when you refuse, with `refusal`, `limits` or `unless`; "
                "or leave that data out of the right",
            )


def _meet(box: Box, reach: Matter) -> bool:
    return all(box[axis].possible & leaves for axis, leaves in reach.items() if axis in box)


def _grants(view: View, one: Statement, deletion: Leaves) -> bool:
    """Whether a statement grants a deletion, by a name of its own, and tells no exception."""
    if one.verb != "grant" or one.modality == "never" or any(name in one.fields for name in _EXCEPTIONS):
        return False
    rights = view.overlaps.extents.box(one, permits=True).get("rights")
    return rights is not None and any(not piece & ~deletion for piece in rights.pieces)


def _keeps_long(one: Statement) -> bool:
    """Whether a statement says that data has to stay for some time."""
    period = one.fields.get("period")
    is_duty = one.modality == "must" or (isinstance(period, Period) and period.bound is Bound.AT_LEAST)
    return one.verb == "keep" and is_duty and one.modality in {"must", "will"}
