"""The guard answers as the reference does. `python -m benchmarks.agreement` asks more, and prints the shares."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from benchmarks.agreement import faults
from benchmarks.agreement.compare import cases, load
from benchmarks.agreement.draw import deciding
from benchmarks.agreement.mutants import mutants
from benchmarks.agreement.tally import ALLOWED, compare, ids
from policyc.backends.enforce import assembly, build
from tests.policies import NEWCOMERS, ROOT, SEEDS

pytestmark = pytest.mark.long

EVERY_RULE = ROOT / "tests/backends/enforce/every_rule.policy"
CONTACTO = ROOT / "examples/contacto/published.policy"
RAREST = 5
"""So many of these few requests must each statement decide."""


POLICIES = [(EVERY_RULE, 6000), *((path, 2400) for path in SEEDS)]


@pytest.fixture(name="corpus", scope="module", params=POLICIES, ids=lambda one: one[0].parent.name)
def _corpus(request: pytest.FixtureRequest) -> faults.Corpus:
    path, number = request.param
    return faults.corpus(path, number, seed=7)


@pytest.fixture(name="every_rule", scope="module")
def _every_rule() -> faults.Corpus:
    return faults.corpus(EVERY_RULE, 2000, seed=8)


def test_same_answers(corpus: faults.Corpus) -> None:
    policy = corpus.policy
    tally = compare(policy, load(build(policy)), corpus.cases)
    assert tally.wrong == []
    assert tally.requests == len(corpus.cases)
    assert tally.allowed >= ALLOWED
    assert tally.rare(RAREST) == {}


@pytest.mark.parametrize("path", NEWCOMERS, ids=lambda path: path.parent.name)
def test_same_answers_for_what_newcomers_wrote(path: Path) -> None:
    """A few hundred requests each: too few for every statement to decide one."""
    corpus = faults.corpus(path, 400, seed=7)
    tally = compare(corpus.policy, load(build(corpus.policy)), corpus.cases)
    assert tally.wrong == []
    assert tally.requests == len(corpus.cases)


def test_equal_seeds_draw_equal_requests(every_rule: faults.Corpus) -> None:
    again = cases(every_rule.policy, len(every_rule.cases), seed=8)
    assert list(islice(again, 250)) == every_rule.cases[:250]


def test_a_difference_is_found(every_rule: faults.Corpus) -> None:
    right = build(every_rule.policy)
    wrong = right.replace("judge.guard.truth(known) is True", "judge.guard.truth(known) is not False")
    assert wrong != right
    assert compare(every_rule.policy, load(wrong), every_rule.cases).wrong


def test_permissions_with_gaps_can_decide_nothing(every_rule: faults.Corpus) -> None:
    silent = {one.id for one in deciding(every_rule.policy) if one.id not in ids(one)}
    assert silent == {"no_purpose", "some_given"}


def test_faults_are_of_each_kind() -> None:
    code = "def f(a, b):\n    if a < b and not a:\n        return any(c for c in b if c)\n    return a & True\n"
    assert {mutant.name.partition(": ")[2] for mutant in mutants("part", code)} == {
        "a < b and (not a) -> a < b or not a",
        "a < b and (not a) -> not (a < b and (not a))",
        "a & True -> a | True",
        "a < b -> a >= b",
        "a < b -> a <= b",
        "not a -> a",
        "any((c for c in b if c)) -> all((c for c in b if c))",
        "c -> not c",
        "True -> False",
    }


def test_faults_of_one_name_are_counted() -> None:
    names = [mutant.name for mutant in mutants("part", "def f(a):\n    return (a == 1, a == 1)\n")]
    assert names == ["part.f: a == 1 -> a != 1", "part.f: a == 1 -> a != 1 (2)"]


def test_some_faults_are_caught(every_rule: faults.Corpus) -> None:
    """The first few of the decision; `python -m benchmarks.agreement.faults` tries all of all parts."""
    assert not faults.is_caught([every_rule])
    tried = list(islice(mutants("decision", assembly.text_of("decision")), 8))
    assert len(tried) == 8
    for mutant in tried:
        with faults.instead("decision", mutant.code):
            assert faults.is_caught([every_rule]), mutant.name


def test_explanations_have_reasons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "survivors.txt"
    file.write_text("# Heading.\n\npart.f: a -> b\n  It makes\n  no difference.\npart.g: c -> d\n")
    monkeypatch.setattr(faults, "SURVIVORS", file)
    assert faults.explanations() == {"part.f: a -> b": "It makes no difference."}
