"""Ends worked out by hand: month ends, leap days, chains, ranges, holds, duties, the unknown and the open."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from policyc.semantics.calendar import LAST
from policyc.semantics.reference import Reference
from policyc.semantics.request import ANY, NOBODY, Request
from policyc.semantics.retention import Deadline, Retention, Status
from tests.policies import policy_of

HEAD = """\
language 1
party us "Us"
data logs "logs"
purpose safety "keep you safe"
purpose taxes "pay taxes"
event left "you leave"
event paid "you pay"
event lifted "the hold is lifted"
fact sued "we are sued"
policy notice "Notice" controller us
"""


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def gone(body: str, *, facts: dict[str, bool] | None = None, **events: str | None) -> Deadline:
    """When the logs must be gone; events with their days, or None if they have not happened."""
    known: dict[tuple[str, str, str], bool | int] = {
        (name, ANY, NOBODY): value for name, value in (facts or {}).items()
    }
    times = {name: day(text) if text else None for name, text in events.items()}
    return Retention(Reference(policy_of(HEAD + body))).must_be_gone_by(Request("keep", {"data": "logs"}, known, times))


CALENDAR = [
    ("30 days", "2024-01-31", "2024-03-01"),
    ("1 month", "2024-01-31", "2024-02-29"),
    ("1 month", "2023-01-31", "2023-02-28"),
    ("2 months", "2023-01-31", "2023-03-31"),
    ("1 year", "2024-02-29", "2025-02-28"),
    ("4 years", "2024-02-29", "2028-02-29"),
    ("at most 7 years", "2019-12-31", "2026-12-31"),
    ("about 2 weeks", "2026-11-20", "2026-12-04"),
    ("30 to 90 days", "2026-01-01", "2026-04-01"),
    ("1 minute", "2026-01-01T23:59:30", "2026-01-02T00:00:30"),
    ("at once", "2026-01-01T12:00", "2026-01-01T12:00"),
]


@pytest.mark.parametrize(("period", "start", "end"), CALENDAR)
def test_the_calendar(period: str, start: str, end: str) -> None:
    assert gone(f"k: will keep logs {period} after left\n", left=start) == Deadline(Status.SET, day(end), ("k",))


def test_the_largest_period_ends_where_the_calendar_does() -> None:
    assert gone("k: will keep logs 9999 years after left\n", left="2026-01-01").moment == LAST
    assert gone("k: will keep logs 9999 minutes after left\n", left="2026-01-01").moment == day("2026-01-07T22:39")


def test_a_lag_comes_after_the_period() -> None:
    assert gone("k: will delete logs 1 month after left lag 2 weeks\n", left="2026-01-31").moment == day("2026-03-14")


def test_a_chain_starts_at_the_rounded_end_of_the_stage_before() -> None:
    body = "live: will keep logs 1 month after left\nbackup: will keep logs for taxes 1 month after live\n"
    # 31 January, 28 February, 28 March; for safety the logs are gone in February.
    assert gone(body.replace("live: will keep logs", "live: will keep logs for safety"), left="2026-01-31") == Deadline(
        Status.SET, day("2026-03-28"), ("backup",)
    )


def test_a_chain_waits_for_its_first_stage() -> None:
    body = "live: will keep logs for safety 1 month after left\nbackup: will keep logs for taxes 1 month after live\n"
    assert gone(body, left=None) == Deadline(Status.OPEN, None, ("backup", "live"))
    assert gone(body) == Deadline(Status.UNKNOWN, None, ("backup", "live"))


def test_of_all_events_the_last_counts_and_of_any_the_first() -> None:
    known: dict[str, Any] = {"left": "2026-01-01", "paid": "2026-02-01"}
    assert gone("k: will keep logs 1 day after all left, paid\n", **known).moment == day("2026-02-02")
    assert gone("k: will keep logs 1 day after any left, paid\n", **known).moment == day("2026-01-02")
    assert gone("k: will keep logs 1 day after all left, paid\n", left="2026-01-01", paid=None).status is Status.OPEN
    assert gone("k: will keep logs 1 day after any left, paid\n", left="2026-01-01").status is Status.UNKNOWN


def test_the_longest_purpose_counts_and_for_one_purpose_the_shortest_clock() -> None:
    body = "s: will keep logs for safety 30 days after left\nt: will keep logs for taxes 7 years after left\n"
    assert gone(body, left="2026-01-01") == Deadline(Status.SET, day("2033-01-01"), ("t",))
    body += "any_use: will delete logs at most 1 year after left\n"
    assert gone(body, left="2026-01-01") == Deadline(Status.SET, day("2027-01-01"), ("any_use",))


def test_a_duty_stops_the_latest_end() -> None:
    body = "k: will delete logs 30 days after left\nd: must keep logs for taxes at least 7 years after paid\n"
    assert gone(body, left="2026-01-01", paid="2026-01-01") == Deadline(Status.SET, day("2033-01-01"), ("d",))
    assert gone(body, left="2026-01-01", paid="2010-01-01") == Deadline(Status.SET, day("2026-01-31"), ("k",))
    assert gone(body, left="2026-01-01", paid=None) == Deadline(Status.HELD, None, ("d",))
    assert gone(body, left="2026-01-01") == Deadline(Status.UNKNOWN, None, ("d",))


def test_a_hold_stops_the_latest_end_until_it_is_lifted() -> None:
    body = "k: will delete logs 30 days after left\nhold: must keep logs until lifted when sued\n"
    known: dict[str, Any] = {"left": "2026-01-01"}
    assert gone(body, facts={"sued": False}, **known).moment == day("2026-01-31")
    assert gone(body, facts={"sued": True}, lifted=None, **known).status is Status.HELD
    assert gone(body, facts={"sued": True}, lifted="2030-05-05", **known).moment == day("2030-05-05")
    assert gone(body, **known).status is Status.UNKNOWN


def test_a_clock_that_may_not_count_sets_nothing() -> None:
    assert gone("k: will keep logs 30 days after left unless sued\n", left="2026-01-01").status is Status.UNKNOWN
    assert gone(
        "k: will keep logs 30 days after left unless sued\n", facts={"sued": True}, left="2026-01-01"
    ) == Deadline(Status.UNSAID)


@pytest.mark.parametrize(
    "body",
    [
        "k: will keep logs 30 days\n",
        "k: will keep logs at least 7 years after left\n",
        "k: never keep logs until left\n",
        "k: law says must keep logs 30 days after left\n",
        "k: may use logs for safety\n",
    ],
)
def test_without_an_end_nothing_is_said(body: str) -> None:
    assert gone(body, left="2026-01-01") == Deadline(Status.UNSAID)
