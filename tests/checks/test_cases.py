"""Every check says of its cases what stands there, to the letter, and of those that come near a finding nothing."""

import pytest

from policyc import checks
from policyc.codes import codes_of_checks
from tests.checks.cases import SAID, Case, cases

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check}: {case.title}")
def test_case(case: Case) -> None:
    assert list(case.found()) == list(case.expected)


@pytest.mark.parametrize("name", checks.names())
def test_every_check_has_cases_and_near_misses(name: str) -> None:
    mine = [case for case in CASES if case.check == name]
    assert any(case.expected for case in mine)
    assert any(not case.expected for case in mine)


def test_every_code_of_a_check_is_found_in_a_case() -> None:
    told = "".join(line for case in CASES for line in case.expected if line.startswith(SAID))
    assert [code.number for code in codes_of_checks() if f" {code.number} " not in told] == []
