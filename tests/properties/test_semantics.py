"""What docs/semantics.md says of every policy, on drawn ones; and that each property fails if a rule is broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from policyc.language.clauses import CLAUSES
from policyc.language.verbs import VERBS
from policyc.language.words import Force
from policyc.model.policy import Policy, Statement
from policyc.model.values import Terms
from policyc.semantics.reference import Reference
from policyc.semantics.request import Decision, Reading, Reason, Request, dimension_values
from policyc.semantics.truth import Truth
from tests.drawn import DECIDED, Case, cases, with_statements

ENFORCED, DISCLOSED = Reading.ENFORCED, Reading.DISCLOSED
SETTINGS = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


def decide(policy: Policy, request: Request, reading: Reading = ENFORCED) -> Decision:
    return Reference(policy, reading).decide(request)


def allowed_before_and_after(case: Case, added: Statement) -> Iterator[tuple[bool, bool]]:
    """For every request and reading, whether the policy allows it without and with one more statement."""
    after = with_statements([*case.policy.statements, added])
    for request in case.world.requests:
        for reading in Reading:
            yield decide(case.policy, request, reading).allowed, decide(after, request, reading).allowed


def adding_nothing_that_permits_never_allows_more(case: Case) -> bool:
    """A prohibition without `unless`, a duty, or what a law says."""
    one = case.added
    if one.force is Force.PERMIT:
        one = evolve(one, mood="law says")
    elif one.force is Force.FORBID:
        one = evolve(one, fields={name: value for name, value in one.fields.items() if name != "unless"})
    return all(before or not after for before, after in allowed_before_and_after(case, one))


def adding_a_permission_never_allows_less(case: Case) -> bool:
    """A permission without `only` and without a clock."""
    fields = {name: value for name, value in case.added.fields.items() if name not in {"event", "until"}}
    one = evolve(case.added, only=(), fields=fields)
    return all(after or not before for before, after in allowed_before_and_after(case, one))


def knowing_more_never_denies_what_was_allowed(case: Case) -> bool:
    """In a world that nothing contradicts."""
    partial, fuller, whole = (decide(case.policy, request).allowed for request in case.world.requests)
    return (not partial or fuller) and (not fuller or whole)


def enforced_is_disclosed(case: Case) -> bool:
    """What is allowed as enforced is allowed as disclosed."""
    return all(
        decide(case.policy, request, DISCLOSED).allowed
        for request in case.world.requests
        if decide(case.policy, request, ENFORCED).allowed
    )


def order_means_nothing(case: Case) -> bool:
    """The order of statements changes no answer and no reason."""
    turned = evolve(case.policy, statements=tuple(reversed(case.policy.statements)))
    return all(
        decide(case.policy, request, reading) == decide(turned, request, reading)
        for request in case.world.requests
        for reading in Reading
    )


PERMITTING = cases(modalities=("may", "will", "must"), verbs=DECIDED)
PROPERTIES: dict[str, tuple[Callable[[Case], bool], st.SearchStrategy[Case]]] = {
    "plain": (adding_nothing_that_permits_never_allows_more, cases()),
    "permission": (adding_a_permission_never_allows_less, PERMITTING),
    "knowledge": (knowing_more_never_denies_what_was_allowed, cases()),
    "readings": (enforced_is_disclosed, cases()),
    "order": (order_means_nothing, cases()),
}


@given(cases())
@SETTINGS
def test_adding_nothing_that_permits_never_allows_more(case: Case) -> None:
    assert adding_nothing_that_permits_never_allows_more(case)


@given(PERMITTING)
@SETTINGS
def test_adding_a_permission_never_allows_less(case: Case) -> None:
    assert adding_a_permission_never_allows_less(case)


@given(cases())
@SETTINGS
def test_knowing_more_never_denies_what_was_allowed(case: Case) -> None:
    assert knowing_more_never_denies_what_was_allowed(case)


@given(cases())
@SETTINGS
def test_enforced_is_disclosed(case: Case) -> None:
    assert enforced_is_disclosed(case)


@given(cases())
@SETTINGS
def test_order_means_nothing(case: Case) -> None:
    assert order_means_nothing(case)


@given(cases())
@SETTINGS
def test_a_decision_has_its_reason(case: Case) -> None:
    """Permitted is allowed, all else is not; every answer but silence names statements of the policy, sorted."""
    known = {one.id for one in case.policy.statements}
    for request in case.world.requests:
        found = decide(case.policy, request)
        assert found.allowed is (found.reason is Reason.PERMITTED)
        assert bool(found.statements) is (found.reason is not Reason.SILENCE)
        assert list(found.statements) == sorted(found.statements)
        assert {name.partition("#")[0] for name in found.statements} <= known


# --- that they can fail ----------------------------------------------------------------------

ORIGINAL: dict[str, Any] = {name: getattr(Reference, name) for name in ("lies_in", "permits", "forbids")}


def unknown_is_false(self: Reference, guard: Truth) -> bool:
    """A prohibition whose guard is unknown does not count."""
    del self
    return guard is True


def any_value_suffices(self: Reference, one: Statement, dimension: str, request: Request, *, permits: bool) -> bool:
    """An unknown dimension is covered if one of its values is."""
    known = request.get(dimension)
    values = dimension_values(self.graph, dimension) if known is None else (known,)
    certain = permits is (self.reading is ENFORCED)
    return any(self.extends_to(one, dimension, value, certain=certain, permits=permits) for value in values)


def certain_if_unknown(self: Reference, guard: Truth) -> bool:
    """A permission whose guard is unknown counts as enforced, and not as disclosed."""
    return guard is not False if self.reading is ENFORCED else guard is True


def some_is_all(self: Reference, named: Terms, value: str, *, certain: bool) -> bool:
    """`some` counts as enforced, and not as disclosed."""
    if named.quantifier == "some":
        return self.reading is ENFORCED
    return bool(ORIGINAL["lies_in"](self, named, value, certain=certain))


def prohibitions_permit(self: Reference, one: Statement, request: Request) -> bool:
    """A prohibition permits where it is not in force."""
    is_off = one.force is Force.FORBID and not self.holds(one.fields, request)
    return is_off or bool(ORIGINAL["permits"](self, one, request))


def guarded_permissions_forbid(self: Reference, one: Statement, request: Request) -> Iterator[str]:
    """A permission forbids where its guard does not hold."""
    yield from ORIGINAL["forbids"](self, one, request)
    if one.force is Force.PERMIT and not self.holds(one.fields, request):
        yield one.id


def the_last_decides(self: Reference, request: Request) -> Decision:
    """The last statement that covers a request decides."""
    for one in reversed(self.policy.statements):
        if self.permits(one, request):
            return Decision(allowed=True, reason=Reason.PERMITTED, statements=(one.id,))
        if list(self.forbids(one, request)):
            return Decision(allowed=False, reason=Reason.FORBIDDEN, statements=(one.id,))
    return Decision(allowed=False, reason=Reason.SILENCE)


FAULTS: list[tuple[str, str, Callable[..., Any]]] = [
    ("plain", "permits", prohibitions_permit),
    ("permission", "forbids", guarded_permissions_forbid),
    ("knowledge", "is_in_force", unknown_is_false),
    ("knowledge", "covers", any_value_suffices),
    ("readings", "is_certain", certain_if_unknown),
    ("readings", "lies_in", some_is_all),
    ("order", "decide", the_last_decides),
]
SEARCH = settings(SETTINGS, max_examples=20_000, phases=[Phase.generate], database=None)


@pytest.mark.parametrize(("name", "method", "fault"), FAULTS, ids=lambda value: getattr(value, "__name__", value))
def test_a_broken_rule_is_caught(
    name: str, method: str, fault: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reference, method, fault)
    holds, drawn = PROPERTIES[name]
    found = find(drawn, lambda case: not holds(case), settings=SEARCH, random=Random(1))  # noqa: S311 - the same search every time
    assert not holds(found)


def test_the_drawn_cases_meet_every_answer_and_every_feature() -> None:
    """Drawing is no use if all is denied by silence, or if a feature never turns up."""
    reasons: Counter[str] = Counter()
    features: Counter[str] = Counter()

    @given(cases())
    @settings(SEARCH, max_examples=1000, derandomize=True)
    def count(case: Case) -> None:
        for request in case.world.requests:
            reasons[decide(case.policy, request).reason.value] += 1
        for one in case.policy.statements:
            lists = [value for value in (one.objects, *one.fields.values()) if isinstance(value, Terms)]
            features.update([*one.fields, str(one.mood), one.verb, one.modality])
            features.update(["only"] * bool(one.only) + ["holes"] * bool(one.holes))
            features.update(
                [str(value.quantifier) for value in lists] + ["excluding" for one in lists if one.excluding]
            )

    count()
    fields = {row.field for row in CLAUSES if row.dimension}
    more = {"when", "unless", "basis", "period", "lag", "event", "until", "except", "despite", "only", "holes", "some"}
    wanted = fields | more | {*VERBS, "any", "excluding", "law says", "never"}
    never = {name for name, row in VERBS.items() if not row.decided and name != "delete"} | {"derived_from", "means"}
    assert {name for name in wanted - never if features[name] < 10} == set()
    assert all(reasons[reason.value] > 50 for reason in Reason), reasons
