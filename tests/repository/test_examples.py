"""Every policy in the repository compiles, is laid out, and keeps its own tests."""

import re
from pathlib import Path

import pytest

from benchmarks.startup import EXAMPLES as MEASURED
from policyc.pipeline import compile_path
from policyc.semantics.reference import Reference
from policyc.source.text import Source
from policyc.syntax.parser import parser
from policyc.syntax.printer import format_source
from tests.policies import EXAMPLES, NEWCOMERS, PUBLISHED, ROOT, SEEDS

LIBRARY = sorted((ROOT / "stdlib").rglob("*.policy"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_examples_and_a_library() -> None:
    assert "examples/contacto/published.policy" in map(name, EXAMPLES)
    assert len(LIBRARY) > 10


def test_the_same_five_are_measured() -> None:
    assert len(SEEDS) == 5
    assert set(SEEDS) < set(PUBLISHED)
    assert MEASURED == SEEDS
    listed = " ".join(path.parent.name for path in SEEDS)
    assert f"examples/%/published.policy,{listed})" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NEWCOMERS, ids=name)
def test_every_sentence_of_a_text_is_traced(path: Path) -> None:
    """Sentences are numbered `[1.2]` in the text, and `trace "§1.2"` in the policy."""
    numbers = set(re.findall(r"\[(\d+\.\d+)\]", (path.parent / "text.md").read_text(encoding="utf-8")))
    assert len(numbers) > 90
    assert set(re.findall(r'"§(\d+\.\d+)"', path.read_text(encoding="utf-8"))) == numbers


@pytest.mark.parametrize("path", EXAMPLES + LIBRARY, ids=name)
def test_it_compiles(path: Path) -> None:
    compilation = compile_path(path)
    assert [(one.code.number, one.message) for one in compilation.diagnostics] == []
    assert (compilation.policy is None) is (path in LIBRARY)


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_it_is_laid_out(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_source(Source(path.name, text), parser()).value == text


@pytest.mark.parametrize("path", EXAMPLES, ids=name)
def test_its_tests_hold(path: Path) -> None:
    policy = compile_path(path).policy
    assert policy is not None
    reference = Reference(policy)
    expectations = [one for test in policy.tests for one in test.expectations]
    assert expectations
    wrong = [one.text for one in expectations if reference.answer(one.question).allowed is not one.allowed]
    assert wrong == []


def test_the_page_on_newcomers_counts_right() -> None:
    page = (ROOT / "docs" / "newcomers.md").read_text(encoding="utf-8")
    told = {
        name: numbers
        for name, *numbers in re.findall(r"^\| `examples/(\w+)` \|.*\| (\d+) \| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    }
    counted = {}
    for path in NEWCOMERS:
        policy = compile_path(path).policy
        assert policy is not None
        sentences = set(re.findall(r"\[(\d+\.\d+)\]", (path.parent / "text.md").read_text(encoding="utf-8")))
        expectations = sum(len(test.expectations) for test in policy.tests)
        counted[path.parent.name] = [str(len(one)) for one in (sentences, policy.statements)] + [str(expectations)]
    assert told == counted
