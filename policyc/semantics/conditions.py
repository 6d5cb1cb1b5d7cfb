"""Whether conditions can hold together, and what would have to be the case: exact, and for small conditions fast.

A condition is made of facts, numbers, and events that have happened, or not, or some time ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from attrs import Factory, define, evolve, field, frozen

from policyc.language.words import Comparison, Unit
from policyc.model.policy import Fields, Policy, Statement, terms_of
from policyc.model.values import AllOf, Compared, Guard, Holds, OneOf, Terms
from policyc.record import Record
from policyc.semantics.calendar import add
from policyc.semantics.clocks import starts_at, stops_at


@frozen(repr=False)
class Atom(Record):
    """A fact that holds or not; or an event (`is_event`) that has happened or not."""

    name: str
    wanted: bool
    is_event: bool = False


@frozen(repr=False)
class Number(Record):
    """A number of a fact, or with `unit` the time since an event, that is below or above something, or is not."""

    compared: Compared
    wanted: bool


@frozen(repr=False)
class Every(Record):
    """All parts hold."""

    parts: tuple[Formula, ...] = ()


@frozen(repr=False)
class Some(Record):
    """A part holds."""

    parts: tuple[Formula, ...] = ()


Formula = Atom | Number | Every | Some

TRUE: Final = Every()
FALSE: Final = Some()


def every(*parts: Formula) -> Formula:
    """All parts, without those that always hold."""
    found = tuple(dict.fromkeys(part for part in parts if part is not TRUE))
    if len(found) == 1:
        return found[0]
    return TRUE if not found else FALSE if FALSE in found else Every(found)


def some(*parts: Formula) -> Formula:
    """One of the parts, without those that never hold."""
    found = tuple(dict.fromkeys(part for part in parts if part is not FALSE))
    if len(found) == 1:
        return found[0]
    return FALSE if not found else TRUE if TRUE in found else Some(found)


def no(formula: Formula) -> Formula:
    """That it does not hold."""
    match formula:
        case Every(parts):
            return some(*map(no, parts))
        case Some(parts):
            return every(*map(no, parts))
    return evolve(formula, wanted=not formula.wanted)


# --- of statements -----------------------------------------------------------------------------


@define(eq=False, repr=False)
class Conditions:
    """The conditions of a policy's statements, and when they hold together."""

    policy: Policy
    _above: dict[tuple[str, str], tuple[str, ...]] = field(init=False, factory=dict)
    _implied: Mapping[str, frozenset[str]] = field(
        init=False, default=Factory(lambda self: _closure(self.policy, "fact", "implies"), takes_self=True)
    )
    _earlier: Mapping[str, frozenset[str]] = field(
        init=False, default=Factory(lambda self: _closure(self.policy, "event", "event"), takes_self=True)
    )

    def of_fields(self, fields: Fields) -> Formula:
        """`when`, and not `unless`."""
        return every(_guard(fields.get("when"), otherwise=TRUE), no(_guard(fields.get("unless"), otherwise=FALSE)))

    def exception(self, one: Statement) -> Formula:
        """`unless`; FALSE if there is none."""
        return _guard(one.fields.get("unless"), otherwise=FALSE)

    def of(self, one: Statement) -> Formula:
        """All conditions of a statement: its guards, its times and its bases."""
        return every(self.of_fields(one.fields), self.of_times(one), self.of_bases(one))

    def of_times(self, one: Statement) -> Formula:
        """What an act comes after has happened, and what it goes on until has not."""
        start, stop = starts_at(one), stops_at(one)
        return every(_happened(start) if start else TRUE, no(_happened(stop)) if stop else TRUE)

    def of_bases(self, one: Statement) -> Formula:
        """One of the legal bases, and one of those for specially protected data."""
        return every(*(self._of_one(terms_of(one.fields, name)) for name in ("basis", "special_basis")))

    def _of_one(self, bases: Sequence[str]) -> Formula:
        return some(*map(self.of_basis, bases)) if bases else TRUE

    def parts(self, one: Statement) -> Iterator[tuple[str, Formula]]:
        """The conditions of a statement, each with the clause that sets it."""
        start, stop = starts_at(one), stops_at(one)
        found = {name: self.of_fields({name: one.fields[name]}) for name in ("when", "unless") if name in one.fields}
        found |= {"after": _happened(start)} if start else {}
        found |= {"until": no(_happened(stop))} if stop else {}
        found |= {name: self._of_one(terms_of(one.fields, name)) for name in ("basis", "special_basis")}
        return ((name, formula) for name, formula in found.items() if formula != TRUE)

    def of_basis(self, name: str) -> Formula:
        """The conditions of a legal basis, and of all that it lies below."""
        term = self.policy.terms[name]
        return every(self.of_fields(term.fields), *map(self.of_basis, term.parents))

    # --- solving -------------------------------------------------------------------------------

    def is_free(self, formulas: Iterable[Formula]) -> bool:
        """Whether nothing in conditions speaks against anything else, so that they certainly can hold: a quick look.

        What must hold, with all that follows from it, is nowhere what must not hold, and no number is told twice.
        """
        wanted: set[str] = set()
        unwanted: set[str] = set()
        for literal in _literals(formulas):
            if literal is None:
                return False
            if isinstance(literal, Number):
                if literal.compared.subject in wanted | unwanted:
                    return False
                wanted.add(literal.compared.subject)
            else:
                (wanted if literal.wanted else unwanted).add(literal.name)
        if not unwanted:
            return True
        following = (self._implied.get(name) or self._earlier.get(name) or () for name in wanted)
        return unwanted.isdisjoint(wanted) and all(unwanted.isdisjoint(names) for names in following)

    def solve(self, *formulas: Formula) -> Case | None:
        """A case in which all formulas hold; None if there is none. TooHard for conditions that nobody writes."""
        return next(self._search([*formulas], Case(), [MOST_STEPS]), None)

    def implies(self, one: Formula, other: Formula) -> bool:
        """Whether the other holds in each case in which the one does; no, if that is too hard to tell."""
        try:
            return self.solve(one, no(other)) is None
        except TooHard:
            return False

    def _search(self, pending: list[Formula], case: Case, steps: list[int]) -> Iterator[Case]:
        """Depth first: what must hold first, then each choice."""
        choices = []
        while pending:
            steps[0] -= 1
            if steps[0] < 0:
                raise TooHard
            formula = pending.pop()
            if isinstance(formula, Every):
                pending += formula.parts
            elif isinstance(formula, Some):
                choices.append(formula)
            else:
                known = self._with(case, formula)
                if known is None:
                    return
                case = known
        if not choices:
            yield case
            return
        for part in choices[0].parts:
            yield from self._search([part, *choices[1:]], case, steps)

    def _with(self, case: Case, literal: Atom | Number) -> Case | None:
        if isinstance(literal, Number):
            return self._with_number(case, literal)
        closure = self._earlier if literal.is_event else self._implied
        if literal.wanted:
            following = {*closure[literal.name], literal.name}
        else:
            following = {literal.name, *(name for name, reached in closure.items() if literal.name in reached)}
        known = dict(case.events if literal.is_event else case.facts)
        for name in following:
            if known.setdefault(name, literal.wanted) is not literal.wanted:
                return None
        return _settled(evolve(case, events=known) if literal.is_event else evolve(case, facts=known))

    def _with_number(self, case: Case, literal: Number) -> Case | None:
        known = evolve(case, numbers=(*case.numbers, literal))
        if literal.compared.unit is None:
            return _settled(known)
        return self._with(known, Atom(literal.compared.subject, wanted=True, is_event=True))


