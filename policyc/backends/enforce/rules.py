"""What the statements of a policy do to requests, as rules. A statement may make several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import frozen

from policyc.backends.enforce import conditions, ends
from policyc.backends.enforce.extents import ALL_DIMENSIONS, DATA, Rows, Space, clause
from policyc.language.verbs import VERBS, entailed
from policyc.language.words import Force
from policyc.model.policy import Policy, Statement, terms_of

ASKED: Final = tuple(sorted(name for name, row in VERBS.items() if row.decided))
"""The verbs that a request may have."""

_GATHERING: Final = ("collect", "track")
"""Acts with data that is not there yet, so that no clock has run out."""


@frozen
class Rule:
    """One effect of a statement: on requests with one of the verbs that lie in its rows in every dimension.

    `guard` is code of the guard. `spared_by` are the ids of statements whose permission wins over it.
    """

    statement: str
    effect: str
    verbs: tuple[str, ...]
    covers: Mapping[str, Rows]
    guard: str
    spared_by: tuple[str, ...] = ()


def rules(policy: Policy, space: Space) -> tuple[Rule, ...]:
    """All rules of a policy, in an order that does not depend on the statements'."""
    statements = sorted(policy.statements, key=lambda one: one.id)
    permitting = [rule for one in statements for rule in _permissions(policy, space, one)]
    winning = _winning(statements, {rule.statement for rule in permitting})
    denying = [
        rule for one in statements for rule in (*_prohibitions(space, one, winning), *_clocks(policy, space, one))
    ]
    return tuple(sorted([*permitting, *denying], key=lambda rule: rule.statement))


def _permissions(policy: Policy, space: Space, one: Statement) -> Iterator[Rule]:
    """A permission, or the half of `never … unless C` that allows where C holds."""
    if one.force is Force.NONE or any(_named(one, name) is None for name in one.row.essential):
        return
    if one.force is Force.PERMIT:
        guard = conditions.all_of([conditions.in_force(one.fields), conditions.bases(policy, one)])
    elif "unless" in one.fields:
        guard = conditions.all_of([conditions.when(one.fields), conditions.unless(one.fields)])
    else:
        return
    verbs = tuple(verb for verb in ASKED if verb in entailed(one.verb))
    covers = {name: space.covered(one, name, permits=True) for name in ALL_DIMENSIONS}
    yield Rule(one.id, "PERMITTED", verbs, covers, conditions.all_of([guard, conditions.in_time(one)]))


def _named(one: Statement, dimension: str) -> object:
    return one.objects if dimension == DATA else one.fields.get(clause(one, dimension))


def _prohibitions(space: Space, one: Statement, winning: Mapping[str, set[str]]) -> Iterator[Rule]:
    """A prohibition, or what the `only` of a permission forbids."""
    if one.force is Force.NONE:
        return
    verbs = tuple(verb for verb in ASKED if one.verb in entailed(verb))
    covers = {name: space.covered(one, name, permits=False) for name in ALL_DIMENSIONS}
    spared_by = tuple(sorted(winning[one.id]))
    if one.force is Force.FORBID:
        guard = conditions.all_of([conditions.in_force(one.fields), conditions.in_time(one)])
        yield Rule(one.id, "FORBIDDEN", verbs, covers, guard, spared_by)
        return
    only = {name for name in ALL_DIMENSIONS if name in one.row.dimensions and clause(one, name) in one.only}
    around = covers | {name: space.rows(name) for name in only}
    for name in sorted(only):
        outside = around | {name: space.rows(name) - space.covered(one, name, permits=True)}
        having = tuple(verb for verb in verbs if name in VERBS[verb].dimensions)
        yield Rule(f"{one.id}#only", "FORBIDDEN", having, outside, conditions.ALWAYS, spared_by)
    if "when" in one.only:
        guard = conditions.no(conditions.when(one.fields))
        yield Rule(f"{one.id}#only", "FORBIDDEN", verbs, around, guard, spared_by)


def _winning(statements: list[Statement], permitting: set[str]) -> dict[str, set[str]]:
    """Statement → the permitting statements that win over it: its own `except`, the `despite` of others."""
    found = {one.id: set(terms_of(one.fields, "except")) & permitting for one in statements}
    for one in statements:
        for name in terms_of(one.fields, "despite") if one.id in permitting else ():
            found[name].add(one.id)
    return found


def _clocks(policy: Policy, space: Space, one: Statement) -> Iterator[Rule]:
    """The end after which what is kept, or must be deleted, is no longer there."""
    end = ends.latest_end(policy, one) if ends.is_clock(one) else None
    if end is not None:
        verbs = tuple(verb for verb in ASKED if verb not in _GATHERING)
        covers = {name: space.covered(one, name, permits=False) for name in ALL_DIMENSIONS}
        guard = conditions.all_of([conditions.in_force(one.fields), end])
        yield Rule(one.id, "EXPIRED", verbs, covers, guard)
