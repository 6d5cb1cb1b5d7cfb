"""Draws what is known of a request: facts, numbers, times; most of it about the statement around which it is drawn."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from itertools import product
from random import Random
from typing import Final

from attrs import define, field

from policyc.language.verbs import VERBS
from policyc.language.words import Force, Unit
from policyc.model.graph import Graph
from policyc.model.policy import Policy, Statement, terms_of, words_of
from policyc.model.values import AllOf, Compared, Holds, OneOf, Period, atoms
from policyc.semantics.calendar import add
from policyc.semantics.request import ANY, LONG_AGO, NOBODY, FactKey

_HARD: Final = ((1, 31), (2, 28), (11, 30), (12, 30), (12, 31))
"""Months and days whose distance to the end of February differs from year to year."""

Times = dict[str, datetime | None]
Lengths = tuple[tuple[int, Unit], ...]

_ZONES: Final = (UTC, timezone(timedelta(hours=2)), timezone(timedelta(hours=-9, minutes=-30)))
_AROUND: Final = (-86400, -1, 0, 1, 86400)
"""Seconds before and after the end of a period."""


@define
class Knowledge:
    """Draws for one policy."""

    policy: Policy
    graph: Graph
    random: Random
    favour: Mapping[str, bool] = field(init=False)
    numbers: Mapping[str, list[int]] = field(init=False)

    @favour.default
    def _favour(self) -> dict[str, bool]:
        """Fact → the value with which permissions count, and prohibitions do not."""
        found: dict[str, bool] = {}
        for one in self.policy.statements:
            forbids = one.force is Force.FORBID
            for clause, value in (("when", not forbids), ("unless", forbids)):
                for atom in self._atoms(one, (clause,)):
                    found.setdefault(atom.fact if isinstance(atom, Holds) else atom.subject, value)
        return found

    @numbers.default
    def _numbers(self) -> dict[str, list[int]]:
        """Fact → the constants with which statements compare it."""
        found: dict[str, list[int]] = {}
        for one in self.policy.statements:
            for atom in self._atoms(one):
                if isinstance(atom, Compared) and atom.unit is None:
                    found.setdefault(atom.subject, []).append(atom.number)
        return found

    def chance(self, share: float) -> bool:
        """True that often."""
        return self.random.random() < share

    def _atoms(self, one: Statement, clauses: tuple[str, ...] = ("when", "unless")) -> Iterator[Holds | Compared]:
        """The atoms of a statement's guards and of its legal bases'."""
        named = {*terms_of(one.fields, "basis"), *terms_of(one.fields, "special_basis")}
        bases = [name for name in self.policy.terms if self.graph.below([name]) & named]
        for fields in (one.fields, *(self.policy.terms[name].fields for name in bases)):
            for clause in clauses:
                guard = fields.get(clause)
                if isinstance(guard, Holds | Compared | AllOf | OneOf):
                    yield from atoms(guard)

    # --- facts -------------------------------------------------------------------------------

    def facts(
        self, one: Statement, verb: str, terms: Mapping[str, str], *, friendly: bool
    ) -> dict[FactKey, bool | int]:
        """What is said of the policy's facts: most of what the statement asks about, some of the rest."""
        near = {atom.fact if isinstance(atom, Holds) else atom.subject for atom in self._atoms(one)}
        facts: dict[FactKey, bool | int] = {}
        favour = {**self.favour, **(self._own(one) if friendly else {})}
        for term in self.policy.of_kind("fact"):
            if not self.chance(0.9 if friendly or term.id in near else 0.4):
                continue
            if "number" in term.fields:
                facts[term.id, ANY, NOBODY] = self._number(term.id)
                continue
            value = favour.get(term.id, self.chance(0.5)) is not self.chance(0.05 if friendly else 0.5)
            if self.chance(0.1):
                facts |= dict.fromkeys(self._keys(term.id, verb, terms), value)
            else:
                facts[self._key(term.id, verb, terms, friendly=friendly)] = value
            if not friendly and self.chance(0.2):
                facts[self._key(term.id, verb, terms, friendly=False)] = self.chance(0.5)
        return facts

    def _own(self, one: Statement) -> dict[str, bool]:
        """Fact → the value with which a permission counts."""
        wanted = {} if one.force is not Force.PERMIT else {"when": True, "unless": False}
        return {
            atom.fact: value
            for clause, value in wanted.items()
            for atom in self._atoms(one, (clause,))
            if isinstance(atom, Holds)
        }

    def _number(self, fact: str) -> int:
        return self.random.choice(self.numbers.get(fact, [0])) + self.random.choice((-1, 0, 1))

    def _key(self, fact: str, verb: str, terms: Mapping[str, str], *, friendly: bool) -> FactKey:
        """For the request's own purpose and recipient or what lies above them, for others, or for all."""
        per = words_of(self.policy.terms[fact].fields, "per")
        if not per:
            return fact, ANY, NOBODY
        if self.chance(0.15):
            return fact, ANY, ANY
        own = friendly or self.chance(0.8)
        shares = ("recipient" in VERBS[verb].essential) is not self.chance(0.08 if friendly else 0.2)
        purpose = self._for("purpose", terms, own=own) if "purpose" in per else ANY
        recipient = self._for("recipient", terms, own=own) if "recipient" in per and shares else NOBODY
        unsure = ANY in (purpose, recipient) if len(per) > 1 else {purpose, recipient} <= {ANY, NOBODY}
        return (fact, ANY, ANY) if unsure else (fact, purpose, recipient)

    def _keys(self, fact: str, verb: str, terms: Mapping[str, str]) -> list[FactKey]:
        """For each purpose and recipient that the request may have, one after the other."""
        per = words_of(self.policy.terms[fact].fields, "per")
        shares = "recipient" in per and "recipient" in VERBS[verb].essential
        purposes = self._possible("purpose", terms) if "purpose" in per else (ANY,)
        recipients = self._possible("recipient", terms) if shares else (ANY if per == ("recipient",) else NOBODY,)
        return [(fact, purpose, recipient) for purpose in purposes for recipient in recipients]

    def _possible(self, dimension: str, terms: Mapping[str, str]) -> tuple[str, ...]:
        kind = "purpose" if dimension == "purpose" else "party"
        return (terms[dimension],) if dimension in terms else self.graph.leaves((kind,))

    def _for(self, dimension: str, terms: Mapping[str, str], *, own: bool) -> str:
        """The request's term, one above it, or any other; ANY if it is not known for which."""
        value = terms.get(dimension)
        kind = "purpose" if dimension == "purpose" else "party"
        if value is None or not own:
            return ANY if own else self.random.choice(self.graph.leaves((kind,)) or (ANY,))
        above = [name for name in self.policy.terms if value in self.graph.below([name])]
        return self.random.choice(above) if above and self.chance(0.3) else value

    # --- times -------------------------------------------------------------------------------

    def times(self, one: Statement, *, friendly: bool) -> tuple[Times, datetime | None]:
        """Times of events, and now: often right at the end of a period of the statement."""
        now = self._moment()
        events: Times = {}
        for term in self.policy.of_kind("event"):
            if friendly:
                events[term.id] = None if self.chance(0.5) else self._past(now - timedelta(minutes=1))
            elif self.chance(0.7):
                events[term.id] = None if self.chance(0.2) else self._past(self._moment())
        spans = list(self._spans(one))
        if spans and self.chance(0.3 if friendly else 0.6):
            event, lengths = self.random.choice(spans)
            events[event] = now
            for number, unit in lengths:
                now = add(now, number, unit)
            now += timedelta(seconds=self.random.choice(_AROUND))
        return events, None if self.chance(0.02 if friendly else 0.1) else now

    def edges(self, one: Statement) -> Iterator[tuple[Times, datetime]]:
        """Right before, at and right after the end of each period of a statement, from each of the hard days."""
        for event, lengths in self._spans(one):
            for year, (month, day) in product((2023, 2024), _HARD):
                start = datetime(year, month, min(day, monthrange(year, month)[1]), tzinfo=UTC)
                end = start
                for number, unit in lengths:
                    end = add(end, number, unit)
                for seconds in (-1, 0, 1):
                    others, _ = self.times(one, friendly=True)
                    yield {**others, event: start}, end + timedelta(seconds=seconds)

    def _spans(self, one: Statement) -> Iterator[tuple[str, Lengths]]:
        """Events with the periods after them at whose end something changes."""
        for event in terms_of(one.fields, "event"):
            periods = [one.fields.get(name) for name in ("period", "deadline", "lag")]
            lengths = [(each.upper or each.number, each.unit) for each in periods if isinstance(each, Period)]
            yield event, tuple(lengths)
        for event in terms_of(one.fields, "until"):
            yield event, ()
        for atom in self._atoms(one):
            if isinstance(atom, Compared) and atom.unit:
                yield atom.subject, ((atom.number, atom.unit),)

    def _past(self, moment: datetime) -> datetime:
        """The moment; now and then the first one, with which a question says that it does not know when."""
        return LONG_AGO if self.chance(0.1) else moment

    def _moment(self) -> datetime:
        """Any moment in two years; often the end of a month, for there calendars are hard."""
        choose = self.random.choice
        month, day = choose(_HARD) if self.chance(0.5) else (choose(range(1, 13)), choose(range(1, 29)))
        midnight = datetime(choose((2023, 2024)), month, day, tzinfo=choose(_ZONES))
        return midnight + timedelta(seconds=choose((0, choose(range(86400)))))
