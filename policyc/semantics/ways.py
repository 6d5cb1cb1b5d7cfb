"""The choices that people have, by whom they are for and what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from policyc.semantics.extents import EVERYTHING, Leaves
from policyc.semantics.norms import Norm

Ways = Mapping[Leaves, tuple[Leaves, Leaves]]
"""People → the purposes for which they have a choice, and the data for which they have one, whatever it is for."""


def ways_of(offers: Iterable[Norm], served: Callable[[Leaves], Leaves]) -> Ways:
    """Choices and rights; one that names neither a purpose nor data is about all, and one with a hole about nothing.

    `served` says whom it serves what some people have.
    """
    found: dict[Leaves, tuple[Leaves, Leaves]] = {}
    for norm in offers:
        box = norm.boxes[0]
        purposes, data = (box[axis].certain if axis in box else EVERYTHING for axis in ("purposes", "regarding"))
        if "purposes" in box:
            data = 0
        elif "regarding" in box:
            purposes = 0
        people = served(box["subjects"].possible) if "subjects" in box else EVERYTHING
        known = found.get(people, (0, 0))
        found[people] = known[0] | purposes, known[1] | data
    return found


def has_way(norm: Norm, ways: Ways) -> bool:
    """Whether these people have a choice about this purpose or this data; about all of it, where no purpose is told."""
    box = norm.boxes[0]
    mine, data = (box[axis].possible if axis in box else EVERYTHING for axis in ("subject", "data"))
    met = [way for people, way in ways.items() if mine & people]
    if "purpose" in box:
        return any(box["purpose"].possible & way[0] or data & way[1] for way in met)
    whole = 0
    for way in met:
        whole |= way[1]
    return not data & ~whole
