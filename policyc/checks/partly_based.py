"""Acts without a legal basis, in a policy that names one for others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.semantics.extents import EVERYTHING, Leaves
from policyc.semantics.norms import Norm

_HEAD: Final = """\
language 1
party us "Us"
data email "email address"
purpose help "help you"
purpose news "send you news"
legal_basis deal "our contract with you"
policy notice "Notice"
    controller us
asked: will collect email for help basis deal
"""

PARTLY_BASED: Final = Code(
    "PC511",
    "partly-based",
    what="Some acts have a legal basis, and others have none.",
    why="Readers take it that each act has one. Those without look as if there were none.",
    bad=_HEAD + "letters: will use email for news\n",
    good=_HEAD + "letters: will use email for news basis deal\n",
    level=Level.WARNING,
)

_VERBS: Final = frozenset({"collect", "derive", "use", "track", "share", "transfer", "store"})


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all acts: a hint, if only few have a basis."""
    acts = [norm for norm in view.own_acts if norm.verb in _VERBS]
    based = [norm for norm in acts if "basis" in norm.statement.fields]
    if not based:
        return
    where, laws = _places(view, based), _laws(view, based)
    found = [
        norm.statement
        for norm in acts
        if not says(norm.statement, "basis") and _place(norm) & where and _is_under(norm.statement, laws)
    ]
    if found:
        first, *rest = found
        yield finding(
            PARTLY_BASED,
            first,
            f"{counted(one.id for one in found)} {'name' if rest else 'names'} no legal basis,"
            f" and {len(based)} {'act does' if len(based) == 1 else 'acts do'}",
            more=[(one, "nor here") for one in rest[: SHOWN - 1]],
            help="add `basis`; if the text does not say it, write `hole basis`",
            level=None if len(based) > len(found) else Level.INFO,
        )


def _place(norm: Norm) -> Leaves:
    place = norm.boxes[0].get("place")
    return place.possible if place else EVERYTHING


def _places(view: View, based: list[Norm]) -> Leaves:
    """Where acts have a basis: where the statements hold, or else the laws of the bases."""
    found = 0
    for norm in based:
        laws = _laws(view, [norm])
        places = [terms_of(view.policy.terms[law].fields, "place") for law in laws]
        is_bounded = bool(places) and all(places)
        here = view.overlaps.extents.below(name for named in places for name in named) if is_bounded else EVERYTHING
        found |= _place(norm) & here
    return found


def _laws(view: View, based: list[Norm]) -> frozenset[str]:
    """The laws under which the bases of some acts stand."""
    names = frozenset(name for norm in based for name in terms_of(norm.statement.fields, "basis"))
    return frozenset(law for name in names for law in terms_of(view.policy.terms[name].fields, "laws"))


def _is_under(one: Statement, laws: frozenset[str]) -> bool:
    """Whether a statement may be about these laws; one that names other laws is not."""
    own = terms_of(one.fields, "laws")
    return not own or not laws or not laws.isdisjoint(own)
