"""Exceptions that leave nothing of their rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import View, finding, names
from policyc.diagnostics.code import Code
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import Force
from policyc.semantics.conditions import FALSE, TooHard, no, told

_HEAD: Final = """\
language 1
party us "Us"
party ads "advertisers"
data profile "your profile"
data photo "your photo" is profile
data name "your name" is profile
policy notice "Notice"
    controller us
"""

SWALLOWED: Final = Code(
    "PC305",
    "swallowed-rule",
    what="The exceptions of a prohibition cover all that it forbids.",
    why="A promise of which nothing is left misleads whoever relies on it.",
    bad=_HEAD + "no: never store profile except yes\nyes: may store profile as any_state\n",
    good=_HEAD + "no: never store profile except yes\nyes: may store photo as any_state\n",
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each prohibition of which nothing is left."""
    overlaps = view.overlaps
    for norm in overlaps.prohibitions:
        if norm.statement.force is not Force.FORBID:
            continue
        exceptions = overlaps.exceptions(norm)
        try:
            is_open = overlaps.conditions.solve(norm.when) is not None
            always = norm.unless != FALSE and overlaps.conditions.solve(norm.when, no(norm.unless)) is None
        except TooHard:
            continue
        if not is_open:
            continue
        if always:
            condition = told(norm.unless)
            yield finding(
                SWALLOWED,
                norm.statement,
                f"`{norm.id}` forbids nothing: {condition} always holds",
                help="take out what always holds, or delete the statement",
            )
        elif exceptions and overlaps.rest(norm, exceptions) is None:
            yield finding(
                SWALLOWED,
                norm.statement,
                f"`{norm.id}` forbids nothing: {names(one.id for one in exceptions)} "
                f"allow{'s' if len(exceptions) == 1 else ''} all of it",
                text="nothing is left of this",
                more=[(one.statement, "allowed here") for one in exceptions],
                help="limit the exception, or delete the prohibition",
            )
