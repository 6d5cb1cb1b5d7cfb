"""`test`, `ask` and `policyc.compile(…).decide` ask the guard: it is told what a question or a request says."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from benchmarks.agreement.compare import cases
from policyc.backends import enforce
from policyc.backends.enforce import conditions, names
from policyc.backends.enforce.guard import Guard
from policyc.backends.enforce.load import execute, is_table, load
from policyc.deciding import decider
from policyc.model.graph import Graph
from policyc.model.policy import Policy
from policyc.pipeline import compile_path
from policyc.semantics.reference import Reference
from policyc.semantics.request import ANY, NOBODY, FactKey, Reading, Request
from tests.policies import EXAMPLES, ROOT, compile_files, policy_of

BLOCK = re.compile(r"^```policy\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCUMENTED = [
    block
    for page in ("semantics", "guards")
    for block in BLOCK.findall((ROOT / f"docs/{page}.md").read_text(encoding="utf-8"))
]
FILES = sorted([*(ROOT / "tests/conformance").glob("*/good/*.policy"), *EXAMPLES])
EVERY_RULE = ROOT / "tests/backends/enforce/every_rule.policy"


def compiled(path: Path) -> Policy:
    policy = compile_path(path).policy
    assert policy is not None
    return policy


# --- both engines answer alike ---------------------------------------------------------------


def differences(policy: Policy) -> list[str]:
    """The lines of tests that the engines answer otherwise, in what is allowed, why, or by which statements."""
    guard, reference = Guard(policy), Reference(policy)
    lines = [line for test in policy.tests for line in test.expectations]
    return [line.text for line in lines if guard.answer(line.question) != reference.answer(line.question)]


def test_there_are_enough_of_them() -> None:
    assert len(DOCUMENTED) > 10
    assert len(FILES) > 20


@pytest.mark.parametrize("text", DOCUMENTED, ids=range(len(DOCUMENTED)))
def test_what_is_documented(text: str, tmp_path: Path) -> None:
    policy = compile_files(tmp_path, {"documented.policy": text}).policy
    assert policy is not None
    assert differences(policy) == []


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_what_policies_test(path: Path) -> None:
    assert differences(compiled(path)) == []


def test_requests() -> None:
    policy = compiled(EVERY_RULE)
    graph, guard, reference = Graph(policy.terms), Guard(policy), Reference(policy)
    drawn = [case.drawn for case in cases(policy, 1500, seed=3)]
    asked = [
        Request(one.verb, one.terms, one.facts, one.events, one.now)
        for one in drawn
        if all(graph.listed_leaves(term) in {(term,), ()} for term in one.terms.values())
    ]
    assert len(asked) > 1000
    assert [one for one in asked if guard.decide(one) != reference.decide(one)] == []


# --- what is told of facts -------------------------------------------------------------------

SHOP = """\
language 1
party us "Us"
party red "Red"
party blue "Blue"
data email "email address"
purpose ads "show ads"
purpose help "help you"
fact heard "you heard of it"
fact agreed "you agreed" per purpose
fact trusted "you trust them" per recipient
fact wanted "you want it" per purpose, recipient
policy shop "Shop"
    controller us
may share email with red, blue for ads, help when heard
may use email for ads, help when agreed
may share email with red, blue as aggregated when trusted
may share email with red, blue as anonymous when wanted
may store email when wanted or trusted
"""


@pytest.fixture(name="shop", scope="module")
def _shop() -> Guard:
    return Guard(policy_of(SHOP))


PER: dict[str, tuple[str, ...]] = {
    "heard": (),
    "agreed": ("purpose",),
    "trusted": ("recipient",),
    "wanted": ("purpose", "recipient"),
}


@pytest.mark.parametrize("fact", PER)
@pytest.mark.parametrize("purpose", [ANY, "ads", "help"])
@pytest.mark.parametrize("recipient", [ANY, NOBODY, "red", "blue"])
def test_facts_for_some_or_for_all(shop: Guard, fact: str, purpose: str, recipient: str) -> None:
    reference = Reference(shop.policy)
    facts: dict[FactKey, bool | int] = {(fact, purpose, recipient): True}
    terms: list[dict[str, str]] = [
        {},
        {"purpose": "ads"},
        {"recipient": "red"},
        {"purpose": "help", "recipient": "blue"},
    ]
    named = {name for name, term in (("purpose", purpose), ("recipient", recipient)) if term not in {ANY, NOBODY}}
    for verb, state, more in product(("use", "share", "store"), ("identifiable", "aggregated", "anonymous"), terms):
        request = Request(verb, {"data": "email", "state": state, **more}, facts)
        if named <= set(PER[fact]):
            assert shop.decide(request).allowed is reference.decide(request).allowed, request
        else:
            with pytest.raises(ValueError, match="is not known for"):
                shop.decide(request)


def test_a_request_about_no_data_is_no_question(shop: Guard) -> None:
    with pytest.raises(ValueError, match="no data None"):
        shop.decide(Request("use", {"purpose": "ads"}))


def test_an_unknown_fact_is_an_error(shop: Guard) -> None:
    with pytest.raises(ValueError, match="no fact"):
        shop.decide(Request("use", {"data": "email"}, {("herd", ANY, NOBODY): True}))


def test_what_is_left_out_may_be_said(shop: Guard) -> None:
    request = Request("use", {"data": "email", "purpose": "ads", "actor": "", "role": "", "way": ""})
    told: dict[FactKey, bool | int] = {("agreed", ANY, ANY): True}
    assert not shop.decide(request).allowed
    assert shop.decide(Request(request.verb, request.terms, told)).allowed


def test_readers_are_told_by_the_reference() -> None:
    policy = policy_of(SHOP)
    assert isinstance(decider(policy, Reading.ENFORCED), Guard)
    told = decider(policy, Reading.DISCLOSED)
    assert isinstance(told, Reference)
    assert told.policy is policy
    assert told.reading is Reading.DISCLOSED


# --- what runs -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [EVERY_RULE, *EXAMPLES], ids=lambda path: path.parent.name)
def test_policies_become_tables(path: Path) -> None:
    policy = compiled(path)
    assert all(is_table(text) for text in enforce.parts(policy).values())
    assert policy.hash == load(policy).POLICY_HASH


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "_A = __import__('os')",
        "_A = _Rule.__init__",
        "_A = (lambda: 1)()",
        "_A = [_Rule for _Rule in ()]",
        "_A = 9 ** 9",
        "def f(): pass",
        "class A(str, Enum, metaclass=_Rule()[0]): pass\nfor a in A: pass",
        "_A = f'{Reason}'",
        "@_Rule\ndef f(): pass",
        "_Rule()()",
        "del _RULES",
    ],
)
def test_what_is_more_than_a_table_is_seen(code: str) -> None:
    assert not is_table(code)


def test_what_is_more_than_a_table_is_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """If names got out of their quotes, a policy that is only tested would still run nothing."""
    monkeypatch.setattr(names, "repr", lambda _: "print('out')", raising=False)
    monkeypatch.setattr(conditions, "literal", lambda name: f'print("{name}")')
    with pytest.raises(ValueError, match="more than a table"):
        load(policy_of(SHOP))


def test_a_guard_that_runs_is_no_module_that_others_find() -> None:
    import sys  # noqa: PLC0415 - only this test looks

    before = set(sys.modules)
    guard = execute(enforce.build(policy_of(SHOP)))
    assert guard.decide("use", "email").reason == "silence"
    assert set(sys.modules) == before
