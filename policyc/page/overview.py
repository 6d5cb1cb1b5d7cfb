"""The table: which data, for which purposes, on which legal basis, and for how long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve, frozen

from policyc.language.words import Force
from policyc.model.graph import Graph
from policyc.model.policy import Policy, Statement, terms_of
from policyc.model.values import Terms
from policyc.page.blocks import Cell, Table
from policyc.page.order import in_page_order
from policyc.sentences import sentence
from policyc.sentences.case import Case
from policyc.sentences.clauses import RULES
from policyc.sentences.names import label, nouns
from policyc.sentences.parts import Phrase, Plain, Quote, capitalise, say

COLUMNS: Final = ("Data", "What for", "Legal basis", "How long")
ACTS: Final = frozenset({"collect", "derive", "use", "track", "share"})
"""Verbs that make rows."""

KEPT: Final = frozenset({"keep", "delete", "track"})
"""Verbs that say how long."""

_SILENT: Final[Phrase] = (Plain("Not stated"),)


@frozen
class _Row:
    """Data that the same statements speak of, on one legal basis."""

    basis: tuple[str, ...]
    statements: tuple[Statement, ...]
    clocks: tuple[Statement, ...]
    data: tuple[str, ...]


def overview(policy: Policy) -> Table | None:
    """The table of all permitted acts; None if there are none."""
    rows = tuple(_cells(policy, row) for row in _rows(policy))
    caption = "Which data we use, what for, on which legal basis, and how long we keep it"
    return Table(caption, COLUMNS, rows) if rows else None


def _rows(policy: Policy) -> list[_Row]:
    """Rows by data, in the order in which the page first speaks of it; data of which it says the same share one."""
    graph = Graph(policy.terms)
    statements = [one for one in in_page_order(policy) if _permits(one)]
    clocks = [one for one in statements if one.verb in KEPT]
    rows: dict[tuple[str, ...], _Row] = {}
    for (data, basis), said in _by_data(statements).items():
        held = tuple(clock for clock in clocks if _covers(graph, clock, data, said))
        key = (*basis, "", *(one.id for one in said), "", *(clock.id for clock in held))
        row = rows.get(key) or _Row(basis, tuple(said), held, ())
        rows[key] = evolve(row, data=(*row.data, data))
    return list(rows.values())


def _by_data(statements: list[Statement]) -> dict[tuple[str, tuple[str, ...]], list[Statement]]:
    """The acts by data and legal basis; all that is said of one kind of data stands together."""
    found: dict[str, dict[tuple[str, ...], list[Statement]]] = {}
    for statement in statements:
        if statement.verb in ACTS and isinstance(statement.objects, Terms):
            for name in statement.objects.ids:
                found.setdefault(name, {}).setdefault(terms_of(statement.fields, "basis"), []).append(statement)
    return {(name, basis): said for name, by_basis in found.items() for basis, said in by_basis.items()}


def _permits(statement: Statement) -> bool:
    return statement.force is not Force.FORBID and statement.mood is None and isinstance(statement.objects, Terms)


def _cells(policy: Policy, row: _Row) -> tuple[Cell, ...]:
    basis = tuple((capitalise(label(policy, name)), "") for name in row.basis)
    people = {terms_of(statement.fields, "subjects") for statement in row.statements}
    periods = tuple(line for clock in row.clocks for line in _period(policy, clock, people))
    return (
        Cell(tuple((capitalise(label(policy, name)), "") for name in row.data)),
        Cell(tuple((_purpose(policy, statement), statement.id) for statement in row.statements)),
        Cell(basis or ((_SILENT, ""),)),
        Cell(periods or ((_SILENT, ""),)),
    )


def _purpose(policy: Policy, statement: Statement) -> Phrase:
    """What an act is for; sharing names who gets the data."""
    case = Case.of_statement(policy, statement)
    purposes = nouns(case, "purposes")
    if statement.verb != "share":
        return capitalise(purposes) if purposes else _SILENT
    shared = say("Shared with", nouns(case, "recipients") or "others")
    return say(shared, "to", purposes) if purposes else shared


def _covers(graph: Graph, clock: Statement, data: str, said: list[Statement]) -> bool:
    """Whether a period holds for the data and, if it names purposes or people, for some of these statements'."""
    if not isinstance(clock.objects, Terms) or data not in graph.below(clock.objects.ids):
        return False
    if data in graph.below(clock.objects.excluding):
        return False
    return all(any(_meet(graph, clock, statement, field) for statement in said) for field in ("purposes", "subjects"))


def _meet(graph: Graph, clock: Statement, statement: Statement, field: str) -> bool:
    """Whether two statements can be about the same term in a field; silence is about all."""
    one, other = terms_of(clock.fields, field), terms_of(statement.fields, field)
    return not one or not other or not graph.below(one).isdisjoint(graph.below(other))


def _period(policy: Policy, statement: Statement, people: set[tuple[str, ...]]) -> Iterator[tuple[Phrase, str]]:
    """How long a statement says, and for whom if the row is about others too; nothing if it says nothing of it."""
    case = Case.of_statement(policy, statement)
    told = say(*(RULES[field].inline(case) for field in ("period", "deadline", "until") if case.has(field)))
    if told:
        kept = capitalise(say("deleted", told) if statement.verb == "delete" else told)
        same = people == {terms_of(statement.fields, "subjects")}
        yield (kept if same else say(sentence(policy, statement).lead, kept)), statement.id
    elif words := [words for field, words in statement.holes if field == "period"]:
        yield (say("Not stated: we only say", Quote(words[0])) if words[0] else _SILENT), statement.id
