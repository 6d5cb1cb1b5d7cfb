"""Conditions of statements, as code of the guard. Whatever comes from the policy goes in as a checked literal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from policyc.backends.enforce.names import literal
from policyc.language.words import Comparison, Unit
from policyc.model.policy import Fields, Policy, Statement, terms_of
from policyc.model.values import AllOf, Compared, Guard, Holds, OneOf, Terms
from policyc.semantics.clocks import starts_at, stops_at

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


def in_time(one: Statement) -> str:
    """What an act comes after has happened, and what it goes on until has not."""
    start, stop = starts_at(one), stops_at(one)
    return all_of([_happened(start) if start else ALWAYS, no(_happened(stop)) if stop else ALWAYS])


def _happened(events: Terms) -> str:
    parts = (f"_Happened({literal(event)})" for event in events.ids)
    return any_of(parts) if events.quantifier == "any" else all_of(parts)


def bases(policy: Policy, one: Statement) -> str:
    """One of the legal bases that a statement names, and one of those for specially protected data."""
    named = [terms_of(one.fields, field) for field in ("basis", "special_basis")]
    return all_of(any_of(_basis(policy, name) for name in names) for names in named if names)


def _basis(policy: Policy, name: str) -> str:
    """The conditions of a legal basis, and of all that it lies below."""
    term = policy.terms[name]
    return all_of([in_force(term.fields), *(_basis(policy, parent) for parent in term.parents)])


def _clause(fields: Fields, name: str, otherwise: str) -> str:
    guard = fields.get(name)
    return _guard(guard) if isinstance(guard, Holds | Compared | AllOf | OneOf) else otherwise


def _guard(guard: Guard) -> str:
    match guard:
        case Holds(fact):
            return f"_Holds({literal(fact)})"
        case Compared(since=True, unit=Unit() as unit):
            after = guard.comparison is Comparison.ABOVE
            return (
                f"_Since({literal(guard.subject)}, after={after}, number={guard.number:d}, unit={literal(unit.value)})"
            )
        case Compared():
            above = guard.comparison is Comparison.ABOVE
            return f"_Number({literal(guard.subject)}, above={above}, constant={guard.number:d})"
        case AllOf(parts):
            return all_of(_guard(part) for part in parts)
        case OneOf(parts):
            return any_of(_guard(part) for part in parts)
