"""One name for two things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from policyc.checks._view import SHOWN, View, counted, finding, part, shown
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
    what="Another name, such as an abbreviation, stands for two things, and neither is a part of the other.",
    why="Where the name stands alone, readers cannot tell which of the two is meant.",
    bad=_HEAD + 'measure annex "our data processing addendum" alias "DPA"\n',
    good=_HEAD + 'measure annex "our addendum to the contract" alias "Addendum"\n',
    level=Level.INFO,
)

_SHORT: Final = r"[A-Z][A-Z0-9]{1,6}"
"""An abbreviation: that stands for one thing, of whatever kind."""

_MOST_TRIED: Final = 20
"""So many terms with one name are held against each other."""

_SMALL: Final = frozenset({"a", "an", "and", "for", "in", "of", "on", "our", "the", "to", "with", "your"})
"""Words that have no letter in an abbreviation."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each such name. What only the library declares, and the policy does not name, does not count."""
    named: dict[str, dict[str, Term]] = {}
    for term in view.policy.terms.values():
        if (term.is_local or term.imported) and term.kind != "policy":
            for name in (term.label, *texts_of(term.fields, "aliases"), _initials(term.label)):
                named.setdefault(name.casefold(), {})[term.id] = term
    told: set[tuple[str, str]] = set()
    for term in view.terms:
        for number, name in enumerate(texts_of(term.fields, "aliases") if term.kind != "policy" else ()):
            called = islice(named[name.casefold()].values(), _MOST_TRIED)
            others = [other for other in called if _is_other(view, term, other, name)]
            others = [other for other in others if (other.id, term.id) not in told]
            told |= {(term.id, other.id) for other in others}
            if others:
                more = [(other, "and this") for other in others[:SHOWN] if other.is_local]
                message = f"{shown(name)} stands for `{term.id}`, and also for {counted(one.id for one in others)}"
                place = part(term, "aliases", number)
                yield finding(SAME_NAME, term, message, place=place, more=more, help="give one of them another name")


def _is_within(one: str, other: str) -> bool:
    """Whether one label is a part of the other: then both are names of the same, such as a paper and what it says."""
    mine, its = one.casefold(), other.casefold()
    return mine in its or its in mine


def _initials(label: str) -> str:
    """The first letters of the words of a label, without those that no abbreviation has."""
    return "".join(word[0] for word in re.findall(r"[^\W\d_]+", label) if word.lower() not in _SMALL)


def _is_other(view: View, term: Term, other: Term, name: str) -> bool:
    """Whether a name is that of two things: of one kind, or an abbreviation."""
    is_short = re.fullmatch(_SHORT, name) is not None
    is_called = name.casefold() in {each.casefold() for each in (other.label, *texts_of(other.fields, "aliases"))}
    is_same = term.kind != other.kind and _is_within(term.label, other.label)
    if term.id == other.id or is_same or not (is_short or (is_called and term.kind == other.kind)):
        return False
    return other.id not in view.graph.below([term.id]) and term.id not in view.graph.below([other.id])
