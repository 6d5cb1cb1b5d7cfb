"""Truth in three values (Kleene's logic): True, False, and None for unknown."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None


def both(values: Iterable[Truth]) -> Truth:
    """And: False if one is, else unknown if one is, else True."""
    found = list(values)
    return False if False in found else None if None in found else True


def either(values: Iterable[Truth]) -> Truth:
    """Or: True if one is, else unknown if one is, else False."""
    found = list(values)
    return True if True in found else None if None in found else False


def negate(value: Truth) -> Truth:
    """Not: unknown stays unknown."""
    return None if value is None else not value


def agreed(values: Iterable[Truth]) -> Truth:
    """What all who know say; unknown if nobody knows, or if they contradict each other."""
    known = {value for value in values if value is not None}
    return known.pop() if len(known) == 1 else None


def unanimous(values: Iterable[Truth]) -> Truth:
    """What all say alike; unknown if one does not know."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
