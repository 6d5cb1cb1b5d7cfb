"""A right to have data deleted, beside a statement that only says that it may be deleted when people ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement
from policyc.model.values import Terms, names_in
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
import erasure from std.right.gdpr
party us "Us"
data orders "your orders"
fact asked "you ask us"
channel mailbox "our mailbox" email "privacy@us.example"
policy notice "Notice"
    controller us
rights: will grant erasure through mailbox
"""

MAY_DELETE: Final = Code(
    "PC518",
    "may-delete-on-request",
    what="People have a right to have data deleted, and elsewhere it only may be deleted when they ask.",
    why="Whoever has a right need not hope. Readers of the second sentence take it for a favour.",
    bad=_HEAD + "gone: may delete orders when asked\n",
    good=_HEAD + "gone: will delete orders within 30 days when asked\n",
    level=Level.INFO,
)

_DELETION: Final = "std.right.base.deletion_rights"
_ASKED: Final = r"(?i)\b(?:ask(?:s|ed)?|request(?:s|ed)?)\b"
"""How conditions and events read that people bring about."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each `may delete` at a request, unless all of that data is promised to be deleted."""
    permissions = view.overlaps.permissions
    asked = [norm for norm in permissions if norm.statement.modality == "may" and _is_request(view, norm.statement)]
    if not asked:
        return
    deletion = view.graph.below(term.id for term in view.policy.of_kind("right") if term.qualified == _DELETION)
    rights = [norm for norm in permissions if _grants(norm, deletion)]
    promised = [norm for norm in permissions if norm.verb == "delete" and norm.statement.modality != "may"]
    for norm in asked:
        met = [right for right in rights if _reaches(right, norm)]
        if met and not any(_covers(other, norm) for other in promised):
            yield finding(
                MAY_DELETE,
                norm.statement,
                f"`{norm.id}` says that data may be deleted when people ask, and `{met[0].id}` grants a right to it",
                text="`may` here",
                more=[(right.statement, "a right here") for right in met[:SHOWN]],
                help=f"write `will` in `{norm.id}`",
            )


def _is_request(view: View, one: Statement) -> bool:
    """Whether it deletes if people ask for it."""
    if one.verb != "delete":
        return False
    values = (one.fields[field] for field in ("when", "event") if field in one.fields)
    terms = (view.policy.terms[name] for value in values for name in names_in(value) if name in view.policy.terms)
    return any(re.search(_ASKED, term.label) for term in terms)


def _grants(norm: Norm, deletion: frozenset[str]) -> bool:
    objects = norm.statement.objects
    is_promise = norm.verb == "grant" and norm.statement.modality != "may"
    return is_promise and isinstance(objects, Terms) and not deletion.isdisjoint(objects.ids)


def _reaches(right: Norm, act: Norm) -> bool:
    """Whether a right is about some of the data and the people; about all, where it names none."""
    pairs = (("regarding", DATA), ("subjects", "subject"), ("subjects", "subjects"))
    mine, its = right.boxes[0], act.boxes[0]
    return all(mine[axis].possible & its[name].possible for axis, name in pairs if axis in mine and name in its)


def _covers(promise: Norm, act: Norm) -> bool:
    """Whether all of the data is deleted by promise, if only at some time or of some people."""
    mine, its = promise.boxes[0], act.boxes[0]
    return not its[DATA].possible & ~mine[DATA].possible if DATA in mine and DATA in its else True
