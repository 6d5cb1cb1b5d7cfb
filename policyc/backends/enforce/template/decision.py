"""The decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from policyc.backends.enforce.template.answers import Decision, Reason, UnknownTerm
from policyc.backends.enforce.template.known import _Case, _Dict, _Known, _leaves, _read
from policyc.backends.enforce.template.names import (
    Data,
    Event,
    Fact,
    Means,
    Party,
    Place,
    Purpose,
    State,
    Subject,
    Surface,
    System,
    Verb,
    Way,
)
from policyc.backends.enforce.template.tables import _COVERS, _DIMENSIONS, _RULES, _SHARES, _VERBS

_NOTHING: Mapping[Any, Any] = MappingProxyType({})


def decide(  # noqa: PLR0913 - an act has as many dimensions
    verb: Verb,
    data: Data,
    *,
    way: Way | None = None,
    means: Means | None = None,
    purpose: Purpose | None = None,
    recipient: Party | None = None,
    subject: Subject | None = None,
    place: Place | None = None,
    location: System | Place | None = None,
    source: Subject | Party | System | Surface | None = None,
    surface: Surface | None = None,
    state: State | None = None,
    actor: Party | Subject | None = None,
    on_behalf_of: Party | Subject | None = None,
    facts: _Dict[Fact | tuple[Fact, Purpose] | tuple[Fact, Purpose | None, Party], int] = _NOTHING,
    consents: _Dict[Purpose | tuple[Purpose, Party], bool] = _NOTHING,
    objections: _Dict[Purpose | tuple[Purpose, Party], bool] = _NOTHING,
    events: _Dict[Event, datetime | None] = _NOTHING,
    now: datetime | None = None,
) -> Decision:
    """Whether an act with data may happen, by what is known of it.

    Left out, `way` means plain sharing, `state` identifiable, `actor` the controller, `on_behalf_of` nobody, and
    `means` anything but a profile or a decision. All else that is left out is unknown, and not knowing never allows
    more. A term with others below it stands for all of
    them: the act is allowed if it is allowed for each.

    `facts` maps facts to True or False, or to a number. A fact alone is said of this act; `(fact, purpose)` of acts
    for a purpose that share nothing; `(fact, purpose, recipient)` of sharing. What is said for a purpose or a
    recipient holds for all below it. `consents` and `objections` say the same of the library's two facts, by purpose
    or `(purpose, recipient)`. `events` maps events to their times, or to None where they have not happened.

    Raises UnknownTerm for a name that this policy does not have, and ValueError for a time without a time zone.
    """
    asked = (
        ("data", data),
        ("way", way),
        ("means", means),
        ("purpose", purpose),
        ("recipient", recipient),
        ("subject", subject),
        ("place", place),
        ("location", location),
        ("source", source),
        ("surface", surface),
        ("state", state),
        ("actor", actor),
        ("role", on_behalf_of),
    )
    cases = _cases(verb, asked)
    told = _read(facts, consents, objections, events, now)
    answers = [_answer(_Known(case, told)) for case in cases]
    denials = [answer for answer in answers if answer[0] is not Reason.PERMITTED]
    reason = min((answer[0] for answer in answers), key=_STRONGEST.index)
    statements = {statement for answer in denials or answers for statement in answer[1]}
    return Decision(reason is Reason.PERMITTED, tuple(sorted(statements)), reason)


_STRONGEST = (Reason.FORBIDDEN, Reason.EXPIRED, Reason.SILENCE, Reason.PERMITTED)


@lru_cache(maxsize=65536)
def _cases(verb: str, asked: tuple[tuple[str, str | None], ...]) -> tuple[_Case, ...]:
    """The combinations of leaves that a question is about, each with the rules that cover it."""
    if verb not in _VERBS:
        message = f"this policy knows no verb {verb!r}"
        raise UnknownTerm(message)
    cases = [_Case(_VERBS[verb], None, None if verb in _SHARES else "")]
    for dimension, term in asked:
        leaves = _leaves(dimension, term)
        if dimension in _DIMENSIONS[verb]:
            found = [_narrowed(case, dimension, leaf) for case in cases for leaf in leaves]
            cases = list(dict.fromkeys(found))
    return tuple(cases)


def _narrowed(case: _Case, dimension: str, leaf: str | None) -> _Case:
    """The case, with one more dimension settled."""
    purpose = leaf if dimension == "purpose" else case.purpose
    recipient = leaf if dimension == "recipient" and case.recipient is None else case.recipient
    return _Case(case.rules & _COVERS[dimension][leaf], purpose, recipient)


def _answer(known: _Known) -> tuple[Reason, set[str]]:
    """What the rules that cover a case say, and which: forbidden, else expired, else permitted, else nothing."""
    for reason in (Reason.FORBIDDEN, Reason.EXPIRED, Reason.PERMITTED):
        speaking = {_RULES[rule].statement for rule in _bits(known.case.rules & _WITH[reason]) if _speaks(rule, known)}
        if speaking:
            return reason, speaking
    return Reason.SILENCE, set()


def _speaks(rule: int, known: _Known) -> bool:
    """Whether a rule that covers a case counts: a permission for certain, others unless certainly not."""
    truth = _RULES[rule].guard.truth(known)
    if _RULES[rule].effect is Reason.PERMITTED:
        return truth is True
    return truth is not False and not any(_speaks(other, known) for other in _bits(known.case.rules & _SPARING[rule]))


def _bits(rules: int) -> Iterator[int]:
    """The numbers of the rules in a set of bits."""
    while rules:
        lowest = rules & -rules
        yield lowest.bit_length() - 1
        rules ^= lowest


def _having(effect: Reason, statements: tuple[str, ...] | None = None) -> int:
    """The rules with an effect, as a set of bits: all, or those of some statements."""
    found = 0
    for number, rule in enumerate(_RULES):
        if rule.effect is effect and (statements is None or rule.statement in statements):
            found |= 1 << number
    return found


_WITH = {reason: _having(reason) for reason in Reason}
_SPARING = tuple(_having(Reason.PERMITTED, rule.spared_by) for rule in _RULES)
