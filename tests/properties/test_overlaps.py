"""Where statements meet: what is found, the reference confirms; and what the reference shows to meet, is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from policyc.language.verbs import entailed
from policyc.model.policy import Policy
from policyc.pipeline import compile_path
from policyc.semantics import conditions, witness
from policyc.semantics.conditions import Formula
from policyc.semantics.extents import Extents
from policyc.semantics.norms import Axis, Norm
from policyc.semantics.overlap import Conflict, Meeting, Overlaps
from policyc.semantics.reference import Reference
from policyc.semantics.request import Reading, Request
from tests.drawn import Case, cases
from tests.policies import EXAMPLES

SETTINGS = settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))


def forbidding(overlaps: Overlaps) -> Iterator[Norm]:
    """The prohibitions that are decided, and what each `only` forbids."""
    yield from (norm for norm in (*overlaps.prohibitions, *overlaps.closed) if norm.statement.row.decided)


def is_confirmed(policy: Policy, meeting: Meeting, request: Request) -> bool:
    """Whether the permission permits for a reader, and the prohibition forbids: for one, or as enforced."""
    disclosed, enforced = Reference(policy, Reading.DISCLOSED), Reference(policy)
    forbids = (name for one in (disclosed, enforced) for name in one.forbids(meeting.prohibition.statement, request))
    return disclosed.permits(meeting.permission.statement, request) and meeting.prohibition.id in forbids


def every_meeting_is_confirmed(case: Case) -> bool:
    """Of each permission with each prohibition, outside of its exceptions."""
    overlaps = Overlaps(case.policy)
    for prohibition in forbidding(overlaps):
        for permission in overlaps.permissions:
            if permission.statement is prohibition.statement or prohibition.verb not in _entailed(permission):
                continue
            meeting = overlaps.meeting(permission, prohibition, overlaps.exceptions(prohibition))
            if meeting is not None:
                request = witness.request(case.policy, overlaps.extents, meeting)
                if not is_confirmed(case.policy, meeting, request):
                    return False
    return True


def _entailed(norm: Norm) -> frozenset[str]:
    return entailed(norm.verb)


def what_meets_is_found(case: Case) -> bool:
    """Where all is known: a permission and a prohibition that both speak are found to meet, by the index too."""
    overlaps = Overlaps(case.policy)
    disclosed = Reference(case.policy, Reading.DISCLOSED)
    request = case.world.requests[-1]
    for prohibition in forbidding(overlaps):
        if prohibition.id not in disclosed.forbids(prohibition.statement, request):
            continue
        for permission in overlaps.permissions:
            own = permission.statement is prohibition.statement
            if own or permission.verb != request.verb or not disclosed.permits(permission.statement, request):
                continue
            same = [norm for norm in forbidding(overlaps) if norm.id == prohibition.id]
            found = (overlaps.meeting(permission, norm, overlaps.exceptions(norm)) for norm in same)
            indexed = (overlaps.index.meeting(norm) & overlaps.index.numbers([permission]) for norm in same)
            if not any(one is not None for one in found) or not any(indexed):
                return False
    return True


@given(cases())
@SETTINGS
def test_every_meeting_is_confirmed(case: Case) -> None:
    assert every_meeting_is_confirmed(case)


@given(cases())
@SETTINGS
def test_what_meets_is_found(case: Case) -> None:
    assert what_meets_is_found(case)


def conflicts(overlaps: Overlaps) -> Iterable[Conflict]:
    return overlaps.conflicts([*overlaps.prohibitions, *overlaps.closed])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_witness_in_an_example_is_confirmed(path: Any) -> None:
    policy = compile_path(path).policy
    assert policy is not None
    overlaps = Overlaps(policy)
    for conflict in conflicts(overlaps):
        if conflict.prohibition.statement.row.decided:
            request = witness.request(policy, overlaps.extents, conflict.first)
            assert is_confirmed(policy, conflict.first, request), conflict.prohibition.id


# --- that they can fail ----------------------------------------------------------------------


def everything_below(self: Extents, identifiers: Iterable[str]) -> int:
    """A term reaches only its first member."""
    found = 0
    for name in identifiers:
        found |= self._leaves_of(name)
    return found & -found


def conditions_always_hold(self: conditions.Conditions, *formulas: Formula) -> conditions.Case:
    """Nothing has to be the case."""
    del self, formulas
    return conditions.Case()


def nothing_is_unlimited(self: Axis, leaves: int) -> int:
    """Who does not restrict an axis reaches nothing there."""
    found = 0
    for bit in self._here(leaves):
        found |= self._at[bit]
    return found


FAULTS: list[tuple[Callable[[Case], bool], type, str, Callable[..., Any]]] = [
    (every_meeting_is_confirmed, conditions.Conditions, "solve", conditions_always_hold),
    (what_meets_is_found, Extents, "below", everything_below),
    (what_meets_is_found, Axis, "meeting", nothing_is_unlimited),
]
SEARCH = settings(SETTINGS, max_examples=20_000, phases=[Phase.generate], database=None)


@pytest.mark.parametrize(("holds", "owner", "name", "fault"), FAULTS, ids=[fault.__name__ for *_, fault in FAULTS])
def test_a_fault_is_seen(
    holds: Callable[[Case], bool], owner: type, name: str, fault: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, name, fault)
    assert find(cases(), lambda case: not holds(case), settings=SEARCH) is not None
