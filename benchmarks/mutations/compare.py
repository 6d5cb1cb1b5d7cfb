"""Whether a policy allows nothing that another one does not allow: told of the statements, for all requests.

Two policies are compared that differ in few statements. A statement that permits less, forbids more and lets data
expire no later than the one in its place makes the policy allow nothing newly, whatever the others say: what is allowed
grows with what any statement permits, and shrinks with all else. Where that cannot be seen, the answer is no.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from attrs import Factory, define, evolve, field

from benchmarks.mutations.meaning import labels_named, of_statement, of_term, plain
from policyc.language.clauses import CLAUSES
from policyc.language.verbs import VERBS, entailed
from policyc.language.words import Force
from policyc.model.graph import OTHER, Graph
from policyc.model.policy import Policy, Statement, terms_of
from policyc.model.values import AllOf, Guard, Holds, OneOf, Terms, Value, Words
from policyc.semantics.clocks import is_clock, longest, starts_at, stops_at
from policyc.semantics.reference import Reference
from policyc.semantics.request import DEFAULTS, dimension_values

_WORDS: Final = {row.dimension: row.words for row in CLAUSES if row.dimension}
_DATA: Final = "data"
_PER: Final = ("purpose", "party")
"""Kinds for each of which a fact may be known."""

_ENDS: Final = ("event", "until", "stage")
_ALWAYS: Final = AllOf(())
_NEVER: Final = OneOf(())


def allows_nothing_newly(before: Policy, after: Policy) -> bool:
    """Whether every request that `after` allows is allowed by `before` too, as far as the statements show it."""
    if before.header.id != after.header.id or before.terms.keys() != after.terms.keys():
        return False
    changed = [name for name, term in before.terms.items() if of_term(term) != of_term(after.terms[name])]
    if changed:
        return len(changed) == 1 and _only_closes(before, after, changed[0])
    named = labels_named(before) | labels_named(after)
    gone, new = _differing(before, after, named), _differing(after, before, named)
    comparison = _Comparison(before, named)
    return len(gone) == len(new) and all(map(comparison.is_no_wider, gone, new))


def _only_closes(before: Policy, after: Policy, name: str) -> bool:
    """Whether all that changes is that a term has no unlisted members, where no question can tell the difference.

    A question that leaves a dimension out can, where a statement reaches all other leaves, or none of them. And what
    is known for each listed purpose or recipient is not known for one that is not, but if the term itself is listed.
    """
    term = before.terms[name]
    has_members = Graph(before.terms).listed_leaves(name) != (name,)
    same = all(of_statement(one) == of_statement(after.statement(one.id)) for one in before.statements)
    if not same or of_term(evolve(term, is_open=False)) != of_term(after.terms[name]):
        return False
    if has_members and term.kind in _PER:
        return False
    kinds = {_DATA: (_DATA,)} | {row.dimension: row.kinds for row in CLAUSES if row.dimension}
    return not any(
        _is_told_apart(before, one, dimension, OTHER + name)
        for dimension, found in kinds.items()
        if term.kind in found
        for one in before.statements
        if dimension in one.row.dimensions
    )


def _is_told_apart(policy: Policy, one: Statement, dimension: str, unlisted: str) -> bool:
    """Whether a statement that covers an unknown value, or not, would not, or would, without the unlisted one."""
    reference = Reference(policy)
    values = dimension_values(reference.graph, dimension)
    for certain, covers in ((True, all), (False, any)):
        found = {
            value: reference.extends_to(one, dimension, value, certain=certain, permits=certain) for value in values
        }
        if covers(found.values()) is not covers(reached for value, reached in found.items() if value != unlisted):
            return True
    return False


def _differing(one: Policy, other: Policy, named: frozenset[str]) -> list[Statement]:
    """The statements of one that the other has not, in the order of the file."""
    there = Counter(_key(statement, named) for statement in other.statements)
    found = []
    for statement in sorted(one.statements, key=lambda each: each.place.span.start):
        key = _key(statement, named)
        if there[key] <= 0:
            found.append(statement)
        there[key] -= 1
    return found


def _key(one: Statement, named: frozenset[str]) -> tuple[str | None, str]:
    return (one.id if one.id in named else None), of_statement(one)


@define
class _Comparison:
    """Compares statements of policies with the same terms."""

    policy: Policy
    named: frozenset[str]
    reference: Reference = field(init=False, default=Factory(lambda self: Reference(self.policy), takes_self=True))

    def is_no_wider(self, before: Statement, after: Statement) -> bool:
        """Whether a statement in the place of another makes a policy allow nothing newly."""
        is_named = bool({before.id, after.id} & self.named)
        is_timed = is_named or is_clock(before) or is_clock(after)
        if before.verb != after.verb or (is_named and before.id != after.id):
            return False
        return (
            (not is_timed or _ends_no_later(before, after))
            and self._permits_no_more(before, after)
            and self._forbids_no_less(before, after)
            and self._closes_no_less(before, after)
            and self._expires_no_later(before, after)
        )

    # --- the halves of a statement ---------------------------------------------------------------

    def _permits_no_more(self, before: Statement, after: Statement) -> bool:
        """What the one permits that stands there now, the other permitted, with the same rank."""
        if not _permits(after) or self._enforces_nothing(after):
            return True
        if before.force is not after.force or self._enforces_nothing(before):
            return False
        ranks = set(terms_of(after.fields, "despite")) <= set(terms_of(before.fields, "despite"))
        is_half = after.force is Force.FORBID
        guard = (
            _at_most(_when(after), _when(before))
            and (_at_most(_unless(after), _unless(before)) if is_half else _at_most(_unless(before), _unless(after)))
            and (is_half or all(_based_no_less(before, after, name) for name in ("basis", "special_basis")))
            and _in_time_at_most(after, before)
        )
        return ranks and guard and all(self._within(after, before, name, permits=True) for name in self._shared(after))

    def _forbids_no_less(self, before: Statement, after: Statement) -> bool:
        """What the one forbade that stood there, the other forbids."""
        if before.force is not Force.FORBID:
            return True
        if after.force is not Force.FORBID:
            return False
        excepted = set(terms_of(after.fields, "except")) <= set(terms_of(before.fields, "except"))
        guard = (
            _at_most(_when(before), _when(after))
            and _at_most(_unless(after), _unless(before))
            and _in_time_at_most(before, after)
        )
        return (
            excepted and guard and all(self._within(before, after, name, permits=False) for name in self._shared(after))
        )

    def _closes_no_less(self, before: Statement, after: Statement) -> bool:
        """What an `only` forbade, it forbids."""
        if not before.only or before.force is not Force.PERMIT:
            return True
        if after.force is not Force.PERMIT or not set(before.only) <= set(after.only):
            return False
        closed = {name for name in self._shared(after) if self.reference.clause(after, name) in after.only}
        was_closed = {name for name in closed if self.reference.clause(before, name) in before.only}
        return (
            all(self._within(before, after, name, permits=False) for name in self._shared(after) if name not in closed)
            and all(self._within(after, before, name, permits=True) for name in was_closed)
            and ("when" not in before.only or _at_most(_when(after), _when(before)))
        )

    def _expires_no_later(self, before: Statement, after: Statement) -> bool:
        """Where the data expired, it expires; the times themselves are the same."""
        if not is_clock(before):
            return True
        guard = _at_most(_when(before), _when(after)) and _at_most(_unless(after), _unless(before))
        reach = all(self._within(before, after, name, permits=False) for name in self._shared(after))
        return is_clock(after) and guard and reach

    # --- what they reach ---------------------------------------------------------------------------

    def _shared(self, one: Statement) -> list[str]:
        """The dimensions that the verb's own requests have; those of the verbs that it entails have no others."""
        return sorted(one.row.dimensions)

    def _within(self, inner: Statement, outer: Statement, dimension: str, *, permits: bool) -> bool:
        """Whether one reaches nothing in a dimension that the other does not reach, both as what they are."""
        if self._said(inner, dimension) == self._said(outer, dimension):
            return True
        values = self._values(dimension)
        return self._reached(inner, dimension, values, permits=permits) <= self._reached(
            outer, dimension, values, permits=permits
        )

    def _said(self, one: Statement, dimension: str) -> tuple[Value | None, bool]:
        return self.reference.named(one, dimension), self.reference.has_hole(one, dimension)

    def _values(self, dimension: str) -> list[str]:
        """All that a request can name in a dimension, and what it means if it names nothing."""
        known = dimension_values(self.reference.graph, dimension)
        usual = [DEFAULTS[dimension]] if dimension in DEFAULTS else []
        return list(dict.fromkeys([*known, *_WORDS.get(dimension, ()), *usual]))

    def _reached(self, one: Statement, dimension: str, values: list[str], *, permits: bool) -> set[str]:
        return {
            value
            for value in values
            if self.reference.extends_to(one, dimension, value, certain=permits, permits=permits)
        }

    def _enforces_nothing(self, one: Statement) -> bool:
        """Whether a permission can allow nothing: it leaves out what it must name, or is certain of nothing there."""
        if any(self.reference.is_left_out(one, name) for name in one.row.essential):
            return True
        always = one.row.dimensions.intersection(*(VERBS[verb].dimensions for verb in entailed(one.verb)))
        return any(self._is_uncertain(one, name) for name in always)

    def _is_uncertain(self, one: Statement, dimension: str) -> bool:
        named, has_hole = self._said(one, dimension)
        return (has_hole and named is None) or (isinstance(named, Terms) and named.quantifier == "some")


