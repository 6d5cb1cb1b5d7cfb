"""The order of sentences, clauses and files changes the page's layout and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve

from policyc.backends import load as backend
from policyc.backends.manifest import manifest
from policyc.diagnostics.codes.names import UNUSED_IMPORT
from policyc.model.policy import Policy
from policyc.pipeline import Compilation, compile_path
from policyc.resolve.library import library_files
from policyc.resolve.loader import ENTRY, load
from policyc.rules.packs import modules
from policyc.semantics.reference import Reference
from policyc.semantics.request import Decision, Reading
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.parser import parser
from policyc.syntax.printer import print_document
from tests.policies import SEEDS, said, write

LIBRARY = sorted(library_files().values())
RULES = sorted(modules().values())

Shuffle = Callable[[Sequence[Any]], tuple[Any, ...]]


def shuffle_with(seed: int) -> Shuffle:
    draw = Random(seed)  # noqa: S311 - the same orders every time
    return lambda items: tuple(draw.sample(list(items), len(items)))


def shuffled_items(items: Sequence[nodes.Item], shuffle: Shuffle) -> tuple[nodes.Item, ...]:
    """Sentences in another order, inside groups too, and the clauses of each in another order where that is free."""
    return tuple(shuffled_item(item, shuffle) for item in shuffle(items))


def shuffled_item(item: nodes.Item, shuffle: Shuffle) -> nodes.Item:
    if isinstance(item, nodes.Group):
        return evolve(item, items=shuffled_items(item.items, shuffle))
    if isinstance(item, nodes.Import):
        return evolve(item, names=shuffle(item.names))
    if isinstance(item, nodes.Declaration | nodes.Statement):
        return evolve(item, clauses=shuffled_clauses(item, shuffle))
    return item


def shuffled_clauses(item: nodes.Declaration | nodes.Statement, shuffle: Shuffle) -> tuple[nodes.Clause, ...]:
    """Clauses that attach to the list before them go with it, and what is joined keeps its order: both are no order."""
    attaches = {"excluding"} if isinstance(item, nodes.Declaration) else {"excluding", "including"}
    keys = [clause.key.text for clause in item.clauses]
    if attaches & {*keys} or len(set(keys)) < len(keys) or "hole" in keys:
        return item.clauses
    return shuffle(item.clauses)


def shuffled(text: str, seed: int) -> str:
    """A file in another order; the version of the language stays first."""
    document = parser().parse(Source("a.policy", text)).value
    assert document is not None
    version, *items = document.items
    return print_document(evolve(document, items=(version, *shuffled_items(items, shuffle_with(seed)))))


def sound(compilation: Compilation) -> Policy:
    # What only imports the names of a module speaks of none of them.
    assert [said(one) for one in compilation.diagnostics if one.code is not UNUSED_IMPORT] == []
    assert compilation.policy is not None
    return compilation.policy


@cache
def example(path: Path) -> Policy:
    return sound(compile_path(path))


def decisions(policy: Policy) -> dict[object, Decision]:
    """The answers to all questions of a policy's tests, by what is asked and not by its words."""
    asked = [line.question for test in policy.tests for line in test.expectations]
    return {
        (
            one.verb,
            *sorted(one.terms.items()),
            *sorted(one.facts.items()),
            one.to_come,
            one.happened,
            reading,
        ): Reference(policy, reading).answer(one)
        for one in asked
        for reading in Reading
    }


def without_layout(policy: Policy) -> dict[str, Any]:
    """The manifest without the order of the page."""
    made = manifest(policy)
    assert isinstance(made, dict)
    return {
        **made,
        "policy": _without_items(made["policy"]),
        "statements": [_without_items(one) for one in made["statements"]],
    }


def _without_items(made: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in made.items() if name != "items"}


def check_same(one: Policy, other: Policy) -> None:
    assert one.hash == other.hash
    assert one.statements == other.statements
    assert one.prose == other.prose
    assert one.terms == other.terms
    assert without_layout(one) == without_layout(other)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.parent.name)
