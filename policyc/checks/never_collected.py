"""Data that is used, shared or kept, and that nothing collects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement
from policyc.model.values import Terms
from policyc.semantics.extents import DATA
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
data email "email address"
data phone "phone number"
purpose help "help you"
policy notice "Notice"
    controller us
"""

NEVER_COLLECTED: Final = Code(
    "PC513",
    "never-collected",
    what="Data is used, shared or kept, and no statement says that it is collected or worked out.",
    why="Readers do not learn that you have this data, nor from whom; the list of what is collected is not complete.",
    bad=_HEAD + "asked: will collect email for help\ncalls: will use email, phone for help\n",
    good=_HEAD + "asked: will collect email, phone for help\ncalls: will use email, phone for help\n",
    level=Level.INFO,
)

_GETS: Final = frozenset({"collect", "derive", "track"})


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all data; none for a policy that never says what it collects."""
    extents = view.overlaps.extents
    got = 0
    for norm in view.acts:
        got |= norm.boxes[0][DATA].possible if norm.verb in _GETS else 0
    got |= extents.below(term.id for term in view.policy.of_kind("data") if "sources" in term.fields)
    missing: dict[str, None] = {}
    statements = []
    for norm in view.acts if got else ():
        here = [name for name in _named(norm) if not extents.below([name]) & got]
        if not missing.keys() >= set(here):
            statements.append(norm.statement)
        missing |= dict.fromkeys(here)
    if statements:
        yield _finding(statements, missing)


def _named(norm: Norm) -> tuple[str, ...]:
    one = norm.statement
    is_own = norm.verb not in _GETS and "on_behalf_of" not in one.fields
    return one.objects.ids if is_own and isinstance(one.objects, Terms) else ()


def _finding(statements: list[Statement], missing: dict[str, None]) -> Diagnostic:
    first, *rest = statements
    return finding(
        NEVER_COLLECTED,
        first,
        f"nothing says that {counted(missing)} {'is' if len(missing) == 1 else 'are'} collected",
        text="spoken of here",
        more=[(one, "and here") for one in rest[: SHOWN - 1]],
        help="say with `collect` or `derive` how you get it, or with `from` in its declaration whom you get it from",
    )
