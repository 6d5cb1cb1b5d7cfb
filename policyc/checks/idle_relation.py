"""Relations between statements that do not meet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.verbs import entailed
from policyc.model.policy import Statement, terms_of
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
party ads "advertisers"
party host "Northcloud"
data email "email address"
data photo "photo"
policy notice "Notice"
    controller us
no_ads: never share email with ads
"""

IDLE_RELATION: Final = Code(
    "PC406",
    "idle-relation",
    what="A statement is said to be an exception to another one, or to yield to it, and the two never meet.",
    why="Readers look for the case in which the one limits the other. There is none, or it was meant otherwise.",
    bad=_HEAD + "sent: may share photo with ads despite no_ads\n",
    good=_HEAD + "sent: may share email with ads despite no_ads\n",
    level=Level.INFO,
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each relation."""
    overlaps = view.overlaps
    allowing: dict[str, list[Norm]] = {}
    forbidding: dict[str, list[Norm]] = {}
    for norm in (*overlaps.permissions, *overlaps.halves):
        allowing.setdefault(norm.statement.id, []).append(norm)
    for norm in (*overlaps.prohibitions, *overlaps.closed):
        forbidding.setdefault(norm.statement.id, []).append(norm)
    for one in view.statements:
        for word, this, other in _relations(one):
            named = other if this == one.id else this
            pairs = [(a, b) for a in allowing.get(this, ()) for b in forbidding.get(other, ())]
            if pairs and not any(_meet(view, *pair) for pair in pairs):
                yield _finding(view, one, word, named)


def _relations(one: Statement) -> Iterator[tuple[str, str, str]]:
    """The word, what is allowed, and what is forbidden."""
    yield from (("except", name, one.id) for name in terms_of(one.fields, "except"))
    for word in ("despite", "subject_to"):
        yield from ((word, one.id, name) for name in terms_of(one.fields, word))


def _meet(view: View, permission: Norm, prohibition: Norm) -> bool:
    about = prohibition.verb in entailed(permission.verb)
    return about and view.overlaps.meeting(permission, prohibition) is not None


def _finding(view: View, one: Statement, word: str, named: str) -> Diagnostic:
    key = word.replace("_", " ")
    return finding(
        IDLE_RELATION,
        one,
        f"`{key} {named}` changes nothing, for `{one.id}` and `{named}` never meet",
        more=[(view.policy.statement(named), "this one")],
        help=f"delete `{key} {named}`, or say in one of the two what was meant to meet",
    )
