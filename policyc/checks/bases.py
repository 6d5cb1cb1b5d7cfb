"""Two legal bases for one use of data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
import consent, legitimate_interests from std.basis.gdpr
party us "Us"
data email "your email address"
purpose news "send you news"
purpose help "help you"
policy notice "Notice"
    controller us
asked: will use email for news basis consent
"""

BASES: Final = Code(
    "PC312",
    "two-bases",
    what="Two statements name different legal bases for the same data and the same purpose.",
    why="People cannot know which of their rights they have: a consent can be withdrawn, an interest be objected to.",
    bad=_HEAD + "weighed: may use email for news, help basis legitimate_interests\n",
    good=_HEAD + "weighed: may use email for help basis legitimate_interests\n",
    level=Level.WARNING,
)

_USES: Final = frozenset({"collect", "derive", "use", "track"})
_MOST: Final = 20
"""So many statements with the same data and purpose are held against each other."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each statement that names other bases than an earlier one."""
    by_use: dict[tuple[str, str], list[tuple[Norm, frozenset[str]]]] = {}
    known: dict[tuple[str, ...], frozenset[str]] = {}
    told: set[str] = set()
    for norm in view.overlaps.permissions:
        one = norm.statement
        named = terms_of(one.fields, "basis")
        if one.verb not in _USES or not named or not isinstance(one.objects, Terms):
            continue
        if named not in known:
            known[named] = _above(view, named)
        mine = norm, known[named]
        for data in one.objects.ids:
            for purpose in terms_of(one.fields, "purposes"):
                earlier = by_use.setdefault((data, purpose), [])
                other = next((each for each in earlier[:_MOST] if _differ(view, each, mine)), None)
                if other is not None and one.id not in told:
                    told.add(one.id)
                    yield _finding(one, other[0].statement, data, purpose)
                earlier.append(mine)


def _above(view: View, bases: tuple[str, ...]) -> frozenset[str]:
    """Legal bases with those above them: explicit consent is consent."""
    found: set[str] = set()
    queue = list(bases)
    while queue:
        name = queue.pop()
        found.add(name)
        queue += view.policy.terms[name].parents
    return frozenset(found)


def _differ(view: View, one: tuple[Norm, frozenset[str]], other: tuple[Norm, frozenset[str]]) -> bool:
    """Whether two statements about the same people, places and conditions have no basis in common."""
    if one[1] & other[1]:
        return False
    mine, others = one[0].boxes[0], other[0].boxes[0]
    meet = all(mine[axis].possible & others[axis].possible for axis in mine if axis in others)
    return meet and view.overlaps.can_hold(one[0].when, other[0].when)


def _finding(one: Statement, other: Statement, data: str, purpose: str) -> Diagnostic:
    return finding(
        BASES,
        one,
        f"`{one.id}` and `{other.id}` use `{data}` for `{purpose}` on different legal bases",
        text="another basis",
        more=[(other, "one basis")],
        help="choose one; or say for which people, places or conditions each of them holds",
    )
