"""Clocks: until when collected data may be used."""

from collections.abc import Mapping

import pytest

from policyc.semantics.request import Reason
from tests.unit.semantics.asking import DISCLOSED, at

USES = "may use profile, clicks for help, ads\n"
Events = Mapping[str, str | None]
VISIT: Events = {"visit": "2026-01-31"}


def allowed(body: str, now: str | None, events: Events, asked: str = "use profile for help") -> bool:
    return at(USES + body, asked, now, events).allowed


# --- the latest moment -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "last"),
    [
        ("30 days", "2026-03-02"),
        ("at most 30 days", "2026-03-02"),
        ("about 30 days", "2026-03-02"),
        ("30 to 90 days", "2026-05-01"),
        ("1 month", "2026-02-28"),
        ("2 months", "2026-03-31"),
        ("1 year", "2027-01-31"),
        ("at once", "2026-01-31"),
        ("1 month lag 2 weeks", "2026-03-14"),
        ("1 month lag 1 to 2 months", "2026-04-28"),
        ("at once lag 24 hours", "2026-02-01"),
    ],
)
def test_an_exact_period_a_maximum_and_the_end_of_a_range(period: str, last: str) -> None:
    body = f"x: will keep profile {period} after visit\n"
    assert allowed(body, last, VISIT)
    assert not allowed(body, f"{last}T00:00:01", VISIT)
    assert allowed(body, "2025-01-01", VISIT)


def test_a_minimum_sets_no_latest_moment() -> None:
    assert allowed("x: must keep profile at least 7 years after visit\n", "2099-01-01", VISIT)
    assert allowed("x: must keep profile at least 7 years after visit\n", None, {})
    assert allowed("x: must keep profile at least 7 years after visit lag 2 weeks\n", "2099-01-01", VISIT)


def test_a_clock_that_has_run_out_is_the_reason() -> None:
    decision = at(USES + "x: will keep profile 3 days after visit\n", "use profile for help", "2026-03-01", VISIT)
    assert (decision.allowed, decision.reason, decision.statements) == (False, Reason.EXPIRED, ("x",))


def test_a_prohibition_is_told_before_a_clock() -> None:
    body = "x: will keep profile 3 days after visit\ny: never use profile\n"
    assert at(USES + body, "use profile for help", "2026-03-01", VISIT).reason is Reason.FORBIDDEN


@pytest.mark.parametrize(
    "body",
    [
        "x: will keep profile after visit\n",
        "x: will keep profile 3 days\n",
        "x: will keep profile 3 days hole event\n",
        "x: will keep profile hole period after visit\n",
        "x: never keep profile 3 days after visit\nmay keep profile despite x\n",
        "x: law says must keep profile 3 days after visit\n",
        "x: will delete profile after visit\n",
        "x: may use profile for help after visit\n",
        "x: will track profile for help 3 days after visit\n",
        "x: will store profile after visit\n",
    ],
)
def test_what_is_no_clock(body: str) -> None:
    assert allowed(body, "2099-01-01", VISIT)
    assert allowed(body, None, {})


@pytest.mark.parametrize("modality", ["may", "will", "must"])
def test_permissions_and_promises_set_clocks(modality: str) -> None:
    assert not allowed(f"x: {modality} keep profile 3 days after visit\n", "2026-03-01", VISIT)


@pytest.mark.parametrize("clauses", ["3 days after visit", "within 3 days after visit", "until visit"])
def test_deleting_sets_clocks_too(clauses: str) -> None:
    assert not allowed(f"x: will delete profile {clauses}\n", "2026-03-01", VISIT)
    assert allowed(f"x: will delete profile {clauses}\n", "2026-01-31", VISIT)


# --- unknown ---------------------------------------------------------------------------------


@pytest.mark.parametrize("clauses", ["3 days after visit", "until visit"])
def test_what_is_unknown_denies_and_what_has_not_happened_does_not(clauses: str) -> None:
    body = f"x: will keep profile {clauses}\n"
    assert not allowed(body, "2026-03-01", {})
    assert not allowed(body, None, VISIT)
    assert not allowed(body, None, {})
    assert allowed(body, "2026-03-01", {"visit": None})
    assert allowed(body, None, {"visit": None})
    assert allowed(body, None, {"signup": None})
    assert not allowed(body, "2026-03-01", {"signup": None, "visit": "2026-02-28"})


def test_what_is_unknown_is_disclosed() -> None:
    body = USES + "x: will keep profile 3 days after visit\n"
    assert at(body, "use profile for help", reading=DISCLOSED).allowed
    assert not at(body, "use profile for help", "2026-03-01", VISIT, reading=DISCLOSED).allowed


# --- several events --------------------------------------------------------------------------

BOTH: Events = {"visit": "2026-01-10", "leaving": "2026-02-10"}


