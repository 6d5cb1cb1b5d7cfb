"""When the clocks of statements end, as code of the guard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from policyc.backends.enforce import conditions
from policyc.backends.enforce.extents import ALL_DIMENSIONS, Rows, Space
from policyc.backends.enforce.names import literal
from policyc.language.verbs import VERBS
from policyc.language.words import Bound
from policyc.model.policy import Policy, Statement, terms_of
from policyc.model.values import Period, Terms

Lengths = tuple[tuple[int, str], ...]

_LATEST: Final = {Bound.EXACT, Bound.AT_MOST, Bound.ABOUT}
_EARLIEST: Final = {Bound.EXACT, Bound.AT_LEAST}


@frozen
class Clock:
    """How long a statement keeps data. `latest` and `duty` are code of an end, or None.

    It covers a record for certain that lies in `certain` in every dimension, and perhaps if it lies in `possible`.
    """

    statement: str
    guard: str
    latest: str | None
    duty: str | None
    certain: Mapping[str, Rows]
    possible: Mapping[str, Rows]


def clocks(policy: Policy, space: Space) -> tuple[Clock, ...]:
    """The clocks that set an end, by their statements' ids."""
    return tuple(
        Clock(
            one.id,
            conditions.in_force(one.fields),
            latest,
            duty,
            {name: space.covered(one, name, permits=True) for name in DIMENSIONS},
            {name: space.covered(one, name, permits=False) for name in DIMENSIONS},
        )
        for one in sorted(policy.statements, key=lambda one: one.id)
        if is_clock(one) and any((latest := latest_end(policy, one), duty := _duty(policy, one)))
    )


DIMENSIONS: Final = tuple(name for name in ALL_DIMENSIONS if name in VERBS["keep"].dimensions)
"""What records are told apart by."""


def is_clock(one: Statement) -> bool:
    """Whether a statement says how long data stays; that data may be deleted says nothing of that."""
    modalities = {"keep": ("may", "will", "must"), "delete": ("will", "must")}
    return one.modality in modalities.get(one.verb, ()) and not one.mood


def latest_end(policy: Policy, one: Statement, more: Lengths = ()) -> str | None:
    """The latest end of a statement's time, and some time after it; None if it sets none."""
    lag = one.fields.get("lag")
    period = _period(one, _LATEST)
    own = None if period is None else (_upper(period), *([_upper(lag)] if isinstance(lag, Period) else []))
    return _end(policy, one, own, more)


def _duty(policy: Policy, one: Statement) -> str | None:
    """The earliest end of a time for which data must be kept; None if it is no duty."""
    if (one.verb, one.modality) != ("keep", "must"):
        return None
    period = _period(one, _EARLIEST)
    return _end(policy, one, None if period is None else ((period.number, period.unit.value),), ())


def _end(policy: Policy, one: Statement, own: Lengths | None, more: Lengths) -> str | None:
    """The end of a period after events and after the ends of other statements; or `until`, if that is first."""
    starts: list[str] = []
    if own is not None:
        stages = [policy.statement(name) for name in terms_of(one.fields, "stage")]
        starts = [latest_end(policy, stage, (*own, *more)) or _NEVER for stage in stages]
        starts += _events(one.fields.get("event"), (*own, *more))
    ends = [*([_joined("_LastOf", starts)] if starts else []), *_events(one.fields.get("until"), more)]
    return _joined("_FirstOf", ends) if ends else None


_NEVER: Final = "_FirstOf(())"


def _events(named: object, lengths: Lengths) -> Iterator[str]:
    """Some time after the first of the events if they say `any`, else after the last."""
    if isinstance(named, Terms):
        spans = ", ".join(f"({number:d}, {literal(unit)})" for number, unit in lengths)
        tail = f", ({spans},)" if spans else ""
        parts = [f"_At({literal(name)}{tail})" for name in named.ids]
        yield _joined("_FirstOf" if named.quantifier == "any" else "_LastOf", parts)


def _joined(how: str, parts: Iterable[str]) -> str:
    found = list(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else f"{how}(({', '.join(found)}))"


def _period(one: Statement, bounds: set[Bound]) -> Period | None:
    """The period or deadline of a clock, if it sets such an end."""
    found = one.fields.get("period") or one.fields.get("deadline")
    return found if isinstance(found, Period) and found.bound in bounds else None


def _upper(period: Period) -> tuple[int, str]:
    return period.number if period.upper is None else period.upper, period.unit.value
