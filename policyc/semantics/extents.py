"""What statements reach, as sets of leaves: one number for each dimension, one bit for each leaf.

Sets of leaves are compared in no time this way, however many there are. The reference does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from attrs import frozen

from policyc.language.clauses import ANY_STATE, CLAUSES, DEFAULT_STATES, STATES, Form
from policyc.language.verbs import UNCOVERED, Verb
from policyc.model.graph import OTHER, Graph
from policyc.model.policy import Policy, Statement, terms_of
from policyc.model.values import Terms, Value, Words
from policyc.record import Record
from policyc.semantics.request import CONTROLLER, OWN, PLAIN, PROCESSORS

Leaves = int
"""A set of leaves, as the bits of a number."""

Hashed = tuple[int, Leaves]
"""A set of leaves in a dictionary."""


def hashed(leaves: Leaves) -> Hashed:
    """A set as a key. A number alone is a bad one: all sets of one leaf have 61 hash values among them."""
    return leaves.bit_length(), leaves


DATA: Final = "data"

NOT_REACH: Final = frozenset(
    (
        *("parents", "special_basis", "basis", "laws", "safeguards", "copy_channels", "measures", "then", "before"),
        *("except", "despite", "subject_to", "stage", "delegates", "appeal", "until"),
    )
)
"""Fields of names that do not say what a statement is about, but why, how, and what it relates to."""

_DIMENSION: Final[Mapping[str, str]] = {row.field: row.dimension for row in CLAUSES if row.dimension}
_AXES: Final = frozenset(row.field for row in CLAUSES if row.form is Form.NAMES and not row.attaches) - NOT_REACH


@frozen(repr=False)
class Extent(Record):
    """The leaves that a statement reaches on one axis: `certain` ones, and all that are `possible`.

    `pieces` are those of each term that it names there: none if it says nothing, and means what is usual.
    """

    certain: Leaves
    possible: Leaves
    pieces: tuple[Leaves, ...] = ()

    def __hash__(self) -> int:
        """Of all that it may reach, which tells most of them apart."""
        return hash(hashed(self.possible))


Box = Mapping[str, Extent]
"""What a statement reaches on each axis that it restricts; on all others it reaches everything."""


class Extents:
    """The leaves of a policy's terms, and what its statements reach.

    An axis of an act that is decided is a dimension of requests; of another statement it is a field of names.
    """

    def __init__(self, policy: Policy) -> None:
        """Who acts for us is asked for often."""
        self.policy = policy
        self.graph = Graph(policy.terms)
        self.leaves: list[str] = []
        """The leaf of each bit; closed words are leaves too."""
        self._bits: dict[str, Leaves] = {}
        self._below: dict[str, Leaves] = {}
        self._named: dict[Terms, Extent] = {}
        self._universe: dict[str, Leaves] = {}
        self._silent: dict[tuple[str, bool], Extent | None] = {}
        self._boxes: dict[tuple[int, bool], tuple[Statement, Box]] = {}
        """By the statement's identity; it is kept beside its box, so that no other one gets its number."""
        controllers = terms_of(policy.header.fields, "controllers")
        processors = [term.id for term in policy.terms.values() if term.qualified == PROCESSORS]
        self._controllers = self.below(controllers) | self._bit(CONTROLLER)
        self._processors = self.below(processors)
        self._ours = self._controllers | self._processors

    def box(self, one: Statement, *, permits: bool) -> Box:
        """What a statement reaches, as a permission or as a prohibition. Both are the same for what is not decided."""
        key = id(one), permits
        if key not in self._boxes:
            box = dict(self._decided(one, permits=permits) if one.row.decided else self._told(one))
            self._boxes[key] = one, box
        return self._boxes[key][1]

    def names(self, leaves: Leaves) -> Iterator[str]:
        """The leaves of a set, in the order of their bits."""
        while leaves:
            lowest = leaves & -leaves
            yield self.leaves[lowest.bit_length() - 1]
            leaves ^= lowest

    def below(self, identifiers: Iterable[str]) -> Leaves:
        """The declared leaves at or below some terms."""
        return _union(self._below_one(name) for name in identifiers)

    def _below_one(self, name: str) -> Leaves:
        if name not in self._below:
            self._below[name] = self._leaves_of(name)
        return self._below[name]

    def _leaves_of(self, name: str) -> Leaves:
        """Depth first, each term once: a term's leaves are its members'."""
        pending = [name]
        while pending:
            here = pending[-1]
            inner = [child for child in self.graph.children.get(here, ()) if not child.startswith(OTHER)]
            waiting = [child for child in inner if child not in self._below]
            if waiting:
                pending += waiting
                continue
            pending.pop()
            self._below[here] = _union(self._below[child] for child in inner) if inner else self._bit(here)
        return self._below[name]

    def _bit(self, leaf: str) -> Leaves:
        if leaf not in self._bits:
            self._bits[leaf] = 1 << len(self.leaves)
            self.leaves.append(leaf)
        return self._bits[leaf]

    def is_ours(self, one: Statement) -> bool:
        """Whether we may be those who act, or who act for us."""
        named = one.fields.get("actor")
        return not isinstance(named, Terms) or bool(self.below(named.ids) & self._ours)

    def words(self, words: Iterable[str]) -> Leaves:
        """Closed words as a set."""
        return sum({self._bit(word) for word in words})

    def universe(self, axis: str) -> Leaves:
        """All leaves that an axis of decided acts has."""
        if axis not in self._universe:
            rows = [row for row in CLAUSES if row.dimension == axis]
            kinds = {DATA} if axis == DATA else {kind for row in rows for kind in row.kinds}
            terms = self.below(term.id for term in self.policy.terms.values() if term.kind in kinds)
            words = self.words(word for row in rows for word in row.words if word != ANY_STATE)
            plain = self._bit(PLAIN) if axis in {"way", "role"} else 0
            self._universe[axis] = self._ours if axis == "actor" else terms | words | plain
        return self._universe[axis]

    # --- acts that are decided ---------------------------------------------------------------

    def _decided(self, one: Statement, *, permits: bool) -> Iterator[tuple[str, Extent]]:
        holes = {name for name, _ in one.holes}
        if isinstance(one.objects, Terms):
            yield DATA, self._opened(self._terms(one.objects), has_hole=one.row.object in holes)
        elif one.row.object in holes:
            yield DATA, _OPEN
        for name, dimension in _dimensions(one.row):
            named = one.fields.get(name)
            if named is not None:
                yield dimension, self._opened(self._said(named, dimension, permits=permits), has_hole=name in holes)
            elif name in holes:
                yield dimension, _OPEN
            else:
                usual = self._usual(dimension, permits=permits)
                if usual is not None:
                    yield dimension, usual

    def _said(self, named: Value, dimension: str, *, permits: bool) -> Extent:
        """What a clause reaches."""
        if isinstance(named, Words):
            if dimension == "state" and ANY_STATE in named.words:
                every = self.words(STATES)
                return Extent(every, every, (every,))  # whichever it is: none of the four is named
            return self._of_words(named.words)
        found = self._terms(named) if isinstance(named, Terms) else Extent(EVERYTHING, EVERYTHING)
        if dimension != "actor":
            return found
        certain, possible = (self._acting(leaves, permits=permits) for leaves in (found.certain, found.possible))
        return Extent(certain, possible, (possible,))

    def _usual(self, dimension: str, *, permits: bool) -> Extent | None:
        """What a statement reaches that says nothing of a dimension; None for everything."""
        key = dimension, permits
        if key not in self._silent:
            self._silent[key] = self._unsaid(dimension, permits=permits)
        return self._silent[key]

    def _unsaid(self, dimension: str, *, permits: bool) -> Extent | None:
        if dimension == "state":
            # Who names no state speaks of data that points at a person, and means pseudonyms too.
            usual = self.words(DEFAULT_STATES)
            return Extent(usual, usual, (self.words(DEFAULT_STATES[:1]),))
        if not permits:
            return None
        if dimension == "role":
            return Extent(EVERYTHING, EVERYTHING, (self._bit(OWN),))
        if dimension in UNCOVERED:
            usual = self.universe(dimension) & ~self.words(UNCOVERED[dimension])
            return Extent(usual, usual)
        return None

    def _of_words(self, words: Iterable[str]) -> Extent:
        pieces = tuple(self._bit(word) for word in words)
        together = sum(set(pieces))
        return Extent(together, together, pieces)

    def _acting(self, named: Leaves, *, permits: bool) -> Leaves:
        """Those of us who act; a permission of the controller is its processors' too."""
        if not named & self._controllers:
            return named & self._ours
        return (named & self._ours) | self._controllers | (self._processors if permits else 0)

    def _terms(self, named: Terms) -> Extent:
        if named not in self._named:
            without = self.below(named.excluding)
            below = (self._below_one(name) for name in named.ids)
            pieces = tuple(piece for piece in (each & ~without if without else each for each in below) if piece)
            reached = _union(pieces)
            self._named[named] = Extent(0 if named.quantifier == "some" else reached, reached, pieces)
        return self._named[named]

    def _opened(self, found: Extent, *, has_hole: bool) -> Extent:
        """With a hole beside what is named, anything may be meant too."""
        return Extent(found.certain, EVERYTHING, found.pieces) if has_hole else found

    # --- what nobody asks for ----------------------------------------------------------------

    def _told(self, one: Statement) -> Iterator[tuple[str, Extent]]:
        holes = {name for name, _ in one.holes}
        objects = one.objects
        if isinstance(objects, Terms):
            yield one.row.object, self._terms(objects)
        elif isinstance(objects, Words):
            yield one.row.object, self._of_words(objects.words)
        for name in _axes(one.row):
            named = one.fields.get(name)
            if isinstance(named, Terms):
                yield name, self._opened(self._terms(named), has_hole=name in holes)
            elif isinstance(named, Words):
                yield name, self._opened(self._of_words(named.words), has_hole=name in holes)
            elif name in holes:
                yield name, _OPEN
            elif name == "actor":
                yield name, Extent(self._controllers, self._controllers, (self._controllers,))

    # --- only ----------------------------------------------------------------------------------

    def outside(self, one: Statement) -> Iterator[tuple[str, Box]]:
        """What the `only` of a permission forbids: for each axis whose list it closes, all that lies outside it."""
        closed = {DATA if name == DATA else _DIMENSION.get(name, "") for name in one.only}
        box, inside = self.box(one, permits=False), self.box(one, permits=True)
        for axis in sorted(axis for axis in closed if axis in box):
            rest = {name: extent for name, extent in box.items() if name not in closed}
            universe = self.universe(axis)
            yield axis, {**rest, axis: Extent(universe & ~inside[axis].possible, universe & ~inside[axis].certain)}


def _union(sets: Iterable[Leaves]) -> Leaves:
    """All leaves of some sets. A set of many leaves takes long to copy, and most often there is but one."""
    found = 0
    for leaves in sets:
        found = found | leaves if found else leaves
    return found


@cache
def _dimensions(row: Verb) -> tuple[tuple[str, str], ...]:
    """The fields of a verb that name something in a dimension, and the dimension, in the order of the table."""
    return tuple((name, dimension) for name, dimension in _DIMENSION.items() if name in row.takes)


@cache
def _axes(row: Verb) -> tuple[str, ...]:
    """The fields of a verb that say what it is about, in the order of the table."""
    return tuple(clause.field for clause in CLAUSES if clause.field in _AXES and clause.field in row.fields)


EVERYTHING: Final[Leaves] = -1
"""All leaves, known or not: every bit of a negative number."""

_OPEN: Final = Extent(0, EVERYTHING)
