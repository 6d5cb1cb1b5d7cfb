"""`policyc explain`: the page of a code."""

from typing import Any

import pytest

PAGE = """\
PC104 stray-brace (error)

A `}` closes nothing, or does not stand on a line of its own.

Either a group ends too early, or its opening is lost.

A policy that has it:

    language 1
    note: text "We care"
    }

The same policy, mended:

    language 1
    note: text "We care"
"""


@pytest.mark.parametrize("code", ["PC104", "pc104", "stray-brace", "STRAY-BRACE"])
def test_a_page_by_number_or_name(code: str, policyc: Any) -> None:
    ran = policyc("explain", code)
    assert (ran.code, ran.out) == (0, PAGE)


def test_an_example_is_shown_without_what_a_terminal_obeys(policyc: Any) -> None:
    assert 'note: text "We\\u202e care"' in policyc("explain", "PC109").out


def test_a_page_without_an_example(policyc: Any) -> None:
    assert "A policy that has it" not in policyc("explain", "PC001").out


@pytest.mark.parametrize(
    ("code", "help_"),
    [("PC1004", "; did you mean PC004?"), ("stray-brac", "; did you mean stray-brace?"), ("nonsense", "")],
)
def test_an_unknown_code_is_wrong_usage(code: str, help_: str, policyc: Any) -> None:
    ran = policyc("explain", code)
    assert ran.code == 2
    assert ran.err.endswith(f"Error: there is no code '{code}'{help_}\n")
