"""What we do on our own account with data that we say we only process for others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, Matter, View, counted, finding, matter
from policyc.diagnostics.code import Code
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Words
from policyc.semantics.extents import EVERYTHING, Box, Leaves

_HEAD: Final = """\
language 1
import legitimate_interests from std.basis.gdpr
party us "Us"
data calls "calls"
data call_lengths "lengths of calls"
purpose improve "improve our service"
policy notice "Notice"
    controller us
ours: will act_as processor regarding calls
"""

OWN_USE: Final = Code(
    "PC310",
    "own-use-as-processor",
    what="We are only a processor for data, and use it on a legal basis of our own.",
    why="Who uses data for purposes of their own is a controller for that use, whatever they call themselves "
    "(GDPR Art. 28(10)).",
    bad=_HEAD + "review: may use calls, call_lengths for improve basis legitimate_interests\n",
    good=_HEAD + "review: may use call_lengths for improve basis legitimate_interests\n",
)

_OWN: Final = ("basis", "special_basis", "interest")
_PROCESSOR: Final = ("processor",)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each thing of which statements say that we are only a processor."""
    ours = frozenset(terms_of(view.policy.header.fields, "controllers"))
    roles = [one for one in view.statements if one.verb == "act_as" and one.modality != "never"]
    roles = [one for one in roles if ours.issuperset(terms_of(one.fields, "actor"))]
    processing = [one for one in roles if isinstance(one.objects, Words) and one.objects.words == _PROCESSOR]
    if not processing:
        return
    controlling = [matter(view, one) for one in roles if one not in processing]
    own = [(one, view.overlaps.extents.box(one, permits=True)) for one in view.statements if _is_own(one)]
    for one, *same in _alike(view, processing):
        mine = matter(view, one)
        excepted = list(_within(controlling, mine))
        inside = [(other, box) for other, box in own if _lies_in(box, mine)]
        found = [other for other, box in inside if not any(_lies_in(box, role) for role in excepted)]
        if found:
            used = f"{counted(other.id for other in found)} {'use' if found[1:] else 'uses'}"
            yield finding(
                OWN_USE,
                one,
                f"we are a processor here, and {used} the data on a legal basis of our own",
                text="processor",
                more=[
                    *((other, "here, too") for other in same),
                    *((other, "for ourselves") for other in found[:SHOWN]),
                ],
                help=f"say `on_behalf_of` whom `{found[0].id}` is, or that we are a controller for it",
            )


def _alike(view: View, roles: list[Statement]) -> Iterator[list[Statement]]:
    """Statements about the same data, people and purposes, together."""
    found: dict[tuple[tuple[str, Leaves], ...], list[Statement]] = {}
    for one in roles:
        found.setdefault(tuple(sorted(matter(view, one).items())), []).append(one)
    yield from found.values()


def _is_own(one: Statement) -> bool:
    """Whether an act is our own: it has a legal basis of its own, and is on nobody's behalf."""
    is_act = one.row.decided and one.modality != "never"
    return is_act and "on_behalf_of" not in one.fields and any(name in one.fields for name in _OWN)


def _within(roles: list[Matter], reach: Matter) -> Iterator[Matter]:
    """The roles that are about nothing but what another one is about: they say more of it."""
    for role in roles:
        if all(role.get(axis, EVERYTHING) & ~leaves == 0 for axis, leaves in reach.items()):
            yield role


def _lies_in(box: Box, reach: Matter) -> bool:
    """Whether all of something that an act names lies in what a role is about."""
    return all(
        any(not piece & ~leaves for piece in box[axis].pieces) if axis in box else axis == "subject"
        for axis, leaves in reach.items()
    )
