"""Data that people need not give, and that another statement asks for as mandatory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
data details "your details"
data number "your number" is details
data hobbies "your hobbies" is details
purpose help "help you"
policy notice "Notice"
    controller us
needed: will collect number for help mandatory
"""

OPTIONAL: Final = Code(
    "PC314",
    "optional-and-mandatory",
    what="A statement says that people need not give data, and another one that a part of it is mandatory.",
    why="Readers cannot know whether they may leave it out, and what happens if they do.",
    bad=_HEAD + "asked: may collect details for help optional\n",
    good=_HEAD + "asked: may collect hobbies for help optional\n",
    level=Level.WARNING,
)


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each statement with `optional`."""
    asking = [norm for norm in view.own_acts if norm.verb == "collect"]
    needed = [norm for norm in asking if "mandatory" in norm.statement.fields]
    for norm in asking:
        if "optional" in norm.statement.fields:
            found = [
                other for other in needed if _covers(norm, other) and view.overlaps.can_hold(norm.when, other.when)
            ]
            if found:
                yield _finding(norm, found)


def _covers(optional: Norm, mandatory: Norm) -> bool:
    """Whether it speaks of all that is mandatory, and of the same people and purposes; less is an exception."""
    mine, other = optional.boxes[0], mandatory.boxes[0]
    is_inside = not other[DATA].possible & ~mine[DATA].certain
    return is_inside and all(mine[axis].possible & other[axis].possible for axis in mine if axis in other)


def _finding(norm: Norm, found: list[Norm]) -> Diagnostic:
    first = found[0].id
    return finding(
        OPTIONAL,
        norm.statement,
        f"`{norm.id}` says that people need not give what is mandatory in {counted(other.id for other in found)}",
        text="optional here",
        more=[(other.statement, "mandatory here") for other in found[:SHOWN]],
        help=f"take what `{first}` is about out of `{norm.id}` with `excluding`, or say when each of them holds",
    )
