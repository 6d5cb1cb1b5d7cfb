"""Places in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyc.source.text import Position, Source


@pytest.mark.parametrize(
    ("offset", "line", "column"),
    [(0, 1, 1), (1, 1, 2), (2, 1, 3), (3, 2, 1), (4, 3, 1), (5, 3, 2), (99, 3, 2), (-1, 1, 1)],
)
def test_a_position(offset: int, line: int, column: int) -> None:
    assert Source("a", "äb\n\nc").position(offset) == Position(line, column)


@pytest.mark.parametrize(("number", "line"), [(0, ""), (1, "äb"), (2, ""), (3, "c"), (4, "")])
def test_a_line(number: int, line: str) -> None:
    assert Source("a", "äb\n\nc").line(number) == line


def test_a_text_that_ends_with_a_newline_has_an_empty_line_at_its_end() -> None:
    source = Source("a", "a\n")
    assert (source.position(2), source.line(2)) == (Position(2, 1), "")


@given(st.text(st.sampled_from("a\nä"), max_size=30), st.data())
def test_a_position_is_that_of_its_line(text: str, data: st.DataObject) -> None:
    source = Source("a", text)
    offset = data.draw(st.integers(0, len(text)))
    place = source.position(offset)
    lines = text.split("\n")
    assert sum(len(line) + 1 for line in lines[: place.line - 1]) + place.column - 1 == offset
    assert source.line(place.line) == lines[place.line - 1]


def test_positions_are_ordered() -> None:
    assert Position(1, 9) < Position(2, 1) < Position(2, 2)
