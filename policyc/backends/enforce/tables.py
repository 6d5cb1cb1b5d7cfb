"""A policy's rules as the tables of its guard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from policyc.backends.enforce.conditions import ALWAYS
from policyc.backends.enforce.ends import DIMENSIONS as RECORDED
from policyc.backends.enforce.ends import Clock
from policyc.backends.enforce.extents import ALL_DIMENSIONS, DATA, Row, Space, kinds
from policyc.backends.enforce.names import literal
from policyc.backends.enforce.rules import ASKED, Rule
from policyc.language.verbs import VERBS
from policyc.model.graph import OTHER
from policyc.model.policy import Policy, terms_of, words_of

CONSENT: Final = "std.fact.consent.consent_given"
OBJECTION: Final = "std.fact.consent.objection"


def tables(policy: Policy, space: Space, rules: tuple[Rule, ...], kept: tuple[Clock, ...]) -> str:
    """The text of the tables."""
    blocks = [
        (
            "What each statement does with what it covers, and the rule's bit in the tables below.",
            _rules(rules),
        ),
        ("Verb → the rules that decide it.", _mapping("_VERBS: dict[str, int]", _verbs(rules))),
        ("Verb → the dimensions that it has.", _mapping(f"_DIMENSIONS: {_NAMES}", _dimensions())),
        ("Verbs that hand data to a recipient.", [f"_SHARES: tuple[str, ...] = {_tuple(_shares())}"]),
        ("Dimension → value → the rules that cover it; None: the request leaves it out.", _covers(space, rules)),
        ("Dimension → term with others below it → its leaves.", _leaves(space)),
        ("Purpose or recipient → itself and what it lies below.", _mapping(f"_WITHIN: {_NAMES}", _within(space))),
        *_knowledge(policy),
        ("How long statements keep data, and the clock's bit in the table below.", _clocks(kept)),
        ("Dimension → value → the clocks that cover it for certain, and those that may.", _kept(space, kept)),
    ]
    return "\n\n".join("\n".join([f"# {title}", *lines]) for title, lines in blocks) + "\n"


_NAMES: Final = "dict[str, tuple[str, ...]]"


def _knowledge(policy: Policy) -> list[tuple[str, list[str]]]:
    facts = [term for term in policy.of_kind("fact") if "number" not in term.fields]
    numbers = [term.id for term in policy.of_kind("fact") if "number" in term.fields]
    implied = {term.id: _reached(policy, term.id, "implies") for term in facts}
    proved_by = {name: [name, *(other for other in implied if name in implied[other] - {other})] for name in implied}
    refuted_by = {name: [name, *sorted(implied[name] - {name})] for name in implied}
    per = {term.id: words_of(term.fields, "per") for term in facts}
    events = {
        term.id: [term.id, *sorted(_reached(policy, term.id, "event") - {term.id})] for term in policy.of_kind("event")
    }
    consent, objection = (literal(_by_qualified(policy, name)) for name in (CONSENT, OBJECTION))
    return [
        ("Fact → the facts that show that it is true.", _mapping(f"_PROVED_BY: {_NAMES}", _tuples(proved_by))),
        ("Fact → the facts that show that it is false.", _mapping(f"_REFUTED_BY: {_NAMES}", _tuples(refuted_by))),
        ("Fact → for each of what it is known.", _mapping(f"_PER: {_NAMES}", _tuples(per))),
        ("Facts that are numbers.", [f"_NUMBERS: tuple[str, ...] = {_tuple(numbers)}"]),
        ("Event → the events that have happened if it has.", _mapping(f"_EVENTS: {_NAMES}", _tuples(events))),
        ("The facts of `consents` and `objections`.", [f"_CONSENT = {consent}", f"_OBJECTION = {objection}"]),
    ]


def _rules(rules: tuple[Rule, ...]) -> Iterator[str]:
    if not rules:
        yield "_RULES: tuple[_Rule, ...] = ()"
        return
    yield "_RULES: tuple[_Rule, ...] = ("
    for number, rule in enumerate(rules):
        spared = f", spared_by={_tuple(rule.spared_by)}" if rule.spared_by else ""
        yield f"    _Rule({literal(rule.statement)}, Reason.{rule.effect}, {rule.guard}{spared}),  # bit {number}"
    yield ")"


def _clocks(kept: tuple[Clock, ...]) -> Iterator[str]:
    if not kept:
        yield "_CLOCKS: tuple[_Clock, ...] = ()"
        return
    yield "_CLOCKS: tuple[_Clock, ...] = ("
    for number, clock in enumerate(kept):
        guard = f", guard={clock.guard}" if clock.guard != ALWAYS else ""
        yield f"    _Clock({literal(clock.statement)}, {clock.latest}, {clock.duty}{guard}),  # bit {number}"
    yield ")"


def _kept(space: Space, kept: tuple[Clock, ...]) -> Iterator[str]:
    yield "_KEPT: dict[str, dict[str | None, tuple[int, int]]] = {"
    for dimension in RECORDED:
        unnamed: tuple[Row, ...] = () if dimension == DATA else (None,)
        bits = {}
        for row in (*unnamed, *(space.values[dimension] or ("",))):
            certain = _bits(row in clock.certain[dimension] for clock in kept)
            possible = _bits(row in clock.possible[dimension] for clock in kept)
            bits[literal(row)] = f"({certain}, {possible})"
        yield from _block(dimension, bits)
    yield "}"


def _verbs(rules: tuple[Rule, ...]) -> dict[str, str]:
    return {verb: _bits(verb in rule.verbs for rule in rules) for verb in ASKED}


def _dimensions() -> dict[str, str]:
    return {verb: _tuple(name for name in ALL_DIMENSIONS if name in VERBS[verb].dimensions) for verb in ASKED}


def _shares() -> tuple[str, ...]:
    return tuple(verb for verb in ASKED if "recipient" in VERBS[verb].essential)


def _covers(space: Space, rules: tuple[Rule, ...]) -> Iterator[str]:
    yield "_COVERS: dict[str, dict[str | None, int]] = {"
    for dimension in ALL_DIMENSIONS:
        unnamed: tuple[Row, ...] = () if dimension == DATA else (None,)
        rows = (*unnamed, *(value for value in space.values[dimension] if value))
        bits = {literal(row): _bits(row in rule.covers[dimension] for rule in rules) for row in rows}
        yield from _block(dimension, bits)
    yield "}"


def _leaves(space: Space) -> Iterator[str]:
    yield "_LEAVES: dict[str, dict[str | None, tuple[str, ...]]] = {"
    for dimension in ALL_DIMENSIONS:
        terms = [term.id for term in space.policy.terms.values() if term.kind in kinds(dimension)]
        leaves = {name: space.graph.listed_leaves(name) for name in sorted(terms)}
        yield from _block(
            dimension, {literal(name): _tuple(found) for name, found in leaves.items() if found != (name,)}
        )
    yield "}"


def _block(name: str, rows: Mapping[str, str]) -> Iterator[str]:
    if not rows:
        yield f"    {literal(name)}: {{}},"
        return
    yield f"    {literal(name)}: {{"
    yield from (f"        {key}: {value}," for key, value in rows.items())
    yield "    },"


def _within(space: Space) -> dict[str, str]:
    names = [*space.values["purpose"], *space.values["recipient"]]
    return {name: _tuple(_above(space, name)) for name in names}


def _above(space: Space, name: str) -> list[str]:
    """A leaf, and the terms that it lies below, the nearest first."""
    found = [name]
    for each in found:
        term = space.policy.terms.get(each)
        parents = term.parents if term else (each.removeprefix(OTHER),)
        found += [parent for parent in parents if parent not in found]
    return found


def _reached(policy: Policy, name: str, field: str) -> frozenset[str]:
    """What a declaration names in a clause, and what those name in it, at any remove."""
    found: set[str] = set()
    queue = [name]
    while queue:
        fresh = set(terms_of(policy.terms[queue.pop()].fields, field)) - found
        found |= fresh
        queue += fresh
    return frozenset(found)


def _by_qualified(policy: Policy, qualified: str) -> str:
    return next((term.id for term in policy.terms.values() if term.qualified == qualified), "")


def _bits(values: Iterable[bool]) -> str:
    """Truth values as one number, the first as its lowest bit."""
    return hex(sum(1 << number for number, value in enumerate(values) if value))


def _tuples(rows: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {name: _tuple(values) for name, values in rows.items()}


def _tuple(values: Iterable[str]) -> str:
    found = [literal(value) for value in values]
    return f"({', '.join(found)}{',' if len(found) == 1 else ''})"


def _mapping(head: str, rows: Mapping[str, str]) -> list[str]:
    if not rows:
        return [f"{head} = {{}}"]
    return [f"{head} = {{", *(f"    {literal(name)}: {text}," for name, text in rows.items()), "}"]
