"""What the page says about declarations, and at its top."""

import pytest
from attrs import evolve

from policyc.model.graph import Graph
from policyc.model.policy import Policy
from policyc.sentences.declarations import definition, remark
from policyc.sentences.header import facts, notes, opening
from policyc.sentences.parts import text_of
from tests.policies import policy_of

POLICY = '''\
language 1
party us "Contacto" legal_name "Contacto Ltd" contact desk
party vendors "our vendors"
    including hosts under agreement in germany on_behalf_of us for run url "https://vendors.example"
party hosts "hosting companies" hole members "a list"
subject customers "customers"
subject minors "minors" is customers in germany when age below 16
data account "account data" of customers from customers for run on site
    exactly mail, phone
    hedge "among others"
    trace "T-1"
data mail "email address" special
data phone "phone number"
data rest "other data" open after closed
    text """
    Such as:

    - what you *tell* us
    """
purpose run "run your account" including help, bill
purpose help "give you support"
purpose bill "charge you"
surface site "our website" url "https://contacto.example" by us
event closed "you close your account" of customers
fact agreed "you have agreed" implies told per purpose, recipient under gdpr
fact told "you were told"
fact age "your age" number
place germany "Germany"
law gdpr "the GDPR" in germany effective 2018-05-25 alias "General Data Protection Regulation"
legal_basis consent "your consent" when agreed
legal_basis interests "our legitimate interests" unless agreed
right copy "get a copy of your data" under gdpr cite "GDPR Art. 15"
term word "data controller" text "Decides how data is used."
term examples "personal data" regarding mail, phone open
channel desk "our privacy desk" email "privacy@contacto.com" phone "+49 1" by us
measure agreement "a data processing agreement"
message letter "our newsletter" for help through desk
system servers "our servers" in germany

policy p "Privacy Policy"
    controller us
    of customers
    on site
    under gdpr
    contact desk
    effective 2026-01-31
    version "1.2"
    valid 90 days after closed
    alias "Privacy Notice"
    hole date "some day"
    hole wording "as as"
    because "we care"
    text "It is short."
'''

DEFINED = {
    "us": "The registered name is Contacto Ltd. You can reach them through our privacy desk.",
    "vendors": (
        "This includes hosting companies, among others. This is in Germany. The safeguard is a data processing "
        "agreement. The address: https://vendors.example. This is on our behalf. The purpose is to run your "
        "account."
    ),
    "hosts": "This policy does not say what exactly this includes. It only says “a list”.",
    "minors": "These people are in Germany. This applies only if your age is below 16.",
    "account": (
        "This means only your email address and phone number. This is about customers. We use it to run your account. "
        "We get this data from them. This applies to our website. In our words: “among others”."
    ),
    "mail": "The law gives this data more protection than other data.",
    "phone": None,
    "rest": (
        "We get it after you close your account. There may be others that this policy does not list. "
        "Such as:\n\n- what you *tell* us"
    ),
    "run": "This includes, among others: give you support and charge you.",
    "site": "This is run by Contacto. The address: https://contacto.example.",
    "closed": "This is about customers.",
    "agreed": (
        "This also means that you were told. This is decided for each purpose and each recipient. "
        "This falls under the GDPR."
    ),
    "gdpr": (
        "This is also called “General Data Protection Regulation”. This is the law in Germany. "
        "This applies from 25 May 2018."
    ),
    "consent": "We rely on it only if you have agreed.",
    "interests": "We rely on it unless you have agreed.",
    "copy": "This falls under the GDPR. The legal source: GDPR Art. 15.",
    "word": "Decides how data is used.",
    "examples": "For example, your email address and phone number. There may be others that this policy does not list.",
    "desk": "This reaches Contacto. The address: privacy@contacto.com or +49 1.",
    "letter": ("The purpose is to give you support. This is done through our privacy desk at privacy@contacto.com."),
    "servers": "This is in Germany.",
}


def policy() -> Policy:
    return policy_of(POLICY)


@pytest.mark.parametrize(("name", "expected"), DEFINED.items())
def test_a_declaration_reads_as_english(name: str, expected: str | None) -> None:
    told = definition(policy(), Graph(policy().terms), policy().terms[name])
    assert (told.text if told else None) == expected


def test_the_summary_has_a_line_for_each_clause_of_the_header() -> None:
    assert {fact.name: text_of(fact.told) for fact in facts(policy())} == {
        "Responsible": "Contacto (Contacto Ltd)",
        "Contact": "our privacy desk: privacy@contacto.com or +49 1",
        "Last updated": "This policy does not say when it was last updated. It only says “some day”.",
        "Applies from": "31 January 2026",
        "Version": "1.2",
        "Valid for": "90 days after you close your account",
        "Covers": "our website",
        "For": "customers",
        "Laws": "the GDPR",
        "Also called": "“Privacy Notice”",
    }


def test_a_summary_says_what_every_policy_should_say_and_this_one_does_not() -> None:
    bare = evolve(policy(), header=evolve(policy().header, fields={}))
    assert [text_of(fact.told) for fact in facts(bare)] == [
        "This policy does not say who is responsible for your data.",
        "This policy does not say how to reach us.",
        "This policy does not say when it was last updated.",
    ]


def test_the_first_paragraph_says_who_speaks_and_that_silence_forbids() -> None:
    assert opening(policy()).text == (
        "This policy tells you what Contacto may do with personal data, and what not. “We”, “us” and “our” mean "
        "Contacto. “You” and “your” mean the person whom a sentence is about. What this policy does not allow, we do "
        "not do."
    )


def test_what_is_no_line_of_the_summary_is_told_after_it() -> None:
    said = notes(policy())
    assert said is not None
    assert said.text == "It is short. The reason: we care. The wording is unclear here: “as as”."


def test_a_policy_that_says_no_more_has_no_notes() -> None:
    assert notes(evolve(policy(), header=evolve(policy().header, fields={}))) is None


def test_prose_stands_before_what_is_said_of_it() -> None:
    text = POLICY + 'note: text "One.", "Two." hedge "if we can" see section "Other"\n'
    (prose,) = policy_of(text).prose
    assert remark(policy(), prose.fields).text == "One. Two. In our words: “if we can”. See the section “Other”."
