"""Cookies and other means of recognition of which nobody learns how long they work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement
from policyc.model.values import Terms
from policyc.semantics.extents import DATA

_HEAD: Final = """\
language 1
party us "Us"
data login_cookie "login cookie" tracker
purpose stay "keep you logged in"
event closed "you close your browser"
policy notice "Notice"
    controller us
stopped: never use login_cookie for stay after closed
"""

NO_LIFETIME: Final = Code(
    "PC516",
    "no-lifetime",
    what="A cookie or another means of recognition is used, and nothing says how long it works.",
    why="People can find out how long a cookie stays only in their browser. Laws want it said before they agree.",
    bad=_HEAD + "login: will track login_cookie for stay\n",
    good=_HEAD + "login: will track login_cookie for stay until closed\n",
    level=Level.WARNING,
)

_TELL: Final = ("period", "until", "depends_on")


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all means."""
    extents = view.overlaps.extents
    if not view.trackers:
        return
    about = [norm for norm in view.overlaps.permissions if DATA in norm.boxes[0] and _is_only(view, norm.statement)]
    told = 0
    for norm in about:
        told |= norm.boxes[0][DATA].possible if says(norm.statement, *_TELL, "deadline") else 0
    missing: dict[str, None] = {}
    statements = []
    for norm in about:
        here = (
            [name for name in _named(norm.statement) if extents.below([name]) & ~told] if norm.verb == "track" else []
        )
        if here and extents.is_ours(norm.statement):
            statements.append(norm.statement)
            missing |= dict.fromkeys(here)
    if statements:
        first, *rest = statements
        yield finding(
            NO_LIFETIME,
            first,
            f"nothing says how long {counted(missing)} {'works' if len(missing) == 1 else 'work'}",
            more=[(one, "nor here") for one in rest[: SHOWN - 1]],
            help="add a period, or `until` and an event; if the text does not say it, write `hole period`",
        )


def _named(one: Statement) -> tuple[str, ...]:
    return one.objects.ids if isinstance(one.objects, Terms) else ()


def _is_only(view: View, one: Statement) -> bool:
    """Whether a statement is about such means, and nothing else."""
    named = view.overlaps.extents.below(_named(one))
    return bool(named) and not named & ~view.trackers
