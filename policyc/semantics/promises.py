"""What rights, choices, notices, measures and roles promise, and which of them lie within others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from policyc.model.policy import Statement, terms_of
from policyc.model.values import Terms, Words
from policyc.semantics.conditions import every
from policyc.semantics.extents import EVERYTHING, Box, Extent, Leaves
from policyc.semantics.norms import Index, Norm
from policyc.semantics.overlap import Overlaps
from policyc.semantics.said import SAYS_NOTHING

_VERBS: Final = frozenset({"act_as", "grant", "honour", "notify", "offer", "protect"})

_MOST_TRIED: Final = 10
"""So many others are held against each promise."""

_LIMITS: Final = ("subjects", "actor", "surfaces", "place")
"""Clauses that only limit a promise: who has it, from whom, where."""

_MATTER: Final = "regarding"
_ALL_DATA: Final = "std.data.base.personal_data"

_BURDENS: Final = (
    *("fee", "identity_check", "limits", "refusal", "basis", "special_basis", "consequence", "against", "delegates"),
    "laws",
)
"""What makes a promise worth less, or has another one use it: without it, one promises something else.

A law from which a right follows limits it. One that says how data is protected does not.
"""

BY_USE: Final = "consent_by_use"
GUARDS: Final = ("when", "unless")


class Promises:
    """The promises of a policy, by what they are about."""

    def __init__(self, overlaps: Overlaps) -> None:
        """Nothing is compared before it is asked for."""
        self.overlaps = overlaps
        self.below = overlaps.extents.graph.below
        self._extents = overlaps.extents
        self._terms = overlaps.policy.terms
        self.all = [self._norm(norm.statement) for norm in overlaps.permissions if norm.verb in _VERBS]

    def _norm(self, one: Statement) -> Norm:
        conditions = self.overlaps.conditions
        when = every(conditions.of_fields(one.fields), conditions.of_bases(one))
        return Norm(one.id, one, (dict(self._box(one)),), when=when)

    def _box(self, one: Statement) -> Iterator[tuple[str, Extent]]:
        """What a promise is about: its objects, whom and where it is for, and what it is regarding, by kind."""
        box = self._extents.box(one, permits=True)
        axes = [one.row.object, *_LIMITS, "recipients", "purposes", *(("event",) if one.verb == "notify" else ())]
        yield from ((axis, box[axis]) for axis in axes if axis in box)
        if one.verb != "notify":
            yield from self._matter(one).items()

    def _matter(self, one: Statement) -> Mapping[str, Extent]:
        """What it is regarding, by kind; personal data are all that a policy is about."""
        value = one.fields.get(_MATTER)
        found: dict[str, list[str]] = {}
        for name in terms_of(one.fields, _MATTER):
            found.setdefault(self._terms[name].kind, []).append(name)
        if not isinstance(value, Terms):
            return {}
        is_some = value.quantifier == "some"
        if not value.excluding and not is_some:
            found = {kind: ids for kind, ids in found.items() if not self._is_all(ids)}
        reached = {
            kind: self._extents.below(ids) & ~self._extents.below(value.excluding) for kind, ids in found.items()
        }
        return {kind: Extent(0 if is_some else leaves, leaves, (leaves,)) for kind, leaves in reached.items()}

    def _is_all(self, ids: Sequence[str]) -> bool:
        return any(self._terms[name].qualified == _ALL_DATA for name in ids)

    @cached_property
    def _index(self) -> Index:
        return Index(self.all)

    @cached_property
    def _people(self) -> Leaves:
        """The people whom the policy is about."""
        return self._extents.below(terms_of(self.overlaps.policy.header.fields, "subjects")) or EVERYTHING

    def beside(self, norm: Norm) -> Sequence[Norm]:
        """The first promises of the same kind that reach something of what one is about."""
        index = self._index
        found = index.sharing(norm.boxes[0]) & index.by_verb[norm.verb] & ~index.numbers([norm])
        return index.norms(found, _MOST_TRIED)

    def is_narrower(self, norm: Norm, wider: Norm) -> bool:
        """Whether it is for fewer people, or in fewer matters; that it names fewer rights or choices is no matter."""
        mine, theirs = norm.boxes[0], wider.boxes[0]
        axes = ({*mine} | {*theirs}) - {norm.statement.row.object}
        return any(self._reach(mine, axis) != self._reach(theirs, axis) for axis in axes)

    def _reach(self, box: Box, axis: str) -> Leaves:
        """What a promise is about on an axis, and all that there is if it does not say."""
        every_ = {"subjects": self._people, "place": self._extents.universe("place")}
        return box[axis].possible if axis in box else every_.get(axis, EVERYTHING)

    # --- what lies within what -----------------------------------------------------------------

    def within(self, norm: Norm, wider: Norm) -> tuple[str, ...]:
        """What a promise names that another one certainly promises to the same people, in the same matter."""
        one, other = norm.statement, wider.statement
        burdens = [name for name in _BURDENS if name in other.fields and (name, one.verb) != ("laws", "protect")]
        if any(one.fields.get(name) != other.fields.get(name) for name in ("on_behalf_of", *burdens)):
            return ()
        if not self._is_firm(wider):
            return ()
        mine, theirs = norm.boxes[0], wider.boxes[0]
        for axis in theirs.keys() - {one.row.object, "event"}:
            usual = self._people if axis == "subjects" else EVERYTHING
            if (mine[axis].possible if axis in mine else usual) & ~theirs[axis].certain:
                return ()
        named = (*_LIMITS, *(() if one.verb == "notify" else (_MATTER,)))
        is_below = all(self._is_below(one.fields.get(name), other.fields.get(name)) for name in named)
        return self._objects(one, other) if is_below else ()

    def _is_firm(self, wider: Norm) -> bool:
        """Whether it leaves nothing open that could limit it."""
        limits = {*_LIMITS, *_BURDENS, *GUARDS, _MATTER, "recipients", "purposes", "event", "laws"}
        holes = {name for name, _ in wider.statement.holes}
        extents = wider.boxes[0].values()
        return holes.isdisjoint(limits) and all(extent.certain == extent.possible != 0 for extent in extents)

    def _is_below(self, lower: object, upper: object) -> bool:
        """Whether it names the same terms or lower ones: for readers, a group is more than its only known member."""
        if not isinstance(lower, Terms) or not isinstance(upper, Terms) or self._is_all(upper.ids):
            return True
        return self.below(upper.ids).issuperset(lower.ids)

    def _objects(self, one: Statement, other: Statement) -> tuple[str, ...]:
        """Who announces several roles, says of each in particular what it is for. Who names a right, says which one."""
        mine, theirs = objects_of(one), objects_of(other)
        if one.verb == "act_as" and len(theirs) > 1:
            return ()
        reached = {*theirs}
        if one.verb != "grant" and isinstance(other.objects, Terms):
            reached = {*self.below(theirs) - self.below(other.objects.excluding)}
        return tuple(name for name in mine if name in reached)

    # --- what else they say --------------------------------------------------------------------

    def adds(self, one: Statement, other: Statement, *without: str) -> bool:
        """Whether a clause tells something of which the other statement is silent."""
        holes = {name for name, _ in one.holes} - {"wording"}
        if one.only or not all(_says(other, name) for name in holes):
            return True
        return any(self._tells(name, one, other) for name in one.fields if name not in without)

    def _tells(self, name: str, one: Statement, other: Statement) -> bool:
        mine, theirs = one.fields[name], other.fields.get(name)
        limits = name in _LIMITS or (name == _MATTER and one.verb != "notify")
        if mine == theirs or limits or (name in SAYS_NOTHING and name != "text"):
            return False
        if not isinstance(mine, Terms) or not isinstance(theirs, Terms):
            return True
        if name == "measures":  # a class of measures says less than each of them
            return not all(self.below([each]) & {*theirs.ids} for each in mine.ids)
        return not self.below(theirs.ids).issuperset(mine.ids)


def objects_of(one: Statement) -> tuple[str, ...]:
    """What the verb of a statement is about: names, or closed words."""
    if isinstance(one.objects, Words):
        return one.objects.words
    return one.objects.ids if isinstance(one.objects, Terms) else ()


def _says(one: Statement, field: str) -> bool:
    """Whether a statement has a field, or says that it is missing."""
    return field in one.fields or any(name == field for name, _ in one.holes)
