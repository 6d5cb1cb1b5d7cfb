"""What a request knows: facts, numbers and the times of events, with what follows from them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from attrs import frozen

from policyc.language.words import Comparison
from policyc.model.graph import Graph
from policyc.model.policy import Policy, terms_of, words_of
from policyc.model.values import Compared
from policyc.semantics.calendar import add
from policyc.semantics.request import ANY, NOBODY, Request, dimension_values, is_sharing
from policyc.semantics.truth import Truth, agreed, unanimous


@frozen
class Known:
    """The knowledge of one request about one policy."""

    policy: Policy
    graph: Graph
    request: Request

    def compare(self, guard: Compared) -> Truth:
        """A number against a constant, or the time since an event against a period."""
        below = guard.comparison is Comparison.BELOW
        if not guard.since or guard.unit is None:
            number = self.request.facts.get((guard.subject, ANY, NOBODY))
            return None if number is None else number < guard.number if below else number > guard.number
        happened = self.time_of(guard.subject)
        if happened is None or self.request.now is None:
            return None
        then = happened and add(happened, guard.number, guard.unit)
        return bool(then) and (self.request.now < then if below else self.request.now > then)

    def time_of(self, event: str) -> datetime | Literal[False] | None:
        """When an event happened; False if it has not, for certain; None if unknown."""
        if event in self.request.events:
            return self.request.events[event] or False
        before = terms_of(self.policy.terms[event].fields, "event")
        return False if any(self.time_of(name) is False for name in before) else None

    def fact(self, name: str) -> Truth:
        """What is known of a fact: by itself, by facts that imply it, and by facts that it implies."""
        implying = [True for other in self.policy.terms if name in self.implied(other) and self.said(other)]
        implied = [False for other in self.implied(name) if self.said(other) is False]
        return agreed([self.said(name), *implying, *implied])

    def implied(self, name: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        """All facts that a fact implies, at any remove."""
        direct = frozenset(terms_of(self.policy.terms[name].fields, "implies")) - seen
        return direct.union(*(self.implied(other, seen | direct) for other in direct))

    def said(self, fact: str) -> Truth:
        """What a request says of a fact, for its purpose and, when it shares, its recipient."""
        per = words_of(self.policy.terms[fact].fields, "per")
        purposes = self.choices("purpose") if "purpose" in per else (ANY,)
        recipients = self.choices("recipient") if "recipient" in per and is_sharing(self.request.verb) else (NOBODY,)
        known = [(key[1], key[2], bool(value)) for key, value in self.request.facts.items() if key[0] == fact]
        return unanimous(agreed(value for p, r, value in known if self.is_for(a, p) and self.is_for(b, r)) for a in purposes for b in recipients)

    def choices(self, dimension: str) -> tuple[str, ...]:
        """The value of a dimension, or all that it may have."""
        known = self.request.get(dimension)
        return dimension_values(self.graph, dimension) if known is None else (known,)

    def is_for(self, value: str, key: str) -> bool:
        """Whether what was said for a term holds for a value: at or below it."""
        return key == ANY or value == key or (key != NOBODY and value in self.graph.below([key]))