def _permits(one: Statement) -> bool:
    return one.force is Force.PERMIT or (one.force is Force.FORBID and "unless" in one.fields)


def _ends_no_later(before: Statement, after: Statement) -> bool:
    """Whether a clock ends after the same events, and at most as many periods after them; or had no end."""
    had, has = longest(before), longest(after)
    if "until" not in before.fields and (had is None or not {"event", "stage"} & before.fields.keys()):
        return True
    fewer = had is None or had == has or (has is not None and has in {had[:1], had[1:]})
    return fewer and all(plain(name, before.fields.get(name)) == plain(name, after.fields.get(name)) for name in _ENDS)


def _based_no_less(before: Statement, after: Statement, field_name: str) -> bool:
    """Fewer legal bases suffice for less; none at all asks for nothing."""
    had, has = set(terms_of(before.fields, field_name)), set(terms_of(after.fields, field_name))
    return not had or (bool(has) and has <= had)


# --- guards, by their form: what is at most as true, in all three values ---------------------------


def _at_most(one: Guard, other: Guard) -> bool:
    """Whether a guard is never truer than another."""
    if one == other:
        return True
    return (
        (isinstance(other, AllOf) and all(_at_most(one, part) for part in other.parts))
        or (isinstance(one, OneOf) and all(_at_most(part, other) for part in one.parts))
        or (isinstance(other, OneOf) and any(_at_most(one, part) for part in other.parts))
        or (isinstance(one, AllOf) and any(_at_most(part, other) for part in one.parts))
    )


def _in_time_at_most(one: Statement, other: Statement) -> bool:
    """Whether one is never in time where the other is not."""
    return _at_most(_started(one), _started(other)) and _at_most(_stopped(other), _stopped(one))


def _when(one: Statement) -> Guard:
    return _guard(one.fields.get("when"), _ALWAYS)


def _unless(one: Statement) -> Guard:
    return _guard(one.fields.get("unless"), _NEVER)


def _started(one: Statement) -> Guard:
    return _happened(starts_at(one), _ALWAYS)


def _stopped(one: Statement) -> Guard:
    return _happened(stops_at(one), _NEVER)


def _happened(events: Terms | None, otherwise: Guard) -> Guard:
    if events is None:
        return otherwise
    parts = tuple(map(Holds, events.ids))
    return OneOf(parts) if events.quantifier == "any" else AllOf(parts)


def _guard(value: Value | None, otherwise: Guard) -> Guard:
    return otherwise if value is None or isinstance(value, Terms | Words) else value  # type: ignore[return-value]
