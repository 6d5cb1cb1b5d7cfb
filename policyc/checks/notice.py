"""Notices that people have to give, to ask for or to act upon, and nobody learns by which way they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms, names_in

_HEAD: Final = """\
language 1
party us "Us"
subject users "users"
message wish "your wish not to be filmed"
channel mailbox "our mailbox" email "privacy@us.example"
policy notice "Notice"
    controller us
    contact mailbox
"""

NO_WAY: Final = Code(
    "PC523",
    "notice-without-channel",
    what="People tell us something, or are told what they have asked for or must act upon, and no channel is named.",
    why="Who does not know where to write, or where to look, misses what it is about, and cannot tell a fraud from it.",
    bad=_HEAD + "told: will notify us by users regarding wish\n",
    good=_HEAD + "told: will notify us by users regarding wish through mailbox\n",
    level=Level.INFO,
)

_ACTED_UPON: Final = (
    r"(?i)\b(?:ask(?:s|ed)?|requested|requesters?|(?:your|their) requests?|invit\w+|confirm\w*|"
    r"(?:log|sign)[ -]?in(?:to)?)\b"
)
"""How labels read of what people have asked for, or are asked to do."""

_ABOUT: Final = ("regarding", "when", "event")


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all notices."""
    ours = frozenset(terms_of(view.policy.header.fields, "controllers"))
    found = [one for one in view.statements if _is_notice(one) and _matters(view, one, ours)]
    if found:
        first, *rest = found
        yield finding(
            NO_WAY,
            first,
            f"{counted(one.id for one in found)} {'do' if rest else 'does'} not say by which way",
            more=[(one, "nor here") for one in rest[: SHOWN - 1]],
            help="add `through` and a channel",
        )


def _is_notice(one: Statement) -> bool:
    return one.verb == "notify" and one.modality != "never" and not says(one, "channels")


def _matters(view: View, one: Statement, ours: frozenset[str]) -> bool:
    """Whether others tell us, or we tell people what they have asked for or are to act upon."""
    terms = view.policy.terms
    told = one.objects.ids if isinstance(one.objects, Terms) else ()
    if not ours.isdisjoint(told):
        return not view.overlaps.extents.is_ours(one)
    people = [name for name in told if terms[name].kind == "subject"]
    about = [name for field in _ABOUT if field in one.fields for name in names_in(one.fields[field])]
    return bool(people) and any(
        re.search(_ACTED_UPON, terms[name].label) for name in (*people, *about) if name in terms
    )
