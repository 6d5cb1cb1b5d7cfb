"""Comments and blank lines of a text."""

from __future__ import annotations

import pytest

from policyc.syntax.trivia import Trivium, find_trivia

FOUND = {
    "": [],
    "a\nb\n": [],
    "# a": [Trivium(0, "# a")],
    "#a \t\n  # b\n": [Trivium(0, "#a"), Trivium(5, "# b")],
    "a # b\n": [Trivium(2, "# b", trailing=True)],
    "a#b": [Trivium(1, "#b", trailing=True)],
    "a\n\n \t\nb\n": [Trivium(2), Trivium(3)],
    '"# a" # b': [Trivium(6, "# b", trailing=True)],
    '"\\"# a" # b': [Trivium(8, "# b", trailing=True)],
    '"""\n# a\n\n""" # b': [Trivium(13, "# b", trailing=True)],
    '""" \\""" # a """ # b': [Trivium(17, "# b", trailing=True)],
    '"" # b': [Trivium(3, "# b", trailing=True)],
    '"""\n# a': [],
    '"a\n# b': [Trivium(3, "# b")],
}


@pytest.mark.parametrize("text", FOUND)
def test_what_is_found(text: str) -> None:
    assert list(find_trivia(text)) == FOUND[text]
