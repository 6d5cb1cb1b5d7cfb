"""Statements as authors write them, and the English that readers get."""

from itertools import pairwise
from pathlib import Path

import pytest

from policyc.sentences import sentence
from policyc.sentences.parts import Plain, finish, say
from policyc.sentences.references import describe
from tests.policies import policy_of

HEAD = """\
language 1
party us "Contacto"
party partners "our partners"
party stripe "Stripe"
party ads "advertisers"
subject customers "customers"
subject visitors "visitors to our website"
subject contacts "people in your address book"
data mail "email address"
data named "name"
data posts "what you post"
data account "account data" including mail, named
purpose run "manage your account"
purpose help "give you support"
purpose promote "show you ads"
surface site "our website"
event closed "you close your account"
event asked "we receive your request"
event breach "we learn of a data breach"
fact agreed "you have agreed"
fact ordered "a court orders it"
fact paid "you have paid"
fact age "your age" number
place california "California"
law gdpr "the GDPR"
legal_basis contract "our contract with you"
legal_basis consent "your consent"
right copy "get a copy of your data"
right complain "complain"
channel form "our contact form"
channel desk "our privacy desk" email "privacy@contacto.com"
measure encryption "encryption"
measure agreement "a data processing agreement"
message letters "our newsletter"
system servers "our servers"
policy p "Privacy Policy" controller us
no_sale: never share any account by sale
"""

LINES = (Path(__file__).parent / "wording.txt").read_text(encoding="utf-8").splitlines()
SAID = [(said, told.strip()) for said, told in pairwise(LINES) if told.startswith("    ")]


def test_the_examples_are_read() -> None:
    assert len(SAID) > 40


def told(statement: str) -> str:
    policy = policy_of(f"{HEAD}it: {statement}\n")
    return sentence(policy, policy.statement("it")).text


@pytest.mark.parametrize(("statement", "expected"), SAID)
def test_a_statement_reads_as_english(statement: str, expected: str) -> None:
    assert told(statement) == expected


def test_other_statements_are_named_in_a_few_words() -> None:
    policy = policy_of(f'{HEAD}it: will claim "We do all that we can, day and night, to keep it safe"\n')
    assert describe(policy, policy.statement("it")) == "“We do all that we can, day and …”"
    assert describe(policy, policy.statement("no_sale")) == "not selling any of your account data"


def test_names_such_as_ebay_keep_their_first_letter() -> None:
    assert finish(say("eBay may do this")) == (Plain("eBay may do this."),)
    assert finish(()) == ()
