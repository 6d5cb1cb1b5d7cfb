"""Policies for tests of the resolver: a head that declares one name of each kind, and what is said of the rest."""

from policyc.model.policy import Policy
from policyc.pipeline import in_order
from tests.policies import policy_of, resolve_text, said

HEAD = """\
language 1
party us "Us"
party partners "partners"
party ours "our group" including partners
subject people "people"
subject minors "minors" is people
data logs "logs"
data mails "mails" is logs
purpose safety "keep you safe"
purpose help "help you"
surface site "our site"
surface app "our app" is site
event visit "you visit us"
event leaving "you leave" after visit
fact agreed "you agreed"
fact refused "you refused"
fact age "your age" number
place europe "Europe"
law gdpr "the GDPR"
legal_basis consent "your consent" when agreed
legal_basis contract "our contract"
right access "get your data"
term personal "personal data"
channel post "a letter"
measure locks "locks"
message news "news"
system servers "our servers"
document contract_terms "our terms"
policy notice "Notice" controller us
"""
LINES = HEAD.count("\n")


def told(body: str) -> list[str]:
    """What is said of a body after the head; its first line counts as 1."""
    return [said(one, before=LINES) for one in in_order(resolve_text(HEAD + body)[1])]


def policy(body: str) -> Policy:
    """The policy of a sound body after the head."""
    return policy_of(HEAD + body)
