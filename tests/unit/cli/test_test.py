"""`policyc test`: expectations that stand in policies."""

from pathlib import Path
from typing import Any

TESTS = """
test "who may see what" {
    allow use logs for safety
    deny share logs with partners by sale
    deny use names for ads
}
"""


def add(policy: Path, text: str) -> None:
    policy.write_text(policy.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_expectations_that_hold(policyc: Any, policy: Path) -> None:
    add(policy, TESTS)
    ran = policyc("test", policy)
    assert (ran.code, ran.out, ran.err) == (0, "", "3 expectations: 0 failed\n")


def test_a_policy_without_tests(policyc: Any, policy: Path) -> None:
    assert policyc("test", policy).err == "0 expectations: 0 failed\n"


def test_an_expectation_that_does_not_hold_shows_who_decided(policyc: Any, policy: Path) -> None:
    add(policy, TESTS.replace("allow use logs", "deny use logs"))
    ran = policyc("test", policy)
    assert (ran.code, ran.err) == (1, "\n3 expectations: 1 failed\n")
    assert ran.out.startswith("error[PC006] failed-test: in “who may see what”, this is allowed\n")
    assert "|     ^^^^^^^^^^^^^^^^^^^^^^^^ it is allowed\n" in ran.out
    assert "`safe` allows it\n" in ran.out


def test_silence_is_said(policyc: Any, policy: Path) -> None:
    add(policy, TESTS.replace("deny use names", "allow use names"))
    assert "this is denied, for no statement allows it\n" in policyc("test", policy).out


def test_the_disclosed_reading(policyc: Any, policy: Path) -> None:
    add(policy, TESTS)
    assert policyc("test", policy, "--reading", "disclosed").code == 1


def test_a_broken_policy_fails(policyc: Any, broken: Path) -> None:
    ran = policyc("test", broken)
    assert ran.code == 1
    assert "error[PC201]" in ran.out
