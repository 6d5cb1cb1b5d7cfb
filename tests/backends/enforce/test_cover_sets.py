"""Wherever statements meet, whatever is known there, both engines answer alike.

`make cover-sets` tries all examples.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

import benchmarks.cover_sets.__main__ as cover_sets
from benchmarks.cover_sets.knowledge import DRAWN, MOST, NOW, Atoms
from benchmarks.cover_sets.sets import Covers, CoverSet
from policyc.backends.enforce import build
from policyc.model.policy import Policy
from policyc.pipeline import compile_path
from policyc.semantics.reference import Reference
from policyc.semantics.request import LONG_AGO
from tests.policies import ROOT, policy_of

EVERY_RULE = ROOT / "tests/backends/enforce/every_rule.policy"
SMALL = [ROOT / f"examples/company/{name}.policy" for name in ("app", "applicants", "site")]

RANDOM = Random(1)  # noqa: S311 - nothing here is secret

SHOP = """\
language 1
party us "Us"
party red "Red"
party blue "Blue"
data contact "contact details"
data email "email address" is contact
data phone "phone number" is contact
data logs "logs"
purpose ads "show ads"
purpose help "help you"
fact agreed "you agreed" implies heard
fact heard "you heard of it"
fact age "your age" number
event joined "you join"
event left "you leave" after joined
policy shop "Shop"
    controller us
mail: may use contact for help, ads when agreed and age above 15
calls: never use phone for ads unless heard
listed: may share email only with red when agreed
kept: will keep logs for help at most 1 months after left
"""


@pytest.fixture(name="shop", scope="module")
def _shop() -> Policy:
    return policy_of(SHOP)


def sets_of(policy: Policy, verb: str) -> dict[tuple[str, ...], CoverSet]:
    return {one.statements: one for one in Covers(Reference(policy)).sets() if one.verb == verb}


def test_sets_are_those_that_requests_meet(shop: Policy) -> None:
    assert set(sets_of(shop, "use")) == {(), ("calls",), ("kept",), ("mail",), ("calls", "mail")}
    assert set(sets_of(shop, "share")) == {(), ("kept",), ("listed",)}
    assert set(sets_of(shop, "collect")) == {(), ("calls",)}


def test_each_set_has_a_request(shop: Policy) -> None:
    found = sets_of(shop, "use")
    assert found["calls", "mail"].terms == {"data": "phone", "purpose": "ads"}
    assert found["mail",].terms["data"] == "email"


def test_what_an_only_lists_and_what_lies_outside_are_two_sets(shop: Policy) -> None:
    shared = [one for one in Covers(Reference(shop)).sets() if one.verb == "share" and one.statements == ("listed",)]
    assert {one.terms.get("recipient") for one in shared} >= {"red"}
    assert len(shared) > 1


def test_atoms_are_those_of_the_statements(shop: Policy) -> None:
    choices = Atoms.of(shop, ["mail"]).choices()
    assert {name: list(values) for name, values in choices.items()} == {
        "agreed": [True, False, "unknown"],
        "age": [14, 15, 16, "unknown"],
    }
    assert Atoms.of(shop, ["calls"]).choices() == {"heard": (True, False, "unknown")}


def test_times_lie_before_at_and_after_each_end(shop: Policy) -> None:
    left = Atoms.of(shop, ["kept"]).choices()["left"]
    ends = datetime(2024, 5, 15, 12, tzinfo=NOW.tzinfo)
    second = timedelta(seconds=1)
    assert list(left) == [
        *(LONG_AGO, ends - second, ends, ends + second),
        *(NOW - second, NOW + timedelta(hours=1)),
        *(None, "unknown"),
    ]


def test_impossible_knowledge_is_left_out(shop: Policy) -> None:
    is_drawn, told = Atoms.of(shop, ["mail", "calls"]).told(MOST, RANDOM)
    found = list(told)
    assert not is_drawn
    assert len(found) == (9 - 1) * 4
    assert not any(each.facts.get("agreed") and each.facts.get("heard") is False for each in found)


def test_too_many_are_drawn(shop: Policy) -> None:
    is_drawn, told = Atoms.of(shop, ["mail", "calls"]).told(20, RANDOM)
    assert is_drawn
    assert 0 < len(list(told)) <= min(20, DRAWN)


def test_events_come_in_order() -> None:
    policy = policy_of(SHOP + "early: may use logs for ads when since joined above 2 days\n")
    _, told = Atoms.of(policy, ["kept", "early"]).told(MOST, RANDOM)
    for each in told:
        joined, left = each.events.get("joined", "unknown"), each.events.get("left", "unknown")
        if isinstance(left, datetime):
            assert joined is not None
            assert left == LONG_AGO or not isinstance(joined, datetime) or joined <= left


def test_both_engines_agree_on_a_small_policy(shop: Policy) -> None:
    count = cover_sets.compare(shop, list(Covers(Reference(shop)).sets()), MOST)
    assert count.wrong == []
    assert count.sampled == 0
    assert count.requests > count.allowed > 0


def test_a_difference_is_found(shop: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = build(shop).replace("number > self.constant", "number >= self.constant")
    monkeypatch.setattr(cover_sets, "build", lambda _: wrong)
    count = cover_sets.compare(shop, list(Covers(Reference(shop)).sets()), MOST)
    assert {one.guard.allowed for one in count.wrong} == {True}
    assert all(15 in one.drawn.facts.values() for one in count.wrong)


COUNTS = {"every_rule": (664, 7561), "app": (32, 621), "applicants": (25, 331), "site": (27, 292)}
"""The cover sets of each policy, and the requests about them: fewer would mean that some are no longer looked at."""


@pytest.mark.long
@pytest.mark.parametrize(("path", "most"), [(EVERY_RULE, 16), *((path, MOST) for path in SMALL)])
def test_both_engines_agree_wherever_statements_meet(path: Path, most: int) -> None:
    policy = compile_path(path).policy
    assert policy is not None
    count = cover_sets.compare(policy, list(Covers(Reference(policy)).sets()), most)
    assert count.wrong == []
    assert (count.sets, count.requests) == COUNTS[path.stem]