@pytest.mark.parametrize("clause", ["2 days after {} visit, leaving", "until {} visit, leaving"])
@pytest.mark.parametrize(("quantifier", "first"), [("any", True), ("all", False)])
def test_any_event_means_the_first_and_all_the_last(clause: str, quantifier: str, *, first: bool) -> None:
    body = f"x: will keep profile {clause.format(quantifier)}\n"
    assert allowed(body, "2026-01-10", BOTH)
    assert allowed(body, "2026-01-20", BOTH) is not first
    assert not allowed(body, "2026-02-20", BOTH)
    assert allowed(body, "2026-01-20", {**BOTH, "leaving": None}) is not first
    assert not allowed(body, "2026-02-20", {"visit": "2026-01-10"})
    assert allowed(body, "2026-01-05", {"visit": "2026-01-10"}) is not first


def test_a_period_and_an_end() -> None:
    body = "x: will keep profile 1 year after visit until leaving\n"
    assert allowed(body, "2026-02-09", BOTH)
    assert not allowed(body, "2026-02-11", BOTH)
    assert not allowed(body, "2027-02-11", {**BOTH, "leaving": None})


def test_until_takes_no_period_and_no_lag() -> None:
    assert not allowed("x: will keep profile 1 year lag 1 year until leaving\n", "2026-02-11", BOTH)


# --- what a clock covers ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "is_covered"),
    [
        ("use profile for help", True),
        ("use clicks for help", False),
        ("use profile for shop_ads", False),
        ("share profile with friend for help", True),
        ("share profile with friend", True),
        ("store profile for help", True),
        ("keep profile for help", True),
        ("transfer profile at servers for help", True),
        ("derive profile for help", True),
        ("collect profile for help", False),
        ("track profile for help", False),
        ("use profile for help as anonymous", False),
    ],
)
def test_a_clock_covers_what_is_done_with_collected_data(asked: str, *, is_covered: bool) -> None:
    body = """\
may use profile as any_state for help, ads
may share profile with friend for help
may share profile with friend
may store profile
may transfer profile at servers
may derive profile for help
may track profile for help
x: will keep profile 3 days after visit for help
"""
    assert at(USES + body, asked, "2026-03-01", {"visit": None}).allowed
    assert at(USES + body, asked, "2026-03-01", VISIT).allowed is not is_covered


def test_a_clock_without_a_purpose_covers_all_purposes() -> None:
    body = "x: will keep profile 3 days after visit\n"
    assert not allowed(body, "2026-03-01", VISIT)
    assert not allowed(body, "2026-03-01", VISIT, "use profile for shop_ads")
    assert allowed(body, "2026-03-01", VISIT, "use clicks for help")


def test_a_clock_covers_what_it_may_cover() -> None:
    some = "x: will keep some of profile 3 days after visit\n"
    adults = "x: will keep profile of adults 3 days after visit\n"
    assert not allowed(some, "2026-03-01", VISIT)
    assert not allowed(adults, "2026-03-01", VISIT)
    assert allowed(adults, "2026-03-01", VISIT, "use profile for help of children")
    assert at(USES + some, "use profile for help", "2026-03-01", VISIT, reading=DISCLOSED).allowed


@pytest.mark.parametrize(
    ("guard", "asked", "counts"),
    [
        ("when agreed", "use profile for help when agreed", True),
        ("when agreed", "use profile for help", True),
        ("when agreed", "use profile for help unless agreed", False),
        ("unless agreed", "use profile for help when agreed", False),
        ("unless agreed", "use profile for help", True),
    ],
)
def test_a_clock_counts_unless_its_guard_is_false(guard: str, asked: str, *, counts: bool) -> None:
    body = f"x: will keep profile 3 days after visit {guard}\n"
    assert allowed(body, "2026-03-01", VISIT, asked) is not counts


def test_the_shortest_of_several_clocks_counts() -> None:
    body = "x: will keep profile 3 days after visit\ny: will keep profile 1 year after visit\n"
    decision = at(USES + body, "use profile for help", "2026-03-01", VISIT)
    assert decision.statements == ("x",)
    later = at(USES + body, "use profile for help", "2028-03-01", VISIT)
    assert later.statements == ("x", "y")


def test_a_basis_is_no_condition_of_a_clock() -> None:
    body = "legal_basis consent when agreed\nx: will keep profile 3 days after visit basis consent\n"
    assert not allowed(body, "2026-03-01", VISIT, "use profile for help unless agreed")


def test_beyond_the_calendar_nothing_has_ended() -> None:
    assert allowed("x: will keep profile 9999 years after visit\n", "9999-12-31", VISIT)
    assert allowed("x: will keep profile 9999 years after visit lag 9999 years\n", "9999-12-31", VISIT)
