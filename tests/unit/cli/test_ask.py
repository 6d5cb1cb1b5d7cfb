"""`policyc ask`: the answer, who decided it, and the exit code."""

from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("question", "code", "told"),
    [
        ("use logs for safety", 0, "allowed by\n  safe: "),
        ("use names for ads when agreed", 0, "allowed by\n  ads_if_agreed: "),
        ("use names for ads unless agreed", 1, "denied, no statement allows it\n"),
        ("use names for ads", 1, "denied, no statement allows it\n"),
        ("share logs with partners by sale", 1, "denied, forbidden by\n  no_sale: "),
    ],
)
def test_an_answer_names_the_sentences_that_made_it(
    question: str, code: int, told: str, policyc: Any, policy: Path
) -> None:
    ran = policyc("ask", policy, question)
    assert (ran.code, ran.err) == (code, "")
    assert ran.out.startswith(told)


def test_a_reader_may_expect_what_is_not_certain(policyc: Any, policy: Path) -> None:
    assert policyc("ask", policy, "use names for ads", "--reading", "disclosed").code == 0


def test_a_question_that_is_none_has_no_answer(policyc: Any, policy: Path) -> None:
    ran = policyc("ask", policy, "use logs for savety")
    assert (ran.code, ran.out) == (2, "")
    assert "error[PC201] unknown-name: there is no name `savety`\n" in ran.err


def test_a_broken_policy_has_no_answer_which_is_not_a_denial(policyc: Any, broken: Path) -> None:
    ran = policyc("ask", broken, "use logs for safety")
    assert (ran.code, ran.out) == (2, "")
    assert "error[PC201]" in ran.err


def test_a_module_has_no_answer(policyc: Any, tmp_path: Path) -> None:
    path = tmp_path / "parties.policy"
    path.write_text('language 1\nparty friends "our friends"\n', encoding="utf-8")
    ran = policyc("ask", path, "use logs for safety")
    assert (ran.code, ran.out) == (2, "")
    assert "error[PC002] no-policy: the file declares no policy\n" in ran.err


def test_an_only_is_named_by_its_statement(policyc: Any, policy: Path) -> None:
    text = policy.read_text(encoding="utf-8") + "with_partners: may share logs only with partners\n"
    policy.write_text(text.replace('party us "us"', 'party us "us"\nparty others "others"'), encoding="utf-8")
    ran = policyc("ask", policy, "share logs with others")
    assert ran.code == 1
    assert ran.out.startswith("denied, forbidden by\n  with_partners#only: ")
