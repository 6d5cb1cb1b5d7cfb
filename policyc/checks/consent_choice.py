"""Consent and marketing that nobody can refuse or stop, and ways to take back what nobody asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, words_of
from policyc.model.values import Terms, Words
from policyc.semantics.conditions import named
from policyc.semantics.extents import EVERYTHING
from policyc.semantics.norms import Norm
from policyc.semantics.ways import Ways, has_way, ways_of

_TEXT: Final = """\
language 1
import BASIS from std.basis.gdpr
party us "Us"
data email "email address"
purpose news "send you news"
channel mailbox "our mailbox" email "privacy@us.example"
policy notice "Notice"
    controller us
letters: will collect email for news basis BASIS
"""
_ON_CONSENT: Final = _TEXT.replace("BASIS", "consent")
_ON_CONTRACT: Final = _TEXT.replace("BASIS", "contract")
_BACK: Final = "back: will offer withdrawal for news through mailbox\n"

NO_WAY_TO_CONSENT: Final = Code(
    "PC514",
    "no-way-to-consent",
    what="Acts rest on consent, a prohibition ends with it, or use counts as it, and nothing says how people give it or"
    " take it back.",
    why="Consent that cannot be refused or taken back is none, and readers look for the way.",
    bad=_ON_CONSENT,
    good=_ON_CONSENT + _BACK,
    level=Level.INFO,
)
NOTHING_TO_WITHDRAW: Final = Code(
    "PC407",
    "nothing-to-withdraw",
    what="People may take back their consent, and nothing rests on it.",
    why="The choice is about nothing. Either consent is missing where it is asked for, or the sentence misleads.",
    bad=_ON_CONTRACT + _BACK,
    good=_ON_CONSENT + _BACK,
    level=Level.WARNING,
)

_MARKETED: Final = """\
language 1
import newsletter from std.purpose.marketing
party us "Us"
data email "email address"
channel mailbox "our mailbox" email "privacy@us.example"
policy notice "Notice"
    controller us
news: will use email for newsletter
"""

NO_WAY_TO_STOP: Final = Code(
    "PC519",
    "no-way-to-stop-marketing",
    what="Data is used for marketing without consent, and nothing says how people can stop that.",
    why="People may object to direct marketing at any time, and have to be told so (GDPR Art. 21(2) to (4)).",
    bad=_MARKETED,
    good=_MARKETED + "stop: will offer opt_out for newsletter through mailbox\n",
    level=Level.INFO,
)

_MARKETING: Final = "std.purpose.marketing.marketing"
_DELETION: Final = "std.right.base.deletion_rights"
_ALL_RIGHTS: Final = "std.right.base.privacy_rights"
_OBJECTING: Final = re.compile(r"std\.right\.\w+\.(?:to_object|opt_out\w*)$")
"""Rights by which people stop a use, with all that lies below them."""

_AGREED: Final = r"(?i)\b(?:accept|agree|allow|consent|opted in|permi)"
"""How facts read by which people agree."""

_GIVES: Final = frozenset({"consent", "opt_in", "permission", "settings"})
_ENDS: Final = frozenset({"withdrawal", "opt_out"})
_BY_USE: Final = "consent_by_use"
"""Whoever uses the service agrees: that is a consent, and no way to refuse it."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all acts on consent, one for all acts of marketing, and one for all choices."""
    told = [term for term in view.policy.of_kind("fact") if "purpose" in words_of(term.fields, "per")]
    consents = {term.id for term in told if re.search(_AGREED, term.label)}
    resting = [norm for norm in view.acts if consents and not consents.isdisjoint(named([norm.when]))]
    ending = [norm for norm in view.overlaps.halves if consents and not consents.isdisjoint(named([norm.when]))]
    offers = [norm for norm in view.overlaps.permissions if _choices(norm.statement) or _ends_consent(view, norm)]
    ways = ways_of([norm for norm in offers if _choices(norm.statement) != {_BY_USE}], view.served)
    without = [norm.statement for norm in (*resting, *ending) if not has_way(norm, ways)]
    if without:
        yield _without_way(sorted(without, key=lambda one: one.place.span.start))
    taken = [norm for norm in offers if _choices(norm.statement) == {_BY_USE}]
    yield from _without_refusal(_unrefused(view, taken, offers))
    facts = {term.id for term in told}
    needed = named(norm.when for norm in (*view.acts, *view.overlaps.halves)) & facts
    is_asked = any(not {_BY_USE, *_GIVES}.isdisjoint(_choices(norm.statement)) for norm in offers)
    ends = [norm for norm in offers if _ends_consent(view, norm)]
    stops = _stops(view)
    unstopped = [norm.statement for norm in _marketing(view) if norm not in resting and not has_way(norm, stops)]
    if unstopped:
        yield _without_stop(unstopped)
    idle = [
        norm.statement
        for norm in ends
        if _is_idle(named([norm.when]) & {term.id for term in told}, needed, is_asked=is_asked)
    ]
    if idle:
        yield _without_consent(idle)


def _choices(one: Statement) -> frozenset[str]:
    """What is offered that has to do with consent."""
    words = one.objects.words if one.verb == "offer" and isinstance(one.objects, Words) else ()
    return frozenset({_BY_USE, *_GIVES, *_ENDS}.intersection(words))


