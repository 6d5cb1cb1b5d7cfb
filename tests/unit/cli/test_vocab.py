"""`policyc vocab`: finds terms by their names and by other words."""

import json
from typing import Any

import pytest

from policyc.cli import vocab
from policyc.resolve.vocabulary import vocabulary


@pytest.fixture(scope="module", autouse=True)
def _read_once(module_mocker: pytest.MonkeyPatch) -> None:
    terms = vocabulary()
    module_mocker.setattr(vocab, "vocabulary", lambda: terms)


@pytest.fixture(scope="module")
def module_mocker() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def test_a_name_shows_all_of_the_term(policyc: Any) -> None:
    ran = policyc("vocab", "email_address")
    assert ran.code == 0
    whole, _, others = ran.out.partition("\n\n")
    assert whole.splitlines()[:2] == [
        "data email_address “email address”",
        "  import email_address from std.data.contact",
    ]
    assert "belongs to               data.contact.contact_data\n" in whole
    assert "pd:EmailAddress <https://w3id.org/dpv/pd#EmailAddress>" in whole
    assert "PSL_EMAIL" in whole
    assert "work_email_address" in others


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["e-mail", "address"], "email_address"),
        (["cookie"], "cookies"),
        (["Right to be forgotten"], "erasure"),
        (["std.data.contact.email_address"], "email_address"),
        (["PSL_CRASH_LOGS"], "crash_logs"),
        (["pd:BrowserHistory"], "browsing_history"),
    ],
)
def test_other_words_find_it(words: list[str], name: str, policyc: Any) -> None:
    ran = policyc("vocab", *words)
    assert ran.code == 0
    assert name in ran.out.partition("\n")[0] or f" {name} " in ran.out


def test_it_says_when_a_basis_counts(policyc: Any) -> None:
    """A basis has its own conditions and those of all that it lies below."""
    assert "  counts    unless objection\n" in policyc("vocab", "legitimate_interests").out
    assert "unless objection (from legitimate_interests)" in policyc("vocab", "shared_interests").out
    assert "when parental_consent_given" in policyc("vocab", "guardian_consent").out


def test_words_may_stand_in_any_order(policyc: Any) -> None:
    assert "request_complex" in policyc("vocab", "complex", "request").out


def test_a_kind_is_looked_through_alone(policyc: Any) -> None:
    ran = policyc("vocab", "consent", "--kind", "legal_basis", "--format", "json")
    kinds = {term["kind"] for term in json.loads(ran.out)["terms"]}
    assert kinds == {"legal_basis"}


def test_what_is_not_there_exits_1(policyc: Any) -> None:
    ran = policyc("vocab", "emial", "adress")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "nothing like `emial adress` is in the library; did you mean `email address`?\n"
    assert policyc("vocab", "zzzzzzzz").err == "nothing like `zzzzzzzz` is in the library\n"


def test_many_matches_are_cut(policyc: Any) -> None:
    lines = policyc("vocab", "data").out.splitlines()
    assert lines[-1].startswith("… and ")
    assert lines[-1].endswith(" more")


def test_without_a_word_it_lists_modules(policyc: Any) -> None:
    ran = policyc("vocab")
    assert "std.data.contact " in ran.out
    assert ran.out.endswith("`policyc vocab WORD` looks for one\n")
    assert json.loads(policyc("vocab", "--format", "json").out)["version"] == 1
