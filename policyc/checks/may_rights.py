"""Rights that nobody has for sure: each statement that grants them says `may`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import LAW_SAYS
from policyc.model.values import Terms
from policyc.semantics.extents import EVERYTHING, Leaves
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
right see_data "see your data"
right correct_data "have your data corrected"
channel mailbox "our mailbox" email "privacy@us.example"
event asked "we receive your request"
policy notice "Notice"
    controller us
    contact mailbox
"""

ONLY_MAY: Final = Code(
    "PC528",
    "rights-only-may",
    what="A right is granted with `may`, and nowhere with `will` or `must`.",
    why="`may` leaves it to us. Who asks cannot tell whether there is a right at all.",
    bad=_HEAD + "rights: may grant see_data through mailbox within 30 days after asked\n",
    good=_HEAD + "rights: will grant see_data through mailbox within 30 days after asked\n",
    level=Level.INFO,
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all rights. Where the policy says that a law asks for them, another check tells of it."""
    if any(one.verb == "grant" and one.mood == LAW_SAYS and one.modality == "must" for one in view.policy.statements):
        return
    grants = [norm for norm in view.overlaps.permissions if norm.verb == "grant" and "rights" in norm.boxes[0]]
    firm: dict[Leaves, Leaves] = {}
    for norm in grants:
        if norm.statement.modality != "may":
            firm[_people(norm)] = firm.get(_people(norm), 0) | norm.boxes[0]["rights"].possible
    loose = [
        norm for norm in grants if norm.statement.modality == "may" and view.overlaps.extents.is_ours(norm.statement)
    ]
    rights: dict[str, None] = {}
    statements = []
    for norm in loose:
        here = _never_firm(view, norm, firm)
        if here:
            statements.append(norm.statement)
        rights |= dict.fromkeys(here)
    if statements:
        first, *rest = statements
        yield finding(
            ONLY_MAY,
            first,
            f"people only may have {counted(rights)}, and no statement says that they do",
            text="`may` here",
            more=[(one, "and here") for one in rest[: SHOWN - 1]],
            help="write `will`, and say with `when`, `unless` or `refusal` when not",
        )


def _never_firm(view: View, norm: Norm, firm: dict[Leaves, Leaves]) -> list[str]:
    """The rights of a statement that no firm one grants to any of these people."""
    told = 0
    for people, rights in firm.items():
        told |= rights if people & _people(norm) else 0
    objects = norm.statement.objects
    named = objects.ids if isinstance(objects, Terms) else ()
    return [name for name in named if not view.overlaps.extents.below([name]) & told]


def _people(norm: Norm) -> Leaves:
    found = norm.boxes[0].get("subjects")
    return found.possible if found else EVERYTHING
