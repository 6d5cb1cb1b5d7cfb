"""Tracking for more than the service, about which people have no choice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.clauses import DEFAULT_STATES
from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms, Words
from policyc.semantics.conditions import facts_in
from policyc.semantics.extents import EVERYTHING, Box, Leaves
from policyc.semantics.norms import Norm
from policyc.semantics.ways import Ways, has_way, ways_of

_HEAD: Final = """\
language 1
import cookies from std.data.online
import analyse_usage from std.purpose.improvement
party us "Us"
event closed "you close your browser"
channel mailbox "our mailbox" email "privacy@us.example"
policy notice "Notice"
    controller us
    contact mailbox
counted: will track cookies for analyse_usage until closed
"""

NO_CHOICE: Final = Code(
    "PC521",
    "tracking-without-choice",
    what="People are tracked for more than the service that they ask for, and have no choice about it.",
    why="Laws on cookies ask for consent to what nobody needs for the service, and people look for the switch.",
    bad=_HEAD,
    good=_HEAD + "stop: will offer opt_out regarding cookies through mailbox\n",
    level=Level.INFO,
)

_MORE: Final = frozenset(
    (
        *("std.purpose.marketing.marketing", "std.purpose.improvement.analyse_usage"),
        "std.purpose.profiling.build_profiles",
    )
)
"""Purposes that go beyond what people ask for, with those below them."""

_OFFERED: Final = frozenset({"consent", "opt_in", "opt_out", "permission", "settings", "withdrawal"})
_OPT_OUT: Final = r"std\.right\.\w+\.(?:opt_out\w*|signal_opt_out|withdraw_consent|stop_marketing)$"
_OBJECT: Final = "std.right.gdpr.to_object"
"""People can object to what rests on a basis; where none is named, nobody knows whether they can."""

_CHOSEN: Final = r"(?i)\b(?:accept|agree|allow|choose|chose|consent|limited|object|opted|permi|refus|reject|turned)"
"""How facts read by which people choose."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all statements, whoever tracks."""
    purposes = view.policy.of_kind("purpose")
    more = view.overlaps.extents.below(term.id for term in purposes if term.qualified in _MORE)
    acts = [norm for norm in view.overlaps.permissions if _tracks_for(view, norm, more)]
    if acts:
        given = view.overlaps.permissions
        choices = ways_of(filter(_is_choice, given), view.served)
        rights = ways_of([norm for norm in given if _grants(view, norm, _is_opt_out)], view.served)
        objecting = ways_of([norm for norm in given if _grants(view, norm, _is_objection)], view.served)
        without = [norm for norm in acts if not has_way(norm, choices) and not has_way(norm, _for(norm, rights))]
        found = [norm for norm in without if "basis" not in norm.statement.fields or not has_way(norm, objecting)]
        if found:
            yield _finding([norm.statement for norm in found])


def _for(norm: Norm, rights: Ways) -> Ways:
    """The rights of those who are tracked: what only some have, is no way for all."""
    everybody = "subject" not in norm.boxes[0]
    return {people: way for people, way in rights.items() if people == EVERYTHING} if everybody else rights


def _tracks_for(view: View, norm: Norm, more: Leaves) -> bool:
    """Whether it tracks people for something more or lets others do it, and not only where people choose it."""
    box = norm.boxes[0]
    is_about = norm.verb == "track" and "on_behalf_of" not in norm.statement.fields
    if not is_about or not box["state"].possible & view.overlaps.extents.words(DEFAULT_STATES):
        return False
    facts = (view.policy.terms[name] for name in facts_in(norm.when))
    if any(re.search(_CHOSEN, fact.label) for fact in facts):
        return False
    return _is_by_others(view, norm) or any(not piece & ~more for piece in _purposes(box))


def _purposes(box: Box) -> Sequence[Leaves]:
    return box["purpose"].pieces if "purpose" in box else ()


def _is_by_others(view: View, norm: Norm) -> bool:
    """Whether companies do it that do not act for us."""
    actors = [view.policy.terms[name] for name in terms_of(norm.statement.fields, "actor")]
    is_ours = view.overlaps.extents.is_ours(norm.statement)
    return not is_ours and any(term.kind == "party" and term.id not in view.self_evident for term in actors)


def _is_choice(norm: Norm) -> bool:
    objects = norm.statement.objects
    is_offer = norm.verb == "offer" and isinstance(objects, Words) and not _OFFERED.isdisjoint(objects.words)
    return is_offer or norm.verb == "honour"


def _grants(view: View, norm: Norm, fits: Callable[[str], bool]) -> bool:
    """Whether it grants a right that fits, or one below it."""
    objects = norm.statement.objects
    if norm.verb != "grant" or not isinstance(objects, Terms):
        return False
    above = [view.policy.terms[name] for name in objects.ids]
    for right in above:  # it grows while it is gone through
        above += [view.policy.terms[name] for name in right.parents]
    return any(fits(right.qualified) for right in above)


def _is_opt_out(name: str) -> bool:
    return re.match(_OPT_OUT, name) is not None


def _is_objection(name: str) -> bool:
    return name == _OBJECT


def _finding(found: Sequence[Statement]) -> Diagnostic:
    first, *rest = found
    return finding(
        NO_CHOICE,
        first,
        f"{counted(one.id for one in found)} {'track' if rest else 'tracks'} people for more than the service,"
        " and nothing says how they can refuse it",
        more=[(one, "and here") for one in rest[: SHOWN - 1]],
        help="ask for consent with `basis`; or write `will offer settings` or `will offer opt_out` for it, "
        "with `through` and a channel",
    )
