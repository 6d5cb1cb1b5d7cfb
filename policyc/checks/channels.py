"""Rights and choices of which nobody learns how to use them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms, Words
from policyc.semantics.extents import EVERYTHING, Leaves
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
right see_data "see your data"
channel mailbox "our mailbox" email "privacy@us.example"
policy notice "Notice"
    controller us
    contact mailbox
"""

NO_CHANNEL: Final = Code(
    "PC507",
    "no-channel",
    what="A right or a choice is given, and nothing says through which channel people use it.",
    why="A right that nobody knows how to use is no right. Without any contact in the policy, this is a warning.",
    bad=_HEAD + "rights: will grant see_data\n",
    good=_HEAD + "rights: will grant see_data through mailbox\n",
    level=Level.INFO,
)

_MADE_BY_ACTING: Final = frozenset({"consent_by_use", "incentive"})
"""Choices for which nobody has to turn to anyone."""

_NOT_ASKED_FOR: Final = ("be ", "not be ", "get the same ", "have an agent ", "have somebody else act ", "complain to ")
"""How labels of rights start that nobody has to ask for, or that say whom to turn to: "be told about a data breach"."""

_ADDRESSES: Final = frozenset({"email", "url", "postal", "phone", "menu"})


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all statements."""
    given = [norm for norm in view.overlaps.permissions if norm.verb in {"grant", "offer"}]
    usable = [norm for norm in given if says(norm.statement, "channels", "recipients")]
    reached = _reached(usable)
    found = [norm.statement for norm in given if _lacks_channel(view, norm, reached)]
    if found:
        first, *rest = found
        has_contact = _has_contact(view)
        them = "it" if len(found) == 1 else "them"
        help_ = "add `through` and a channel"
        yield finding(
            NO_CHANNEL,
            first,
            f"{counted(one.id for one in found)} {'does' if them == 'it' else 'do'} not say how to use {them}",
            more=[(one, "nor here") for one in rest[: SHOWN - 1]],
            help=help_ if has_contact else f"{help_}; the policy has none, declare one such as an address for email",
            level=None if has_contact else Level.WARNING,
        )


def _reached(usable: list[Norm]) -> dict[Leaves, Leaves]:
    """People → the rights for which they have a channel."""
    found: dict[Leaves, Leaves] = {}
    for norm in usable:
        if norm.verb == "grant" and "rights" in norm.boxes[0]:
            people = _people(norm)
            found[people] = found.get(people, 0) | norm.boxes[0]["rights"].possible
    return found


def _people(norm: Norm) -> Leaves:
    found = norm.boxes[0].get("subjects")
    return found.possible if found else EVERYTHING


def _lacks_channel(view: View, norm: Norm, reached: dict[Leaves, Leaves]) -> bool:
    """Whether it gives something that has to be asked for, and neither it nor another statement says how."""
    one = norm.statement
    extents = view.overlaps.extents
    if says(one, "channels", "recipients") or not extents.is_ours(one):
        return False
    if isinstance(one.objects, Words):
        return not _MADE_BY_ACTING.issuperset(one.objects.words)
    if not isinstance(one.objects, Terms):
        return False
    here = 0
    for people, rights in reached.items():
        here |= rights if people & _people(norm) else 0
    labels = view.policy.terms
    asked = (name for name in one.objects.ids if not labels[name].label.startswith(_NOT_ASKED_FOR))
    return any(not extents.below([name]) & here for name in asked)


def _has_contact(view: View) -> bool:
    """Whether readers learn of any way to reach us."""
    header = view.policy.header.fields
    parties = [*terms_of(header, "controllers"), *terms_of(header, "officers"), *terms_of(header, "representatives")]
    if "contact" in header or any("contact" in view.policy.terms[name].fields for name in parties):
        return True
    told = any(_tells_channel(one) for one in view.statements)
    return told or any(term.kind == "channel" and not _ADDRESSES.isdisjoint(term.fields) for term in view.terms)


def _tells_channel(one: Statement) -> bool:
    return one.verb in {"advise", "require"} and "channels" in one.fields
