"""Texts and how they are spelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyc.syntax.texts import bad_escape, meaning, spell

MEANINGS = {
    '""': "",
    '"We care"': "We care",
    r'"We \"care\" \\ a\nb"': 'We "care" \\ a\nb',
    r'"\\n"': r"\n",
    r'"a\qb"': r"a\qb",
    '""""""': "",
    '"""We care"""': "We care",
    '"""  We care  """': "We care",
    '"""\n    We\n      care\n    """': "We\n  care",
    '"""We\n      care\n    now"""': "We\n  care\nnow",
    '"""\n\n    We   \n\n    care\n\n    """': "We\n\ncare",
    '"""\n    "a" and ""b\n    """': '"a" and ""b',
    '"""\n    \\"\\"\\" \\\\ a\\nb\n    """': '""" \\ a\nb',
    '"""\n\ta\n\t\tb\n    """': "a\n\tb",
    '"""\n    a\\n\n    """': "a\n",
}


@pytest.mark.parametrize("spelling", MEANINGS)
def test_what_a_spelling_means(spelling: str) -> None:
    assert meaning(spelling) == MEANINGS[spelling]


@given(st.text() | st.text(st.sampled_from('a \t\n"\\')))
def test_a_text_is_spelt_so_that_it_is_meant(text: str) -> None:
    indented = "\n".join(line and f"    {line}" for line in spell(text)).lstrip()
    assert meaning(indented) == text
    assert bad_escape(indented) is None


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a", ('"a"',)),
        ('a "b" \\', (r'"a \"b\" \\"',)),
        ("a\nb", ('"""', "a", "b", '"""')),
        ("a\n\n  b", ('"""', "a", "", "  b", '"""')),
        ('a\n""""\\', ('"""', "a", '\\"\\"""\\\\', '"""')),
        ("a\n", (r'"a\n"',)),
        ("\na", (r'"\na"',)),
        ("a \nb", (r'"a \nb"',)),
        (" a\n b", (r'" a\n b"',)),
        ("a\n\t\nb", ('"a\\n\t\\nb"',)),
    ],
)
def test_lines_stand_in_lines_where_that_means_the_same(text: str, lines: tuple[str, ...]) -> None:
    assert spell(text) == lines


@pytest.mark.parametrize(
    ("spelling", "place"), [(r'"a\qb\x"', (2, "q")), ('"""a\\\nb"""', (4, "\n")), (r'"\\q \n \""', None)]
)
def test_the_first_escape_that_means_nothing(spelling: str, place: tuple[int, str] | None) -> None:
    found = bad_escape(spelling)
    assert (found and (found.start(), found.group(1))) == place
