"""Rules do what their tests say, in every form; and each rule of the library has tests of both kinds."""

import json
from pathlib import Path

import pytest
from attrs import evolve

from policyc.diagnostics.diagnostic import Diagnostic
from policyc.pipeline import compile_path
from policyc.rules import packs, store
from policyc.rules.tests import failures
from tests.policies import said

FORMS = Path(__file__).with_name("forms.policy")
FILES = [FORMS, *packs.modules().values()]


def shown(found: Diagnostic) -> str:
    return f"{found.label.source.position(found.label.span.start).line}: {found.message}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rules_do_what_their_tests_say(path: Path) -> None:
    compilation = compile_path(path)
    assert [said(one) for one in compilation.diagnostics] == []
    assert [shown(one) for one in failures(compilation.rules)] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_has_a_policy_that_breaks_it_and_one_that_passes(path: Path) -> None:
    rules = compile_path(path).rules
    for breaks in (True, False):
        tested = {name for test in rules.tests if test.breaks is breaks for name in test.rules}
        assert sorted({rule.qualified for rule in rules.rules} - tested) == []


@pytest.mark.parametrize("path", packs.modules().values(), ids=lambda path: path.stem)
def test_a_rule_of_the_library_says_where_it_is_laid_down(path: Path) -> None:
    rules = compile_path(path).rules
    assert [rule.name for rule in rules.rules if not (rule.laws and rule.cites and "help" in rule.fields)] == []


def test_names_of_rules_are_unique() -> None:
    """So that an `accept` or a level means one of them."""
    names = [rule.name for module in packs.modules() for rule in packs.rules_of(module).rules]
    assert len(names) == len(set(names))


def test_what_is_stored_is_what_is_written() -> None:
    texts = packs.stored_rules()
    assert sorted(texts) == sorted([store.INDEX, *packs.modules()])
    for name in packs.modules():
        assert store.decode(json.loads(texts[name])) == evolve(packs.rules_of(name), tests=())
    index = store.decode(json.loads(texts[store.INDEX]))
    assert {name: list(laws) for name, laws in index.items()} == {
        name: list(laws) for name, laws in packs.library().items()
    }
