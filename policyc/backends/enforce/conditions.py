"""Conditions of statements, as code of the guard. Whatever comes from the policy goes in as a checked literal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from policyc.backends.enforce.names import literal
from policyc.language.words import Bound, Comparison, Unit
from policyc.model.policy import Fields, Policy, Statement, terms_of
from policyc.model.values import AllOf, Compared, Guard, Holds, OneOf, Period, Terms

ALWAYS: Final = "_ALWAYS"
NEVER: Final = "_Any(())"


def all_of(parts: Iterable[str]) -> str:
    """The condition that all parts hold."""
    found = list(dict.fromkeys(part for part in parts if part != ALWAYS))
    if len(found) == 1:
        return found[0]
    return f"_All(({', '.join(found)}))" if found else ALWAYS


def any_of(parts: Iterable[str]) -> str:
    """The condition that a part holds."""
    found = list(dict.fromkeys(part for part in parts if part != NEVER))
    if ALWAYS in found:
        return ALWAYS
    if len(found) == 1:
        return found[0]
    return f"_Any(({', '.join(found)}))" if found else NEVER


def no(part: str) -> str:
    """The condition that the part does not hold."""
    return ALWAYS if part == NEVER else f"_Not({part})"


def when(fields: Fields) -> str:
    """What `when` asks for."""
    return _clause(fields, "when", ALWAYS)


def unless(fields: Fields) -> str:
    """What `unless` asks for; without the clause it never holds."""
    return _clause(fields, "unless", NEVER)


def in_force(fields: Fields) -> str:
    """`when`, and not `unless`."""
    return all_of([when(fields), no(unless(fields))])


def bases(policy: Policy, one: Statement) -> str:
    """One of the legal bases that a statement names."""
    names = terms_of(one.fields, "basis")
    return any_of(_basis(policy, name) for name in names) if names else ALWAYS


def _basis(policy: Policy, name: str) -> str:
    """The conditions of a legal basis, and of all that it lies below."""
    term = policy.terms[name]
    return all_of([in_force(term.fields), *(_basis(policy, parent) for parent in term.parents)])


def ended(one: Statement) -> str:
    """The latest moment has passed: an end that `until` names, or a period after the events."""
    periods = _periods(one)
    return any_of([_over(one.fields.get("event"), periods) if periods else NEVER, _over(one.fields.get("until"), [])])


def _over(events: object, periods: list[tuple[int, str]]) -> str:
    """The periods after the events have passed: after the first one if it says `any`, else after the last."""
    if not isinstance(events, Terms):
        return NEVER
    passed = [_time(name, periods) for name in events.ids]
    return any_of(passed) if events.quantifier == "any" else all_of(passed)


def _clause(fields: Fields, name: str, otherwise: str) -> str:
    guard = fields.get(name)
    return _guard(guard) if isinstance(guard, Holds | Compared | AllOf | OneOf) else otherwise


def _guard(guard: Guard) -> str:
    match guard:
        case Holds(fact):
            return f"_Holds({literal(fact)})"
        case Compared(since=True, unit=Unit() as unit):
            return _time(guard.subject, [(guard.number, unit.value)], after=guard.comparison is Comparison.ABOVE)
        case Compared():
            above = guard.comparison is Comparison.ABOVE
            return f"_Number({literal(guard.subject)}, above={above}, constant={guard.number:d})"
        case AllOf(parts):
            return all_of(_guard(part) for part in parts)
        case OneOf(parts):
            return any_of(_guard(part) for part in parts)


def _time(event: str, periods: list[tuple[int, str]], *, after: bool = True) -> str:
    lengths = ", ".join(f"({number:d}, {literal(unit)})" for number, unit in periods)
    tail = f", periods=({lengths},)" if lengths else ""
    return f"_Time({literal(event)}, after={after}{tail})"


def _periods(one: Statement) -> list[tuple[int, str]]:
    """The period that sets a latest moment, and the lag after it; none if it is at least a minimum."""
    period = one.fields.get("period") or one.fields.get("deadline")
    if not isinstance(period, Period) or period.bound is Bound.AT_LEAST:
        return []
    lag = one.fields.get("lag")
    return [_longest(period), *([_longest(lag)] if isinstance(lag, Period) else [])]


def _longest(period: Period) -> tuple[int, str]:
    return period.number if period.upper is None else period.upper, period.unit.value
