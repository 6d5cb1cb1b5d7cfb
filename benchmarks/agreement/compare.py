"""Puts the same questions to a guard and to the reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from random import Random
from types import ModuleType
from typing import Any, Final

from attrs import evolve, frozen

from benchmarks.agreement.draw import CONSENT, KEEP, PURPOSE, Drawer, Drawn, deciding, sets_end
from policyc.backends.enforce.load import execute
from policyc.language.verbs import VERBS
from policyc.model.policy import Policy, Question, Statement
from policyc.semantics.reference import Reference
from policyc.semantics.request import ANY, NOBODY, Reason, Request, requests
from policyc.semantics.retention import Deadline, Retention, Status

_STRENGTH: Final = (Reason.FORBIDDEN, Reason.EXPIRED, Reason.SILENCE, Reason.PERMITTED)


End = tuple[str, datetime | None, tuple[str, ...]]
"""A status, a moment, and the statements that set it."""


@frozen
class Answer:
    """What either side answers; for a record also `ends`, that of its purpose and its own."""

    allowed: bool
    reason: str
    statements: tuple[str, ...]
    ends: tuple[End, ...] = ()


@frozen
class Case:
    """A question, and what the reference answers."""

    drawn: Drawn
    answer: Answer


def load(code: str) -> ModuleType:
    """A guard as a module, from its text."""
    return execute(code)


def ask_reference(reference: Reference, drawn: Drawn) -> Answer:
    """A question is allowed if all that it stands for is; a denial names all that denied."""
    question = Question(drawn.verb, {name: (value,) for name, value in drawn.terms.items()}, {})
    known: dict[str, Any] = {"facts": drawn.facts, "events": drawn.events, "now": drawn.now}
    asked = [evolve(request, **known) for request in requests(reference.policy, question, reference.graph)]
    decisions = [reference.decide(request) for request in asked]
    told = [one for one in decisions if not one.allowed] or decisions
    reason = min((one.reason for one in told), key=_STRENGTH.index)
    statements = {name for one in told for name in one.statements}
    return Answer(reason is Reason.PERMITTED, reason.value, tuple(sorted(statements)), _ends(reference, drawn, asked))


def _ends(reference: Reference, drawn: Drawn, asked: Sequence[Request]) -> tuple[End, ...]:
    """Of a record, for one purpose and for all; of several records the strictest is told."""
    if not (drawn.verb == KEEP and PURPOSE in drawn.terms and drawn.terms.keys() <= VERBS[KEEP].dimensions):
        return ()
    retention = Retention(reference)
    return strictest(map(retention.expires_at, asked)), strictest(map(retention.must_be_gone_by, asked))


_STRICTEST: Final = (Status.UNKNOWN, Status.HELD, Status.SET, Status.OPEN, Status.UNSAID)
"""Of several records: what is unknown or held, else the first moment, else what may still come."""


def strictest(ends: Iterable[Deadline]) -> End:
    """Of the ends of several records the one that hinders most, with the statements of all that are the same."""
    last = datetime.max.replace(tzinfo=UTC)
    found = sorted(ends, key=lambda end: (_STRICTEST.index(end.status), end.moment or last))
    same = [end for end in found if (end.status, end.moment) == (found[0].status, found[0].moment)]
    return _end(evolve(found[0], statements=tuple(sorted({name for end in same for name in end.statements}))))


def _end(deadline: Any) -> End:  # noqa: ANN401 - the reference's, or the guard's
    return deadline.status.value, deadline.moment, deadline.statements


def ask_guard(guard: ModuleType, policy: Policy, drawn: Drawn, *, with_ends: bool = False) -> Answer:
    """The same through the guard's own parameters; `with_ends` asks for the ends of a record too.

    The guard remembers answers, so it is asked twice.
    """
    terms = {"on_behalf_of" if name == "role" else name: value for name, value in drawn.terms.items()}
    data, told = terms.pop("data"), _told(policy, drawn)
    ends: tuple[End, ...] = ()
    try:
        decision = guard.decide(drawn.verb, data, **terms, **told)
        if guard.decide(drawn.verb, data, **terms, **told) != decision:
            return Answer(allowed=False, reason="asked again, it answers otherwise", statements=())
        if with_ends:
            purpose = terms.pop(PURPOSE)
            gone = guard.must_be_gone_by(data, **terms, **told)
            ends = _end(guard.expires_at(data, purpose, **terms, **told)), _end(gone)
    except guard.UnknownTerm as error:
        return Answer(allowed=False, reason=str(error), statements=())
    return Answer(decision.allowed, decision.reason.value, decision.statements, ends)


def _told(policy: Policy, drawn: Drawn) -> dict[str, Any]:
    """What is known, as the guard takes it; consents and objections for a purpose in their own parameters.

    A parameter for which nothing is known is left out.
    """
    told: dict[str, Any] = {"facts": {}, "consents": {}, "objections": {}}
    own = {term.id: _PARAMETERS[term.qualified] for term in policy.of_kind("fact") if term.qualified in _PARAMETERS}
    for (fact, purpose, recipient), value in drawn.facts.items():
        whom = [None if purpose == ANY else purpose, *([] if recipient == NOBODY else [recipient])]
        whom = [] if recipient == ANY or whom == [None] else whom
        if fact in own and whom:
            told[own[fact]][tuple(whom) if len(whom) > 1 else whom[0]] = value
        else:
            told["facts"][(fact, *whom) if whom else fact] = value
    return {name: value for name, value in (told | {"events": drawn.events, "now": drawn.now}).items() if value}


_PARAMETERS: Final = {
    CONSENT: "consents",
    "std.fact.consent.objection": "objections",
}


# --- many requests -----------------------------------------------------------------------------


def cases(policy: Policy, number: int, seed: int) -> Iterator[Case]:
    """Questions around the statements, most around those that decided the fewest so far; and near those allowed."""
    random = Random(seed)  # noqa: S311 - nothing here is secret
    drawer = Drawer(policy, random)
    reference = Reference(policy)
    statements = deciding(policy)
    decided: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    allowed: list[Drawn] = []
    edges = [drawn for one in statements for drawn in drawer.edges(one)]
    edges = random.sample(edges, min(len(edges), int(number * _EDGES)))
    for drawn in edges:
        yield Case(drawn, ask_reference(reference, drawn))
    for _ in range(number - len(edges)):
        some = [random.choice(statements) for _ in range(_CONTEST)]
        one = min(some, key=lambda each: _need(decided, tried, each))
        tried[one.id] += 1
        is_near = bool(allowed) and random.random() < _NEAR
        drawn = drawer.near(random.choice(allowed)) if is_near else drawer.around(one)
        if sets_end(one) and random.random() < _RECORDS:
            drawn = drawer.record(drawn)
        answer = ask_reference(reference, drawn)
        decided.update(answer.statements)
        if answer.allowed and not is_near:
            allowed.append(drawn)
        yield Case(drawn, answer)


_EDGES: Final = 0.1
"""At most this share of the requests is about the ends of periods, without any luck."""

_NEAR: Final = 0.4
"""The share of requests that differ in one thing from one that was allowed."""

_RECORDS: Final = 0.25
"""The share of the requests around a clock that ask when a record ends."""

_CONTEST: Final = 5
"""So many statements contend for the next request."""


def _need(decided: Counter[str], tried: Counter[str], one: Statement) -> float:
    """How little a statement needs another request: each that decided something counts, and many that did not."""
    ids = [one.id, f"{one.id}#only"] if one.only else [one.id]
    return min(decided[name] for name in ids) + tried[one.id] / _PATIENCE


_PATIENCE: Final = 4
"""So many requests in vain count as one that decided: what can decide nothing must not use up those of others."""
