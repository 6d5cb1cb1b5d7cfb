"""Permissions and prohibitions as what they reach, and an index of many."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from attrs import define, field, frozen

from policyc.language.verbs import entailed
from policyc.model.policy import Statement
from policyc.record import Record
from policyc.semantics.conditions import FALSE, TRUE, Formula
from policyc.semantics.extents import EVERYTHING, Box, Extent, Hashed, Leaves, hashed

Key = TypeVar("Key", bound=Hashable)

Numbers = int
"""A set of norms, by their numbers, as the bits of a number."""


@frozen(repr=False, eq=False)
class Norm(Record):
    """A permission or a prohibition: what it reaches, and when it holds.

    `id` is the statement's, or `LABEL#only` for what an `only` forbids. `boxes` are what the norm reaches, each of
    them; `closed` has for each the axis whose list an `only` closes. It holds `when` a formula does, `unless` another
    one does. The norm of a verb that is not decided is a promise, or the refusal of one. One that `is_direct` is about
    its verb only, and not about acts that entail it.
    """

    id: str
    statement: Statement
    boxes: tuple[Box, ...]
    when: Formula = TRUE
    unless: Formula = FALSE
    closed: tuple[str, ...] = ()
    is_direct: bool = False

    @property
    def verb(self) -> str:
        """The act."""
        return self.statement.verb

    def concerns(self, verb: str) -> bool:
        """Whether a prohibition is about an act: its own, or one that entails it."""
        return verb == self.verb or (not self.is_direct and self.verb in entailed(verb))


@define(slots=False, eq=False, repr=False)
class Index:
    """Norms with one box each, by verb, by condition, and on each axis by leaf."""

    all: Sequence[Norm]
    by_verb: Mapping[str, Numbers] = field(init=False)
    by_guard: Mapping[Formula, Numbers] = field(init=False)
    promised: Numbers = field(init=False)
    """Those that say that something happens."""
    must: Numbers = field(init=False)
    """Those that have to be done."""
    based: Numbers = field(init=False)
    """Those that name a legal basis."""
    _axes: Mapping[str, Axis] = field(init=False)
    _numbers: Mapping[int, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Group the norms."""
        norms = self.all
        self._numbers = {id(norm): number for number, norm in enumerate(norms)}
        self.by_verb = _grouped(norms, lambda norm: norm.verb)
        self.by_guard = _grouped(norms, lambda norm: norm.when)
        by_modality = _grouped(norms, lambda norm: norm.statement.modality)
        self.must = by_modality.get("must", 0)
        self.promised = self.must | by_modality.get("will", 0)
        self.based = _grouped(norms, lambda norm: "basis" in norm.statement.fields).get(True, 0)
        axes: dict[str, dict[Extent, list[int]]] = {}
        for number, norm in enumerate(norms):
            for axis, extent in norm.boxes[0].items():
                axes.setdefault(axis, {}).setdefault(extent, []).append(number)
        everyone = (1 << len(norms)) - 1
        self._axes = {
            name: Axis(everyone, {extent: numbers_of(found) for extent, found in by_extent.items()})
            for name, by_extent in axes.items()
        }

    def meeting(self, prohibition: Norm) -> Numbers:
        """The norms whose acts a prohibition is about, and that reach what it reaches on each axis."""
        candidates = 0
        for verb, numbers in self.by_verb.items():
            candidates |= numbers if prohibition.concerns(verb) else 0
        found = 0
        for box in prohibition.boxes:
            found |= self._all(box, candidates, lambda axis, extent: axis.meeting(extent.possible))
        return found

    def sharing(self, box: Box) -> Numbers:
        """The norms that reach something of a box on each axis."""
        return self._all(box, EVERYTHING, lambda axis, extent: axis.meeting(extent.possible))

    def naming(self, axis: str, leaves: Leaves) -> Numbers:
        """The norms that name something on an axis of which all leaves are among these."""
        return self._axes[axis].inside(leaves) & self._axes[axis].speaking if axis in self._axes else 0

    def inside(self, prohibition: Norm) -> Numbers:
        """The norms of which a prohibition certainly reaches all of something that they name, on each axis."""
        found = 0
        for box in prohibition.boxes:
            found |= self._all(box, EVERYTHING, lambda axis, extent: axis.inside(extent.certain))
        return found

    def speaking(self, prohibition: Norm) -> Numbers:
        """The norms that name something on each axis that a prohibition restricts."""
        found = 0
        for box in prohibition.boxes:
            found |= self._all(box, EVERYTHING, lambda axis, _: axis.speaking)
        return found

    def covering(self, prohibition: Norm) -> Numbers:
        """The norms that reach all that a prohibition reaches."""
        found = 0
        for box in prohibition.boxes:
            everywhere = self._all(box, EVERYTHING, lambda axis, extent: axis.covering(extent.possible))
            for axis in (axis for name, axis in self._axes.items() if name not in box):
                everywhere &= axis.open
            found |= everywhere
        return found

    def _all(self, box: Box, candidates: Numbers, found: Callable[[Axis, Extent], Numbers]) -> Numbers:
        """The candidates that are found on each axis of a box; on an axis that none restricts, all reach everything."""
        for name, extent in box.items():
            if not candidates:
                break
            axis = self._axes.get(name)
            candidates &= found(axis or _NOBODY, extent)
        return candidates

    def guards(self, numbers: Numbers) -> Iterator[tuple[Formula, Numbers]]:
        """The conditions of the norms of a set, each with those that have it."""
        while numbers:
            guard = self.all[_lowest(numbers)].when
            here = numbers & self.by_guard[guard]
            yield guard, here
            numbers ^= here

    def numbers(self, norms: Iterable[Norm]) -> Numbers:
        """Norms as a set; those that are not in the index are left out."""
        found = 0
        for norm in norms:
            found |= 1 << self._numbers[id(norm)] if id(norm) in self._numbers else 0
        return found

    def norms(self, numbers: Numbers, most: int) -> list[Norm]:
        """The first norms of a set, in order."""
        found: list[Norm] = []
        while numbers and len(found) < most:
            lowest = _lowest(numbers)
            found.append(self.all[lowest])
            numbers ^= 1 << lowest
        return found


