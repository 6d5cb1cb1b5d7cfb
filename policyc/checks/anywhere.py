"""Data that may go to any country of the world, and nothing protects it there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.semantics.extents import DATA

_HEAD: Final = """\
language 1
import anywhere from std.place.world
party us "Us"
data email "email address"
policy notice "Notice"
    controller us
"""

UNPROTECTED: Final = Code(
    "PC527",
    "unprotected-abroad",
    what="Data may be stored in, or sent to, any country, and nothing says what protects it there.",
    why="Many laws let data out only if it is protected abroad as well. Readers ask by what.",
    bad=_HEAD + "abroad: may transfer email at anywhere\n",
    good=_HEAD + 'measure clauses "the usual clauses"\nabroad: may transfer email at anywhere under clauses\n',
    level=Level.INFO,
)

_WORLD: Final = "std.place.world."
_VERBS: Final = frozenset({"store", "transfer", "keep", "share"})
_SAFE: Final = ("safeguards", "basis", "special_basis", "laws")


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all statements; none for data that has a safeguard in another one."""
    acts = [norm for norm in view.own_acts if norm.verb in _VERBS]
    safe = 0
    for norm in acts:
        safe |= norm.boxes[0][DATA].possible if says(norm.statement, *_SAFE) else 0
    found = [
        norm.statement for norm in acts if _is_anywhere(view, norm.statement) and norm.boxes[0][DATA].possible & ~safe
    ]
    if found:
        first, *rest = found
        yield finding(
            UNPROTECTED,
            first,
            f"by {counted(one.id for one in found)} data may be in any country, and nothing protects it there",
            more=[(one, "and here") for one in rest[: SHOWN - 1]],
            help="name the countries, or add `under` and a safeguard, such as `standard_contractual_clauses`",
        )


def _is_anywhere(view: View, one: Statement) -> bool:
    """Whether it names the whole world as where the data is, or a class of countries that the author leaves open."""
    return any(_is_wide(view, name) for name in terms_of(one.fields, "location")) and not says(one, *_SAFE)


def _is_wide(view: View, name: str) -> bool:
    term = view.policy.terms[name]
    if term.qualified.startswith(_WORLD):
        return True
    is_below = any(view.policy.terms[parent].qualified.startswith(_WORLD) for parent in term.parents)
    return term.is_local and term.kind == "place" and is_below and "exactly" not in term.fields
