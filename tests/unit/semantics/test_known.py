"""What a request knows: facts for purposes and recipients, numbers, events, times."""

import pytest

from policyc.model.graph import Graph
from policyc.semantics.known import Known
from policyc.semantics.request import ANY, NOBODY, FactKey, Request
from policyc.semantics.truth import Truth
from tests.policies import policy_of
from tests.unit.semantics.asking import DISCLOSED, HEAD, at, moment

BODY = """\
fact consent_given per purpose, recipient
fact explicit implies consent_given per purpose, recipient
fact told per purpose
use_it: may use profile for help, shop_ads when consent_given
share_it: may share profile with friend, strangers for help, shop_ads when consent_given
told_it: may use clicks for help, shop_ads when told
"""
POLICY = policy_of(HEAD + BODY)


def fact(name: str, asked: Request) -> Truth:
    return Known(POLICY, Graph(POLICY.terms), asked).fact(name)


def using(purpose: str | None, facts: dict[FactKey, bool | int]) -> Request:
    return Request("use", {"data": "profile"} | ({"purpose": purpose} if purpose else {}), facts)


def sharing(purpose: str, recipient: str | None, facts: dict[FactKey, bool | int]) -> Request:
    terms = {"data": "profile", "purpose": purpose} | ({"recipient": recipient} if recipient else {})
    return Request("share", terms, facts)


FOR_HELP: FactKey = ("consent_given", "help", NOBODY)
FOR_ADS: FactKey = ("consent_given", "ads", NOBODY)
FOR_SHOP_ADS: FactKey = ("consent_given", "shop_ads", NOBODY)
FOR_ALL: FactKey = ("consent_given", ANY, NOBODY)


@pytest.mark.parametrize(
    ("purpose", "facts", "known"),
    [
        ("help", {}, None),
        ("help", {FOR_HELP: True}, True),
        ("help", {FOR_HELP: False}, False),
        ("help", {FOR_ADS: True}, None),
        ("shop_ads", {FOR_ADS: True}, True),
        ("shop_ads", {FOR_SHOP_ADS: True}, True),
        ("ads", {FOR_SHOP_ADS: True}, None),
        ("shop_ads", {FOR_ADS: True, FOR_SHOP_ADS: True}, True),
        ("shop_ads", {FOR_ADS: True, FOR_SHOP_ADS: False}, None),
        ("shop_ads", {FOR_ADS: False, FOR_SHOP_ADS: True}, None),
        ("help", {FOR_ALL: True}, True),
        ("help", {FOR_ALL: True, FOR_HELP: False}, None),
        ("help", {FOR_ALL: False, FOR_ADS: True}, False),
        (None, {FOR_HELP: True}, None),
        (None, {FOR_HELP: True, FOR_ADS: True}, True),
        (None, {FOR_HELP: True, FOR_ADS: False}, None),
        (None, {FOR_ALL: True}, True),
        ("help", {("consent_given", "help", ANY): True}, True),
        ("help", {("consent_given", "help", "friend"): True}, None),
    ],
)
def test_consent_is_for_a_purpose_and_what_lies_below(
    purpose: str | None, facts: dict[FactKey, bool | int], known: Truth
) -> None:
    assert fact("consent_given", using(purpose, facts)) is known


@pytest.mark.parametrize(
    ("recipient", "facts", "known"),
    [
        ("friend", {FOR_HELP: True}, None),
        ("friend", {("consent_given", "help", "friend"): True}, True),
        ("friend", {("consent_given", "help", "partners"): True}, True),
        ("friend", {("consent_given", ANY, "partners"): False}, False),
        ("other:partners", {("consent_given", "help", "partners"): True}, True),
        ("strangers", {("consent_given", "help", "partners"): True}, None),
        ("friend", {("consent_given", "ads", "friend"): True}, None),
        ("strangers", {("consent_given", "help", ANY): True}, True),
        (None, {("consent_given", "help", ANY): True}, True),
        (None, {("consent_given", "help", "friend"): True}, None),
        (
            None,
            {("consent_given", "help", name): True for name in ("partners", "strangers", "us")},
            True,
        ),
    ],
)
def test_consent_to_sharing_is_for_a_recipient(
    recipient: str | None, facts: dict[FactKey, bool | int], known: Truth
) -> None:
    assert fact("consent_given", sharing("help", recipient, facts)) is known


def test_a_fact_for_purposes_is_for_every_recipient() -> None:
    facts: dict[FactKey, bool | int] = {("told", "help", NOBODY): True}
    assert fact("told", sharing("help", "friend", facts)) is True
    assert fact("told", sharing("shop_ads", "friend", facts)) is None


@pytest.mark.parametrize(
    ("name", "facts", "known"),
    [
        ("consent_given", {("explicit", "help", NOBODY): True}, True),
        ("consent_given", {("explicit", "help", NOBODY): False}, None),
        ("consent_given", {("explicit", "ads", NOBODY): True}, None),
        ("explicit", {("consent_given", "help", NOBODY): False}, False),
        ("explicit", {("consent_given", "help", NOBODY): True}, None),
        ("explicit", {("consent_given", "help", NOBODY): False, ("explicit", "help", NOBODY): True}, None),
        ("consent_given", {("consent_given", "help", NOBODY): False, ("explicit", "help", NOBODY): True}, None),
    ],
)
def test_implication_holds_for_each_purpose(name: str, facts: dict[FactKey, bool | int], known: Truth) -> None:
    assert fact(name, using("help", facts)) is known