@define(eq=False, repr=False)
class Axis:
    """Norms by what they reach on one axis. `everyone` are all norms, also those that the axis does not restrict."""

    everyone: Numbers
    by_extent: Mapping[Extent, Numbers]
    speaking: Numbers = field(init=False, default=0)
    """Those that name something here."""
    unlimited: Numbers = field(init=False)
    """Those that reach everything."""
    open: Numbers = field(init=False)
    """Those that name nothing here, or reach everything."""
    _at: list[Numbers] = field(init=False)
    """For each leaf's bit the norms that reach it."""
    _pieces: Mapping[int, list[tuple[Leaves, Numbers]]] = field(init=False)
    """Lowest leaf's bit → what norms name, and which do."""
    _met: dict[Hashed, Numbers] = field(init=False, factory=dict)
    _within: dict[Hashed, Numbers] = field(init=False, factory=dict)
    _covered: dict[Hashed, Numbers] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        """Sort what is named by its leaves."""
        limited = 0
        pieces: dict[Hashed, Numbers] = {}
        for extent, numbers in self.by_extent.items():
            limited |= numbers if extent.possible != EVERYTHING else 0
            self.speaking |= numbers if extent.pieces else 0
            for piece in extent.pieces:
                pieces[hashed(piece)] = pieces.get(hashed(piece), 0) | numbers
        self.unlimited = self.everyone & ~limited
        self.open = ~self.speaking | self.unlimited
        most = max((extent.possible.bit_length() for extent in self.by_extent if extent.possible > 0), default=0)
        self._at = [0] * most
        for extent, numbers in self.by_extent.items():
            for bit in _bits(max(0, extent.possible)):
                self._at[bit] |= numbers
        by_lowest: dict[int, list[tuple[Leaves, Numbers]]] = {}
        for (_, piece), numbers in pieces.items():
            by_lowest.setdefault(_lowest(piece), []).append((piece, numbers))
        self._pieces = by_lowest

    def meeting(self, leaves: Leaves) -> Numbers:
        """The norms that reach one of the leaves."""
        key = hashed(leaves)
        if key not in self._met:
            found = self.unlimited if leaves else 0
            for bit in self._here(leaves):
                found |= self._at[bit]
            self._met[key] = found
        return self._met[key]

    def inside(self, leaves: Leaves) -> Numbers:
        """The norms that name something of which all leaves are among these."""
        if leaves == EVERYTHING:
            return self.everyone
        key = hashed(leaves)
        if key not in self._within:
            found = 0
            for bit in self._here(leaves):
                for piece, numbers in self._pieces.get(bit, ()):
                    found |= 0 if piece & ~leaves else numbers
            self._within[key] = found
        return self._within[key]

    def covering(self, leaves: Leaves) -> Numbers:
        """The norms that reach all of the leaves."""
        key = hashed(leaves)
        if key not in self._covered:
            found = self.everyone
            if leaves < 0 or leaves.bit_length() > len(self._at):
                found = self.unlimited
            else:
                for bit in _bits(leaves):
                    found &= self._at[bit] | self.unlimited
            self._covered[key] = found
        return self._covered[key]

    def _here(self, leaves: Leaves) -> Iterator[int]:
        """The bits of leaves that a norm reaches."""
        return _bits(
            leaves & ((1 << len(self._at)) - 1) if leaves < 0 or leaves.bit_length() > len(self._at) else leaves
        )


_NOBODY = Axis(EVERYTHING, {})
"""An axis that no norm restricts."""


def _bits(leaves: Leaves) -> Iterator[int]:
    while leaves:
        lowest = _lowest(leaves)
        yield lowest
        leaves ^= 1 << lowest


def _lowest(numbers: int) -> int:
    """The first number of a set that is not empty."""
    return (numbers & -numbers).bit_length() - 1


def _grouped(norms: Sequence[Norm], key: Callable[[Norm], Key]) -> dict[Key, Numbers]:
    found: dict[Key, list[int]] = {}
    for number, norm in enumerate(norms):
        found.setdefault(key(norm), []).append(number)
    return {each: numbers_of(numbers) for each, numbers in found.items()}


def numbers_of(numbers: Sequence[int]) -> Numbers:
    """Numbers as a set. It is made of flags: a number that grows bit by bit would be copied each time."""
    flags = bytearray(numbers[-1] // 8 + 1)
    for number in numbers:
        flags[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(flags, "little")
