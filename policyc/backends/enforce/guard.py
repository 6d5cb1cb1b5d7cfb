"""Puts questions and requests of the model to the guard of a policy, as its programs would ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from types import ModuleType
from typing import Any, Final, Protocol, cast

from attrs import Factory, define, field

from policyc.backends.enforce.load import load
from policyc.backends.enforce.tables import CONSENT, OBJECTION
from policyc.model.graph import Graph
from policyc.model.policy import Policy, Question, words_of
from policyc.semantics.request import ANY, LONG_AGO, NOBODY, Decision, FactKey, Reason, Request, dimension_values

_PARAMETERS: Final = {"role": "on_behalf_of"}
"""The parameters that are not called as their dimension."""

_BY_PURPOSE: Final = {CONSENT: "consents", OBJECTION: "objections"}
"""The facts that have parameters of their own."""

Told = Mapping[str, Any]
"""Arguments of `decide` that say what is known; what nothing is known of is left out."""


class _Answer(Protocol):
    """What a guard answers."""

    allowed: bool
    reason: Any
    statements: tuple[str, ...]


@define
class Guard:
    """Decides requests about one policy in the enforced reading: by the code that `policyc build` writes."""

    policy: Policy
    module: ModuleType = field(default=Factory(lambda self: load(self.policy), takes_self=True))
    graph: Graph = field(init=False, default=Factory(lambda self: Graph(self.policy.terms), takes_self=True))

    def answer(self, question: Question) -> Decision:
        """A question is allowed if all that it names is; a denial names all that denied."""
        events = {**dict.fromkeys(question.to_come), **dict.fromkeys(question.happened, LONG_AGO)}
        told = {name: value for name, value in (("facts", question.facts), ("events", events)) if value}
        asked = [dict(zip(question.terms, values, strict=True)) for values in product(*question.terms.values())]
        return _joined([self._ask(question.verb, terms, told) for terms in asked])

    def decide(self, request: Request) -> Decision:
        """What the guard says of a request; ValueError for what it cannot be asked.

        That is a request without data, a name that the policy does not have, or a time without a time zone.
        """
        return self._ask(request.verb, request.terms, self.told(request))

    def _ask(self, verb: str, terms: Mapping[str, str], told: Told) -> Decision:
        named = {_PARAMETERS.get(name, name): term for name, term in terms.items() if term}
        answer = cast("_Answer", self.module.decide(verb, named.pop("data", None), **named, **told))
        return Decision(answer.allowed, Reason(answer.reason.value), answer.statements)

    def told(self, request: Request) -> Told:
        """What is known of a request, as the guard takes it."""
        told: dict[str, Any] = {"facts": {}, "consents": {}, "objections": {}}
        for key, value in request.facts.items():
            own = _BY_PURPOSE.get(self.policy.terms[key[0]].qualified) if key[0] in self.policy.terms else None
            for whom in self._whom(key, request):
                if own is not None and whom:
                    told[own][whom if len(whom) > 1 else whom[0]] = value
                else:
                    told["facts"][(key[0], *whom) if whom else key[0]] = value
        known = {**told, "events": request.events, "now": request.now}
        return {name: value for name, value in known.items() if value}

    def _whom(self, key: FactKey, request: Request) -> Iterable[tuple[str | None, ...]]:
        """For whom the guard is told of a fact: nobody in particular, a purpose, or a purpose and a recipient.

        A guard takes a fact for every purpose but one recipient, or the reverse, only as one for each of them.
        """
        fact, purpose, recipient = key
        per = words_of(self.policy.terms[fact].fields, "per") if fact in self.policy.terms else ()
        if (purpose, recipient) == (ANY, ANY) or not (per or purpose != ANY or recipient != NOBODY):
            return [()]
        purposes = (
            self._each("purpose", purpose, request) if "purpose" in per else [None if purpose == ANY else purpose]
        )
        alone = [(each,) for each in purposes] if recipient in {ANY, NOBODY} else []
        if recipient == NOBODY or (recipient == ANY and "recipient" not in per):
            return alone
        return [*alone, *product(purposes, self._each("recipient", recipient, request))]

    def _each(self, dimension: str, named: str, request: Request) -> list[str | None]:
        """The term that is named, or for ANY all that the request may be about."""
        if named != ANY:
            return [named]
        asked = request.terms.get(dimension)
        return [asked] if asked else [each for each in dimension_values(self.graph, dimension) if each]


def _joined(decisions: list[Decision]) -> Decision:
    """All are allowed, or those that are not say why."""
    told = [one for one in decisions if not one.allowed] or decisions
    reason = min((one.reason for one in told), key=list(Reason).index)
    statements = {name for one in told for name in one.statements}
    return Decision(reason is Reason.PERMITTED, reason, tuple(sorted(statements)))
