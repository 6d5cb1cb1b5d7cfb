"""Consent that has to be given in one place, and is taken from use in another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, Matter, View, finding, matter
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Words
from policyc.semantics.conditions import facts_in

_HEAD: Final = """\
language 1
import consent from std.basis.gdpr
party us "Us"
data workouts "your workouts"
purpose studies "run studies"
purpose help "help you"
policy notice "Notice"
    controller us
studies_ask: will use workouts for studies basis consent
"""

BY_USE: Final = Code(
    "PC309",
    "consent-by-use",
    what="A statement rests on a consent, and another one takes the use of the service for it.",
    why="By one sentence people have agreed, by the other they have not. Silence is no consent (GDPR, recital 32).",
    bad=_HEAD + "by_use: will offer consent_by_use regarding workouts for studies, help\n",
    good=_HEAD + "by_use: will offer consent_by_use regarding workouts for help\n",
)

_BY_USE: Final = "consent_by_use"
_ASKED: Final = frozenset({"consent", "opt_in"})
_IMPLIED: Final = frozenset({"std.fact.bases.implied_consent_given", "std.fact.signal.agreed_by_use"})
"""Facts of the library that say that somebody agreed by use."""

_CONSENT: Final = "std.fact.consent."
_OBJECTION: Final = "std.fact.consent.objection"

_WHERE: Final = frozenset({"subject", "place", "surface"})
"""Who does not speak of these, means all. Who speaks of no purpose may mean others than a choice does: a warning."""

_ABOUT: Final = frozenset({"data", "purpose"})
"""Kinds of what a choice may be about, and dimensions."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each statement that takes use for consent."""
    offers = [(one, _offered(one)) for one in view.statements if one.verb == "offer" and one.modality != "never"]
    by_use = [one for one, words in offers if words == {_BY_USE} and _is_about_data(view, one)]
    if not by_use:
        return
    asking = [(one, _reach(view, one)) for one in view.statements if one.row.decided and _asks(view, one)]
    asking += [(one, matter(view, one)) for one, words in offers if words & _ASKED and _is_about_data(view, one)]
    for one in by_use:
        mine = matter(view, one)
        found = [(other, reach) for other, reach in asking if _meet(mine, reach)]
        if found:
            yield finding(
                BY_USE,
                one,
                f"use counts as consent here, and `{found[0][0].id}` asks for it",
                text="agreed by use",
                more=[(other, "asked for here") for other, _ in found[:SHOWN]],
                help=f"take what `{found[0][0].id}` is about out of this, or ask for consent here too",
                level=None if any(mine.keys() <= {*reach, *_WHERE} for _, reach in found) else Level.WARNING,
            )


def _meet(one: Matter, other: Matter) -> bool:
    return all(one[axis] & other[axis] for axis in one if axis in other)


def _offered(one: Statement) -> frozenset[str]:
    return frozenset(one.objects.words) if isinstance(one.objects, Words) else frozenset()


def _asks(view: View, one: Statement) -> bool:
    """Whether a statement depends on a consent: by its legal basis, or by its conditions."""
    conditions = view.overlaps.conditions
    bases = [name for clause in ("basis", "special_basis") for name in terms_of(one.fields, clause)]
    facts = {fact for name in bases if _needs(view, name) for fact in facts_in(conditions.of_basis(name))}
    facts |= {fact for fact in facts_in(conditions.of_fields(one.fields)) if _is_consent(view, fact)}
    return any(view.policy.terms[fact].qualified not in _IMPLIED for fact in facts)


def _needs(view: View, basis: str) -> bool:
    """Whether a legal basis needs something to be the case; others only end, as interests do with an objection."""
    term = view.policy.terms[basis]
    return "when" in term.fields or any(_needs(view, parent) for parent in term.parents)


def _is_consent(view: View, fact: str) -> bool:
    """Whether a fact is a consent of the library, and no objection."""
    qualified = view.policy.terms[fact].qualified
    return qualified.startswith(_CONSENT) and qualified != _OBJECTION


def _is_about_data(view: View, one: Statement) -> bool:
    """Whether a choice is about data or purposes, and not about the policy, say."""
    about = terms_of(one.fields, "regarding")
    return not about or any(view.policy.terms[name].kind in _ABOUT for name in about)


def _reach(view: View, one: Statement) -> Matter:
    """What an act is about."""
    box = view.overlaps.extents.box(one, permits=True)
    return {axis: box[axis].possible for axis in sorted(_ABOUT | _WHERE) if axis in box}
