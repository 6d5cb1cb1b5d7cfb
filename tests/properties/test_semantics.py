"""What docs/semantics.md says of every policy, on drawn ones; and that each property fails if a rule is broken."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from policyc.language.words import Force
from policyc.model.policy import Policy, Statement
from policyc.semantics import reference as rules
from policyc.semantics.reference import Reference
from policyc.semantics.request import Decision, Reading, Reason, Request
from policyc.semantics.truth import Truth
from tests.drawn import World, policies, statements, with_statements, worlds

ENFORCED, DISCLOSED = Reading.ENFORCED, Reading.DISCLOSED
SETTINGS = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


def decide(policy: Policy, request: Request, reading: Reading = ENFORCED) -> Decision:
    return Reference(policy, reading).decide(request)


def requests(world: World) -> tuple[Request, ...]:
    return world.partial, world.fuller, world.whole


Case = tuple[Policy, World, Statement]
Property = Callable[[Case], bool]

PERMISSIONS = ("may", "will", "must")


def added(policy: Policy, one: Statement) -> Policy:
    return with_statements([*policy.statements, one])


def adding_nothing_that_permits_never_allows_more(case: Case) -> bool:
    policy, world, one = case
    before, after = policy, added(policy, one)
    return all(
        decide(before, request, reading).allowed or not decide(after, request, reading).allowed
        for request in requests(world)
        for reading in Reading
    )


def adding_a_permission_never_allows_less(case: Case) -> bool:
    policy, world, one = case
    before, after = policy, added(policy, one)
    return all(
        decide(after, request, reading).allowed or not decide(before, request, reading).allowed
        for request in requests(world)
        for reading in Reading
    )


def knowing_more_never_denies_what_was_allowed(case: Case) -> bool:
    policy, world, _ = case
    partial, fuller, whole = (decide(policy, request).allowed for request in requests(world))
    return (not partial or fuller) and (not fuller or whole)


def enforced_is_disclosed(case: Case) -> bool:
    policy, world, _ = case
    return all(
        decide(policy, request, DISCLOSED).allowed
        for request in requests(world)
        if decide(policy, request, ENFORCED).allowed
    )


def order_means_nothing(case: Case) -> bool:
    policy, world, _ = case
    turned = evolve(policy, statements=tuple(reversed(policy.statements)))
    return all(
        decide(policy, request, reading) == decide(turned, request, reading)
        for request in requests(world)
        for reading in Reading
    )


def no_clock(one: Statement) -> Statement:
    """A statement without what would end anything."""
    fields = {name: value for name, value in one.fields.items() if name not in {"event", "until"}}
    return evolve(one, fields=fields, only=())


def no_half(one: Statement) -> Statement:
    """A statement that permits nothing: a prohibition without `unless`, or a duty."""
    fields = {name: value for name, value in one.fields.items() if name != "unless" or one.force is not Force.FORBID}
    return evolve(one, fields=fields)


PLAIN = st.one_of(
    statements(modalities=("never",)).map(no_half),
    statements(verbs=("delete",)),
    statements().map(lambda one: evolve(one, mood="law says")),
)
PERMITTING = statements(modalities=PERMISSIONS).filter(lambda one: one.verb != "delete").map(no_clock)

PROPERTIES: dict[str, tuple[Property, st.SearchStrategy[Statement]]] = {
    "plain": (adding_nothing_that_permits_never_allows_more, PLAIN),
    "permission": (adding_a_permission_never_allows_less, PERMITTING),
    "knowledge": (knowing_more_never_denies_what_was_allowed, statements()),
    "readings": (enforced_is_disclosed, statements()),
    "order": (order_means_nothing, statements()),
}


def cases(name: str) -> st.SearchStrategy[Case]:
    return st.tuples(policies(), worlds(), PROPERTIES[name][1])


@given(cases("plain"))
@SETTINGS
def test_adding_nothing_that_permits_never_allows_more(case: Case) -> None:
    assert adding_nothing_that_permits_never_allows_more(case)


@given(cases("permission"))
@SETTINGS
def test_adding_a_permission_never_allows_less(case: Case) -> None:
    assert adding_a_permission_never_allows_less(case)


@given(cases("knowledge"))
@SETTINGS
def test_knowing_more_never_denies_what_was_allowed(case: Case) -> None:
    assert knowing_more_never_denies_what_was_allowed(case)


@given(cases("readings"))
@SETTINGS
def test_enforced_is_disclosed(case: Case) -> None:
    assert enforced_is_disclosed(case)


@given(cases("order"))
@SETTINGS
def test_order_means_nothing(case: Case) -> None:
    assert order_means_nothing(case)


@given(policies(), worlds())
@SETTINGS
def test_a_decision_has_its_reason(policy: Policy, world: World) -> None:
    """Permitted is allowed, all else is not; every answer but silence names statements of the policy, sorted."""
    known = {one.id for one in policy.statements}
    for request in requests(world):
        found = decide(policy, request)
        assert found.allowed is (found.reason is Reason.PERMITTED)
        assert bool(found.statements) is (found.reason is not Reason.SILENCE)
        assert list(found.statements) == sorted(found.statements)
        assert {name.partition("#")[0] for name in found.statements} <= known


# --- that they can fail ----------------------------------------------------------------------


def unknown_is_false(self: Reference, guard: Truth) -> bool:
    """A prohibition whose guard is unknown does not count."""
    del self
    return guard is True


def certain_if_unknown(self: Reference, guard: Truth) -> bool:
    """A permission whose guard is unknown counts as enforced, and not as disclosed."""
    return guard is not False if self.reading is ENFORCED else guard is True


def any_value_suffices(self: Reference, one: Statement, dimension: str, request: Request, *, permits: bool) -> bool:
    """An unknown dimension is covered if one of its values is."""
    known = request.get(dimension)
    values = rules.dimension_values(self.graph, dimension) if known is None else (known,)
    certain = permits is (self.reading is ENFORCED)
    return any(self.extends_to(one, dimension, value, certain=certain, permits=permits) for value in values)


def some_is_all(self: Reference, named: Any, value: str, *, certain: bool) -> bool:
    """`some` counts as enforced, and not as disclosed."""
    if named.quantifier == "some":
        return self.reading is ENFORCED
    return ORIGINAL["lies_in"](self, named, value, certain=certain)  # type: ignore[no-any-return]


def prohibitions_permit(self: Reference, one: Statement, request: Request) -> bool:
    """A prohibition permits where it is not in force."""
    if one.force is Force.FORBID and not self.holds(one.fields, request):
        return True
    return ORIGINAL["permits"](self, one, request)  # type: ignore[no-any-return]


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


ORIGINAL: dict[str, Any] = {name: getattr(Reference, name) for name in ("lies_in", "permits", "forbids")}

FAULTS: list[tuple[str, str, Callable[..., Any]]] = [
    ("plain", "permits", prohibitions_permit),
    ("permission", "forbids", guarded_permissions_forbid),
    ("knowledge", "is_in_force", unknown_is_false),
    ("knowledge", "covers", any_value_suffices),
    ("readings", "is_certain", certain_if_unknown),
    ("readings", "lies_in", some_is_all),
    ("order", "decide", the_last_decides),
]


@pytest.mark.parametrize(("name", "method", "fault"), FAULTS, ids=lambda value: getattr(value, "__name__", value))
def test_a_broken_rule_is_caught(
    name: str, method: str, fault: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reference, method, fault)
    holds = PROPERTIES[name][0]
    search = settings(SETTINGS, max_examples=3000, phases=[Phase.generate], database=None)
    found = find(cases(name), lambda case: not holds(case), settings=search, random=random.Random(1))
    assert not holds(found)


@pytest.mark.parametrize("name", PROPERTIES)
def test_without_a_fault_the_same_search_finds_nothing(name: str) -> None:
    holds = PROPERTIES[name][0]
    search = settings(SETTINGS, max_examples=100, phases=[Phase.generate], database=None)
    with pytest.raises(NoSuchExample):
        find(cases(name), lambda case: not holds(case), settings=search, random=random.Random(1))


def test_the_drawn_cases_meet_every_answer_and_every_feature() -> None:
    """Drawing is no use if all is denied by silence, or if a feature never turns up."""
    reasons: Counter[str] = Counter()
    features: Counter[str] = Counter()

    @given(policies(), worlds())
    @settings(SETTINGS, max_examples=400, phases=[Phase.generate], database=None, derandomize=True)
    def count(policy: Policy, world: World) -> None:
        for request in requests(world):
            reasons[decide(policy, request).reason.value] += 1
        for one in policy.statements:
            features.update(one.fields)
            features.update(["only"] * bool(one.only) + ["holes"] * bool(one.holes) + [str(one.mood)])
            features.update(str(getattr(value, "quantifier", None)) for value in (one.objects, *one.fields.values()))
            features.update("excluding" for value in one.fields.values() if getattr(value, "excluding", ()))

    count()
    print(dict(reasons), dict(features))
    assert all(reasons[reason.value] >= 25 for reason in Reason), reasons
    wanted = (
        "when unless basis period lag event until except despite state ways actor on_behalf_of subjects purposes recipients"
        " sources surfaces place location only holes some any excluding"
    )
    assert [name for name in (*wanted.split(), "law says") if features[name] < 8] == []
