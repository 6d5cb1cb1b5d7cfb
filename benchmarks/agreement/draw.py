"""Draws requests around the statements of a policy: mostly inside what a statement names, with partial knowledge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from random import Random
from typing import Final

from attrs import Factory, define, evolve, field, frozen

from benchmarks.agreement.knowledge import Knowledge
from policyc.language.clauses import CLAUSES
from policyc.language.verbs import VERBS, entailed
from policyc.language.words import Force
from policyc.model.graph import OTHER, Graph
from policyc.model.policy import Policy, Statement, terms_of
from policyc.model.values import Terms, Words
from policyc.semantics.clocks import is_clock, longest
from policyc.semantics.request import PROCESSORS, FactKey

_ROWS: Final = {row.dimension: row for row in CLAUSES if row.dimension}
_DATA: Final = "data"
KEEP, PURPOSE = "keep", "purpose"
_DIMENSIONS: Final = (_DATA, *_ROWS)
_DECIDED: Final = tuple(sorted(name for name, row in VERBS.items() if row.decided))
_MOST_COMBINATIONS: Final = 24

CONSENT: Final = "std.fact.consent.consent_given"
"""The library's fact that a guard takes as `consents`."""

_SEVERAL: Final = 4
"""A record is at most of so many kinds of data, if it is of more than a statement names."""

_USUAL: Final = (_DATA, PURPOSE, "recipient")
_PLAIN: Final = 0.1
"""The share of requests of which nothing is known but consents: guards remember the answers to these."""

_FRIENDLY: Final = 0.6
"""The share of requests that are drawn so that they are probably allowed."""


@frozen
class Drawn:
    """A question for both sides. Terms need not be leaves; facts have the keys of the reference."""

    verb: str
    terms: Mapping[str, str]
    facts: Mapping[FactKey, bool | int]
    events: Mapping[str, datetime | None]
    now: datetime | None


