"""A `may` where the policy itself says that the law asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import LAW_SAYS
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
party us "Us"
law data_act "the Data Act"
right see_data "see your data"
channel mailbox "our mailbox" email "privacy@us.example"
policy notice "Notice"
    controller us
told: law says must grant see_data under data_act
"""

MAY_FOR_MUST: Final = Code(
    "PC508",
    "may-for-must",
    what="The policy says that a law asks for something, and then only that we may do it.",
    why="`may` leaves it to us. Readers cannot rely on what the law gives them.",
    bad=_HEAD + "rights: may grant see_data through mailbox\n",
    good=_HEAD + "rights: will grant see_data through mailbox\n",
    level=Level.WARNING,
)


_MOST_TRIED: Final = 5
"""So many laws are held against each `may`."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each `may`, unless we promise the same elsewhere."""
    overlaps = view.overlaps
    laws = [
        Norm(one.id, one, (overlaps.extents.box(one, permits=False),), when=overlaps.conditions.of(one))
        for one in view.policy.statements
        if one.mood == LAW_SAYS and one.modality == "must"
    ]
    if not laws:
        return
    index = Index(laws)
    found = [
        (norm, law)
        for norm in overlaps.permissions
        if norm.statement.modality == "may"
        for law in index.norms(index.meeting(norm), _MOST_TRIED)
        if overlaps.can_hold(norm.when, law.when)
    ]
    promises = Index([norm for norm in overlaps.permissions if norm.statement.modality != "may"] if found else ())
    for norm, law in {norm.id: (norm, law) for norm, law in reversed(found) if not promises.meeting(law)}.values():
        yield _finding(norm, law)


def _finding(norm: Norm, law: Norm) -> Diagnostic:
    return finding(
        MAY_FOR_MUST,
        norm.statement,
        f"`{norm.id}` says `may`, and `{law.id}` says that the law asks for it",
        text="`may` here",
        more=[(law.statement, "asked for here")],
        help=f"write `must` or `will` in `{norm.id}`, or say in `{law.id}` for whom or when the law asks for it",
    )
