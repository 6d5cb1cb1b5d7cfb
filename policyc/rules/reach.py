"""What statements reach, as rules see it: places of who holds data count, and data about nobody does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final

from attrs import define, field

from policyc.checks._view import View
from policyc.language.clauses import row_of
from policyc.model.graph import closure
from policyc.model.policy import Policy, Statement, Term, terms_of
from policyc.semantics.extents import DATA, EVERYTHING, Leaves

Region = Mapping[str, Leaves]
"""What something reaches on each axis that it restricts."""

PLACE: Final = "place"
LOCATION: Final = "location"
_REGARDING: Final = "regarding"
_ACTOR: Final = "actor"

_IMPERSONAL: Final = "std.data.nonpersonal.non_personal_data"

_SPLIT: Final = {"data": "data", "purpose": "purpose", "surface": "surface", "party": "recipient", "event": "event"}
"""Kind of what a statement is `regarding` → the axis on which that says what it is about."""


def above(policy: Policy, term: Term) -> Iterable[Term]:
    """A term and those above it, nearest first."""
    return (policy.terms[name] for name in closure([term.id], lambda name: policy.terms[name].parents))


@define(slots=False, eq=False, repr=False)
class Reaches:
    """The reach of each statement of a policy, worked out once for all rules."""

    view: View
    _known: dict[int, Region] = field(init=False, factory=dict)
    _held: dict[str, Leaves] = field(init=False, factory=dict)

    def reach(self, one: Statement) -> Region:
        """What a statement reaches, by dimension; of verbs that nobody asks for by what they are about, too."""
        if id(one) not in self._known:
            self._known[id(one)] = self._decided(one) if one.row.decided else self._told(one)
        return self._known[id(one)]

    def _decided(self, one: Statement) -> Region:
        box = self.view.overlaps.extents.box(one, permits=one.modality != "never")
        found = {axis: extent.possible for axis, extent in box.items() if extent.possible != EVERYTHING}
        acting = terms_of(one.fields, _ACTOR) or terms_of(self.view.policy.header.fields, "controllers")
        found[_ACTOR] = self.view.overlaps.extents.below(acting)
        if DATA in found:
            found[DATA] &= ~self._impersonal
        lies = self._location(one)
        return {**found, LOCATION: lies | found.get(LOCATION, 0)} if lies else found

    @cached_property
    def _impersonal(self) -> Leaves:
        """Data that is about nobody: no law on personal data speaks of it."""
        data = self.view.policy.of_kind("data")
        return self.view.overlaps.extents.below(term.id for term in data if term.qualified == _IMPERSONAL)

    def _location(self, one: Statement) -> Leaves:
        """The places of the systems that data is at; if it says nothing of that, those of who gets it."""
        found = 0
        for name in terms_of(one.fields, LOCATION) or terms_of(one.fields, "recipients"):
            if name not in self._held:
                policy = self.view.policy
                terms = above(policy, policy.terms[name])
                self._held[name] = self.view.overlaps.extents.below(
                    place for term in terms for place in terms_of(term.fields, PLACE)
                )
            found |= self._held[name]
        return found

    def _told(self, one: Statement) -> Region:
        extents = self.view.overlaps.extents
        found: dict[str, Leaves] = {}
        for name, extent in extents.box(one, permits=True).items():
            if name not in {_REGARDING, _ACTOR} and extent.possible != EVERYTHING:
                axis = name if name == one.row.object else row_of(name).dimension or name
                found[axis] = extent.possible
        for name in terms_of(one.fields, _REGARDING):
            axis = _SPLIT.get(self.view.policy.terms[name].kind, _REGARDING)
            found[axis] = found.get(axis, 0) | extents.below([name])
        return found
