"""What a statement reaches in each dimension of a request, as sets of rows: leaves, words, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from attrs import Factory, define, field

from policyc.language.clauses import ANY_STATE, CLAUSES, DEFAULT_STATES, DIMENSIONS, STATES
from policyc.language.verbs import UNCOVERED, UNSAID
from policyc.model.graph import OTHER, Graph
from policyc.model.policy import Policy, Statement, terms_of
from policyc.model.values import Terms, Value, Words
from policyc.semantics.request import PROCESSORS

DATA: Final = "data"
ALL_DIMENSIONS: Final = (DATA, *dict.fromkeys(DIMENSIONS))

CLAUSE: Final = {row.dimension: row for row in CLAUSES if row.dimension}
"""Dimension → the clause that restricts it; the objects restrict the data."""

NONE: Final = ""
"""The row for what a request that names nothing means: plain sharing, our own role, the controller."""

_WITH_DEFAULT: Final = ("state", "way", "actor", "role")
"""Dimensions in which a request that names nothing means the first value; in others it is unknown."""

Row = str | None
"""A leaf, a word or NONE; None for a request that leaves the dimension out."""

Rows = frozenset[Row]


@define(slots=False)
class Space:
    """The rows of each dimension of a policy, and what statements cover of them."""

    policy: Policy
    graph: Graph = field(init=False, default=Factory(lambda self: Graph(self.policy.terms), takes_self=True))
    values: Mapping[str, tuple[str, ...]] = field(init=False)

    @values.default
    def _values(self) -> dict[str, tuple[str, ...]]:
        leaves = {name: self.graph.leaves(kinds(name)) for name in ALL_DIMENSIONS}
        words = {"state": STATES, "way": (NONE, *CLAUSE["way"].words), "means": CLAUSE["means"].words}
        return leaves | words | {name: (NONE, *leaves[name]) for name in ("actor", "role")}

    def rows(self, dimension: str) -> Rows:
        """Every row of a dimension."""
        return frozenset((None, *self.values[dimension]))

    def covered(self, one: Statement, dimension: str, *, permits: bool) -> Rows:
        """What a permission covers for certain, or a prohibition possibly.

        A request that leaves the dimension out is covered by a permission of every value, or a prohibition of any.
        """
        if dimension not in one.row.dimensions:
            return self.rows(dimension)
        possible = self._possible(dimension)
        named = one.objects if dimension == DATA else one.fields.get(clause(one, dimension))
        hole = clause(one, dimension) in {name for name, _ in one.holes}
        if hole and not permits:
            return possible
        if named is None and not hole and dimension not in ("state", *UNCOVERED):
            return possible
        found: frozenset[str] = (
            frozenset() if hole and named is None else self._named(named, dimension, permits=permits)
        )
        return self._with_left_out(dimension, found & frozenset(self.values[dimension]), permits=permits)

    def _possible(self, dimension: str) -> Rows:
        """What a statement covers that says nothing of a dimension: everything, but only we and our processors act."""
        return self.rows(dimension) & (self._ours | {None}) if dimension == "actor" else self.rows(dimension)

    def _with_left_out(self, dimension: str, found: frozenset[str], *, permits: bool) -> Rows:
        """The values with None, if a request that leaves the dimension out is covered."""
        values = self.values[dimension]
        if dimension in _WITH_DEFAULT:
            return found | {None} if values[0] in found else found
        values = UNSAID.get(dimension, values)
        found_of_these = found.intersection(values)
        covered = found_of_these and (not permits or len(found_of_these) == len(values))
        return found | {None} if covered else found

    def _named(self, named: Value | None, dimension: str, *, permits: bool) -> frozenset[str]:
        """The values of what a statement names, or of what it means by naming no state, no way and no means."""
        words = named.words if isinstance(named, Words) else ()
        if dimension == "state":
            return frozenset(STATES if ANY_STATE in words else words or DEFAULT_STATES)
        if dimension in UNCOVERED:
            silent = frozenset(self.values[dimension]) - (UNCOVERED[dimension] if permits else frozenset())
            return frozenset(words) or silent
        if not isinstance(named, Terms) or (permits and named.quantifier == "some"):
            return frozenset()
        found = self.graph.below(named.ids) - self.graph.below(named.excluding)
        found = frozenset(name for name in found if not name.startswith(OTHER)) if permits else found
        return self._acting(found, permits=permits) if dimension == "actor" else found

    def _acting(self, named: frozenset[str], *, permits: bool) -> frozenset[str]:
        """Who acts, by who is named: the controller also as NONE, and its permissions are its processors' too."""
        if self._controllers.isdisjoint(named):
            return named & self._ours
        return (named & self._ours) | {NONE} | (self._processors if permits else frozenset())

    @cached_property
    def _controllers(self) -> frozenset[str]:
        return self.graph.below(terms_of(self.policy.header.fields, "controllers"))

    @cached_property
    def _processors(self) -> frozenset[str]:
        return self.graph.below(term.id for term in self.policy.terms.values() if term.qualified == PROCESSORS)

    @cached_property
    def _ours(self) -> frozenset[str]:
        """Those whose acts are decided."""
        return self._controllers | self._processors | {NONE}


def kinds(dimension: str) -> tuple[str, ...]:
    """The kinds of terms that a dimension has; none if it has closed words."""
    return (DATA,) if dimension == DATA else CLAUSE[dimension].kinds


def clause(one: Statement, dimension: str) -> str:
    """The field in which a statement names something in a dimension."""
    return one.row.object if dimension == DATA else CLAUSE[dimension].field
