"""Asks policies: by questions in the words of the language, and by requests with times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from attrs import evolve

from policyc.semantics.reference import Reference
from policyc.semantics.request import Decision, FactKey, Reading, Request, requests
from tests.policies import policy_of, question_of

HEAD = """\
language 1
party us "Us"
party friend "Friend"
party partners "partners" including friend
party strangers "strangers"
subject people "people"
subject adults "adults" is people
subject children "children" is people
data profile "profile"
data clicks "clicks"
data all_data "all data" exactly profile, clicks
purpose help "help you"
purpose ads "show ads"
purpose shop_ads "show ads for shops" is ads
surface site "our site"
surface app "our app"
place europe "Europe"
place asia "Asia"
system servers "servers"
fact agreed "you agreed"
fact objected "you objected"
fact signed "you signed" implies agreed
fact age "your age" number
event signup "you sign up"
event visit "you visit us" after signup
event leaving "you leave"
policy notice "Notice" controller us
"""

ENFORCED, DISCLOSED = Reading.ENFORCED, Reading.DISCLOSED


def ask(body: str, asked: str, reading: Reading = ENFORCED) -> Decision:
    """The answer to a question about a body after the head."""
    text = HEAD + body
    return Reference(policy_of(text), reading).answer(question_of(text, asked))


def allows(body: str, asked: str, reading: Reading = ENFORCED) -> bool:
    """Whether the answer is yes."""
    return ask(body, asked, reading).allowed


def request(body: str, asked: str) -> Request:
    """The one request of a question."""
    text = HEAD + body
    (found,) = requests(policy_of(text), question_of(text, asked))
    return found


def at(
    body: str,
    asked: str,
    now: str | None = None,
    events: Mapping[str, str | None] | None = None,
    facts: Mapping[FactKey, bool | int] | None = None,
    reading: Reading = ENFORCED,
) -> Decision:
    """The decision of a question's one request, with what is known besides. An event of None has not happened."""
    times = {name: moment(time) if time else None for name, time in (events or {}).items()}
    base = request(body, asked)
    made = evolve(base, now=moment(now) if now else None, events=times, facts={**base.facts, **(facts or {})})
    return Reference(policy_of(HEAD + body), reading).decide(made)


def moment(text: str) -> datetime:
    """A time in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
