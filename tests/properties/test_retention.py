"""Until when data may be used, and when it must be gone: the guard answers as the reference, and both as decided."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from attrs import evolve, frozen
from hypothesis import given, note, settings
from hypothesis import strategies as st

from benchmarks.agreement.compare import load
from policyc.backends.enforce import build
from policyc.language.words import UNITS
from policyc.model.policy import Policy
from policyc.semantics.calendar import LAST
from policyc.semantics.reference import Reference
from policyc.semantics.request import NOBODY, Reason, Request
from policyc.semantics.retention import Deadline, Retention, Status
from tests.policies import policy_of

SETTINGS = settings(max_examples=250, deadline=None)

HEAD = """\
language 1
party us "Us"
subject adults "adults"
subject children "children"
data logs "logs"
data clicks "clicks" is logs
data visits "visits" is logs
purpose safety "keep you safe"
purpose taxes "pay taxes"
event joined "you join"
event left "you leave" after joined
event won "our case is won"
fact sued "we are sued"
fact agreed "you agreed" per purpose
policy notice "Notice" controller us
of adults, children {
    may use logs for safety, taxes
}
"""
EVENTS = ("joined", "left", "won")
DATA = ("clicks", "visits")
PURPOSES = ("safety", "taxes")
SUBJECTS = (None, "adults", "children")

numbers = st.sampled_from([0, 1, 2, 12, 13, 30, 31, 365, 9998, 9999])
bounds = st.sampled_from(["", "", "at most ", "at least ", "about "])
units = st.sampled_from(sorted(UNITS)).filter(lambda unit: unit.endswith("s"))


@st.composite
def periods(draw: st.DrawFn) -> str:
    """A period as it is written."""
    low, high = sorted(draw(st.tuples(numbers, numbers)))
    unit = draw(units)
    return f"{low} to {high} {unit}" if low < high and draw(st.booleans()) else f"{draw(bounds)}{low} {unit}"


@st.composite
def clocks(draw: st.DrawFn, number: int, before: list[str]) -> str:
    """A statement that keeps or deletes; it may start where one before it ends."""
    verb = draw(st.sampled_from(["will keep", "must keep", "must keep", "may keep", "will delete", "never keep"]))
    parts = [f"c{number}: {verb} {draw(st.sampled_from(('logs', *DATA)))}"]
    parts += draw(st.sampled_from([[], ["of adults"], ["of children"]]))
    parts += draw(st.sampled_from([[], ["for safety"], ["for taxes"]]))
    if verb == "never keep":
        return " ".join(parts)
    ends = draw(st.sampled_from(["period", "period", "until", "both"]))
    if ends != "until":
        starts = [draw(_events)]
        if before and draw(st.sampled_from([True, False])):
            starts = [draw(st.sampled_from(before)), *draw(st.sampled_from([[], [EVENTS[0]]]))]
        parts += [draw(periods()), f"after {', '.join(starts)}"]
        parts.append(draw(st.sampled_from(["", f"lag {draw(numbers)} days"])))
    if ends != "period":
        parts.append(f"until {draw(_events)}")
    parts += draw(
        st.sampled_from(
            [[], [], ["when sued"], ["unless sued"], ["unless agreed"], ["when since joined above 30 days"]]
        )
    )
    return " ".join(parts)


_several = st.lists(st.sampled_from(EVENTS), min_size=1, max_size=3, unique=True).map(", ".join)
_events = st.sampled_from(EVENTS) | st.builds("{} {}".format, st.sampled_from(["any", "all"]), _several)


@st.composite
def policies(draw: st.DrawFn) -> str:
    """Some clocks, of which later ones may come after earlier ones."""
    lines: list[str] = []
    for number in range(draw(st.integers(1, 4))):
        before = [line.split(":")[0] for line in lines if "never" not in line]
        lines.append(draw(clocks(number, before)))
    return HEAD + "\n".join(lines) + "\n"


moments = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(lambda time: time.replace(tzinfo=UTC))  # noqa: DTZ001
usual = st.sampled_from(
    [datetime(2024, 2, 29, tzinfo=UTC), datetime(2023, 12, 31, 23, 59, tzinfo=UTC), datetime(2024, 1, 31, tzinfo=UTC)]
)


@frozen
class Asked:
    """A record, and what is known of it."""

    data: str
    purpose: str
    subject: str | None
    facts: dict[str, bool]
    events: dict[str, datetime | None]
    now: datetime | None


questions = st.builds(
    Asked,
    st.sampled_from(DATA),
    st.sampled_from(PURPOSES),
    st.sampled_from(SUBJECTS),
    st.dictionaries(st.sampled_from(["sued", "agreed"]), st.booleans()),
    st.dictionaries(st.sampled_from(EVENTS), st.none() | usual | usual | moments, min_size=1),
    st.none() | usual | moments,
)


def reference_says(policy: Policy, asked: Asked) -> tuple[Deadline, Deadline]:
    """The end for the purpose, and that of the record."""
    retention = Retention(Reference(policy))
    request = request_of(asked)
    for_purpose = evolve(request, terms={**request.terms, "purpose": asked.purpose})
    return retention.expires_at(for_purpose), retention.must_be_gone_by(request)


def request_of(asked: Asked) -> Request:
    terms = {"data": asked.data, **({"subject": asked.subject} if asked.subject else {})}
    purposes = {"sued": ("*",), "agreed": PURPOSES}
    facts: dict[tuple[str, str, str], bool | int] = {
        (fact, purpose, NOBODY): value for fact, value in asked.facts.items() for purpose in purposes[fact]
    }
    return Request("keep", terms, facts, asked.events, asked.now)


def guard_says(guard: Any, asked: Asked) -> tuple[Any, Any]:
    facts = {
        ("agreed", purpose) if name == "agreed" else name: value
        for name, value in asked.facts.items()
        for purpose in PURPOSES
    }
    known = {"subject": asked.subject, "facts": facts, "events": asked.events, "now": asked.now}
    return guard.expires_at(asked.data, asked.purpose, **known), guard.must_be_gone_by(asked.data, **known)


def plain(deadline: Any) -> tuple[str, datetime | None, tuple[str, ...]]:
    return deadline.status.value, deadline.moment, deadline.statements


@SETTINGS
@given(policies(), st.lists(questions, min_size=8, max_size=8))
def test_the_guard_tells_the_same_ends_as_the_reference(text: str, asked: list[Asked]) -> None:
    note(text)
    policy = policy_of(text)
    guard = load(build(policy))
    for one in asked:
        said = [plain(deadline) for deadline in reference_says(policy, one)]
        assert [plain(deadline) for deadline in guard_says(guard, one)] == said, one


@SETTINGS
@given(policies(), questions)
def test_what_has_ended_is_denied_and_nothing_else_has_expired(text: str, asked: Asked) -> None:
    note(text)
    policy = policy_of(text)
    end, _ = reference_says(policy, asked)
    if "since" in text or asked.now is None or asked.subject is None:
        return
    request = evolve(request_of(asked), verb="use")
    request = evolve(request, terms={**request.terms, "purpose": asked.purpose})

    def has_expired(now: datetime) -> bool:
        return Reference(policy).decide(evolve(request, now=now)).reason is Reason.EXPIRED

    if end.moment is not None:
        assert not has_expired(end.moment)
        assert end.moment == LAST or has_expired(end.moment + timedelta(microseconds=1))
    elif end.status in {Status.OPEN, Status.UNSAID}:
        assert not has_expired(LAST)


@SETTINGS
@given(policies(), questions)
def test_knowing_less_never_sets_another_end(text: str, asked: Asked) -> None:
    """Without the time of an event, or a fact, an end is the same or unknown: nothing is swept too early."""
    note(text)
    policy = policy_of(text)
    ignorant = evolve(asked, events={}, facts={})
    for whole, less in zip(reference_says(policy, asked), reference_says(policy, ignorant), strict=True):
        assert less.status is not Status.SET or less == whole


@SETTINGS
@given(policies(), questions)
def test_a_record_is_gone_at_the_same_time_whatever_it_is_asked_for(text: str, asked: Asked) -> None:
    note(text)
    retention, request = Retention(Reference(policy_of(text))), request_of(asked)
    for_purpose = evolve(request, terms={**request.terms, "purpose": asked.purpose})
    assert retention.must_be_gone_by(for_purpose) == retention.must_be_gone_by(request)


@SETTINGS
@given(policies(), questions)
def test_a_record_stays_as_long_as_any_of_its_purposes(text: str, asked: Asked) -> None:
    note(text)
    policy = policy_of(text)
    gone = reference_says(policy, asked)[1]
    ends = [reference_says(policy, evolve(asked, purpose=purpose))[0] for purpose in PURPOSES]
    if gone.moment is not None:
        assert all(end.moment is None or end.moment <= gone.moment for end in ends)
    assert gone.status is not Status.UNSAID or all(end.status is Status.UNSAID for end in ends)


def test_the_drawn_cases_meet_every_status() -> None:
    met: Counter[Status] = Counter()

    @given(policies(), st.lists(questions, min_size=4, max_size=4))
    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    def count(text: str, asked: list[Asked]) -> None:
        policy = policy_of(text)
        for one in asked:
            met.update(deadline.status for deadline in reference_says(policy, one))

    count()
    assert {status for status in Status if met[status] < 10} == set()
