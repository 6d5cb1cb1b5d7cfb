"""Guards answer the tests of all policies as they say: of the documentation, the conformance suite, the examples."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from types import ModuleType

import pytest

from benchmarks.agreement.compare import load
from policyc.backends.enforce import build
from policyc.model.policy import Policy, Question
from policyc.pipeline import compile_path
from policyc.semantics.request import LONG_AGO
from tests.policies import EXAMPLES, ROOT, compile_files

_BLOCK = re.compile(r"^```policy\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCUMENTED = [
    block
    for page in ("semantics", "guards")
    for block in _BLOCK.findall((ROOT / f"docs/{page}.md").read_text(encoding="utf-8"))
]
FILES = sorted([*(ROOT / "tests/conformance").glob("*/good/*.policy"), *EXAMPLES])


def answer(guard: ModuleType, question: Question) -> bool:
    """Whether a guard allows all that a question names. What it says of a fact is said of the act itself."""
    names = ["on_behalf_of" if name == "role" else name for name in question.terms]
    asked = [dict(zip(names, values, strict=True)) for values in product(*question.terms.values())]
    known = {
        "facts": question.facts,
        "events": {**dict.fromkeys(question.to_come), **dict.fromkeys(question.happened, LONG_AGO)},
    }
    return all(guard.decide(question.verb, **known, **terms) for terms in asked)


def wrong(policy: Policy) -> list[str]:
    guard = load(build(policy))
    lines = [line for test in policy.tests for line in test.expectations]
    return [line.text for line in lines if answer(guard, line.question) is not line.allowed]


def test_there_are_enough_of_them() -> None:
    assert len(DOCUMENTED) > 10
    assert len(FILES) > 20


@pytest.mark.parametrize("text", DOCUMENTED, ids=range(len(DOCUMENTED)))
def test_documented(text: str, tmp_path: Path) -> None:
    policy = compile_files(tmp_path, {"documented.policy": text}).policy
    assert policy is not None
    assert wrong(policy) == []


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(ROOT)) for path in FILES])
def test_policy(path: Path) -> None:
    policy = compile_path(path).policy
    assert policy is not None
    assert wrong(policy) == []
