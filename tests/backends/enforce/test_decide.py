"""How programs ask a guard, and what it answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from benchmarks.agreement.compare import load
from benchmarks.agreement.probes import NAIVE, UNKNOWN, accepted
from policyc.backends.enforce import build
from policyc.pipeline import compile_path
from tests.policies import ROOT, policy_of

NOW = datetime(2024, 3, 1, 12, tzinfo=UTC)

SHOP = """\
language 1
party us "Us"
party printers "printers" including blue, red
party blue "Blue"
party red "Red"
subject people "people"
data contact "contact details"
data email "email address" is contact
data phone "phone number" is contact
data access "door codes"
purpose business "run our business"
purpose ads "show ads" is business
purpose help "help you" is business
fact agreed "you agreed" per purpose
fact trusted "you trust them" per purpose, recipient
fact age "your age" number
event joined "you join"
policy shop "Shop"
    controller us
mail: may use email for help
calls: may use phone for help when agreed
adverts: may use email for ads when agreed unless age below 16
no_calls: never use phone for ads
prints: may share email with printers when trusted
codes: may share access with red by access
kept: will keep access for help at most 1 months after joined
"""


@pytest.fixture(name="shop", scope="module")
def _shop() -> ModuleType:
    return load(build(policy_of(SHOP)))


@pytest.fixture(name="every", scope="module")
def _every() -> ModuleType:
    policy = compile_path(ROOT / "tests/backends/enforce/every_rule.policy").policy
    assert policy is not None
    return load(build(policy))


def test_an_allowance_names_the_permissions(shop: ModuleType) -> None:
    decision = shop.decide(shop.Verb.USE, shop.Data.EMAIL, purpose=shop.Purpose.HELP)
    assert decision == shop.Decision(allowed=True, statements=("mail",), reason=shop.Reason.PERMITTED)


def test_a_denial_names_the_prohibitions(shop: ModuleType) -> None:
    decision = shop.decide(shop.Verb.USE, shop.Data.PHONE, purpose=shop.Purpose.ADS)
    assert decision == shop.Decision(allowed=False, statements=("no_calls",), reason=shop.Reason.FORBIDDEN)


def test_silence_names_nothing(shop: ModuleType) -> None:
    decision = shop.decide(shop.Verb.COLLECT, shop.Data.EMAIL, purpose=shop.Purpose.HELP)
    assert decision == shop.Decision(allowed=False, statements=(), reason=shop.Reason.SILENCE)


def test_a_decision_is_true_where_the_act_is_allowed(shop: ModuleType) -> None:
    assert shop.decide(shop.Verb.USE, shop.Data.EMAIL, purpose=shop.Purpose.HELP)
    assert not shop.decide(shop.Verb.USE, shop.Data.EMAIL, purpose=shop.Purpose.ADS)


def test_members_are_their_names(shop: ModuleType) -> None:
    assert shop.Data.EMAIL == "email"
    assert shop.decide("use", "email", purpose="help") == shop.decide(
        shop.Verb.USE, shop.Data.EMAIL, purpose=shop.Purpose.HELP
    )


def test_a_term_stands_for_all_below_it(shop: ModuleType) -> None:
    known: dict[str, Any] = {"purpose": "help", "facts": {"agreed": True}}
    assert shop.decide("use", "contact", **known).statements == ("calls", "mail")
    assert shop.decide("use", "contact", purpose="help").reason == "silence"
    assert shop.decide("use", "contact", purpose="ads").statements == ("no_calls",)


def test_a_prohibition_of_one_outweighs_silence_of_another(shop: ModuleType) -> None:
    decision = shop.decide("use", "contact", purpose="business")
    assert (decision.reason, decision.statements) == ("forbidden", ("no_calls",))


def test_a_word_is_no_term_of_that_name(shop: ModuleType) -> None:
    events = {"joined": None}
    assert shop.decide("share", "access", recipient="red", way="access", events=events)
    assert not shop.decide("share", "access", recipient="red", way="sale", events=events)


def test_unlisted_members_are_allowed_nothing(shop: ModuleType) -> None:
    trusted = {("trusted", "help", "printers"): True}
    assert shop.decide("share", "email", recipient="printers", purpose="help", facts=trusted)
    assert not shop.decide("share", "email", recipient="other:printers", purpose="help", facts=trusted)


def test_a_fact_alone_is_said_of_this_act(shop: ModuleType) -> None:
    assert shop.decide("use", "phone", purpose="help", facts={shop.Fact.AGREED: True})


def test_a_fact_for_a_purpose_holds_below_it_and_not_beside_it(shop: ModuleType) -> None:
    def ask(purpose: str) -> bool:
        return bool(shop.decide("use", "phone", purpose="help", facts={("agreed", purpose): True}))

    assert ask("help")
    assert ask("business")
    assert not ask("ads")


def test_a_fact_for_a_recipient_holds_for_it_only(shop: ModuleType) -> None:
    facts = {("trusted", "help", "red"): True}
    assert shop.decide("share", "email", recipient="red", purpose="help", facts=facts)
    assert not shop.decide("share", "email", recipient="blue", purpose="help", facts=facts)


def test_a_fact_for_a_purpose_alone_opens_no_sharing(shop: ModuleType) -> None:
    assert not shop.decide("share", "email", recipient="red", purpose="help", facts={("trusted", "help"): True})


def test_contradictory_facts_are_unknown(shop: ModuleType) -> None:
    facts = {("agreed", "help"): True, ("agreed", "business"): False}
    assert not shop.decide("use", "phone", purpose="help", facts=facts)


@pytest.mark.parametrize(("age", "allowed"), [(15, False), (16, True), (None, False)])
def test_numbers_are_compared(shop: ModuleType, age: int | None, allowed: bool) -> None:
    facts: dict[str, int] = {"agreed": True} | ({} if age is None else {"age": age})
    assert shop.decide("use", "email", purpose="ads", facts=facts).allowed is allowed


@pytest.mark.parametrize(
    ("events", "now", "reason"),
    [
        ({}, NOW, "expired"),
        ({"joined": NOW}, None, "expired"),
        ({"joined": None}, None, "permitted"),
        ({"joined": datetime(2024, 1, 31, tzinfo=UTC)}, datetime(2024, 2, 29, tzinfo=UTC), "permitted"),
        (
            {"joined": datetime(2024, 1, 31, tzinfo=UTC)},
            datetime(2024, 2, 29, tzinfo=UTC) + timedelta(seconds=1),
            "expired",
        ),
        ({"joined": datetime.max.replace(tzinfo=UTC)}, datetime.max.replace(tzinfo=UTC), "permitted"),
    ],
)
def test_clocks_run_out(shop: ModuleType, events: dict[str, Any], now: datetime | None, reason: str) -> None:
    assert shop.decide("keep", "access", purpose="help", events=events, now=now).reason == reason


@pytest.mark.parametrize("call", [*UNKNOWN, *NAIVE])
def test_wrong_calls_raise(every: ModuleType, call: str) -> None:
    assert call not in set(accepted(every))


def test_the_policy_of_wrong_calls_answers_right_ones(every: ModuleType) -> None:
    assert every.decide("share", "email") is not None


def test_the_message_names_what_is_unknown(shop: ModuleType) -> None:
    with pytest.raises(shop.UnknownTerm, match="no purpose 'adds'"):
        shop.decide("use", "email", purpose="adds")


def test_consents_and_objections_are_the_librarys_facts(every: ModuleType) -> None:
    def ask(**known: Any) -> bool:
        events = {"joined": None, "visited": None, "left": None}
        return bool(every.decide("use", "phone", purpose="ads", events=events, **known))

    assert ask(consents={"ads": True})
    assert ask(facts={("consent_given", "ads"): True})
    assert not ask(consents={"support": True})
    assert not ask(consents={("ads", "partners"): True})
    assert not ask(consents={"ads": True, "business": False})
    assert not ask(objections={"ads": True})


def test_consents_do_not_hinder_where_no_statement_asks_for_them(shop: ModuleType) -> None:
    assert shop.decide("use", "email", purpose="help", consents={"help": False}, objections={"help": True})


def test_a_policy_without_statements_allows_nothing() -> None:
    guard = load(build(policy_of('language 1\nparty us "Us"\ndata logs "logs"\npolicy p "P"\n    controller us\n')))
    assert guard.decide("use", "logs").reason == "silence"
