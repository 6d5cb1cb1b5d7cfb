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
    by_use: dict[tuple[str, str], list[Norm]] = {}
    told: set[str] = set()
    for norm in view.overlaps.permissions:
        one = norm.statement
        if one.verb not in _USES or not _bases(view, one) or not isinstance(one.objects, Terms):
            continue
        for data in one.objects.ids:
            for purpose in terms_of(one.fields, "purposes"):
                earlier = by_use.setdefault((data, purpose), [])
                other = next((each for each in earlier[:_MOST] if _differ(view, each, norm)), None)
                if other is not None and one.id not in told:
                    told.add(one.id)
                    yield _finding(one, other.statement, data, purpose)
                earlier.append(norm)


def _bases(view: View, one: Statement) -> frozenset[str]:
    """The legal bases that a statement names, with those above them: explicit consent is consent."""
    found: set[str] = set()
    queue = list(terms_of(one.fields, "basis"))
    while queue:
        name = queue.pop()
        found.add(name)
        queue += view.policy.terms[name].parents
    return frozenset(found)


def _differ(view: View, one: Norm, other: Norm) -> bool:
    """Whether two statements about the same people and places have no basis in common."""
    if _bases(view, one.statement) & _bases(view, other.statement):
        return False
    mine, others = one.boxes[0], other.boxes[0]
    return all(mine[axis].possible & others[axis].possible for axis in mine if axis in others)


def _finding(one: Statement, other: Statement, data: str, purpose: str) -> Diagnostic:
    return finding(
        BASES,
        one,
        f"`{one.id}` and `{other.id}` use `{data}` for `{purpose}` on different legal bases",
        text="another basis",
        more=[(other, "one basis")],
        help="choose one; or say for which people, places or conditions each of them holds",
    )