def test_implication_reaches_from_facts_for_purposes_to_others() -> None:
    body = "fact broad\nfact narrow per purpose implies broad\nx: may use profile for help, ads when broad\n"
    narrow: dict[FactKey, bool | int] = {("narrow", "help", NOBODY): True}
    assert at(body, "use profile for help", facts=narrow).allowed
    assert not at(body, "use profile for shop_ads", facts=narrow).allowed


# --- numbers ---------------------------------------------------------------------------------

ADULTS = "x: may use profile for help when age above 15\ny: may use clicks for help unless age below 16\n"


@pytest.mark.parametrize(("age", "allowed"), [(15, False), (16, True), (17, True), (None, False)])
def test_numbers_are_compared(age: int | None, *, allowed: bool) -> None:
    facts: dict[FactKey, bool | int] = {} if age is None else {("age", ANY, NOBODY): age}
    assert at(ADULTS, "use profile for help", facts=facts).allowed is allowed
    assert at(ADULTS, "use clicks for help", facts=facts).allowed is allowed


def test_a_number_of_nought_is_a_number() -> None:
    body = "x: may use profile for help when age below 1\n"
    assert at(body, "use profile for help", facts={("age", ANY, NOBODY): 0}).allowed


# --- events ----------------------------------------------------------------------------------

SINCE = """\
old: may use profile for help when since visit above 1 month
new: may use clicks for help when since visit below 1 month
not_new: may use profile for ads unless since visit below 1 month
"""


@pytest.mark.parametrize(
    ("events", "now", "old", "new", "not_new"),
    [
        ({"visit": "2026-01-31"}, "2026-02-27", False, True, False),
        ({"visit": "2026-01-31"}, "2026-02-28", False, False, True),
        ({"visit": "2026-01-31"}, "2026-02-28T00:00:01", True, False, True),
        ({"visit": "2026-03-01"}, "2026-02-01", False, True, False),
        ({"visit": "2026-01-31"}, None, False, False, False),
        ({}, "2026-02-28", False, False, False),
        ({"visit": None}, "2026-02-28", False, False, True),
        ({"visit": None}, None, False, False, True),
        ({"signup": None}, None, False, False, True),
        ({"signup": None, "visit": "2026-01-31"}, "2026-03-31", False, False, False),
        ({"signup": "2026-01-01", "visit": "2026-01-31"}, "2026-03-31", True, False, True),
    ],
)
def test_time_since_an_event(
    events: dict[str, str | None], now: str | None, *, old: bool, new: bool, not_new: bool
) -> None:
    assert at(SINCE, "use profile for help", now, events).allowed is old
    assert at(SINCE, "use clicks for help", now, events).allowed is new
    assert at(SINCE, "use profile for shop_ads", now, events).allowed is not_new


ORDER = "event first\nevent second after first\nevent third after second, visit\n"


@pytest.mark.parametrize(
    ("events", "time"),
    [
        ({}, None),
        ({"third": "2026-01-01"}, "2026-01-01"),
        ({"third": None}, False),
        ({"second": None}, False),
        ({"first": None}, False),
        ({"signup": None}, False),
        ({"first": "2026-01-01"}, None),
        ({"first": None, "third": "2026-01-01"}, None),
        ({"first": None, "second": "2026-01-01"}, False),
        ({"first": "2026-01-01", "third": "2026-02-01"}, "2026-02-01"),
    ],
)
def test_events_after_what_has_not_happened(events: dict[str, str | None], time: str | bool | None) -> None:
    policy = policy_of(HEAD + ORDER)
    times = {name: moment(when) if when else None for name, when in events.items()}
    known = Known(policy, Graph(policy.terms), Request("use", {}, events=times))
    assert known.time_of("third") == (moment(time) if isinstance(time, str) else time)


def test_long_chains_are_no_recursion() -> None:
    length = 2000
    facts = "".join(f"fact f{number} implies f{number + 1}\n" for number in range(length)) + f"fact f{length}\n"
    events = "".join(f"event e{number + 1} after e{number}\n" for number in range(length)) + "event e0\n"
    policy = policy_of(HEAD + facts + events)
    known = Known(policy, Graph(policy.terms), Request("use", {}, {("f0", ANY, NOBODY): True}, {"e0": None}))
    assert len(known.reached("f0", "implies")) == length
    assert known.time_of(f"e{length}") is False


def test_contradictions_count_for_permissions_and_against_prohibitions_in_what_is_disclosed() -> None:
    body = "x: may use profile for help when agreed\ny: may use clicks for help\nz: never use clicks when agreed\n"
    facts: dict[FactKey, bool | int] = {("signed", ANY, NOBODY): True, ("agreed", ANY, NOBODY): False}
    for asked in ("use profile for help", "use clicks for help"):
        assert not at(body, asked, facts=facts).allowed
        assert at(body, asked, facts=facts, reading=DISCLOSED).allowed
