"""The distinct sets of statements that a request can meet, found by intersecting bit sets dimension by dimension."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import define, field, frozen

from policyc.language.clauses import ANY_STATE, CLAUSES
from policyc.language.verbs import VERBS, entailed
from policyc.language.words import Force
from policyc.model.policy import Statement
from policyc.semantics.clocks import is_clock
from policyc.semantics.reference import GATHERS, Reference
from policyc.semantics.request import Request

DECIDED: Final = tuple(sorted(name for name, row in VERBS.items() if row.decided))

_ROWS: Final = {row.dimension: row for row in CLAUSES if row.dimension}
_DATA: Final = "data"

_ROLES: Final = 4
_PERMITS, _FORBIDS, _LIMITS, _INSIDE = range(_ROLES)
"""What a statement can be for a request: it covers it as a permission, or as a prohibition or clock; or it says `only`,
and covers it in its other dimensions, or lists it. A statement has a bit for each."""


@frozen
class CoverSet:
    """A verb, the ids of the statements that cover a request for certain or perhaps, and one such request."""

    verb: str
    statements: tuple[str, ...]
    terms: Mapping[str, str]


@define
class Covers:
    """The cover sets of a policy. Coverage is the reference's, in the enforced reading."""

    reference: Reference
    _known: dict[tuple[int, str, str | None], int] = field(factory=dict)

    def sets(self) -> Iterator[CoverSet]:
        """All cover sets, with the empty ones."""
        for verb in DECIDED:
            yield from self._sets(verb)

    def _sets(self, verb: str) -> Iterator[CoverSet]:
        statements = self.reference.policy.statements
        found: dict[int, dict[str, str]] = {self._normal(self._whatever(verb)): {}}
        for dimension in sorted(VERBS[verb].dimensions):
            rows: dict[int, str | None] = {}
            for value in self.values(dimension):
                rows.setdefault(self._row(dimension, value), value)
            wider: dict[int, dict[str, str]] = {}
            for bits, terms in found.items():
                for row, value in rows.items():
                    more = {} if value is None else {dimension: value}
                    wider.setdefault(self._normal(bits & row), {**terms, **more})
            found = wider
        for bits, terms in found.items():
            met = (one.id for number, one in enumerate(statements) if bits >> number * _ROLES & _ALL)
            yield CoverSet(verb, tuple(met), terms)

    def values(self, dimension: str) -> Sequence[str | None]:
        """The leaves and words of a dimension, and None where a request may leave it out."""
        if dimension == _DATA:
            return self.reference.graph.leaves((_DATA,))
        row = _ROWS[dimension]
        words = [word for word in row.words if word != ANY_STATE]
        return [None, *(words or self.reference.graph.leaves(row.kinds))]

    def _whatever(self, verb: str) -> int:
        """What statements can be for requests with a verb, wherever these lie."""
        bits = 0
        for number, one in enumerate(self.reference.policy.statements):
            roles = set()
            if one.force is not Force.NONE and verb in entailed(one.verb):
                essential = (self.reference.is_left_out(one, name) for name in one.row.essential)
                roles |= set() if any(essential) else {_PERMITS}
            if one.force is not Force.NONE and one.verb in entailed(verb):
                roles |= {_FORBIDS} if one.force is Force.FORBID else {_LIMITS, _INSIDE} if one.only else set()
            roles |= {_FORBIDS} if is_clock(one) and verb not in GATHERS else set()
            bits |= sum(1 << role for role in roles) << number * _ROLES
        return bits

    def _row(self, dimension: str, value: str | None) -> int:
        """What each statement can be for requests with a value in a dimension, wherever they lie in the others."""
        bits = 0
        for number, one in enumerate(self.reference.policy.statements):
            key = (number, dimension, value)
            if key not in self._known:
                self._known[key] = self._roles(one, dimension, value)
            bits |= self._known[key] << number * _ROLES
        return bits

    def _roles(self, one: Statement, dimension: str, value: str | None) -> int:
        if dimension not in one.row.dimensions:
            return _ALL
        request = Request(one.verb, {} if value is None else {dimension: value})
        certain, possible = (
            self.reference.covers(one, dimension, request, permits=permits) for permits in (True, False)
        )
        is_only = self.reference.clause(one, dimension) in one.only
        covered = {_PERMITS: certain, _FORBIDS: possible, _LIMITS: possible or is_only, _INSIDE: certain or not is_only}
        return sum(1 << role for role, is_covered in covered.items() if is_covered)

    def _normal(self, bits: int) -> int:
        """The bits without what lists say whose `only` has no say anyway."""
        having_a_say = (bits & self._all_with(_LIMITS)) << (_INSIDE - _LIMITS)
        return bits & ~(self._all_with(_INSIDE) & ~having_a_say)

    def _all_with(self, role: int) -> int:
        return sum(1 << number * _ROLES + role for number in range(len(self.reference.policy.statements)))


_ALL: Final = (1 << _ROLES) - 1
