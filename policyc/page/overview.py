"""The table: which data, for which purposes, on which legal basis, and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, evolve, field, frozen

from policyc.language.words import Force
from policyc.model.graph import Graph
from policyc.model.policy import Policy, Statement, terms_of
from policyc.model.values import Terms
from policyc.page.blocks import Cell, Table
from policyc.page.order import in_page_order
from policyc.sentences.case import OBJECTS, Case
from policyc.sentences.clauses import RULES
from policyc.sentences.names import label, nouns, people
from policyc.sentences.parts import Phrase, Plain, Quote, capitalise, say

COLUMNS: Final = ("Data", "What for", "Legal basis", "How long")
ACTS: Final = frozenset({"collect", "derive", "use", "track", "share"})
"""Verbs that make rows."""

HELD: Final = frozenset({"store", "keep"})
"""Verbs that make rows for data of which nothing else is said."""

KEPT: Final = frozenset({"keep", "delete", "track"})
"""Verbs that say how long."""

_SILENT: Final[Phrase] = (Plain("Not stated"),)


@frozen
class _Clock:
    """A statement that says how long: the data that it covers, and what it says, with its people and without."""

    statement: Statement
    data: frozenset[str]
    told: Phrase
    with_people: Phrase


@frozen
class _Row:
    """Data that the same statements speak of, on one legal basis."""

    basis: tuple[str, ...]
    statements: tuple[Statement, ...]
    clocks: tuple[_Clock, ...]
    data: tuple[str, ...]


@define
class _Below:
    """What lies below some terms, looked up once."""

    graph: Graph
    known: dict[tuple[str, ...], frozenset[str]] = field(factory=dict)

    def of(self, names: tuple[str, ...]) -> frozenset[str]:
        """The names and all below them."""
        if names not in self.known:
            self.known[names] = self.graph.below(names)
        return self.known[names]

    def meet(self, one: Statement, other: Statement, name: str) -> bool:
        """Whether two statements can be about the same term in a field; silence is about all."""
        mine, others = terms_of(one.fields, name), terms_of(other.fields, name)
        return not mine or not others or not self.of(mine).isdisjoint(self.of(others))


def overview(policy: Policy) -> Table | None:
    """The table of all permitted acts; None if there are none."""
    rows = tuple(_cells(policy, row) for row in _rows(policy))
    caption = "Which data we use, what for, on which legal basis, and how long we keep it"
    return Table(caption, COLUMNS, rows) if rows else None


def _rows(policy: Policy) -> list[_Row]:
    """Rows by data, in the order in which the page first speaks of it; data of which it says the same share one."""
    below = _Below(Graph(policy.terms))
    statements = [one for one in in_page_order(policy) if _permits(policy, one)]
    clocks = [clock for one in statements if one.verb in KEPT for clock in _clocks(policy, below, one)]
    rows: dict[tuple[str, ...], _Row] = {}
    for (data, basis), said in _by_data(below, statements).items():
        held = tuple(clock for clock in clocks if data in clock.data and _concerns(below, clock.statement, said))
        key = (*basis, "", *(one.id for one in said), "", *(clock.statement.id for clock in held))
        row = rows.get(key) or _Row(basis, tuple(said), held, ())
        rows[key] = evolve(row, data=(*row.data, data))
    return list(rows.values())


def _by_data(below: _Below, statements: list[Statement]) -> dict[tuple[str, tuple[str, ...]], list[Statement]]:
    """The acts by data and legal basis; all that is said of one kind of data stands together."""
    found: dict[str, dict[tuple[str, ...], list[Statement]]] = {}
    for statement in statements:
        for name in terms_in(statement):
            if statement.verb in ACTS:
                found.setdefault(name, {}).setdefault(terms_of(statement.fields, "basis"), []).append(statement)
    used = frozenset(found)
    for statement in statements:
        for name in terms_in(statement):
            if statement.verb in HELD and name not in found and used.isdisjoint(below.of((name,))):
                found[name] = {terms_of(statement.fields, "basis"): [statement]}
    return {(name, basis): said for name, by_basis in found.items() for basis, said in by_basis.items()}


def terms_in(statement: Statement) -> tuple[str, ...]:
    """The data that a statement is about."""
    return statement.objects.ids if isinstance(statement.objects, Terms) else ()


def _permits(policy: Policy, statement: Statement) -> bool:
    """Whether it says what we do, or may do, now."""
    is_ours = statement.mood is None and Case.of_statement(policy, statement).actor_is_us
    return is_ours and statement.force is not Force.FORBID and isinstance(statement.objects, Terms)


def _clocks(policy: Policy, below: _Below, statement: Statement) -> Iterator[_Clock]:
    """What a statement says of time; nothing if it says nothing of it."""
    case = Case.of_statement(policy, statement)
    told = say(*(RULES[name].inline(case) for name in ("period", "deadline", "until") if case.has(name)))
    if told:
        kept = say("deleted", told) if statement.verb == "delete" else told
    elif words := [words for name, words in statement.holes if name == "period"]:
        kept = say("not stated: we only say", Quote(words[0])) if words[0] else _SILENT
    else:
        return
    terms = case.terms(OBJECTS)
    covered = below.of(terms.ids) - below.of(terms.excluding)
    yield _Clock(statement, covered, capitalise(kept), capitalise(say(people(case), kept)))


def _concerns(below: _Below, clock: Statement, said: list[Statement]) -> bool:
    """Whether a period is, as far as it names purposes and people, for some of the statements'."""
    return all(any(below.meet(clock, one, name) for one in said) for name in ("purposes", "subjects"))


def _cells(policy: Policy, row: _Row) -> tuple[Cell, ...]:
    basis = tuple((capitalise(label(policy, name)), "") for name in row.basis)
    whose = {terms_of(statement.fields, "subjects") for statement in row.statements}
    return (
        Cell(tuple((capitalise(label(policy, name)), "") for name in row.data)),
        Cell(_once((_purpose(policy, statement), statement.id) for statement in row.statements)),
        Cell(basis or ((_SILENT, ""),)),
        Cell(_once(_held(clock, whose) for clock in row.clocks) or ((_SILENT, ""),)),
    )


def _once(items: Iterable[tuple[Phrase, str]]) -> tuple[tuple[Phrase, str], ...]:
    """Each phrase once, with the first statement that says it."""
    found: dict[Phrase, str] = {}
    for told, target in items:
        found.setdefault(told, target)
    return tuple(found.items())


def _purpose(policy: Policy, statement: Statement) -> Phrase:
    """What an act is for; sharing names who gets the data."""
    case = Case.of_statement(policy, statement)
    purposes = nouns(case, "purposes")
    if statement.verb in HELD:
        return say("Kept", "to" if purposes else "", purposes)
    if statement.verb != "share":
        return capitalise(purposes) if purposes else _SILENT
    shared = say("Shared with", nouns(case, "recipients") or "others")
    return say(shared, "to", purposes) if purposes else shared


def _held(clock: _Clock, whose: set[tuple[str, ...]]) -> tuple[Phrase, str]:
    """A period, with its people if the row is about others too."""
    same = whose == {terms_of(clock.statement.fields, "subjects")}
    return (clock.told if same else clock.with_people), clock.statement.id
