"""Counts what comes of comparing a guard with the reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from random import Random
from types import ModuleType
from typing import Final

from attrs import define, evolve, field

from benchmarks.agreement.compare import Answer, Case, ask_guard
from benchmarks.agreement.draw import Drawer, deciding, sets_end
from policyc.language.clauses import CLAUSES
from policyc.language.words import Force
from policyc.model.policy import Policy, Question, Statement
from policyc.model.values import Terms
from policyc.semantics.reference import Reference
from policyc.semantics.request import requests

ENOUGH: Final = 100
"""So many requests must each statement decide."""

ALLOWED: Final = 0.3
"""At least this share of the requests must be allowed."""

_CLAUSE: Final = {"data": "data"} | {row.dimension: row.field for row in CLAUSES if row.dimension}


@define
class Tally:
    """Requests, and how many of them were drawn with unknown facts, stand for several, were answered how, by what."""

    policy: Policy
    requests: int = 0
    partial: int = 0
    combined: int = 0
    reasons: Counter[str] = field(factory=Counter)
    decided: Counter[str] = field(factory=Counter)
    wrong: list[tuple[Case, Answer]] = field(factory=list)

    def add(self, case: Case, answer: Answer) -> None:
        """Count one question."""
        known = {fact for fact, _, _ in case.drawn.facts}
        above = {parent for term in self.policy.terms.values() for parent in term.parents}
        self.requests += 1
        self.partial += len(known) < len(self.policy.of_kind("fact"))
        self.combined += not above.isdisjoint(case.drawn.terms.values())
        self.reasons[case.answer.reason] += 1
        self.decided.update(case.answer.statements)
        if answer != case.answer:
            self.wrong.append((case, answer))

    def merge(self, other: Tally) -> None:
        """Count what another tally counted."""
        self.requests += other.requests
        self.partial += other.partial
        self.combined += other.combined
        self.reasons.update(other.reasons)
        self.decided.update(other.decided)
        self.wrong += other.wrong

    @property
    def allowed(self) -> float:
        """The share of the requests that are allowed."""
        return self.reasons["permitted"] / max(self.requests, 1)

    def rare(self, enough: int = ENOUGH) -> dict[str, int]:
        """The ids that can decide, and decided fewer requests than is enough."""
        hidden = masked(self.policy, [one for one in deciding(self.policy) if not self.decided[one.id]])
        able = [name for one in deciding(self.policy) for name in ids(one) if name not in hidden]
        return {name: self.decided[name] for name in able if self.decided[name] < enough}


def compare(policy: Policy, guard: ModuleType, asked: Iterable[Case]) -> Tally:
    """Put the questions that the reference has answered to a guard."""
    tally = Tally(policy)
    for case in asked:
        tally.add(case, ask_guard(guard, policy, case.drawn, with_ends=bool(case.answer.ends)))
    return tally


def masked(policy: Policy, silent: Iterable[Statement]) -> frozenset[str]:
    """Those of some permissions that never decide because prohibitions cover all that they allow.

    Found by drawing requests that they permit: each must be forbidden, and there must be some.
    """
    found = set()
    for one in silent:
        drawer = Drawer(policy, Random(one.id))  # noqa: S311 - the same requests every time
        reference = Reference(policy)
        drawn = [drawer.around(one) for _ in range(_TRIED)]
        questions = [Question(each.verb, {name: (value,) for name, value in each.terms.items()}, {}) for each in drawn]
        asked = [
            evolve(request, facts=each.facts, events=each.events, now=each.now)
            for each, question in zip(drawn, questions, strict=True)
            for request in requests(policy, question)
        ]
        permitted = [request for request in asked if reference.permits(one, request)]
        if permitted and not any(reference.decide(request).allowed for request in permitted):
            found.add(one.id)
    return frozenset(found)


_TRIED: Final = 300


def ids(one: Statement) -> list[str]:
    """The ids under which a statement can decide: a permission with a gap enforces nothing, but its `only` does.

    An `only` decides nothing before a clause that is no dimension.
    """
    gap = one.force is Force.PERMIT and _has_gap(one) and not sets_end(one)
    limits = {*_CLAUSE.values(), "when"} | {one.row.object}
    return [*([] if gap else [one.id]), *([f"{one.id}#only"] if limits & set(one.only) else [])]


def _has_gap(one: Statement) -> bool:
    """Whether what a permission is about is left open in a dimension: `some`, a hole, or nothing where it must say."""
    named = {name: one.objects if name == "data" else one.fields.get(clause) for name, clause in _CLAUSE.items()}
    holes = {name for name, clause in _CLAUSE.items() if named[name] is None and clause in dict(one.holes)}
    some = any(isinstance(value, Terms) and value.quantifier == "some" for value in named.values())
    return some or bool(holes) or any(named[name] is None for name in one.row.essential)
