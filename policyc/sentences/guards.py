"""Conditions in words. No reading is left open: groups inside groups have words that open them."""

from __future__ import annotations

from policyc.language.words import Comparison
from policyc.model.policy import Policy
from policyc.model.values import AllOf, Compared, Guard, Holds, OneOf
from policyc.sentences.english import counted, listed
from policyc.sentences.names import label
from policyc.sentences.parts import Phrase, say


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
    match guard, len(items):
        case _, 0 | 1:
            return listed(items, "")
        case OneOf(), 2:
            return say("either", listed(items, "or"))
        case AllOf(), 2:
            return say("both", listed(items, "and"))
        case OneOf(), _:
            return say("one of these is true:", listed(items, "or"))
        case _:
            return say("all of this is true:", listed(items, "and"))


def _atom(policy: Policy, atom: Holds | Compared) -> Phrase:
    if isinstance(atom, Holds):
        return label(policy, atom.fact)
    below = atom.comparison is Comparison.BELOW
    number = str(atom.number) if atom.unit is None else counted(atom.number, atom.unit.value)
    if atom.since:
        return say("it is", "less than" if below else "more than", number, "after", label(policy, atom.subject))
    return say(label(policy, atom.subject), "is", "below" if below else "above", number)
