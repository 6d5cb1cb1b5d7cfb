"""Regions: what sentences reach, axis by axis, and what is left of one once others are taken out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from attrs import define

from policyc.rules.reach import PLACE, Region
from policyc.semantics.extents import DATA, EVERYTHING, Leaves

CELLS: Final = (DATA, "subject", PLACE, "purpose")
"""Axes on which all that a statement reaches has to be reached; on others something is enough."""

_MOST_PARTS: Final = 64
"""Into so many parts what is left of a statement may fall; then it counts as reached."""


def cells(region: Region) -> dict[str, Leaves]:
    """A region on the axes on which all of it has to be reached."""
    return {axis: leaves for axis, leaves in region.items() if axis in CELLS}


def narrowed(region: Region, axes: Region) -> dict[str, Leaves]:
    """The part of a region that some axes leave."""
    return {**region, **{axis: region.get(axis, EVERYTHING) & leaves for axis, leaves in axes.items()}}


@define(slots=False, eq=False, repr=False)
class Cover:
    """Regions by the data that they reach; equal ones are there once."""

    regions: Sequence[Region]

    def __bool__(self) -> bool:
        """Whether it reaches anything."""
        return bool(self.regions)

    def left(self, region: Region, parts: Sequence[Region], *, is_sure: bool) -> Sequence[Region]:
        """What is left of parts of a region, without what the cover reaches of it.

        If it `is_sure`, a region of the cover counts only if it lacks nothing on the other axes, and restricts none
        that the part leaves open; else it is enough to meet there.
        """
        for one in self._near(region):
            rest: list[Region] = []
            for part in parts:
                counts = _contains(one, region, part) if is_sure else _meets(one, region)
                rest += _without(part, one) if counts else (part,)
            parts = rest
            if not parts or len(parts) > _MOST_PARTS:
                return ()
        return parts

    def _near(self, region: Region) -> Iterable[Region]:
        """The regions that may have data in common with one."""
        data = region.get(DATA, EVERYTHING)
        if data < 0 or data.bit_count() > len(self._all):
            return self._all
        found = dict.fromkeys(number for bit in _bits(data) for number in self._by_leaf.get(bit, ()))
        return (*self._everywhere, *(self._all[number] for number in found))

    @cached_property
    def _all(self) -> Sequence[Region]:
        return list({tuple(sorted(region.items())): region for region in self.regions}.values())

    @cached_property
    def _everywhere(self) -> Sequence[Region]:
        return [region for region in self._all if region.get(DATA, EVERYTHING) < 0]

    @cached_property
    def _by_leaf(self) -> Mapping[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number, region in enumerate(self._all):
            data = region.get(DATA, EVERYTHING)
            for bit in _bits(data) if data > 0 else ():
                found.setdefault(bit, []).append(number)
        return found


def _meets(one: Region, other: Region) -> bool:
    return all(leaves & other.get(axis, EVERYTHING) for axis, leaves in one.items() if axis not in CELLS)


def _contains(one: Region, region: Region, part: Region) -> bool:
    """Whether one reaches all of a region on the other axes, and restricts no cell that a part leaves open."""
    return all(
        axis in part if axis in CELLS else not region.get(axis, EVERYTHING) & ~leaves for axis, leaves in one.items()
    )


def _without(part: Region, taken: Region) -> Iterator[Region]:
    """What is left of a part once a region is taken out of it; of axes that it leaves open, nothing is left."""
    if any(not leaves & taken.get(axis, EVERYTHING) for axis, leaves in part.items()):
        yield part
        return
    inside = dict(part)
    for axis in part:
        rest = inside[axis] & ~taken.get(axis, EVERYTHING)
        if rest:
            yield {**inside, axis: rest}
            inside[axis] &= taken.get(axis, EVERYTHING)


def _bits(leaves: Leaves) -> Iterator[int]:
    while leaves:
        lowest = leaves & -leaves
        yield lowest.bit_length() - 1
        leaves ^= lowest
