"""The decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from policyc.backends.enforce.template.answers import Decision, Reason
from policyc.backends.enforce.template.cases import _ASKED, _answer, _cases
from policyc.backends.enforce.template.known import _Dict, _Known, _no_truth, _read, _Told
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
from policyc.backends.enforce.template.tables import _CONSENT


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
    facts: _Dict[Fact | tuple[Fact, Purpose] | tuple[Fact, Purpose | None, Party], int] | None = None,
    consents: _Dict[Purpose | tuple[Purpose, Party], bool] | None = None,
    objections: _Dict[Purpose | tuple[Purpose, Party], bool] | None = None,
    events: _Dict[Event, datetime | None] | None = None,
    now: datetime | None = None,
) -> Decision:
    """Whether an act with data may happen, by what is known of it.

    Left out, `way` means plain sharing, `state` identifiable, `actor` the controller, `on_behalf_of` nobody, and
    `means` anything but a profile or a decision. All else that is left out is unknown, and not knowing never allows
    more. A term with others below it stands for all of them: the act is allowed if it is allowed for each.

    `facts` maps facts to True or False, or to a number. A fact alone is said of this act; `(fact, purpose)` of acts
    for a purpose that share nothing; `(fact, purpose, recipient)` of sharing. What is said for a purpose or a
    recipient holds for all below it. `consents` and `objections` say the same of the library's two facts, by purpose
    or `(purpose, recipient)`. `events` maps events to their times, or to None where they have not happened.

    The answer is remembered if nothing is said but a few consents, and else made anew. Mappings are read at each call.

    Raises UnknownTerm for a name that this policy does not have, and ValueError for a time without a time zone.
    """
    is_plain = facts is None and objections is None and events is None and now is None
    if is_plain and (consents is None or len(consents) <= _FEW):
        said: tuple[Any, ...] = ()
        if consents is not None:
            given: Any = consents
            for whom in given:
                value = given[whom]
                if value is not True and value is not False:
                    raise _no_truth(_CONSENT, value)
                said += whom, value
        few = way is None and means is None and subject is None and place is None and location is None
        few = few and source is None and surface is None and state is None and actor is None and on_behalf_of is None
        key: tuple[Any, ...]
        if few:
            key = verb, data, purpose, recipient, said
        else:
            rest = way, means, subject, place, location, source, surface, state, actor, on_behalf_of
            key = verb, data, purpose, recipient, said, rest
        try:
            return _ANSWERS[key]
        except KeyError:
            pass
        return _first(key)
    rest = way, means, subject, place, location, source, surface, state, actor, on_behalf_of
    return _decided(verb, (data, purpose, recipient, *rest), _read(facts, consents, objections, events, now))


_FEW = 8
"""With more consents, a question takes longer to find again than to answer."""

_ANSWERS: dict[tuple[Any, ...], Decision] = {}
"""Answers given so far, by all that they depend on.

Two keys are equal only if they mean the same: each place of a key has its own meaning, a member of an enumeration is
the text that it equals, and truth is `True` or `False` itself, never a number that equals it. Times are in no key, for
two that are equal can be different moments.
"""

_MOST = 16384
"""So many answers are remembered; then all are forgotten."""


def _first(key: tuple[Any, ...]) -> Decision:
    """The answer to what is asked for the first time, made of nothing but its key."""
    verb, data, purpose, recipient, said, *more = key
    rest = more[0] if more else _NOTHING
    consents = dict(zip(said[::2], said[1::2]))
    decision = _decided(verb, (data, purpose, recipient, *rest), _read(None, consents, None, None, None))
    if len(_ANSWERS) >= _MOST:
        _ANSWERS.clear()
    _ANSWERS[key] = decision
    return decision


_NOTHING = (None,) * len(_ASKED[3:])
"""The rest of the dimensions in a key without them: few questions name any, and they take time even if left out."""


def _decided(verb: str, terms: tuple[str | None, ...], told: _Told) -> Decision:
    """An act is allowed if each case of it is; a denial names all that denied."""
    answers = [_answer(case, _Known(case.purpose, case.recipient, told)) for case in _cases(verb, terms)]
    denials = [answer for answer in answers if answer[0] is not Reason.PERMITTED]
    reason = min((answer[0] for answer in answers), key=_STRONGEST.index)
    statements = {statement for answer in denials or answers for statement in answer[1]}
    return Decision(reason is Reason.PERMITTED, tuple(sorted(statements)), reason)


_STRONGEST = (Reason.FORBIDDEN, Reason.EXPIRED, Reason.SILENCE, Reason.PERMITTED)