@define(slots=False)
class Drawer:
    """Draws from one stream of random numbers: equal seeds draw equal requests."""

    policy: Policy
    random: Random
    graph: Graph = field(init=False, default=Factory(lambda self: Graph(self.policy.terms), takes_self=True))
    knowledge: Knowledge = field(init=False)

    @knowledge.default
    def _knowledge(self) -> Knowledge:
        return Knowledge(self.policy, self.graph, self.random)

    def chance(self, share: float) -> bool:
        """True that often."""
        return self.random.random() < share

    def around(self, one: Statement) -> Drawn:
        """A request near a statement."""
        friendly = self.chance(_FRIENDLY)
        verb = self._verb(one)
        terms = self._terms(one, verb, noise=0.02 if friendly else 0.12)
        facts = self.knowledge.facts(one, verb, terms, friendly=friendly)
        events, now = self.knowledge.times(one, friendly=friendly)
        drawn = Drawn(verb, terms, facts, events, now)
        return self.plain(drawn) if self.chance(_PLAIN) else drawn

    def edges(self, one: Statement) -> Iterator[Drawn]:
        """Requests inside a statement, at the ends of its periods."""
        for events, now in self.knowledge.edges(one):
            verb = self._verb(one)
            terms = self._terms(one, verb, noise=0)
            yield Drawn(verb, terms, self.knowledge.facts(one, verb, terms, friendly=True), events, now)

    def plain(self, drawn: Drawn) -> Drawn:
        """The same asked as programs mostly ask: nothing is known but consents, and few dimensions are named."""
        known = self.policy.terms
        consents = {key: value for key, value in drawn.facts.items() if known[key[0]].qualified == CONSENT}
        rest = [name for name in drawn.terms if name not in _USUAL]
        named = {*_USUAL, *(self.random.sample(rest, 1) if rest and self.chance(0.6) else ())}
        terms = {name: term for name, term in drawn.terms.items() if name in named}
        return Drawn(drawn.verb, terms, consents, {}, None)

    def near(self, drawn: Drawn) -> Drawn:
        """A request that differs in one thing from another: in a term, in a fact, in a time; or in nothing."""
        match self.random.choice(("term", "term", "fact", "fact", "event", "now", "nothing")):
            case "term":
                dimension = self.random.choice(_DIMENSIONS)
                value = self._any(dimension) if dimension == _DATA or self.chance(0.7) else None
                others = {name: term for name, term in drawn.terms.items() if name != dimension}
                return evolve(drawn, terms=others if value is None else {**others, dimension: value})
            case "fact" if drawn.facts:
                key = self.random.choice(sorted(drawn.facts))
                facts = {name: value for name, value in drawn.facts.items() if name != key}
                is_flipped = isinstance(drawn.facts[key], bool) and self.chance(0.5)
                return evolve(drawn, facts={**facts, key: not drawn.facts[key]} if is_flipped else facts)
            case "event" if drawn.events:
                event = self.random.choice(sorted(drawn.events))
                events = {name: time for name, time in drawn.events.items() if name != event}
                return evolve(drawn, events={**events, event: None} if self.chance(0.5) else events)
            case "now":
                return evolve(drawn, now=None)
        return drawn

    def record(self, drawn: Drawn) -> Drawn:
        """The same about a record that is kept for a purpose, or now and then about several."""
        terms = {name: term for name, term in drawn.terms.items() if name in VERBS[KEEP].dimensions}
        purpose = terms.get(PURPOSE) or self._any(PURPOSE)
        terms |= {PURPOSE: purpose} if purpose else {}
        wider = [name for name in self._parents(terms[_DATA]) if len(self.graph.listed_leaves(name)) <= _SEVERAL]
        if wider and self.chance(0.3):
            return evolve(drawn, verb=KEEP, terms={**terms, _DATA: self.random.choice(wider)})
        leaves = {name: self.random.choice(self._leaves(name, term)) for name, term in terms.items()}
        return evolve(drawn, verb=KEEP, terms=terms if self.chance(0.4) else leaves)

    def _parents(self, name: str) -> Sequence[str]:
        term = self.policy.terms.get(name)
        return term.parents if term else ()

    def _verb(self, one: Statement) -> str:
        """Mostly a verb that the statement decides."""
        if one.row.decided and self.chance(0.6):
            return one.verb
        near = [verb for verb in _DECIDED if verb in entailed(one.verb) or one.verb in entailed(verb)]
        return self.random.choice(near if near and self.chance(0.9) else _DECIDED)

    def _terms(self, one: Statement, verb: str, noise: float) -> dict[str, str]:
        terms: dict[str, str] = {}
        combinations = 1
        for dimension in _DIMENSIONS:
            value = self._value(one, verb, dimension, noise)
            if value is None and dimension == _DATA:
                value = self._any(dimension)
            if value is not None:
                leaves = self._leaves(dimension, value)
                combinations *= len(leaves)
                terms[dimension] = value if combinations <= _MOST_COMBINATIONS else self.random.choice(leaves)
        return terms

    def _value(self, one: Statement, verb: str, dimension: str, noise: float) -> str | None:
        """Something that the statement names, or sometimes something else, or nothing."""
        clause = one.row.object if dimension == _DATA else _ROWS[dimension].field
        if dimension not in VERBS[verb].dimensions:
            return self._any(dimension) if self.chance(0.03) else None
        if self.chance(noise) or (clause in one.only and self.chance(0.3)):
            return self._any(dimension) if self.chance(0.7) else None
        named = one.objects if dimension == _DATA else one.fields.get(clause)
        if isinstance(named, Words):
            known = [word for word in named.words if word in _ROWS[dimension].words]
            return self._any(dimension) if "any_state" in known else self.random.choice(known)
        if isinstance(named, Terms):
            return self._below(named)
        if dimension in {"state", "way", "means", "actor"} or not self.chance(0.3):
            return None
        listed = self._closed.get(dimension)
        return self._below(self.random.choice(listed)) if listed and self.chance(0.5) else self._any(dimension)

    @cached_property
    def _closed(self) -> Mapping[str, Sequence[Terms]]:
        """What each `only` lists, by dimension: all else is forbidden, so that hardly anything else is ever allowed."""
        found: dict[str, list[Terms]] = {}
        for one in self.policy.statements:
            for dimension, row in _ROWS.items():
                named = one.fields.get(row.field)
                if row.field in one.only and isinstance(named, Terms):
                    found.setdefault(dimension, []).append(named)
        return found

    def _below(self, named: Terms) -> str:
        """A leaf of what is named; sometimes a term with leaves, or the unlisted members of one."""
        found = sorted(self.graph.below(named.ids) - self.graph.below(named.excluding)) or sorted(named.ids)
        leaves = [name for name in found if not self.graph.children.get(name) and not name.startswith(OTHER)]
        return self.random.choice(leaves if leaves and self.chance(0.85) else found)

    def _any(self, dimension: str) -> str | None:
        """Any value of a dimension, now and then a term with others below it; None if it has none."""
        kinds = (_DATA,) if dimension == _DATA else _ROWS[dimension].kinds
        terms = [term.id for term in self.policy.terms.values() if term.kind in kinds]
        if terms and self.chance(0.1):
            return self.random.choice(terms)
        words = [word for word in _ROWS[dimension].words if word != "any_state"] if dimension in _ROWS else []
        values = words or self.graph.leaves(kinds)
        return self.random.choice(values) if values else None

    def _leaves(self, dimension: str, name: str) -> Sequence[str]:
        """The declared leaves of a term; a closed word is none, even if a term has its name."""
        words = _ROWS[dimension].words if dimension in _ROWS else ()
        is_term = name in self.policy.terms and name not in words
        return self.graph.listed_leaves(name) if is_term else (name,)


def deciding(policy: Policy) -> tuple[Statement, ...]:
    """The statements around which it is worth to draw: those that permit or forbid what we do, or set an end."""
    found = [one for one in policy.statements if one.force is not Force.NONE or sets_end(one)]
    return tuple(one for one in found if _is_ours(policy, one))


def _is_ours(policy: Policy, one: Statement) -> bool:
    """Whether it is about acts of the controller or its processors, the only ones that are decided."""
    graph = Graph(policy.terms)
    processors = [term.id for term in policy.terms.values() if term.qualified == PROCESSORS]
    ours = graph.below((*terms_of(policy.header.fields, "controllers"), *processors))
    actors = graph.below(terms_of(one.fields, "actor"))
    return not actors or not ours.isdisjoint(actors)


def sets_end(one: Statement) -> bool:
    """Whether a statement that keeps or deletes sets an end."""
    starts = not {"event", "stage"}.isdisjoint(one.fields) and longest(one) is not None
    return is_clock(one) and (starts or "until" in one.fields)
