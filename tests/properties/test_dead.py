"""What checks call dead is so: without it, the reference answers alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, Phase, find, given, settings

from policyc import checks
from policyc.checks import never_applies, repeated, shadowed
from policyc.checks._view import View
from policyc.model.policy import Policy, Statement, terms_of
from policyc.semantics import conditions, witness
from policyc.semantics.conditions import Formula, no
from policyc.semantics.cover import Covers
from policyc.semantics.norms import Axis, Norm
from policyc.semantics.overlap import Meeting, Overlaps
from policyc.semantics.reference import Reference
from policyc.semantics.request import Request
from tests.drawn import Case, cases, with_statements

SETTINGS = settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
RELATIONS = ("except", "despite", "subject_to")
CONDITIONS = ("when", "unless", "basis", "special_basis")


def doubled(case: Case) -> Policy:
    """The policy with the added statement, with the same again, and with the same without conditions."""
    same = evolve(case.added, id="same", label="same")
    fields = {name: value for name, value in case.added.fields.items() if name not in CONDITIONS}
    free = evolve(case.added, id="free", label="free", fields=fields, only=())
    return with_statements([*case.policy.statements, case.added, same, free])


# --- statements that say nothing -------------------------------------------------------------------


def dead(policy: Policy) -> set[str]:
    """The statements that checks call so, but for those to which others relate, and those with a second half.

    What never forbids because of its `unless`, may allow by it; an `only` forbids whatever the condition.
    """
    found = [one.statements[0] for one in never_applies.check(View(policy)) if not one.more]
    found += [one.statements[0] for one in repeated.check(View(policy))]
    for one in shadowed.check(View(policy)):
        found += one.statements[:-1] if one.code is shadowed.SHADOWED else ()
    needed = {name for one in policy.statements for key in RELATIONS for name in terms_of(one.fields, key)}
    return {name for name in found if name not in needed and not has_half(policy.statement(name))}


def has_half(one: Statement) -> bool:
    return bool(one.only) or (one.modality == "never" and "unless" in one.fields)


def nothing_changes_without_the_dead(case: Case) -> bool:
    """If all is known, and nothing is still to come: what is not known may be anything, also what cannot be."""
    policy, request = doubled(case), case.world.whole
    if any(time and request.now and time > request.now for time in request.events.values()):
        return True
    answer = Reference(policy).decide(request).allowed
    for name in sorted(dead(policy)):
        others = with_statements([one for one in policy.statements if one.id != name])
        if Reference(others).decide(request).allowed is not answer:
            return False
    return True


@given(cases())
@SETTINGS
def test_nothing_changes_without_the_dead(case: Case) -> None:
    assert nothing_changes_without_the_dead(case)


# --- conditions that decide nothing ----------------------------------------------------------------


def losses(view: View) -> Iterator[Meeting]:
    """Where a wider permission counts, and a narrower one does not."""
    covers = Covers(view.overlaps, view.acts)
    for norm in view.acts:
        for wider in covers.wider(norm):
            where = covers.free(norm, wider, wider.when, no(norm.when))
            if where is not None:
                yield where


def forbidding(view: View, reference: Reference, wider: Norm, request: Request) -> Iterator[str]:
    """What forbids a request, and is not beaten; but for what is only about members that nobody lists."""
    for norm in (*view.overlaps.prohibitions, *view.overlaps.closed):
        is_about_unlisted = any(extent.possible == 0 for box in norm.boxes for extent in box.values())
        if wider not in view.overlaps.exceptions(norm) and not is_about_unlisted:
            yield from set(reference.forbids(norm.statement, request)) & {norm.id}


def what_a_condition_asks_for_is_allowed_without(case: Case) -> bool:
    """In the case that a finding shows, the wider permission permits, the other one does not, and nothing forbids."""
    policy = doubled(case)
    view, reference = View(policy), Reference(policy)
    for where in losses(view):
        request = witness.request(policy, view.overlaps.extents, where)
        narrow, wider = where.permission.statement, where.prohibition.statement
        if not reference.permits(wider, request) or reference.permits(narrow, request):
            return False
        if any(forbidding(view, reference, where.prohibition, request)):
            return False
    return True


@given(cases())
@SETTINGS
def test_what_a_condition_asks_for_is_allowed_without(case: Case) -> None:
    assert what_a_condition_asks_for_is_allowed_without(case)


# --- all checks --------------------------------------------------------------------------------------


@given(cases())
@SETTINGS
def test_every_finding_has_a_place_and_help(case: Case) -> None:
    """Whatever a policy says, checks find something or nothing, and never fail."""
    view = View(doubled(case))
    for name in checks.names():
        for one in checks.load(name).check(view):
            assert one.message, name
            assert one.help, name


# --- that they can fail ----------------------------------------------------------------------------


def conditions_always_hold(self: conditions.Conditions, *formulas: Formula) -> conditions.Case:
    """Nothing has to be the case."""
    del self, formulas
    return conditions.Case()


def what_is_not_free_never_holds(self: conditions.Conditions, *formulas: Formula) -> None:
    """What takes a search is given up."""
    del self, formulas


def nothing_forbids(self: Overlaps, permission: Norm, *, all_of_it: bool) -> Sequence[Norm]:
    """No prohibition is looked at."""
    del self, permission, all_of_it
    return ()


def everybody_covers(self: Axis, leaves: int) -> int:
    """All norms reach all leaves."""
    del leaves
    return self.everyone


def all_are_wider(self: Covers, norm: Norm) -> Sequence[Norm]:
    """All permissions cover all others."""
    return [one for one in self.permissions if one is not norm]


def nothing_is_said(one: Statement) -> str:
    """All statements with one verb say the same."""
    return one.verb


FAULTS: list[tuple[Callable[[Case], bool], Any, str, Callable[..., Any]]] = [
    (nothing_changes_without_the_dead, conditions.Conditions, "solve", what_is_not_free_never_holds),
    (nothing_changes_without_the_dead, Covers, "wider", all_are_wider),
    (nothing_changes_without_the_dead, repeated, "said", nothing_is_said),
    (what_a_condition_asks_for_is_allowed_without, conditions.Conditions, "solve", conditions_always_hold),
    (what_a_condition_asks_for_is_allowed_without, Overlaps, "forbidding", nothing_forbids),
    (what_a_condition_asks_for_is_allowed_without, Axis, "covering", everybody_covers),
]
SEARCH = settings(SETTINGS, max_examples=20_000, phases=[Phase.generate], database=None)


@pytest.mark.parametrize(("holds", "owner", "name", "fault"), FAULTS, ids=[fault.__name__ for *_, fault in FAULTS])
def test_a_fault_is_seen(
    holds: Callable[[Case], bool], owner: Any, name: str, fault: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, name, fault)
    assert find(cases(), lambda case: not holds(case), settings=SEARCH) is not None
