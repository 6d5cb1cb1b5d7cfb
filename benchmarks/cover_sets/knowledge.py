"""All that may be known where some statements meet: each value of each atom in their guards, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from math import prod
from random import Random
from typing import Final

from attrs import define, frozen

from policyc.language.words import Unit
from policyc.model.policy import Fields, Policy, Statement, terms_of
from policyc.model.values import AllOf, Compared, Holds, OneOf, atoms
from policyc.semantics.calendar import add
from policyc.semantics.clocks import Spans, is_clock, longest, starts_at, stops_at
from policyc.semantics.request import LONG_AGO

NOW: Final = datetime(2024, 6, 15, 12, tzinfo=UTC)
"""The present moment, unless it is unknown: a day that every month has."""

_SECOND: Final = timedelta(seconds=1)
_HOUR: Final = timedelta(hours=1)

Value = bool | int | datetime | str | None
UNKNOWN: Final = "unknown"

MOST: Final = 3**8
"""With more combinations than that, some are drawn."""

DRAWN: Final = 1_000
"""So many."""


@frozen
class Told:
    """One assignment: what is known of facts, numbers and events, and of the present moment."""

    facts: Mapping[str, bool | int]
    events: Mapping[str, datetime | None]
    now: datetime | None


@define
class Atoms:
    """The atoms of some statements, each with the values that make a difference to them."""

    policy: Policy
    facts: dict[str, None]
    numbers: dict[str, set[int]]
    events: dict[str, set[Spans]]

    @classmethod
    def of(cls, policy: Policy, statements: Iterable[str]) -> Atoms:
        """The atoms of the statements' guards, legal bases, times and clocks."""
        found = cls(policy, {}, {}, {})
        for name in statements:
            found.add(policy.statement(name))
        return found

    def add(self, one: Statement) -> None:
        """Those of one statement."""
        self._add_guards(one.fields)
        for field in ("basis", "special_basis"):
            for name in terms_of(one.fields, field):
                self._add_basis(name)
        for named in (starts_at(one), stops_at(one)):
            for event in named.ids if named else ():
                self.events.setdefault(event, set()).add(())
        if is_clock(one):
            self._add_clock(one, ())

    def _add_guards(self, fields: Fields) -> None:
        for clause in ("when", "unless"):
            guard = fields.get(clause)
            for atom in atoms(guard) if isinstance(guard, Holds | Compared | AllOf | OneOf) else ():
                if isinstance(atom, Holds):
                    self.facts[atom.fact] = None
                elif atom.unit is None:
                    self.numbers.setdefault(atom.subject, set()).add(atom.number)
                else:
                    self.events.setdefault(atom.subject, set()).add(((atom.number, atom.unit),))

    def _add_basis(self, name: str) -> None:
        term = self.policy.terms[name]
        self._add_guards(term.fields)
        for parent in term.parents:
            self._add_basis(parent)

    def _add_clock(self, one: Statement, more: Spans) -> None:
        """The events from which a clock counts, and how long; in a chain, those of the clocks before it."""
        spans = (*(longest(one) or ()), *more)
        for event in terms_of(one.fields, "event"):
            self.events.setdefault(event, set()).add(spans)
        for event in terms_of(one.fields, "until"):
            self.events.setdefault(event, set()).add(more)
        for stage in terms_of(one.fields, "stage"):
            self._add_clock(self.policy.statement(stage), spans)

    # --- values ------------------------------------------------------------------------------

    def choices(self) -> dict[str, Sequence[Value]]:
        """Atom → its values: true, false, unknown; below, at, above; and for events all that may be known of them."""
        found: dict[str, Sequence[Value]] = dict.fromkeys(self.facts, (True, False, UNKNOWN))
        for number, constants in sorted(self.numbers.items()):
            found[number] = [*sorted({each + more for each in constants for more in (-1, 0, 1)}), UNKNOWN]
        for event, ends in sorted(self.events.items()):
            moments = {_before(NOW, spans) + more for spans in ends for more in (-_SECOND, timedelta(0), _SECOND)}
            found[event] = [*sorted(moments | {NOW - _SECOND, NOW + _HOUR, LONG_AGO}), None, UNKNOWN]
        return found | ({_NOW: (NOW, UNKNOWN)} if self.events else {})

    def told(self, most: int, random: Random) -> tuple[bool, Iterator[Told]]:
        """All assignments that are possible; with more than `most` of all, some of them. And whether that is so."""
        choices = self.choices()
        is_drawn = prod(map(len, choices.values())) > most
        some = (tuple(random.choice(each) for each in choices.values()) for _ in range(min(most, DRAWN)))
        assigned = some if is_drawn else product(*choices.values())
        values = (dict(zip(choices, each, strict=True)) for each in assigned)
        return is_drawn, (self._told(each) for each in values if self.is_possible(each))

    def is_possible(self, values: Mapping[str, Value]) -> bool:
        """Whether no fact is true without what it implies, and no event comes before one that it comes after."""
        for fact in self.facts:
            if values[fact] is True and any(values.get(other) is False for other in self._reached(fact, "implies")):
                return False
        for event in self.events:
            time = values[event]
            earlier = [values[other] for other in self._reached(event, "event") - {event} if other in self.events]
            if isinstance(time, datetime) and any(
                other is None or (isinstance(other, datetime) and LONG_AGO < time < other) for other in earlier
            ):
                return False
        return True

    def _reached(self, name: str, field: str) -> set[str]:
        found: set[str] = set()
        queue = [name]
        while queue:
            fresh = set(terms_of(self.policy.terms[queue.pop()].fields, field)) - found
            found |= fresh
            queue += fresh
        return found

    def _told(self, values: Mapping[str, Value]) -> Told:
        known = {name: value for name, value in values.items() if value != UNKNOWN}
        now = known.get(_NOW)
        return Told(
            {name: value for name, value in known.items() if isinstance(value, bool | int)},
            {name: known[name] for name in self.events if name in known},  # type: ignore[misc]
            now if isinstance(now, datetime) else None,
        )


_NOW: Final = "now"


def _before(end: datetime, spans: Spans) -> datetime:
    """A moment so that the spans after it end there: found backwards, for months and days do not commute."""
    moment = end
    for number, unit in reversed(spans):
        moment = _subtract(moment, number, unit)
    return moment


def _subtract(moment: datetime, number: int, unit: Unit) -> datetime:
    if unit in {Unit.MONTH, Unit.YEAR}:
        months = moment.year * 12 + moment.month - 1 - number * (12 if unit is Unit.YEAR else 1)
        return moment.replace(year=months // 12, month=months % 12 + 1)
    return moment - (add(moment, number, unit) - moment)
