"""One name for two things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import View, finding, part, shown
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Term, texts_of

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
data email "email address"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
bound: will protect email by agreement, annex
measure agreement "our data processing agreement" alias "DPA"
"""

SAME_NAME: Final = Code(
    "PC618",
    "one-name-for-two-things",
    what="The policy uses another name, such as an abbreviation, for two things, and neither is a part of the other.",
    why="Where the name stands alone, readers cannot tell which of the two is meant.",
    bad=_HEAD + 'measure annex "our data processing addendum" alias "DPA"\n',
    good=_HEAD + 'measure annex "our data processing addendum" alias "Addendum"\n',
    level=Level.INFO,
)

_SHORT: Final = r"[A-Z][A-Z0-9]{1,6}"
"""An abbreviation: that stands for one thing, of whatever kind."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each such name. What only the library declares, and the policy does not name, does not count."""
    named: dict[str, dict[str, Term]] = {}
    for term in view.policy.terms.values():
        if (term.is_local or term.imported) and term.kind != "policy":
            for name in (term.label, *texts_of(term.fields, "aliases")):
                named.setdefault(name.casefold(), {})[term.id] = term
    told: set[tuple[str, str]] = set()
    for term in view.terms:
        for number, name in enumerate(texts_of(term.fields, "aliases") if term.kind != "policy" else ()):
            others = [other for other in named[name.casefold()].values() if _is_other(view, term, other, name)]
            if others and (others[0].id, term.id) not in told:
                told.add((term.id, others[0].id))
                more = [(others[0], "and this")] if others[0].is_local else []
                message = f"{shown(name)} stands for `{term.id}`, and for `{others[0].id}`, “{others[0].label}”"
                place = part(term, "aliases", number)
                yield finding(SAME_NAME, term, message, place=place, more=more, help="give one of them another name")


def _is_other(view: View, term: Term, other: Term, name: str) -> bool:
    """Whether a name is that of two things: of one kind, or an abbreviation."""
    if term.id == other.id or (term.kind != other.kind and not re.fullmatch(_SHORT, name)):
        return False
    return other.id not in view.graph.below([term.id]) and term.id not in view.graph.below([other.id])
