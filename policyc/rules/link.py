"""A policy as rules see it: which of its names lie below the names of a rule, and what its statements reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from attrs import define, field

from policyc.checks._view import View
from policyc.model.graph import closure
from policyc.model.policy import Statement, terms_of
from policyc.model.rules import Rules
from policyc.model.values import Terms, facts_in
from policyc.rules.reach import PLACE, above
from policyc.semantics.extents import EVERYTHING, Leaves

ANYBODY: Final = "anybody there"


@define(slots=False, eq=False, repr=False)
class Linked:
    """A policy beside rules. Names of rules are qualified, names of the policy are its ids."""

    view: View
    rules: Rules
    _below: dict[str, tuple[str, ...]] = field(init=False, factory=dict)
    _leaves: dict[Terms, Leaves] = field(init=False, factory=dict)

    # --- names -------------------------------------------------------------------------------

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        return {term.qualified: term.id for term in self.view.policy.terms.values()}

    @cached_property
    def _children(self) -> Mapping[str, list[str]]:
        """Qualified name → those right below it, by the policy and by the rules."""
        terms = self.view.policy.terms
        found = {name: list(below) for name, below in self.rules.below.items()}
        for term in terms.values():
            for parent in term.parents:
                found.setdefault(terms[parent].qualified, []).append(term.qualified)
        # The author's own consent counts as the library's, if it asks for the same.
        for term in self.view.policy.of_kind("legal_basis"):
            facts = {terms[fact].qualified for fact in facts_in(term.fields.get("when"))}
            for basis, asked in self.rules.guards.items():
                if facts and facts <= set(asked) and basis != term.qualified:
                    found.setdefault(basis, []).append(term.qualified)
        return found

    def names(self, qualified: str) -> tuple[str, ...]:
        """The policy's names at or below a name of the rules, sorted."""
        if qualified not in self._below:
            found = closure([qualified], lambda name: self._children.get(name, ()))
            self._below[qualified] = tuple(sorted(self._ids[name] for name in found if name in self._ids))
        return self._below[qualified]

    def all_names(self, named: Terms) -> frozenset[str]:
        """The policy's names at or below names of the rules, without those that they exclude."""
        without = {one for name in named.excluding for one in self.names(name)}
        return frozenset(one for name in named.ids for one in self.names(name)) - without

    def leaves(self, named: Terms) -> Leaves:
        """The leaves at or below names of the rules."""
        if named not in self._leaves:
            below = self.view.overlaps.extents.below
            without = below(one for name in named.excluding for one in self.names(name))
            self._leaves[named] = below(one for name in named.ids for one in self.names(name)) & ~without
        return self._leaves[named]

    def flagged(self, flag: str) -> Leaves:
        """The leaves of data that declarations give a flag, if an act names them, and not only all data."""
        data = self.view.policy.of_kind("data")
        return self._acted(self.view.graph.below([term.id for term in data if flag in term.fields]))

    def data(self, named: Terms) -> Leaves:
        """The leaves of data at or below names of the rules, if an act names them, and not only all data."""
        return self._acted(self.all_names(named))

    def _acted(self, names: frozenset[str]) -> Leaves:
        """Of what a policy merely explains, and no act names, `all data` does not speak."""
        return self.view.overlaps.extents.below(sorted(self._of_acts & names))

    @cached_property
    def _of_acts(self) -> frozenset[str]:
        """The data that acts name."""
        acts = (one.objects for one in self.view.policy.statements if one.row.decided)
        return frozenset(name for one in acts if isinstance(one, Terms) for name in one.ids)

    # --- the places that rules are for -------------------------------------------------------

    def where(self, one: Statement, places: Terms | None, laws: Iterable[str]) -> Leaves:
        """What a statement reaches of the places that a rule is for (None: everywhere).

        Besides places of the policy that is one more leaf: whoever is there, but at none of the places that it names. A
        statement under one of the rule's laws is for all whom that is for.
        """
        named = self._places(one)
        if places is None:
            return self.view.overlaps.extents.below(named) if named else EVERYTHING
        inside = self.leaves(places)
        if not named or self._is_under(one, laws):
            return inside | self.anybody
        is_all = all(self._lies_in(place, named) for place in places.ids)
        return (self.view.overlaps.extents.below(named) & inside) | (self.anybody if is_all else 0)

    def _places(self, one: Statement) -> tuple[str, ...]:
        """The places that a statement names, or those where its people are, if all of them say so."""
        terms = self.view.policy.terms
        people = [terms_of(terms[name].fields, PLACE) for name in terms_of(one.fields, "subjects")]
        there = tuple(place for places in people for place in places) if all(people) else ()
        return terms_of(one.fields, PLACE) or there

    def _is_under(self, one: Statement, laws: Iterable[str]) -> bool:
        terms = self.view.policy.terms
        named = (terms[name] for name in terms_of(one.fields, "laws"))
        return any(each.qualified in laws for law in named for each in above(self.view.policy, law))

    @cached_property
    def anybody(self) -> Leaves:
        """The leaf for people at no place that the policy names."""
        return self.view.overlaps.extents.words((ANYBODY,))

    def _lies_in(self, place: str, named: Iterable[str]) -> bool:
        """Whether a place of the rules is one of the policy's, or lies in one."""
        terms = self.view.policy.terms
        above = closure([place], lambda name: self._parents.get(name, ()))
        return any(terms[name].qualified in above for name in named)

    @cached_property
    def _parents(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, children in self._children.items():
            for child in children:
                found.setdefault(child, []).append(name)
        return found