MOST_STEPS: Final = 20_000
"""After so many steps a search ends."""


class TooHard(Exception):  # noqa: N818 - no mistake, but a limit
    """Conditions have too many combinations."""


def _closure(policy: Policy, kind: str, clause: str) -> Mapping[str, frozenset[str]]:
    """All that each term of a kind leads to through a clause."""
    direct = {term.id: terms_of(term.fields, clause) for term in policy.of_kind(kind)}
    found: dict[str, frozenset[str]] = {}
    for name in direct:
        reached: set[str] = set()
        queue = [name]
        while queue:
            new = set(direct[queue.pop()]) - reached
            reached |= new
            queue += new
        found[name] = frozenset(reached)
    return found


def _guard(guard: object, *, otherwise: Formula) -> Formula:
    return of_guard(guard) if isinstance(guard, Holds | Compared | AllOf | OneOf) else otherwise


def of_guard(guard: Guard) -> Formula:
    """A guard of the model as a formula."""
    match guard:
        case Holds(fact):
            return Atom(fact, wanted=True)
        case Compared(since=True):
            return every(Atom(guard.subject, wanted=True, is_event=True), Number(guard, wanted=True))
        case Compared():
            return Number(guard, wanted=True)
        case AllOf(parts):
            return every(*map(of_guard, parts))
        case OneOf(parts):
            return some(*map(of_guard, parts))


