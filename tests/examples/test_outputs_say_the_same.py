"""The page, the manifest and the guard of each example carry the same statements, under the same ids."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

from policyc import backends
from policyc.model.policy import Policy, terms_of
from policyc.model.values import Compared, Holds, Period, Tags, Terms, Texts, atoms
from policyc.pipeline import compile_path
from policyc.semantics.reference import Reference
from policyc.sentences import sentence
from tests.policies import EXAMPLES, ROOT

_ANCHOR = re.compile(r'<(?:a|[a-z0-9]+)[^>]* id="([^"]+)"')


def _policy(path: Path) -> Policy:
    policy = compile_path(path).policy
    assert policy is not None
    return policy


@pytest.fixture(params=EXAMPLES, ids=[str(path.relative_to(ROOT)) for path in EXAMPLES], scope="module")
def policy(request: pytest.FixtureRequest) -> Policy:
    return _policy(request.param)


def _output(policy: Policy, target: str) -> str:
    found = [backend for name in backends.names() if target == (backend := backends.load(name)).TARGET]
    assert len(found) == 1
    return found[0].build(policy)


def test_there_are_examples() -> None:
    assert EXAMPLES


def test_examples_compile_without_findings_and_pass_their_tests(policy: Policy) -> None:
    reference = Reference(policy)
    assert policy.tests
    for test in policy.tests:
        for expectation in test.expectations:
            assert reference.answer(expectation.question).allowed is expectation.allowed, expectation.text


def test_every_statement_has_one_id_in_page_and_manifest(policy: Policy) -> None:
    expected = {one.id for one in policy.statements} | {one.id for one in policy.prose}
    manifest = json.loads(_output(policy, "manifest.json"))
    in_manifest = [node["id"] for node in manifest["statements"]]
    assert sorted(name for name in in_manifest if name in expected) == sorted(expected)
    for target in ("policy.html", "policy.md"):
        anchors = _ANCHOR.findall(_output(policy, target))
        assert len(anchors) == len(set(anchors)), f"{target} has an anchor twice"
        assert expected <= set(anchors), f"{target} lacks {sorted(expected - set(anchors))}"


def test_manifest_and_page_carry_the_same_sentence(policy: Policy) -> None:
    manifest = json.loads(_output(policy, "manifest.json"))
    told = {node["id"]: node["sentence"] for node in manifest["statements"] if "sentence" in node}
    assert told == {one.id: sentence(policy, one).text for one in policy.statements}


def test_all_outputs_carry_the_hash(policy: Policy) -> None:
    for name in backends.names():
        backend = backends.load(name)
        assert policy.hash in backend.build(policy), backend.TARGET


def test_all_outputs_say_that_a_policy_has_errors(policy: Policy) -> None:
    flawed = evolve(policy, flaws=("PC301",))
    assert flawed.hash == policy.hash
    for name in backends.names():
        backend = backends.load(name)
        assert backend.build(flawed) != backend.build(policy), backend.TARGET


def _numbers_and_names(policy: Policy, value: object) -> list[str]:
    """What a sentence must say of a clause: the labels of its terms, its numbers, its texts."""
    match value:
        case Terms():
            names = (*value.ids, *value.excluding, *value.including)
            us = terms_of(policy.header.fields, "controllers")
            return [policy.terms[name].label for name in names if name in policy.terms and (name,) != us]
        case Texts(texts):
            return list(texts)
        case Tags(tags):
            return [text for _, text in tags]
        case Period():
            return [str(number) for number in (value.number, value.upper) if number]
        case Holds() | Compared():
            return [policy.terms[value.fact].label] if isinstance(value, Holds) else [str(value.number)]
    if hasattr(value, "parts"):
        return [word for atom in atoms(value) for word in _numbers_and_names(policy, atom)]  # type: ignore[arg-type]
    return []


_UNSAID = {"trace", "accept"}
"""Fields that are for the record, and not for the reader."""


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[*_`\\]", "", text).lower().split())


def test_a_sentence_says_each_term_number_and_hedge(policy: Policy) -> None:
    lacking = []
    for one in policy.statements:
        said = _plain(sentence(policy, one).text)
        wanted = [one.objects, *(value for name, value in one.fields.items() if name not in _UNSAID)]
        words = [word for value in wanted for word in _numbers_and_names(policy, value)]
        lacking += [(one.id, word) for word in words if not any(_plain(shape) in said for shape in _shapes(word))]
        lacking += [(one.id, words) for _, words in one.holes if words and _plain(words) not in said]
    assert lacking == []


def _shapes(label: str) -> list[str]:
    """How English bends a label: the reader becomes "them" where somebody else is spoken of, "your" a "their"."""
    bent = label.replace("you ", "they ").replace("your ", "their ")
    return [label, bent, label.removeprefix("your "), label.removeprefix("our ")]


def test_decisions_name_statements(policy: Policy) -> None:
    reference = Reference(policy)
    known = {one.id for one in policy.statements} | {f"{one.id}#only" for one in policy.statements}
    for test in policy.tests:
        for expectation in test.expectations:
            assert set(reference.answer(expectation.question).statements) <= known


_BUILD_ALL = """
import sys
from hashlib import sha256
from policyc import backends
from policyc.pipeline import compile_path
policy = compile_path(sys.argv[1]).policy
for name in backends.names():
    print(name, sha256(backends.load(name).build(policy).encode()).hexdigest())
"""


def test_builds_are_the_same_in_processes_with_different_hash_seeds() -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-c", _BUILD_ALL, str(EXAMPLES[0])],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs[0]
    assert outputs[0] == outputs[1]
