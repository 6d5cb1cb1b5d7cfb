"""An act after an event waits until the event has happened: one that is still to come has not."""

from datetime import UTC, datetime
from typing import Any

import pytest

from benchmarks.agreement.compare import load
from policyc.backends.enforce import build
from policyc.semantics.reference import Reference
from policyc.semantics.request import LONG_AGO, Request
from tests.policies import policy_of

POLICY = policy_of("""\
language 1
party us "Us"
data logs "logs"
data clicks "clicks"
purpose help "help"
event sold "we are sold"
policy p "P"
    controller us
may use logs for help after sold
may use clicks for help until sold
""")
NOW, BEFORE, LATER = (datetime(2026, 1, day, tzinfo=UTC) for day in (2, 1, 3))

CASES: list[tuple[dict[str, Any], datetime | None, bool, bool]] = [
    ({"sold": BEFORE}, NOW, True, False),
    ({"sold": NOW}, NOW, True, False),
    ({"sold": LATER}, NOW, False, True),
    ({"sold": LATER}, None, False, False),
    ({"sold": BEFORE}, None, False, False),
    ({"sold": LONG_AGO}, None, True, False),
    ({"sold": None}, None, False, True),
    ({}, NOW, False, False),
]
"""Events, the present moment, and whether logs and clicks may be used."""


@pytest.mark.parametrize(("events", "now", "logs", "clicks"), CASES)
def test_both_engines_wait(events: dict[str, Any], now: datetime | None, logs: bool, clicks: bool) -> None:
    guard = load(build(POLICY))
    for data, allowed in (("logs", logs), ("clicks", clicks)):
        request = Request("use", {"data": data, "purpose": "help"}, events=events, now=now)
        assert Reference(POLICY).decide(request).allowed is allowed
        assert guard.decide("use", data, purpose="help", events=events, now=now).allowed is allowed
