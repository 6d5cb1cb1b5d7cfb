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
from policyc.semantics.request import ANY, LONG_AGO, NOBODY, Request, dimension_values, is_sharing
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
        if guard.unit is None:
            number = self.request.facts.get((guard.subject, ANY, NOBODY))
            return None if number is None else number < guard.number if below else number > guard.number
        happened = self.time_of(guard.subject)
        if happened is False:
            return False
        if happened is None or self.request.now is None:
            return None
        then = add(happened, guard.number, guard.unit)
        return self.request.now < then if below else self.request.now > then

    def time_of(self, event: str) -> datetime | Literal[False] | None:
        """When an event happened; False if it has not, for certain; None if that is unknown or contradictory."""
        events = self.request.events
        too_early = any(name in events and events[name] is None for name in self.reached(event, "event"))
        time = events.get(event)
        if time is not None:
            return None if too_early else time
        return False if too_early or event in events else None

    def has_happened(self, event: str) -> Truth:
        """Whether an event lies in the past. If it is not known what time it is now, only the first moment does."""
        time = self.time_of(event)
        if time is None or time is False:
            return time
        now = self.request.now
        return True if time == LONG_AGO else None if now is None else time <= now

    def fact(self, name: str) -> Truth:
        """What is known of a fact: by itself, by facts that imply it, and by facts that it implies."""
        facts = [term.id for term in self.policy.of_kind("fact")]
        implying = [True for other in facts if name in self.reached(other, "implies") and self.said(other)]
        implied = [False for other in self.reached(name, "implies") if self.said(other) is False]
        return agreed([self.said(name), *implying, *implied])

    def reached(self, name: str, field: str) -> frozenset[str]:
        """All terms that a declaration names in a clause, and that those name in it, and so on."""
        found: set[str] = set()
        queue = [name]
        while queue:
            new = set(terms_of(self.policy.terms[queue.pop()].fields, field)) - found
            found |= new
            queue += new
        return frozenset(found)

    def said(self, fact: str) -> Truth:
        """What a request says of a fact, for its purpose and, when it shares, its recipient."""
        per = words_of(self.policy.terms[fact].fields, "per")
        purposes = self.choices("purpose") if "purpose" in per else (ANY,)
        recipients = self.choices("recipient") if "recipient" in per and is_sharing(self.request.verb) else (NOBODY,)
        return unanimous(self.said_for(fact, purpose, recipient) for purpose in purposes for recipient in recipients)

    def said_for(self, fact: str, purpose: str, recipient: str) -> Truth:
        """What a request says of a fact for one purpose and one recipient, or for terms above them."""
        return agreed(
            bool(value)
            for key, value in self.request.facts.items()
            if key[0] == fact and self.is_for(purpose, key[1]) and self.is_for(recipient, key[2])
        )

    def choices(self, dimension: str) -> tuple[str, ...]:
        """The value of a dimension, or all that it may have."""
        known = self.request.get(dimension)
        return dimension_values(self.graph, dimension) if known is None else (known,)

    def is_for(self, value: str, key: str) -> bool:
        """Whether what was said for a term holds for a value: at or below it."""
        return key in {ANY, value} or (key != NOBODY and value in self.graph.below([key]))