def facts_in(formula: Formula) -> frozenset[str]:
    """The facts that a formula speaks of."""
    match formula:
        case Every(parts) | Some(parts):
            return frozenset(fact for part in parts for fact in facts_in(part))
        case Atom():
            return frozenset() if formula.is_event else frozenset({formula.name})
    return frozenset({formula.compared.subject})


def told(formula: Formula) -> str:
    """A formula in the words of the language, with names in backticks; only for what `no` has not turned around."""
    match formula:
        case Every(parts):
            return " and ".join(map(told, parts))
        case Some(parts):
            return " or ".join(map(told, parts))
        case Atom():
            return f"`{formula.name}`"
    compared = formula.compared
    unit = f" {compared.unit.value}s" if compared.unit else ""
    return f"`{compared.subject} {compared.comparison.value} {compared.number}{unit}`"


def named(formulas: Iterable[Formula]) -> frozenset[str]:
    """The facts and events of which formulas say that they hold, or have happened."""
    return frozenset(one.name for one in _literals(formulas) if isinstance(one, Atom) and one.wanted)


def _literals(formulas: Iterable[Formula]) -> Iterator[Atom | Number | None]:
    """All that is said in formulas; None for one that never holds."""
    for formula in formulas:
        if isinstance(formula, Every | Some):
            if formula == FALSE:
                yield None
            yield from _literals(formula.parts)
        else:
            yield formula


def _happened(events: Terms) -> Formula:
    parts = [Atom(name, wanted=True, is_event=True) for name in events.ids]
    return some(*parts) if events.quantifier == "any" else every(*parts)


# --- cases -------------------------------------------------------------------------------------


NOW: Final = datetime(2030, 6, 15, 12, tzinfo=UTC)
"""The present moment of every case: times are told from it."""


@frozen(repr=False)
class Case(Record):
    """What is the case: facts, events that have happened or not, numbers, and times of events."""

    facts: Mapping[str, bool] = field(factory=dict)
    events: Mapping[str, bool] = field(factory=dict)
    numbers: tuple[Number, ...] = ()

    def number(self, fact: str) -> int | None:
        """A number for a fact that fits all that is said of it; None if nothing is, or if none fits."""
        return _number([one for one in self.numbers if one.compared.unit is None and one.compared.subject == fact])

    def time(self, event: str) -> datetime | None:
        """A time for an event that has happened, that fits all that is said of it; None if none does."""
        return _time([one for one in self.numbers if one.compared.unit is not None and one.compared.subject == event])

    @property
    def counted(self) -> tuple[str, ...]:
        """The facts that are numbers, of which something is said."""
        return tuple(dict.fromkeys(one.compared.subject for one in self.numbers if one.compared.unit is None))


def _settled(case: Case) -> Case | None:
    """The case, if some number and some time fit all that is said of each."""
    if any(case.number(fact) is None for fact in case.counted):
        return None
    happened = [event for event, has in case.events.items() if has]
    return None if any(case.time(event) is None for event in happened) else case


def _number(said: Sequence[Number]) -> int | None:
    low, high = 0, None
    for one in said:
        below = one.compared.comparison is Comparison.BELOW
        if below is one.wanted:  # below n; or not above n
            most = one.compared.number - (1 if below else 0)
            high = most if high is None else min(high, most)
        else:
            low = max(low, one.compared.number + (0 if below else 1))
    return low if said and (high is None or low <= high) else None


def _time(said: Sequence[Number]) -> datetime | None:
    """Just before or after the end of a period that is named, counted back from now, or long ago or just now."""
    if not said:
        return add(NOW, -1, Unit.MINUTE)
    tried = [add(NOW, -1, Unit.MINUTE)]
    for one in said:
        compared = one.compared
        unit = compared.unit or Unit.DAY
        back = add(NOW, -compared.number, unit)
        tried += [add(back, shift, step) for step in (Unit.MINUTE, Unit.DAY, Unit.WEEK) for shift in (-1, 1)]
    fitting = (time for time in tried if time < NOW and all(_fits(one, time) for one in said))
    return next(fitting, None)


def _fits(one: Number, time: datetime) -> bool:
    compared = one.compared
    end = add(time, compared.number, compared.unit or Unit.DAY)
    return (end > NOW if compared.comparison is Comparison.BELOW else end < NOW) is one.wanted
