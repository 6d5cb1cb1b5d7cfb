"""Ads, and other content for one person, on the pages of others, who learn nothing of the person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, says
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Statement, Term, terms_of
from policyc.semantics.extents import DATA, Box
from policyc.semantics.norms import Index, Norm

_HEAD: Final = """\
language 1
party us "Us"
party networks "advertising networks"
data visits "your visits"
purpose show_ads "show you ads"
surface elsewhere "other companies' websites"
policy notice "Notice"
    controller us
seen: will collect visits for show_ads
shown: will use visits for show_ads on elsewhere
"""

ELSEWHERE: Final = Code(
    "PC529",
    "used-on-pages-of-others",
    what="Data is used on websites of others, and nothing says that anybody there gets it.",
    why="What appears on somebody else's page for one person goes through others. Readers want to know through whom.",
    bad=_HEAD + "helped: will share visits with us for show_ads\nasked: never share visits with networks\n",
    good=_HEAD + "helped: will share visits with networks for show_ads\n",
    level=Level.INFO,
)

_OTHERS: Final = r"(?i)\b(?:others?|third[- ]part(?:y|ies)|partners?'?|elsewhere)\b"
_OURS: Final = r"(?i)\bour\b"


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for all statements; none for data that goes to somebody for one of the same purposes."""
    uses = [norm for norm in view.own_acts if norm.verb == "use" and _is_elsewhere(view, norm.statement)]
    shared = _shared(view) if uses else []
    index = Index(shared)
    found = [norm.statement for norm in uses if not shared or not index.sharing(_matter(norm))]
    if found:
        first, *rest = found
        yield finding(
            ELSEWHERE,
            first,
            f"{counted(one.id for one in found)} {'use' if rest else 'uses'} data on websites of others, and by no"
            " statement anybody gets it for that",
            more=[(one, "and here") for one in rest[: SHOWN - 1]],
            help="say with `share` who gets which data, or that the websites get none",
        )


def _shared(view: View) -> list[Norm]:
    """What goes to others, if it is said what for; what does not say that, explains nothing."""
    ours = view.overlaps.extents.below(terms_of(view.policy.header.fields, "controllers"))
    found = (norm for norm in view.acts if norm.verb == "share" and says(norm.statement, "purposes"))
    return [norm for norm in found if "recipient" in norm.boxes[0] and norm.boxes[0]["recipient"].possible & ~ours]


def _matter(norm: Norm) -> Box:
    return {axis: norm.boxes[0][axis] for axis in (DATA, "purpose") if axis in norm.boxes[0]}


def _is_elsewhere(view: View, one: Statement) -> bool:
    surfaces = [view.policy.terms[name] for name in terms_of(one.fields, "surfaces")]
    return any(map(_is_of_others, surfaces))


def _is_of_others(surface: Term) -> bool:
    return re.search(_OTHERS, surface.label) is not None and re.search(_OURS, surface.label) is None
