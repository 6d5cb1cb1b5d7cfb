"""The reference: what a policy decides, as docs/semantics.md says it, slow and obvious.

Whatever else decides is compared with this and shares no code with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from attrs import Factory, define, field

from policyc.language.clauses import ANY_STATE, CLAUSES, DEFAULT_STATES, STATES
from policyc.language.verbs import UNCOVERED, VERBS, entailed
from policyc.language.words import Force
from policyc.model.graph import OTHER, Graph
from policyc.model.policy import Fields, Policy, Question, Statement, terms_of
from policyc.model.values import AllOf, Compared, Holds, OneOf, Terms, Value, Words
from policyc.semantics.clocks import Spans, is_clock, longest, moment_after, starts_at, stops_at
from policyc.semantics.known import Known
from policyc.semantics.request import (
    CONTROLLER,
    PROCESSORS,
    Decision,
    Reading,
    Reason,
    Request,
    dimension_values,
    requests,
)
from policyc.semantics.truth import Truth, both, either, negate

_FIELDS: Final = {row.dimension: row.field for row in CLAUSES if row.dimension}
GATHERS: Final = ("collect", "track")
"""Verbs whose data is not there yet, so that no clock has run out."""


@define
class Reference:
    """Decides requests about one policy, in one reading."""

    policy: Policy
    reading: Reading = Reading.ENFORCED
    graph: Graph = field(init=False, default=Factory(lambda self: Graph(self.policy.terms), takes_self=True))

    def answer(self, question: Question) -> Decision:
        """A question is allowed if each request that it stands for is; a denial names all that denied."""
        decisions = [self.decide(request) for request in requests(self.policy, question, self.graph)]
        denied = [decision for decision in decisions if not decision.allowed]
        told = denied or decisions
        reason = min((one.reason for one in told), key=list(Reason).index)
        return Decision(not denied, reason, tuple(sorted({name for one in told for name in one.statements})))

    def decide(self, request: Request) -> Decision:
        """Forbidden, else expired, else permitted, else denied by silence."""
        statements = self.policy.statements
        for allowed, reason, found in (
            (False, Reason.FORBIDDEN, {name for one in statements for name in self.forbids(one, request)}),
            (False, Reason.EXPIRED, {one.id for one in statements if self.expires(one, request)}),
            (True, Reason.PERMITTED, {one.id for one in statements if self.permits(one, request)}),
        ):
            if found:
                return Decision(allowed, reason, tuple(sorted(found)))
        return Decision(allowed=False, reason=Reason.SILENCE)

    # --- the three rules ---------------------------------------------------------------------

    def permits(self, one: Statement, request: Request) -> bool:
        """A permission whose guard holds, or `never … unless C` where C holds."""
        if one.force is Force.NONE or request.verb not in entailed(one.verb):
            return False
        if not self.covers_all(one, request, permits=True):
            return False
        when, unless = self.guards(one.fields, request)
        guard = both([when, unless] if one.force is Force.FORBID else [when, negate(unless), self.bases(one, request)])
        return self.is_certain(both([guard, self.is_in_time(one, request)]))

    def forbids(self, one: Statement, request: Request) -> Iterator[str]:
        """The ids under which a statement forbids a request: its own, or that of its `only`."""
        if one.force is Force.NONE or one.verb not in entailed(request.verb):
            return
        if one.force is Force.FORBID:
            covers = self.covers_all(one, request, permits=False) and self.holds(one.fields, request)
            if covers and self.is_in_force(self.is_in_time(one, request)) and not self.is_excepted(one, request):
                yield one.id
        elif one.only and self.is_outside(one, request) and not self.is_excepted(one, request):
            yield f"{one.id}#only"

    def expires(self, one: Statement, request: Request) -> bool:
        """Whether the data may no longer be there, and so may not be used: a period has passed, or an end come."""
        if not is_clock(one) or request.verb in GATHERS:
            return False
        if not self.covers_all(one, request, permits=False) or not self.holds(one.fields, request):
            return False
        return self.is_in_force(self.is_over(one, request, ()))

    def is_over(self, one: Statement, request: Request, more: Spans) -> Truth:
        """Whether now is some time after the end of a statement's own: of its period, or `until`, if that is first."""
        stages = [self.policy.statement(name) for name in terms_of(one.fields, "stage")]
        spans = (*(longest(one) or ()), *more)
        started = [self.is_over(stage, request, spans) for stage in stages]
        if "event" in one.fields:
            started.append(self.is_past(one, "event", request, spans))
        has_end = bool(started) and longest(one) is not None
        return either([has_end and both(started), self.is_past(one, "until", request, more)])

    def is_past(self, one: Statement, clause: str, request: Request, spans: Spans) -> Truth:
        """Whether now is some time after a clause's events: after the first one if it says `any`, else the last."""
        named = one.fields.get(clause)
        if not isinstance(named, Terms):
            return False
        passed = [self.is_after(event, request, spans) for event in named.ids]
        return either(passed) if named.quantifier == "any" else both(passed)

    def is_after(self, event: str, request: Request, spans: Spans) -> Truth:
        """Whether now is some time after an event; one to come leaves the clock open."""
        time = self.known(request).time_of(event)
        if time is False:
            return False
        return None if time is None or request.now is None else request.now > moment_after(time, spans)

    # --- coverage ----------------------------------------------------------------------------

    def covers_all(self, one: Statement, request: Request, *, permits: bool) -> bool:
        """Whether a statement covers a request in every dimension that the asked verb has, too."""
        is_gap = any(self.is_left_out(one, dimension) for dimension in one.row.essential)
        if permits and is_gap and self.reading is Reading.ENFORCED:
            return False
        return all(self.covers(one, dimension, request, permits=permits) for dimension in self.dimensions(one, request))

    def dimensions(self, one: Statement, request: Request) -> list[str]:
        """The dimensions that both the statement's and the asked verb have."""
        return sorted(VERBS[request.verb].dimensions & one.row.dimensions)

    def clause(self, one: Statement, dimension: str) -> str:
        """The field of a statement that names something in a dimension."""
        return one.row.object if dimension == "data" else _FIELDS[dimension]

    def named(self, one: Statement, dimension: str) -> Value | None:
        """What a statement names in a dimension."""
        return one.objects if dimension == "data" else one.fields.get(self.clause(one, dimension))

    def has_hole(self, one: Statement, dimension: str) -> bool:
        """Whether the author left out what the statement names in a dimension, or part of it, and says so."""
        return self.clause(one, dimension) in {name for name, _ in one.holes}

    def is_left_out(self, one: Statement, dimension: str) -> bool:
        """Whether a statement says nothing of a dimension, not even that something is missing."""
        return self.named(one, dimension) is None and not self.has_hole(one, dimension)

    def covers(self, one: Statement, dimension: str, request: Request, *, permits: bool) -> bool:
        """By the certain extent each value that is possible, by the possible extent any of them."""
        certain = permits is (self.reading is Reading.ENFORCED)
        known = request.get(dimension)
        values = dimension_values(self.graph, dimension) if known is None else (known,)
        found = [self.extends_to(one, dimension, value, certain=certain, permits=permits) for value in values]
        return all(found) if certain else any(found)

    def extends_to(self, one: Statement, dimension: str, value: str, *, certain: bool, permits: bool) -> bool:
        """Whether a value lies in what a statement names: for certain, or possibly."""
        named = self.named(one, dimension)
        values = self.actors(value, permits=permits) if dimension == "actor" else frozenset({value})
        if not values:
            return False
        if self.has_hole(one, dimension) and (not certain or named is None):
            return not certain
        words = named.words if isinstance(named, Words) else ()
        if dimension == "state":
            return value in (STATES if ANY_STATE in words else words or DEFAULT_STATES)
        if dimension in UNCOVERED:
            return value in words if words else not permits or value not in UNCOVERED[dimension]
        return not isinstance(named, Terms) or any(self.lies_in(named, name, certain=certain) for name in values)

    def lies_in(self, named: Terms, value: str, *, certain: bool) -> bool:
        """Whether a term lies at or below what is named, and not below what is excluded."""
        if certain and (named.quantifier == "some" or value.startswith(OTHER)):
            return False
        return value in self.graph.below(named.ids) - self.graph.below(named.excluding)

    def actors(self, value: str, *, permits: bool) -> frozenset[str]:
        """Those whose naming covers an actor: permissions of the controller are its processors'; of others none are."""
        controllers, processors = self.controllers, self.processors
        if value == CONTROLLER:
            return controllers or frozenset({CONTROLLER})
        if value in processors and permits:
            return controllers | {value}
        return frozenset({value}) & (controllers | processors)

    @cached_property
    def controllers(self) -> frozenset[str]:
        """Whose policy it is, and all below them."""
        return self.graph.below(terms_of(self.policy.header.fields, "controllers"))

    @cached_property
    def processors(self) -> frozenset[str]:
        """Who acts for the controller."""
        return self.graph.below(term.id for term in self.policy.terms.values() if term.qualified == PROCESSORS)

    def is_outside(self, one: Statement, request: Request) -> bool:
        """Whether a request lies where a statement's other clauses do, but outside what its `only` lists."""
        shared = self.dimensions(one, request)
        only = {dimension for dimension in shared if self.clause(one, dimension) in one.only}
        if not all(self.covers(one, name, request, permits=False) for name in shared if name not in only):
            return False
        if any(not self.covers(one, name, request, permits=True) for name in only):
            return True
        return "when" in one.only and self.is_in_force(negate(self.truth(one.fields["when"], request)))

    def is_excepted(self, one: Statement, request: Request) -> bool:
        """Whether a permission that wins over this statement allows the request."""
        named = terms_of(one.fields, "except")
        return any(
            self.permits(other, request)
            for other in self.policy.statements
            if other.id in named or one.id in terms_of(other.fields, "despite")
        )

    # --- guards ------------------------------------------------------------------------------

    def is_certain(self, guard: Truth) -> bool:
        """Whether a permission with this guard counts: if it is true; for a reader, unless it is false."""
        return guard is True if self.reading is Reading.ENFORCED else guard is not False

    def is_in_force(self, guard: Truth) -> bool:
        """Whether a prohibition or a clock with this guard counts: unless it is false; for a reader, if it is true."""
        return guard is not False if self.reading is Reading.ENFORCED else guard is True

    def bases(self, one: Statement, request: Request) -> Truth:
        """Any one basis suffices, and any special one; each has its conditions and those of all terms above it."""
        named = [terms_of(one.fields, field) for field in ("basis", "special_basis")]
        return both(either(self.basis(name, request) for name in names) for names in named if names)

    def basis(self, name: str, request: Request) -> Truth:
        """Whether a legal basis holds; one without conditions always does."""
        term = self.policy.terms[name]
        when, unless = self.guards(term.fields, request)
        return both([when, negate(unless), *(self.basis(parent, request) for parent in term.parents)])

    def guards(self, fields: Fields, request: Request) -> tuple[Truth, Truth]:
        """The truth of `when`, and of `unless`; what is missing does not hinder."""
        return self.truth(fields.get("when", AllOf(())), request), self.truth(fields.get("unless", OneOf(())), request)

    def holds(self, fields: Fields, request: Request) -> bool:
        """Whether a prohibition or a clock counts that stands under these guards."""
        when, unless = self.guards(fields, request)
        return self.is_in_force(both([when, negate(unless)]))

    def is_in_time(self, one: Statement, request: Request) -> Truth:
        """Whether what an act comes after has happened, and what it goes on until has not."""
        start, stop = starts_at(one), stops_at(one)
        started = True if start is None else self.have_happened(start, request)
        return both([started, True if stop is None else negate(self.have_happened(stop, request))])

    def have_happened(self, named: Terms, request: Request) -> Truth:
        """Whether all of some events have happened, or, with `any`, one of them."""
        happened = [self.known(request).has_happened(event) for event in named.ids]
        return either(happened) if named.quantifier == "any" else both(happened)

    def truth(self, guard: Value, request: Request) -> Truth:
        """The truth of a guard."""
        match guard:
            case Holds(fact):
                return self.known(request).fact(fact)
            case Compared():
                return self.known(request).compare(guard)
            case AllOf(parts):
                return both(self.truth(part, request) for part in parts)
            case OneOf(parts):
                return either(self.truth(part, request) for part in parts)
        message = f"{guard!r} is no guard"
        raise TypeError(message)

    def known(self, request: Request) -> Known:
        """What a request knows about this policy's facts and events."""
        return Known(self.policy, self.graph, request)
