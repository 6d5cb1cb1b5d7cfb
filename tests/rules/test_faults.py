"""A fault in the evaluation of rules is seen by the policies that break or pass them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest

from policyc.model.policy import Statement
from policyc.pipeline import compile_path
from policyc.rules import evaluate, link, reach, regions
from policyc.rules.tests import failures
from tests.rules.test_rules import FORMS

RULES = compile_path(FORMS).rules


def nothing_covers(_cover: object, _region: object, parts: Sequence[Any], **_: object) -> Sequence[Any]:
    return parts


def everything_covers(_cover: object, _region: object, parts: Sequence[Any], *, is_sure: bool) -> Sequence[Any]:
    return parts if is_sure else ()


def always(*_: object, **__: object) -> bool:
    return True


def never(*_: object, **__: object) -> bool:
    return False


def nothing(*_: object, **__: object) -> int:
    return 0


def as_it_is(region: Any, _axes: object) -> Any:
    return region


def itself(names: Iterable[str], _further: object) -> tuple[str, ...]:
    return tuple(names)


def no_names(*_: object) -> frozenset[str]:
    return frozenset()


def what_it_says(_scope: object, one: Statement) -> Any:
    return _scope.region(one)  # type: ignore[attr-defined]


def unchanged(needs: Any) -> Any:
    return needs


FAULTS: list[tuple[Any, str, Callable[..., Any]]] = [
    (regions.Cover, "left", nothing_covers),
    (regions.Cover, "left", everything_covers),
    (regions, "_contains", always),
    (regions, "_contains", never),
    (regions, "_meets", always),
    (regions, "_meets", never),
    (evaluate, "narrowed", as_it_is),
    (evaluate, "is_within", always),
    (evaluate, "is_within", never),
    (evaluate, "_without_conditions", unchanged),
    (evaluate._Scope, "is_taken_back", never),
    (evaluate._Scope, "_provided", what_it_says),
    (evaluate._Scope, "has_all", always),
    (evaluate._Scope, "has_all", never),
    (evaluate._Scope, "meets", always),
    (evaluate._Seeker, "_is_own", always),
    (evaluate._Seeker, "_is_entailed", always),
    (evaluate._Seeker, "_is_entailed", never),
    (link, "closure", itself),
    (link.Linked, "data", nothing),
    (link.Linked, "flagged", nothing),
    (link.Linked, "_is_under", never),
    (link.Linked, "_is_under", always),
    (link.Linked, "_lies_in", never),
    (link.Linked, "_lies_in", always),
    (link, "facts_in", lambda _: ()),
    (reach.Reaches, "_location", nothing),
]


def test_without_a_fault_nothing_fails() -> None:
    assert list(failures(RULES)) == []


@pytest.mark.parametrize(
    ("owner", "name", "fault"), FAULTS, ids=[f"{name}-{fault.__name__}" for _, name, fault in FAULTS]
)
def test_a_fault_is_seen(owner: Any, name: str, fault: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner, name, fault)
    assert list(failures(RULES)) != []
