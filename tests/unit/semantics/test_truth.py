"""Kleene's logic, by its tables."""

from itertools import product

import pytest

from policyc.semantics.truth import Truth, agreed, both, either, negate, unanimous

ALL: tuple[Truth, ...] = (True, False, None)


@pytest.mark.parametrize(("one", "other"), list(product(ALL, ALL)))
def test_and_or_by_what_the_unknown_could_be(one: Truth, other: Truth) -> None:
    """The result is what every way of filling in the unknown gives; unknown if they differ."""
    pairs = product((True, False) if one is None else (one,), (True, False) if other is None else (other,))
    filled = list(pairs)
    assert both([one, other]) is unanimous(all(pair) for pair in filled)
    assert either([one, other]) is unanimous(any(pair) for pair in filled)
    assert negate(both([one, other])) is either([negate(one), negate(other)])


def test_and_of_nothing_is_true_and_or_of_nothing_is_false() -> None:
    assert both([]) is True
    assert either([]) is False


def test_not() -> None:
    assert [negate(value) for value in ALL] == [False, True, None]


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ([], None),
        ([None], None),
        ([True], True),
        ([False, None], False),
        ([True, True, None], True),
        ([True, False], None),
        ([True, False, None], None),
    ],
)
def test_those_who_know_must_agree(said: list[Truth], result: Truth) -> None:
    assert agreed(said) is result


@pytest.mark.parametrize(
    ("said", "result"),
    [([True], True), ([False, False], False), ([True, None], None), ([True, False], None), ([None], None)],
)
def test_all_must_know_and_agree(said: list[Truth], result: Truth) -> None:
    assert unanimous(said) is result
