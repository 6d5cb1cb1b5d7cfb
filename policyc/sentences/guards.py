"""Conditions in words. No reading is left open: groups inside groups have words that open them."""

from __future__ import annotations

from typing import Final

from policyc.language.words import Comparison
from policyc.model.policy import Policy
from policyc.model.values import AllOf, Compared, Guard, Holds, OneOf
from policyc.sentences.english import counted, listed
from policyc.sentences.names import label
from policyc.sentences.parts import Phrase, say

_PAIR: Final = 2
"""Of two, English says "either" and "both"."""


def condition(policy: Policy, guard: Guard) -> Phrase:
    """A guard as a clause, to follow "if" or "unless"."""
    if isinstance(guard, Holds | Compared):
        return _atom(policy, guard)
    parts = sorted(guard.parts, key=lambda part: isinstance(part, AllOf | OneOf))
    return listed([_inner(policy, part) for part in parts], "and" if isinstance(guard, AllOf) else "or")


def _inner(policy: Policy, guard: Guard) -> Phrase:
    """A part of a group: "either a or b", "both a and b"."""
    if isinstance(guard, Holds | Compared):
        return _atom(policy, guard)
    items = [_inner(policy, part) for part in guard.parts]
    one_of = isinstance(guard, OneOf)
    if len(items) == _PAIR and all(isinstance(part, Holds | Compared) for part in guard.parts):
        return say("either", listed(items, "or")) if one_of else say("both", listed(items, "and"))
    return say("one of these is true:" if one_of else "all of this is true:", listed(items, "or" if one_of else "and"))


def _atom(policy: Policy, atom: Holds | Compared) -> Phrase:
    if isinstance(atom, Holds):
        return label(policy, atom.fact)
    below = atom.comparison is Comparison.BELOW
    number = str(atom.number) if atom.unit is None else counted(atom.number, atom.unit.value)
    if atom.since:
        return say("it is", "less than" if below else "more than", number, "after", label(policy, atom.subject))
    return say(label(policy, atom.subject), "is", "below" if below else "above", number)
