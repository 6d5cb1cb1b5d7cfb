"""Guards remember answers. What they remember is never another question's answer, and does not grow without end."""

from __future__ import annotations

from collections import UserDict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import product
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

import pytest

from benchmarks.agreement.compare import load
from benchmarks.agreement.probes import forgets
from policyc.backends.enforce import build
from policyc.pipeline import compile_path
from tests.policies import ROOT, compile_files

SHOP = """\
language 1
import consent from std.basis.gdpr
import processors from std.party.roles
party us "Us"
party helper "Helper" is processors
party partner "Partner"
data email "email address"
data access "door codes"
data logs "logs"
purpose ads "show ads"
purpose help "help you"
surface kiosk "our kiosk"
event joined "you join"
policy shop "Shop"
    controller us
adverts: may use email for ads basis consent
mail: may use email for help
not_for_helper: never use email for help on_behalf_of helper
tell: may share email with partner
not_there: never share email with partner on kiosk
codes: may use access for help
kept: will keep access for help at most 1 days after joined
"""


def guard_of(text: str, folder: Path) -> ModuleType:
    policy = compile_files(folder, {"shop.policy": text}).policy
    assert policy is not None
    return load(build(policy))


@pytest.fixture(name="shop")
def _shop(tmp_path: Path) -> ModuleType:
    return guard_of(SHOP, tmp_path)


def test_an_answer_is_remembered(shop: ModuleType) -> None:
    first = shop.decide("use", "email", purpose="ads", consents={"ads": True})
    assert shop.decide("use", "email", purpose="ads", consents={"ads": True}) is first


def test_members_and_their_texts_ask_the_same(shop: ModuleType) -> None:
    first = shop.decide("use", "email", purpose="ads", consents={"ads": True})
    ads = shop.Purpose.ADS
    assert shop.decide(shop.Verb.USE, shop.Data.EMAIL, purpose=ads, consents={ads: True}) is first


def test_a_mapping_is_read_at_each_call(shop: ModuleType) -> None:
    consents: dict[Any, bool] = {}
    told = []
    for value in (True, False, None, True):
        consents.update({} if value is None else {"ads": value})
        if value is None:
            consents.clear()
        told.append(shop.decide("use", "email", purpose="ads", consents=consents).allowed)
    assert told == [True, False, False, True]


@pytest.mark.parametrize("kind", [dict, MappingProxyType, UserDict])
def test_any_mapping_will_do(shop: ModuleType, kind: Any) -> None:
    for value in (True, False, True):
        assert shop.decide("use", "email", purpose="ads", consents=kind({"ads": value})).allowed is value


@pytest.mark.parametrize("value", [1, 1.0, 0, "True", None])
def test_what_equals_truth_is_none(shop: ModuleType, value: object) -> None:
    for truth in (True, False):
        shop.decide("use", "email", purpose="ads", consents={"ads": truth})
    for _ in range(2):
        with pytest.raises(shop.UnknownTerm, match="true or false"):
            shop.decide("use", "email", purpose="ads", consents={"ads": value})


def test_a_term_means_something_else_in_each_dimension(shop: ModuleType) -> None:
    whom: list[dict[str, Any]] = [{}, {"actor": "helper"}, {"on_behalf_of": "helper"}, {"actor": "partner"}]
    reasons = [shop.decide("use", "email", purpose="help", **each).reason.value for each in whom * 2]
    assert reasons == ["permitted", "permitted", "forbidden", "silence"] * 2


def test_consents_for_a_recipient_are_none_for_the_purpose(shop: ModuleType) -> None:
    for _ in range(2):
        assert shop.decide("use", "email", purpose="ads", consents={"ads": True})
        assert not shop.decide("use", "email", purpose="ads", consents={("ads", "partner"): True})
        with pytest.raises(shop.UnknownTerm):
            shop.decide("use", "email", purpose="ads", consents={("ads",): True, None: True})


def test_every_dimension_counts(tmp_path: Path) -> None:
    shop = guard_of(SHOP.replace("not_there:", "# not_there:"), tmp_path)
    more: list[dict[str, Any]] = [{}, {"surface": "kiosk"}, {"state": "anonymous"}, {"way": "sale"}]
    told = [shop.decide("share", "email", recipient="partner", **each).allowed for each in more * 2]
    assert told == [True, True, False, False] * 2


def test_wrong_calls_are_not_remembered(shop: ModuleType) -> None:
    for _ in range(2):
        with pytest.raises(shop.UnknownTerm):
            shop.decide("use", "emial", purpose="ads")
        with pytest.raises(TypeError):
            shop.decide("use", ["email"], purpose="ads")
    assert shop._ANSWERS == {}


class _Summer(tzinfo):
    """A zone that falls back one hour: the second time that a clock shows an hour, it is one hour less ahead."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        return timedelta(hours=1 if moment is not None and moment.fold else 2)

    def dst(self, moment: datetime | None) -> timedelta:
        return self.utcoffset(moment) - timedelta(hours=1)

    def tzname(self, moment: datetime | None) -> str:
        return f"{self.utcoffset(moment)}"


def test_times_are_looked_at_each_time(shop: ModuleType) -> None:
    """Two times that are equal for Python can be different moments."""
    joined = datetime(2024, 1, 1, 1, 0, tzinfo=UTC)
    zone = _Summer()
    first, second = (datetime(2024, 1, 2, 2, 30, fold=fold, tzinfo=zone) for fold in (0, 1))
    assert first == second
    for _ in range(2):
        for now, allowed in ((first, True), (second, False)):
            asked: dict[str, Any] = {"purpose": "help", "events": {"joined": joined}, "now": now}
            assert shop.decide("use", "access", **asked).allowed is allowed
    assert shop._ANSWERS == {}


def test_more_than_a_few_consents_are_answered_too(shop: ModuleType) -> None:
    many = {(purpose, "partner"): True for purpose in ("ads", "help")} | {"help": True}
    terms = {f"other{number}": False for number in range(3000)}
    assert not shop.decide("use", "email", purpose="ads", consents=many)
    assert shop.decide("use", "email", purpose="ads", consents=many | {"ads": True})
    with pytest.raises(shop.UnknownTerm):
        shop.decide("use", "email", purpose="ads", consents=terms)


def test_what_is_remembered_is_bounded() -> None:
    policy = compile_path(ROOT / "tests/backends/enforce/every_rule.policy").policy
    assert policy is not None
    assert forgets(load(build(policy)))


def test_threads_do_not_mix_answers_up(shop: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shop, "_MOST", 3)
    questions = list(product(("email", "access", "logs"), ("ads", "help"), (True, False)))

    def ask(number: int) -> bool:
        data, purpose, agreed = questions[number % len(questions)]
        decision = shop.decide("use", data, purpose=purpose, consents={"ads": agreed}, surface="kiosk")
        expected = {("email", "ads"): agreed, ("email", "help"): True}
        return decision.allowed is expected.get((data, purpose), False)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(4000)))
    assert len(shop._ANSWERS) <= 3 + 8
