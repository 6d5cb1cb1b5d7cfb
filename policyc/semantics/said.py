"""What statements say, to be compared: all that changes it, in no order."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from policyc.model.policy import Statement
from policyc.model.values import AllOf, OneOf, Terms, Value, Words

SAYS_NOTHING: Final = frozenset({"trace", "accept", "cite", "see", "text", "because", "hedge", "holes"})
"""Fields that change nothing of what a statement says."""


def named(one: Statement) -> Hashable:
    """What a statement is about: the objects of its verb."""
    return None if one.objects is None else _value(one.objects)


def said(one: Statement) -> Hashable:
    """All that a statement says besides its verb and objects, in no order."""
    fields = {name: _value(value) for name, value in one.fields.items() if name not in SAYS_NOTHING}
    holes = frozenset(hole for hole in one.holes if hole[0] != "wording")
    return frozenset(fields.items()), frozenset(one.only), holes


def _value(value: Value) -> Hashable:
    match value:
        case Terms():
            return frozenset(value.ids), frozenset(value.excluding), value.quantifier == "some"
        case Words(words):
            return frozenset(words)
        case AllOf(parts) | OneOf(parts):
            return type(value), frozenset(map(_value, parts))
    return value
