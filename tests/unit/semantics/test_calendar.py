"""Calendar arithmetic."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policyc.language.words import MOST_OF_A_UNIT, Unit
from policyc.semantics.calendar import LAST, add


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "number", "unit", "end"),
    [
        ("2026-01-31", 1, Unit.MONTH, "2026-02-28"),
        ("2028-01-31", 1, Unit.MONTH, "2028-02-29"),
        ("2026-01-31", 2, Unit.MONTH, "2026-03-31"),
        ("2026-01-31", 3, Unit.MONTH, "2026-04-30"),
        ("2026-12-31", 2, Unit.MONTH, "2027-02-28"),
        ("2026-11-30", 1, Unit.MONTH, "2026-12-30"),
        ("2026-12-15", 1, Unit.MONTH, "2027-01-15"),
        ("2028-02-29", 1, Unit.YEAR, "2029-02-28"),
        ("2028-02-29", 4, Unit.YEAR, "2032-02-29"),
        ("1896-02-29", 4, Unit.YEAR, "1900-02-28"),
        ("2028-02-29", 12, Unit.MONTH, "2029-02-28"),
        ("2026-02-28", 1, Unit.DAY, "2026-03-01"),
        ("2028-02-28", 1, Unit.DAY, "2028-02-29"),
        ("2026-12-25", 2, Unit.WEEK, "2027-01-08"),
        ("2026-12-31T23:30:00", 45, Unit.MINUTE, "2027-01-01T00:15:00"),
        ("2026-12-31T23:30:00", 25, Unit.HOUR, "2027-01-02T00:30:00"),
        ("2026-01-31T12:34:56", 1, Unit.MONTH, "2026-02-28T12:34:56"),
        ("2026-05-05", 0, Unit.DAY, "2026-05-05"),
        ("2026-05-31", 0, Unit.MONTH, "2026-05-31"),
        ("9999-12-01", 0, Unit.YEAR, "9999-12-01"),
        ("9999-11-30", 1, Unit.MONTH, "9999-12-30"),
    ],
)
def test_units_add_as_calendars_do(start: str, number: int, unit: Unit, end: str) -> None:
    assert add(day(start), number, unit) == day(end)


def test_stages_start_at_the_rounded_end_of_the_one_before() -> None:
    assert add(add(day("2026-01-31"), 1, Unit.MONTH), 1, Unit.MONTH) == day("2026-03-28")


@pytest.mark.parametrize(
    ("start", "number", "unit"),
    [
        ("9999-12-31", 1, Unit.DAY),
        ("9999-12-31T23:59:00", 1, Unit.MINUTE),
        ("9999-12-31", 1, Unit.MONTH),
        ("9999-01-01", 1, Unit.YEAR),
        ("2026-01-01", MOST_OF_A_UNIT, Unit.YEAR),
        ("9200-01-01", MOST_OF_A_UNIT, Unit.MONTH),
        ("9990-01-01", MOST_OF_A_UNIT, Unit.WEEK),
    ],
)
def test_what_lies_beyond_the_calendar_is_its_end(start: str, number: int, unit: Unit) -> None:
    assert add(day(start), number, unit) == LAST
    assert add(LAST, number, unit) == LAST


def test_months_end_in_utc() -> None:
    tokyo = timezone(timedelta(hours=9))
    new_year = datetime(2026, 3, 1, 5, tzinfo=tokyo)  # 28 February, 20:00 in UTC
    assert add(new_year, 1, Unit.MONTH) == datetime(2026, 3, 28, 20, tzinfo=UTC)
    assert add(new_year, 1, Unit.MONTH).tzinfo is UTC


def test_a_moment_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        add(datetime(2026, 1, 1), 1, Unit.DAY)  # noqa: DTZ001 - that is the point


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(9000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(0, MOST_OF_A_UNIT),
    st.integers(0, MOST_OF_A_UNIT),
    st.sampled_from(Unit),
)
def test_longer_is_never_earlier(start: datetime, one: int, other: int, unit: Unit) -> None:
    shorter, longer = sorted((one, other))
    assert start <= add(start, shorter, unit) <= add(start, longer, unit) <= LAST
