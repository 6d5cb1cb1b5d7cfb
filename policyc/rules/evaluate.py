"""Whether a policy breaks a rule, in the disclosed reading: for each leaf, person and place that it speaks of.

`every S has T` holds if whatever a statement that fits S reaches, statements with T reach too. No two statements are
compared that have no data in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from attrs import define, evolve, field, frozen

from policyc.checks._view import Sentence
from policyc.language.clauses import DEFAULT_STATES, row_of
from policyc.language.verbs import VERBS, entailed
from policyc.model.graph import OTHER
from policyc.model.policy import Statement, Term, terms_of
from policyc.model.rules import EVERY, FLAGS, NO, SOME, Demand, Need, Needs, Pattern, Rule, Sort
from policyc.model.values import Flag, Period, Terms, Value, Words
from policyc.record import Record
from policyc.resolve.bound import OBJECTS
from policyc.rules.link import Linked
from policyc.rules.periods import is_within
from policyc.rules.reach import PLACE, Reaches, Region, above
from policyc.rules.regions import CELLS, Cover, cells, narrowed
from policyc.semantics.extents import DATA, EVERYTHING, Leaves

_PERMITTED: Final = {
    None: ("may", "will", "must"),
    "may": ("may", "will", "must"),
    "will": ("will", "must"),
    "must": ("must",),
    "never": ("never",),
}
"""Modality of a pattern → modalities of statements that fit."""


@frozen(repr=False, eq=False)
class Breach(Record):
    """One place where a rule is broken: a sentence, and what is missing of it; None if nothing is there at all."""

    about: Sentence | None
    part: Mapping[str, Leaves] = field(factory=dict)
    whole: Mapping[str, Leaves] = field(factory=dict)
    """All that the statement was looked at for."""


@define(slots=False, eq=False, repr=False)
class Evaluation:
    """Evaluates rules about one policy, one after the other."""

    linked: Linked
    reaches: Reaches
    _scopes: dict[tuple[Terms | None, tuple[str, ...]], _Scope] = field(init=False, factory=dict)

    def breaches(self, rule: Rule) -> list[Breach]:
        """Where a rule is broken; nothing if it holds, or if its conditions do not."""
        scope = self._scope(rule.fields.get(PLACE), rule.laws)
        if any(next(scope.breaches(one, is_condition=True), None) is not None for one in rule.conditions):
            return []
        return [found for one in rule.demands for found in scope.breaches(one)]

    def _scope(self, places: Value | None, laws: tuple[str, ...]) -> _Scope:
        key = places if isinstance(places, Terms) else None, laws
        if key not in self._scopes:
            self._scopes[key] = _Scope(self, *key)
        return self._scopes[key]

    @cached_property
    def by_verb(self) -> Mapping[str, Sequence[Statement]]:
        """All statements, of every mood, by their verb, in the order of the file."""
        found: dict[str, list[Statement]] = {}
        for one in sorted(self.linked.view.policy.statements, key=lambda one: one.place.span.start):
            found.setdefault(one.verb, []).append(one)
        return found


@define(slots=False, eq=False, repr=False)
class _Scope:
    """Evaluates demands in the places that a rule is for."""

    evaluation: Evaluation
    places: Terms | None
    laws: tuple[str, ...]
    _regions: dict[int, Region] = field(init=False, factory=dict)
    _never: dict[str, Cover] = field(init=False, factory=dict)
    _seekers: dict[tuple[Pattern, bool], _Seeker] = field(init=False, factory=dict)

    @property
    def linked(self) -> Linked:
        return self.evaluation.linked

    def breaches(self, demand: Demand, *, is_condition: bool = False) -> Iterator[Breach]:
        """Where a demand does not hold; of several that are alternatives, where the first does not."""
        others = (next(self.breaches(other, is_condition=is_condition), None) for other in demand.alternatives)
        if None not in others:
            yield from self._breaches(demand, is_condition=is_condition)

    def _breaches(self, demand: Demand, *, is_condition: bool) -> Iterator[Breach]:
        pattern, needs = demand.pattern, demand.needs
        # What a rule asks for may be said by a statement about everything; what it is about has to be named.
        is_asked_for = demand.quantifier == (NO if is_condition else SOME)
        is_about_statements = pattern.sort is Sort.VERB
        found: Sequence[Sentence] = (
            self.fitting(pattern, names_it=not is_asked_for) if is_about_statements else self.declared(pattern)
        )
        if demand.quantifier == EVERY and needs is not None:
            if is_about_statements:
                yield from self._uncovered([one for one in found if isinstance(one, Statement)], pattern, needs)
            else:
                yield from (Breach(one) for one in found if not self.has_all(one, needs))
            return
        meeting = [one for one in found if needs is None or self.has_all(one, needs)]
        if demand.quantifier == NO:
            yield from (Breach(one) for one in meeting)
        elif not meeting:
            yield Breach(None)

    # --- statements --------------------------------------------------------------------------

    def fitting(self, pattern: Pattern, *, names_it: bool) -> Sequence[Statement]:
        """The statements that fit a pattern, in the order of the file.

        If it `names_it`, a statement has to name what the pattern names; else one that does not may be meant too.
        """
        return self._seeker(pattern, names_it=names_it).found

    def _seeker(self, pattern: Pattern, *, names_it: bool) -> _Seeker:
        key = pattern, names_it
        if key not in self._seekers:
            self._seekers[key] = _Seeker(self, pattern, names_it)
        return self._seekers[key]

    def region(self, one: Statement) -> Region:
        """What a statement reaches in the places that the rule is for."""
        if id(one) not in self._regions:
            where = self.linked.where(one, self.places, self.laws)
            reached = dict(self.evaluation.reaches.reach(one))
            reached.pop(PLACE, None)
            self._regions[id(one)] = reached if where == EVERYTHING else {**reached, PLACE: where}
        return self._regions[id(one)]

    def _uncovered(self, found: Sequence[Statement], pattern: Pattern, needs: Needs) -> Iterator[Breach]:
        """The statements of which a part is reached by none that has what is needed."""
        own = not needs.others
        # One need after the other: what one statement lacks, another one may say.
        for each in [Needs((one,)) for one in needs.needs] if own and not needs.is_any else [needs]:
            lacking = [one for one in found if not (own and self.has_all(one, each))]
            if not lacking:
                continue
            saying = [self._provided(one) for other in each.others for one in self.fitting(other, names_it=False)]
            saying += [self.region(one) for one in found if own and self.has_all(one, _without_conditions(each))]
            cover = Cover(saying)
            axes = self._seeker(pattern, names_it=True).axes
            for one in lacking:
                part = self.left(one, axes, cover)
                if part is not None:
                    yield Breach(one, part, self.region(one))

    def left(self, one: Statement, axes: Mapping[str, Leaves], cover: Cover | None = None) -> Region | None:
        """A part of what a statement reaches, within some axes, that nothing takes back or covers; None if none is."""
        region = narrowed(self.region(one), {axis: leaves for axis, leaves in axes.items() if axis in CELLS})
        parts: Sequence[Region] = [cells(region)]
        if one.row.decided and one.modality != "never" and one.mood is None:
            parts = self._taken_back(one.verb).left(region, parts, is_sure=True)
        if cover is not None:
            parts = cover.left(region, parts, is_sure=False)
        return parts[0] if parts else None

    def is_taken_back(self, one: Statement, axes: Mapping[str, Leaves]) -> bool:
        """Whether prohibitions leave nothing of a statement within some axes."""
        is_permission = one.row.decided and one.modality != "never" and one.mood is None
        return is_permission and bool(self._taken_back(one.verb)) and self.left(one, axes) is None

    def _taken_back(self, verb: str) -> Cover:
        """What prohibitions without exception and condition take back of what an act is allowed."""
        if verb not in self._never:
            found = [one for name in entailed(verb) for one in self.evaluation.by_verb.get(name, ())]
            sure = (one for one in found if one.modality == "never" and one.mood is None)
            self._never[verb] = Cover(
                [self.region(one) for one in sure if not {"when", "unless", "except"} & one.fields.keys()]
            )
        return self._never[verb]

    def _provided(self, one: Statement) -> Region:
        """What a statement that is asked for reaches. What data is kept for says for how long, and not of what."""
        region = self.region(one)
        return {axis: leaves for axis, leaves in region.items() if axis != "purpose" or one.verb not in _KEEPING}

    # --- declarations ------------------------------------------------------------------------

    def declared(self, pattern: Pattern) -> Sequence[Term]:
        """The declarations that fit a pattern, sorted by id."""
        policy = self.linked.view.policy
        if pattern.sort is Sort.HEADER:
            named = terms_of(policy.header.fields, pattern.heads[0])
            found = [policy.terms[name] for name in named]
        else:
            # Of a class with members each of them has to say it: they say what the class does, too.
            children = self.linked.view.graph.children
            own = (term for term in policy.of_kind(pattern.heads[0]) if term.is_local or term.imported)
            found = [term for term in own if all(child.startswith(OTHER) for child in children[term.id])]
        if isinstance(pattern.objects, Terms):
            names = self.linked.all_names(pattern.objects)
            found = [term for term in found if term.id in names]
        found = [term for term in found if all(self.meets(term, name, value) for name, value in pattern.fields)]
        return [term for term in found if pattern.having is None or self.has_all(term, pattern.having)]

    # --- needs -------------------------------------------------------------------------------

    def has_all(self, one: Sentence, needs: Needs) -> bool:
        """Whether a sentence says what is needed."""
        if not needs.needs:
            return True
        return (any if needs.is_any else all)(self._has(one, need) for need in needs.needs)

    def _has(self, one: Sentence, need: Need) -> bool:
        if need.value is not None:
            return any(self.meets(one, name, need.value) for name in need.fields)
        values = [value for name in need.fields for value in self._values(one, name)]
        if need.least or need.most is not None:
            count = len({name for value in values if isinstance(value, Terms) for name in value.ids})
            return need.least <= count and (need.most is None or count <= need.most)
        return bool(values)

    def meets(self, one: Sentence, name: str, wanted: Value) -> bool:
        """Whether a clause says one of the names or words that are wanted, or a period within the one that is."""
        for value in self._values(one, name):
            if isinstance(wanted, Terms) and isinstance(value, Terms):
                if not self.linked.all_names(wanted).isdisjoint(value.ids):
                    return True
            elif isinstance(wanted, Words) and isinstance(value, Words):
                if not set(wanted.words).isdisjoint(value.words):
                    return True
            elif isinstance(wanted, Period) and isinstance(value, Period):
                if is_within(value, wanted):
                    return True
            elif isinstance(wanted, Flag) and isinstance(value, Flag):
                return True
        return False

    def _values(self, one: Sentence, name: str) -> Iterator[Value]:
        """What a clause says. A declaration says what those above it say; the header, what its controllers say."""
        if isinstance(one, Statement):
            value = one.objects if name == OBJECTS else one.fields.get(name)
            if value is not None:
                yield value
        elif isinstance(one, Term):
            terms = self.linked.view.policy.terms
            for term in above(self.linked.view.policy, one):
                if name in term.fields:
                    yield term.fields[name]
            if one.kind == "policy":
                for controller in terms_of(one.fields, "controllers"):
                    yield from self._values(terms[controller], name)


@define(slots=False, eq=False, repr=False)
class _Seeker:
    """Tells which statements fit a pattern."""

    scope: _Scope
    pattern: Pattern
    names_it: bool

    @cached_property
    def axes(self) -> Mapping[str, Leaves]:
        """The leaves that a pattern restricts, by axis."""
        linked, found = self.scope.linked, dict[str, Leaves]()
        extents = linked.view.overlaps.extents
        row = VERBS[self.pattern.heads[0]]
        named: list[tuple[str, Value | None]] = [
            (DATA if row.decided and row.kinds == (DATA,) else row.object, self.pattern.objects)
        ]
        named += [(row_of(name).dimension or "", value) for name, value in self.pattern.fields]
        for axis, value in named:
            if axis and isinstance(value, Terms):
                is_data = axis == DATA and self.names_it
                found[axis] = linked.data(value) if is_data else linked.leaves(value)
            elif axis and isinstance(value, Words):
                found[axis] = extents.words(value.words)
        if row.decided and "state" in row.takes:
            found.setdefault("state", extents.words(DEFAULT_STATES))
        for flag in FLAGS:
            if flag in dict(self.pattern.fields):
                found[DATA] = found.get(DATA, EVERYTHING) & linked.flagged(flag)
        return found

    @cached_property
    def others(self) -> Mapping[str, Value]:
        """Clauses of a pattern that are no axes."""
        return {name: value for name, value in self.pattern.fields if name not in FLAGS and not row_of(name).dimension}

    @cached_property
    def found(self) -> Sequence[Statement]:
        """The statements that fit, in the order of the file."""
        if self.names_it and 0 in self.axes.values():
            return []
        by_verb = self.scope.evaluation.by_verb
        verbs = [verb for verb in by_verb if not entailed(verb).isdisjoint(self.pattern.heads)]
        found = [one for verb in verbs for one in by_verb[verb] if self._fits(one)]
        return sorted(found, key=lambda one: one.place.span.start) if len(verbs) > 1 else found

    def _fits(self, one: Statement) -> bool:
        pattern, scope = self.pattern, self.scope
        if one.mood != pattern.mood or one.modality not in _PERMITTED[pattern.modality]:
            return False
        if one.verb not in pattern.heads and one.modality != "never" and not self._is_entailed(one):
            return False
        if (one.row.decided or self.names_it) and not self._is_own(one):
            return False
        # What it reaches is known for all rules alike, but for the places, which take longer to find.
        reached = scope.evaluation.reaches.reach(one)
        if reached.get(DATA) == 0 or not all(self._is_there(reached, axis) for axis in self.axes if axis != PLACE):
            return False
        region = scope.region(one)
        if region.get(PLACE) == 0 or (PLACE in self.axes and not self._is_there(region, PLACE)):
            return False
        if scope.is_taken_back(one, self.axes if self.names_it else {}):
            return False
        if not all(scope.meets(one, name, value) for name, value in self.others.items()):
            return False
        return pattern.having is None or scope.has_all(one, pattern.having)

    def _is_there(self, region: Region, axis: str) -> bool:
        """Whether a region reaches what the pattern names on an axis; one that leaves it open reaches all, unsaid."""
        return bool(region[axis] & self.axes[axis]) if axis in region else not self.names_it

    def _is_own(self, one: Statement) -> bool:
        """Whether it is about those that the pattern is about: if it names nobody, what we do for ourselves."""
        named = dict(self.pattern.fields)
        is_for_us = "on_behalf_of" in named or "on_behalf_of" not in one.fields
        return is_for_us and (
            "actor" in named or one.modality == "never" or self.scope.linked.view.overlaps.extents.is_ours(one)
        )

    def _is_entailed(self, one: Statement) -> bool:
        """Whether another act says enough to allow this one, too: what is collected for nothing is not used."""
        there = {DATA, *one.fields, *dict(one.holes)}
        heads = entailed(one.verb) & set(self.pattern.heads)
        return any(all(_ESSENTIAL[name] in there for name in VERBS[head].essential) for head in heads)


_KEEPING: Final = frozenset({"keep", "delete", "store"})
"""Verbs whose purposes say why data stays."""

_ESSENTIAL: Final = {DATA: DATA, "purpose": "purposes", "recipient": "recipients", "location": "location"}
"""Dimension → the field by which a statement names it."""


def _without_conditions(needs: Needs) -> Needs:
    """What one statement can say for another one: not under which condition that is."""
    others = tuple(need for need in needs.needs if not {"when", "unless"} & set(need.fields))
    return evolve(needs, needs=others or (Need(()),))
