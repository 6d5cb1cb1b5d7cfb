"""Every policy in the repository compiles, is laid out, and keeps its own tests."""

from pathlib import Path

import pytest

from policyc.pipeline import compile_path
from policyc.semantics.reference import Reference

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").rglob("*.policy"))
LIBRARY = sorted((ROOT / "stdlib").rglob("*.policy"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_examples_and_a_library() -> None:
    assert "examples/contacto/published.policy" in map(name, EXAMPLES)
    assert len(LIBRARY) > 10


@pytest.mark.parametrize("path", EXAMPLES + LIBRARY, ids=name)
def test_it_compiles(path: Path) -> None:
    compilation = compile_path(path)
    assert [(one.code.number, one.message) for one in compilation.diagnostics] == []
    assert (compilation.policy is None) is (path in LIBRARY)


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_its_tests_hold(path: Path) -> None:
    policy = compile_path(path).policy
    assert policy is not None
    reference = Reference(policy)
    expectations = [one for test in policy.tests for one in test.expectations]
    assert expectations
    wrong = [one.text for one in expectations if reference.answer(one.question).allowed is not one.allowed]
    assert wrong == []
