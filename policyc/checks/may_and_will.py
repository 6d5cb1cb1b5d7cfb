"""`may` for an act of which the policy says elsewhere that it happens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.values import Terms
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
party us "Us"
data details "your details"
data email "email address" is details
data phone "phone number" is details
purpose help "help you"
policy notice "Notice"
    controller us
used: will use details for help
asked: will collect email for help
"""

MAY_AND_WILL: Final = Code(
    "PC710",
    "may-and-will",
    what="One statement says that data may be collected, and another one that a part of it is.",
    why="Readers of the first take it for a mere possibility.",
    bad=_HEAD + "listed: may collect details\n",
    good=_HEAD + "listed: will collect details\n",
    level=Level.INFO,
)

_LIMITS: Final = ("purposes", "when", "unless", "event", "until", "surfaces", "sources", "basis", "place", "means")
"""What makes of a `may` an act of its own, which happens or not."""

_GETTING: Final = frozenset({"collect", "track"})


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each `may` that says no more than which data it is."""
    loose = [
        norm for norm in view.own_acts if norm.statement.modality == "may" and norm.verb in _GETTING and _is_bare(norm)
    ]
    firm = [norm for norm in view.own_acts if norm.statement.modality != "may" and norm.verb in _GETTING]
    if not loose or not firm:
        return
    index = Index(firm)
    for norm in loose:
        mine = norm.boxes[0][DATA].possible
        box = {axis: extent for axis, extent in norm.boxes[0].items() if axis in {DATA, "subject"}}
        found = [other for other in index.norms(index.sharing(box), SHOWN * 2) if _is_part(other, mine)][:SHOWN]
        if found:
            yield finding(
                MAY_AND_WILL,
                norm.statement,
                f"`{norm.id}` says that data may be collected, and {counted(other.id for other in found)}"
                f" {'say' if found[1:] else 'says'} of some of it that it is",
                text="`may` here",
                more=[(other.statement, "a fact here") for other in found],
                help=f"write `will` in `{norm.id}`, or say when it is not collected",
            )


def _is_bare(norm: Norm) -> bool:
    one = norm.statement
    is_open = isinstance(one.objects, Terms) and one.objects.quantifier == "some"
    return not is_open and not any(name in one.fields for name in _LIMITS) and not one.only


def _is_part(other: Norm, data: int) -> bool:
    """Whether all that it names, or some kind of it, is a part of the data."""
    return any(not piece & ~data for piece in other.boxes[0][DATA].pieces)
