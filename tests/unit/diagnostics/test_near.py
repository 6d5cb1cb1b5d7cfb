"""The nearest known name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyc.diagnostics.near import near


@pytest.mark.parametrize(
    ("word", "known", "nearest"),
    [
        ("wil", ["will", "all"], "will"),
        ("fro", ["for", "from"], "from"),
        ("becuase", ["because", "base"], "because"),
        ("adress", ["address", "dress"], "address"),
        ("si", ["is", "in"], "is"),
        ("a", ["as"], "as"),
        ("same", ["some", "same"], "same"),
        ("email_adress", ["email_address", "postal_address"], "email_address"),
        ("custmr", ["customer", "consumer"], "customer"),
        ("x", ["y"], None),
        ("nonexistent", ["owner"], None),
        ("keep", ["delete"], None),
        ("", ["a"], None),
        ("word", [], None),
        ("x" * 65, ["x" * 65], None),
    ],
)
def test_the_nearest(word: str, known: list[str], nearest: str | None) -> None:
    assert near(word, known) == nearest


WORDS = st.text("abcd", min_size=1, max_size=8)


@given(WORDS, st.lists(WORDS, max_size=8))
def test_the_order_of_the_known_does_not_matter(word: str, known: list[str]) -> None:
    assert near(word, known) == near(word, reversed(known)) == near(word, sorted(known))


@given(st.text("abcdefgh", min_size=3, max_size=12), st.data())
def test_one_edit_is_near(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdefgh"))
    edited = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + letter + word[place + 1 :],
                word[:place] + letter + word[place:],
                word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
            ]
        )
    )
    assert near(edited, [word]) == word