def _ends_consent(view: View, norm: Norm) -> bool:
    """Whether it says that consent can be taken back: as a choice, or as a right."""
    objects = norm.statement.objects
    rights = objects.ids if norm.verb == "grant" and isinstance(objects, Terms) else ()
    is_right = any("consent" in view.policy.terms[name].qualified for name in rights)
    return is_right or "withdrawal" in _choices(norm.statement)


def _is_idle(specific: frozenset[str], needed: frozenset[str], *, is_asked: bool) -> bool:
    """Whether nothing rests on the consent that can be taken back: on a certain one, or else on any."""
    return specific.isdisjoint(needed) if specific else not needed and not is_asked


# --- consent by use ---------------------------------------------------------------------------


def _unrefused(view: View, taken: Sequence[Norm], offers: Iterable[Norm]) -> list[Statement]:
    """Where use counts as consent, and people can neither take it back nor have their data deleted."""
    if not taken:
        return []
    rights = view.graph.below(term.id for term in view.policy.of_kind("right") if term.qualified == _DELETION)
    choices = ways_of([norm for norm in offers if _ENDS & _choices(norm.statement)], view.served)
    granted = (norm for norm in view.overlaps.permissions if norm.verb == "grant")
    leaving = ways_of([norm for norm in granted if _ends_consent(view, norm) or _is_one_of(norm, rights)], view.served)
    bound = [norm for norm in taken if not says(norm.statement, "consequence")]
    return [norm.statement for norm in bound if not _can_leave(norm, choices, leaving)]


def _can_leave(norm: Norm, choices: Ways, leaving: Ways) -> bool:
    """Whether a choice is about what was agreed to, or a right lets people leave with all."""
    box = norm.boxes[0]
    mine, about = (box[axis].possible if axis in box else EVERYTHING for axis in ("subjects", "regarding"))
    usual = 0 if "regarding" in box else EVERYTHING
    purposes = box["purposes"].possible if "purposes" in box else usual
    if any(mine & people for people in leaving):
        return True
    return any(mine & people and (purposes & way[0] or about & way[1]) for people, way in choices.items())


def _is_one_of(norm: Norm, rights: frozenset[str]) -> bool:
    objects = norm.statement.objects
    return isinstance(objects, Terms) and not rights.isdisjoint(objects.ids)


# --- marketing ---------------------------------------------------------------------------------


def _marketing(view: View) -> Sequence[Norm]:
    """What we do for marketing, and say so: for a purpose of marketing, or one that lies below it."""
    purposes = view.overlaps.extents.below(
        term.id for term in view.policy.of_kind("purpose") if term.qualified == _MARKETING
    )
    acts = (norm for norm in view.own_acts if norm.verb in {"use", "track"} and "purpose" in norm.boxes[0])
    return [norm for norm in acts if any(not piece & ~purposes for piece in norm.boxes[0]["purpose"].pieces)]


def _stops(view: View) -> Ways:
    """Choices and rights by which people stop a use."""
    declared = list(view.policy.of_kind("right"))
    rights = view.graph.below(term.id for term in declared if _OBJECTING.match(term.qualified))
    rights |= {term.id for term in declared if term.qualified == _ALL_RIGHTS}
    promised = (norm for norm in view.overlaps.permissions if norm.verb in {"grant", "offer", "honour"})
    return ways_of([norm for norm in promised if _is_stop(norm, rights)], view.served)


def _is_stop(norm: Norm, rights: frozenset[str]) -> bool:
    if norm.verb == "grant":
        return _is_one_of(norm, rights)
    return norm.verb == "honour" or not _choices(norm.statement) <= {_BY_USE}


# --- findings ----------------------------------------------------------------------------------


def _without_way(resting: list[Statement]) -> Diagnostic:
    first, *rest = resting
    return finding(
        NO_WAY_TO_CONSENT,
        first,
        f"{counted(one.id for one in resting)} {'rest' if rest else 'rests'} on consent,"
        " and nothing says how people give it or take it back",
        more=[(one, "and here") for one in rest[: SHOWN - 1]],
        help="write `will offer consent` or `will offer withdrawal`, with `through` and a channel",
    )


def _without_refusal(taken: Sequence[Statement]) -> Iterator[Diagnostic]:
    if taken:
        first, *rest = taken
        yield finding(
            NO_WAY_TO_CONSENT,
            first,
            f"{counted(one.id for one in taken)} {'take' if rest else 'takes'} use for consent,"
            " and nothing says how people take it back",
            more=[(one, "and here") for one in rest[: SHOWN - 1]],
            help="write `will offer withdrawal`, or grant a right to deletion; or say with `otherwise` what becomes of "
            "people's data if they stop",
        )


def _without_stop(acts: list[Statement]) -> Diagnostic:
    first, *rest = acts
    return finding(
        NO_WAY_TO_STOP,
        first,
        f"{counted(one.id for one in acts)} {'are' if rest else 'is'} for marketing, and nothing says how to stop it",
        more=[(one, "and here") for one in rest[: SHOWN - 1]],
        help="write `will offer opt_out` for this purpose, with `through` and a channel; or grant a right to object",
    )


def _without_consent(ends: list[Statement]) -> Diagnostic:
    first, *rest = ends
    return finding(
        NOTHING_TO_WITHDRAW,
        first,
        f"`{first.id}` is about taking back consent, and nothing rests on it",
        more=[(one, "and here") for one in rest[: SHOWN - 1]],
        help="name the consent where it is asked for, with `basis` or `when`; or leave this out",
    )
