"""Which statements can meet in one request: permissions that a prohibition takes back, and where.

An index has for each leaf the statements that reach it, as the bits of a number. The statements that a prohibition
meets are those in the sets of its leaves on every axis: no two statements are compared that cannot meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property
from typing import Final

from attrs import evolve, frozen

from policyc.language.verbs import VERBS, entailed
from policyc.language.words import Force
from policyc.model.policy import Policy, Statement, terms_of
from policyc.record import Record
from policyc.semantics.conditions import FALSE, Case, Conditions, Formula, TooHard, every, facts_in, no
from policyc.semantics.extents import EVERYTHING, Box, Extents, Leaves
from policyc.semantics.norms import Index, Norm, Numbers

SHOWN: Final = 5
"""How many permissions a conflict lists; the others are counted."""

_MOST_TRIED: Final = 400
"""So many permissions are held against the exceptions of one prohibition."""


class Weight(Enum):
    """How a prohibition stands to a permission that it meets.

    BROKEN: it forbids all of something that the permission names. DOUBTFUL: of what the permission names a part, and
    nobody can tell which of the two was meant to limit the other; or the permission does not say whether the exception
    holds. NARROWED: it only takes a special case out.
    """

    BROKEN = "broken"
    DOUBTFUL = "doubtful"
    NARROWED = "narrowed"


@frozen(repr=False, eq=False)
class Meeting(Record):
    """Where a permission and a prohibition meet: a region without the exceptions, and what is the case."""

    permission: Norm
    prohibition: Norm
    region: Mapping[str, Leaves]
    case: Case


@frozen(repr=False, eq=False)
class Conflict(Record):
    """A prohibition, the permissions that it takes back in the order of the file, and where it meets the first.

    `permissions` are the first few of `count`. `lighter` are the first few that it meets with less weight, of
    `lighter_count`.
    """

    weight: Weight
    permissions: Sequence[Norm]
    count: int
    first: Meeting
    lighter: Sequence[Norm] = ()
    lighter_count: int = 0

    @property
    def prohibition(self) -> Norm:
        """What takes them back."""
        return self.first.prohibition


class Overlaps:
    """What the statements of a policy have in common."""

    def __init__(self, policy: Policy) -> None:
        """Look at no statement yet."""
        self.policy = policy
        self.extents = Extents(policy)
        self.conditions = Conditions(policy)
        self._known: dict[tuple[Formula, ...], bool] = {}

    # --- norms ---------------------------------------------------------------------------------

    @cached_property
    def statements(self) -> Sequence[Statement]:
        """Those that say what is, in the order of the file."""
        found = [one for one in self.policy.statements if one.mood is None]
        return sorted(found, key=lambda one: (one.place.source.name, one.place.span.start))

    @cached_property
    def permissions(self) -> Sequence[Norm]:
        """What is allowed or promised."""
        conditions = self.conditions
        return [
            Norm(one.id, one, (self.extents.box(one, permits=True),), when=conditions.of(one))
            for one in self.statements
            if one.modality != "never"
        ]

    @cached_property
    def prohibitions(self) -> Sequence[Norm]:
        """What is forbidden or refused."""
        return [self.prohibition(one) for one in self.statements if one.modality == "never"]

    @cached_property
    def closed(self) -> Sequence[Norm]:
        """What each `only` forbids."""
        found = (one for one in self.statements if one.only and one.force is Force.PERMIT)
        return [norm for one in found for norm in self.outside(one)]

    @cached_property
    def halves(self) -> Sequence[Norm]:
        """What prohibitions allow by their `unless`."""
        found = (one for one in self.statements if one.force is Force.FORBID and "unless" in one.fields)
        return [
            Norm(one.id, one, (self.extents.box(one, permits=True),), when=every(self._when(one), self._unless(one)))
            for one in found
        ]

    def prohibition(self, one: Statement) -> Norm:
        """A `never`."""
        return Norm(one.id, one, (self.extents.box(one, permits=False),), self._when(one), self._unless(one))

    def outside(self, one: Statement) -> Iterator[Norm]:
        """What the `only` of a statement forbids."""
        name = f"{one.id}#only"
        outside = dict(self.extents.outside(one))
        if outside:
            yield Norm(name, one, tuple(outside.values()), closed=tuple(outside))
        if "when" in one.only:
            unless = self.conditions.of_fields({"when": one.fields["when"]})
            listed = {axis: extent for axis, extent in self.extents.box(one, permits=True).items() if axis in outside}
            yield Norm(name, one, ({**self.extents.box(one, permits=False), **listed},), unless=unless)

    def _when(self, one: Statement) -> Formula:
        when = {name: value for name, value in one.fields.items() if name == "when"}
        return every(self.conditions.of_fields(when), self.conditions.of_times(one))

    def _unless(self, one: Statement) -> Formula:
        return self.conditions.exception(one)

    @cached_property
    def index(self) -> Index:
        """The permissions by what they reach. Acts of others, and what reaches nothing, meet nothing."""
        return Index([norm for norm in self.permissions if all(extent.possible for extent in norm.boxes[0].values())])

    @cached_property
    def _forbidding(self) -> Index:
        """What is forbidden by what it reaches; what an `only` forbids is cut into its boxes."""
        norms = [*self.prohibitions, *self.closed]
        parts = ((norm, box, norm.closed[n : n + 1]) for norm in norms for n, box in enumerate(norm.boxes))
        return Index([evolve(norm, boxes=(box,), closed=closed) for norm, box, closed in parts])

    def forbidding(self, permission: Norm, *, all_of_it: bool) -> Sequence[Norm]:
        """The first prohibitions that reach something of what a permission allows, or all of it."""
        index, about = self._forbidding, 0
        for verb in entailed(permission.verb):
            about |= index.by_verb.get(verb, 0)
        if about:
            about &= index.covering(permission) if all_of_it else index.sharing(permission.boxes[0])
        return index.norms(about, _MOST_TRIED)

    # --- relations -----------------------------------------------------------------------------

    def exceptions(self, prohibition: Norm) -> Sequence[Norm]:
        """The permissions that win over a prohibition."""
        return self._winning.get(prohibition.statement.id, ())

    @cached_property
    def _by_id(self) -> Mapping[str, Norm]:
        return {norm.id: norm for norm in self.permissions}

    @cached_property
    def _winning(self) -> Mapping[str, Sequence[Norm]]:
        """Statement → the permissions that win over it. A prohibition with `unless` has a half that permits."""
        by_id = {**self._by_id, **{norm.id: norm for norm in self.halves}}
        found: dict[str, list[Norm]] = {}
        for one in self.statements:
            pairs = [(one.id, name) for name in terms_of(one.fields, "except")]
            pairs += [(name, one.id) for name in terms_of(one.fields, "despite")]
            for prohibited, name in pairs:
                if name in by_id:
                    found.setdefault(prohibited, []).append(by_id[name])
        return found

    @cached_property
    def _yielding(self) -> Mapping[str, Sequence[Norm]]:
        """Statement → the permissions that say that they yield to it."""
        found: dict[str, list[Norm]] = {}
        for norm in self.permissions:
            for name in terms_of(norm.statement.fields, "subject_to"):
                found.setdefault(name, []).append(norm)
        return found

    # --- conflicts -----------------------------------------------------------------------------

    def conflicts(self, prohibitions: Iterable[Norm]) -> Iterator[Conflict]:
        """For each prohibition the permissions that it meets with the greatest weight that it has for any."""
        for prohibition in prohibitions:
            weighed = (self._conflict(prohibition, weight, met) for weight, met in self._met(prohibition).items())
            found = [conflict for conflict in weighed if conflict is not None]
            if found:
                gravest, *lighter = found
                others = [norm for conflict in lighter for norm in conflict.permissions]
                yield evolve(gravest, lighter=others[:SHOWN], lighter_count=sum(one.count for one in lighter))

    def _conflict(self, prohibition: Norm, weight: Weight, found: Numbers) -> Conflict | None:
        exceptions = self.exceptions(prohibition)
        if exceptions and found:
            tried = self.index.norms(found, _MOST_TRIED)
            found = self.index.numbers(one for one in tried if self.meeting(one, prohibition, exceptions) is not None)
        if not found:
            return None
        shown = self.index.norms(found, SHOWN)
        first = self.meeting(shown[0], prohibition, exceptions)
        return Conflict(weight, shown, found.bit_count(), first) if first is not None else None

    def _met(self, prohibition: Norm) -> Mapping[Weight, Numbers]:
        """The permissions that a prohibition meets, and that no relation joins to it, by weight, the greatest first."""
        name = prohibition.statement.id
        own = [self._by_id[name]] if name in self._by_id else []
        related = self.index.numbers([*own, *self.exceptions(prohibition), *self._yielding.get(name, ())])
        return self._by_weight(prohibition, self.index.meeting(prohibition) & ~related)

    def _by_weight(self, prohibition: Norm, candidates: Numbers) -> Mapping[Weight, Numbers]:
        found = dict.fromkeys(Weight, 0)
        if not candidates:
            return found
        speaking = self.index.speaking(prohibition)
        inside = candidates & (self.index.inside(prohibition) | self.index.must & speaking)
        # Who promises, says that it happens in special cases too.
        left = candidates & speaking & ~inside
        partly = left & (self.index.promised | ~self.index.covering(prohibition)) if left else 0
        sure = self._sure(prohibition)
        for guard, here in self.index.guards(candidates):
            if not self.can_hold(guard, prohibition.when, no(prohibition.unless)):
                continue
            always = self.conditions.implies(guard, prohibition.when)
            broken = here & inside & sure if always else 0
            doubtful = here & ~broken & (inside | partly) & (EVERYTHING if always else self.index.promised & speaking)
            found[Weight.BROKEN] |= broken
            found[Weight.DOUBTFUL] |= doubtful
            found[Weight.NARROWED] |= here & ~broken & ~doubtful
        return found

    def _sure(self, prohibition: Norm) -> Numbers:
        """The permissions that say enough to tell that the prohibition's exception need not hold.

        Without an exception all do. Where the exception is a consent, those do that name another legal basis.
        """
        if prohibition.unless == FALSE:
            return EVERYTHING
        is_consent = facts_in(prohibition.unless) <= self._facts_of_bases
        return self.index.based if is_consent else 0

    @cached_property
    def _facts_of_bases(self) -> frozenset[str]:
        """The facts on which legal bases depend."""
        bases = self.policy.of_kind("legal_basis")
        facts = frozenset(fact for term in bases for fact in facts_in(self.conditions.of_basis(term.id)))
        return facts | {
            term.id for term in self.policy.of_kind("fact") if facts & set(terms_of(term.fields, "implies"))
        }

    def can_hold(self, *formulas: Formula) -> bool:
        """Whether conditions can hold together; if that is too hard to tell, they can."""
        if self.conditions.is_free(formulas):
            return True
        if formulas not in self._known:
            try:
                self._known[formulas] = self.conditions.solve(*formulas) is not None
            except TooHard:
                self._known[formulas] = True
        return self._known[formulas]

    # --- regions -------------------------------------------------------------------------------

    def meeting(self, permission: Norm, prohibition: Norm, exceptions: Sequence[Norm] = ()) -> Meeting | None:
        """Where two norms meet outside all exceptions; None if they do not."""
        formulas = [permission.when, prohibition.when, no(prohibition.unless)]
        taken = _taken(exceptions, permission.verb)
        for box in judged(prohibition, permission.verb):
            region = _common({axis: extent.possible for axis, extent in permission.boxes[0].items()}, box)
            left = None if region is None else self.left(region, formulas, taken)
            if left is not None:
                return Meeting(permission, prohibition, *left)
        return None

    def rest(self, prohibition: Norm, exceptions: Sequence[Norm]) -> tuple[Mapping[str, Leaves], Case] | None:
        """A part of what a prohibition forbids that no exception allows, and what is the case; None if nothing is."""
        formulas = [prohibition.when, no(prohibition.unless)]
        taken = _taken(exceptions, prohibition.verb)
        for box in prohibition.boxes:
            region = {axis: extent.possible for axis, extent in box.items()}
            left = None if 0 in region.values() else self.left(region, formulas, taken)
            if left is not None:
                return left
        return None

    def left(
        self, region: dict[str, Leaves], formulas: list[Formula], taken: Sequence[tuple[Box, Formula]]
    ) -> tuple[dict[str, Leaves], Case] | None:
        """A part of a region, and a case in which all formulas hold, without what is taken out of both."""
        if not taken:
            try:
                case = self.conditions.solve(*formulas)
            except TooHard:
                return None
            return None if case is None else (region, case)
        (box, when), *rest = taken
        if _common(region, box) is None:
            return self.left(region, formulas, rest)
        for axis, extent in box.items():
            here = region.get(axis, self.extents.universe(axis)) & ~extent.possible
            found = self.left({**region, axis: here}, formulas, rest) if here else None
            if found is not None:
                return found
        return self.left(region, [*formulas, no(when)], rest)


def _taken(exceptions: Iterable[Norm], verb: str) -> list[tuple[Box, Formula]]:
    """What exceptions of an act reach, and when."""
    return [(one.boxes[0], one.when) for one in exceptions if verb in entailed(one.verb)]


def judged(prohibition: Norm, verb: str) -> Iterator[Box]:
    """What a prohibition reaches on the axes that the permitted act has."""
    if not VERBS[verb].decided:
        yield from prohibition.boxes
        return
    axes = VERBS[verb].dimensions
    for number, box in enumerate(prohibition.boxes):
        if not prohibition.closed or prohibition.closed[number] in axes:
            yield {axis: extent for axis, extent in box.items() if axis in axes}


def _common(region: Mapping[str, Leaves], box: Box) -> dict[str, Leaves] | None:
    """The part of a region that a box reaches; None if it reaches nothing of it on some axis."""
    found = dict(region)
    for axis, extent in box.items():
        found[axis] = found.get(axis, EVERYTHING) & extent.possible
    return None if 0 in found.values() else found
