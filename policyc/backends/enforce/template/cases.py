"""The cases that a question is about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from policyc.backends.enforce.template.answers import Reason, UnknownTerm
from policyc.backends.enforce.template.conditions import _Guard
from policyc.backends.enforce.template.known import _Known, _leaves
from policyc.backends.enforce.template.rules import _Rule
from policyc.backends.enforce.template.tables import _COVERS, _DIMENSIONS, _RULES, _SHARES, _VERBS

_ASKED = (
    "data",
    "purpose",
    "recipient",
    "way",
    "means",
    "subject",
    "place",
    "location",
    "source",
    "surface",
    "state",
    "actor",
    "role",
)
"""The dimensions of a question, in the order in which it has their terms."""


class _Judge(NamedTuple):
    """A rule that covers a case: it speaks under its guard, unless one of the permissions that win over it counts."""

    statement: str
    guard: _Guard
    winners: tuple[_Guard, ...] = ()


class _Case(NamedTuple):
    """One combination of leaves, with the rules that cover it by what they do.

    `purpose` and `recipient` are leaves, None where they are unknown. An act that is no sharing has the recipient "".
    """

    purpose: str | None
    recipient: str | None
    forbidding: tuple[_Judge, ...]
    expiring: tuple[_Judge, ...]
    permitting: tuple[_Judge, ...]


@lru_cache(maxsize=16384)
def _cases(verb: str, terms: tuple[str | None, ...]) -> tuple[_Case, ...]:
    """The combinations of leaves that a question is about."""
    if verb not in _VERBS:
        message = f"this policy knows no verb {verb!r}"
        raise UnknownTerm(message)
    shares = None if verb in _SHARES else ""
    found: list[tuple[int, Any, Any]] = [(_VERBS[verb], None, shares)]
    for dimension, term in zip(_ASKED, terms):
        leaves = _leaves(dimension, term)
        if dimension not in _DIMENSIONS[verb]:
            continue
        covers = _COVERS[dimension]
        found = [
            (
                rules & covers[leaf],
                leaf if dimension == "purpose" else purpose,
                leaf if dimension == "recipient" and shares is None else recipient,
            )
            for rules, purpose, recipient in found
            for leaf in leaves
        ]
        found = list(dict.fromkeys(found))
    return tuple(_case(*each) for each in found)


def _case(rules: int, purpose: str | None, recipient: str | None) -> _Case:
    """A combination of leaves, by the bits of the rules that cover it."""
    covering = {reason: [_RULES[rule] for rule in _bits(rules & _WITH[reason])] for reason in Reason}
    permitting = covering[Reason.PERMITTED]
    return _Case(
        purpose,
        recipient,
        tuple(_Judge(rule.statement, rule.guard, _winners(rule, permitting)) for rule in covering[Reason.FORBIDDEN]),
        tuple(_Judge(rule.statement, rule.guard) for rule in covering[Reason.EXPIRED]),
        tuple(_Judge(rule.statement, rule.guard) for rule in permitting),
    )


def _winners(rule: _Rule, permitting: list[_Rule]) -> tuple[_Guard, ...]:
    """The guards of the permissions that win over a prohibition."""
    return tuple(other.guard for other in permitting if other.statement in rule.spared_by)


def _bits(rules: int) -> Iterator[int]:
    """The numbers of the rules in a set of bits."""
    while rules:
        lowest = rules & -rules
        yield lowest.bit_length() - 1
        rules ^= lowest


def _having(effect: Reason) -> int:
    """The rules with an effect, as a set of bits."""
    return int("".join("1" if rule.effect is effect else "0" for rule in reversed(_RULES)) or "0", 2)


_WITH = {reason: _having(reason) for reason in Reason}


def _answer(case: _Case, known: _Known) -> tuple[Reason, set[str]]:
    """What the rules that cover a case say, and which: forbidden, else expired, else permitted, else nothing."""
    speaking = {judge.statement for judge in case.forbidding if _forbids(judge, known)}
    if speaking:
        return Reason.FORBIDDEN, speaking
    speaking = {judge.statement for judge in case.expiring if judge.guard.truth(known) is not False}
    if speaking:
        return Reason.EXPIRED, speaking
    speaking = {judge.statement for judge in case.permitting if judge.guard.truth(known) is True}
    return (Reason.PERMITTED if speaking else Reason.SILENCE), speaking


def _forbids(judge: _Judge, known: _Known) -> bool:
    """Whether a prohibition counts: unless certainly not, or a permission that counts wins over it."""
    if judge.guard.truth(known) is False:
        return False
    return not any(winner.truth(known) is True for winner in judge.winners)
