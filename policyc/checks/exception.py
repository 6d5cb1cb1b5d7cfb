"""Exceptions that leave nothing of their rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from policyc.checks._view import View, finding, names
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import Force
from policyc.model.policy import Statement, texts_of
from policyc.semantics.conditions import FALSE, TooHard, facts_in, no, told
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Norm

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

_BELIEF: Final = (
    r"(?i)\b(?:we (?:\w+ )?(?:believe|think|feel|deem|consider|find|see fit)|"
    r"our (?:\w+ )?(?:discretion|opinion|judge?ment|view))\b"
)
"""How a condition reads of which we are the only judges."""

_WHOM: Final = (DATA, "recipient", "subject")


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
        else:
            yield from _at_will(view, norm, exceptions)


def _at_will(view: View, norm: Norm, exceptions: Sequence[Norm]) -> Iterator[Diagnostic]:
    """An exception that reaches all data and everybody, and that holds whenever we think so."""
    for one in exceptions:
        if _is_belief(view, one.statement) and all(_covers(one, norm, axis) for axis in _WHOM if axis in norm.boxes[0]):
            yield finding(
                SWALLOWED,
                norm.statement,
                f"`{norm.id}` has the exception `{one.id}`, which leaves out nobody, and we decide when it holds",
                text="little is left of this",
                more=[(one.statement, "as we see fit")],
                help="say what has to be the case, or with whom",
                level=Level.INFO,
            )
            return


def _is_belief(view: View, one: Statement) -> bool:
    """Whether its condition, or what weakens it, is what we ourselves think."""
    labels = [view.policy.terms[name].label for name in facts_in(view.overlaps.conditions.of_fields(one.fields))]
    return any(re.search(_BELIEF, words) for words in (*labels, *texts_of(one.fields, "hedge")))


def _covers(exception: Norm, norm: Norm, axis: str) -> bool:
    mine = exception.boxes[0].get(axis)
    return mine is None or not norm.boxes[0][axis].possible & ~mine.possible