def test_the_order_of_sentences_and_clauses_changes_nothing_but_layout(path: Path, seed: int, tmp_path: Path) -> None:
    ordered = example(path)
    text = shuffled(path.read_text(encoding="utf-8"), seed)
    policy = sound(compile_path(write(tmp_path, {path.name: text})))
    check_same(policy, ordered)
    assert policy.layout != ordered.layout
    assert len(decisions(policy)) > 30
    assert decisions(policy) == decisions(ordered)
    assert backend("enforce").build(policy) == backend("enforce").build(ordered)


PARTS = {
    "parts/data.policy": """\
language 1
import personal_data from std.data.base
import cookies as biscuits, ip_address from std.data.online
data trail "your trail" is personal_data including biscuits, steps
data steps "your steps" of walkers
import people from std.subject.people
subject walkers "walkers" is people
""",
    "parts/aims.policy": """\
language 1
import steps from parts.data
purpose guide "guide you"
purpose count "count your steps" is guide
fact likes "you like to be counted" per purpose
event walk "you walk"
message note "a note" for count
""",
    "notice.policy": """\
language 1
import trail, walkers from parts.data
import count as counting, guide, likes, walk from parts.aims
import note from parts.aims
import email_address from std.data.contact
import consent from std.basis.gdpr
import customers from std.subject.people
party us "Us"
policy notice "Notice" controller us
of walkers, customers {
    will use trail for guide when likes
    will keep trail at most 30 days after walk
    may use email_address for counting basis consent
}
never share trail by sale
never share trail by sale trace "T-1"
test "t" {
    allow use trail for guide of walkers when likes
    deny use email_address for counting of customers
    deny share trail by sale
}
""",
}


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_files_and_in_files_changes_nothing_but_layout(seed: int, tmp_path: Path) -> None:
    base = sound(compile_path(write(tmp_path / "base", dict(reversed(PARTS.items())))))
    other = {name: shuffled(text, seed) for name, text in PARTS.items()}
    policy = sound(compile_path(write(tmp_path / "other", dict(reversed(other.items())))))
    check_same(policy, base)
    assert decisions(policy) == decisions(base)


def test_files_are_read_in_another_order(tmp_path: Path) -> None:
    """That the shuffling above reaches the loader: imports lead to the same modules, read in different orders."""
    orders = set()
    for seed in range(12):
        other = {name: shuffled(text, seed) for name, text in PARTS.items()}
        path = write(tmp_path / str(seed), dict(reversed(other.items())))
        loaded = load(path, path.parent, parser()).value
        assert loaded is not None
        orders.add(tuple(name for name in loaded.by_name if name != ENTRY))
    assert len(orders) > 3
    assert len({frozenset(order) for order in orders}) == 1


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
def test_the_order_in_a_library_file_changes_nothing(path: Path, tmp_path: Path) -> None:
    """Importing all that it declares gives the same terms."""
    text = path.read_text(encoding="utf-8")
    names = [item.name.text for item in _items(text) if isinstance(item, nodes.Declaration)]
    alias = ", ".join(f"{name} as the_{name}" for name in names)
    main = f'language 1\nimport {alias} from copy\nparty us "Us"\npolicy notice "Notice" controller us\n'
    made = []
    for seed, copied in enumerate((text, shuffled(text, 1), shuffled(text, 2))):
        folder = tmp_path / str(seed)
        made.append(sound(compile_path(write(folder, {"main.policy": main, "copy.policy": copied}))))
    assert made[0].terms == made[1].terms == made[2].terms
    assert len({one.hash for one in made}) == 1


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_the_order_in_a_file_of_rules_changes_nothing(path: Path, tmp_path: Path) -> None:
    """Neither the rules, nor what their tests come to."""
    text = path.read_text(encoding="utf-8")
    made = []
    for seed, copied in enumerate((text, shuffled(text, 1))):
        rules = compile_path(write(tmp_path / str(seed), {"main.policy": copied})).rules
        tested = {(test.title, test.rules, test.breaks): test.policy and test.policy.hash for test in rules.tests}
        made.append(({rule.name: rule for rule in rules.rules}, tested))
    assert made[0][0]
    assert made[0] == made[1]


def _items(text: str) -> tuple[nodes.Item, ...]:
    document = parser().parse(Source("a.policy", text)).value
    assert document is not None
    return document.items
