"""What a terminal's pattern says, read off the pattern: all its spellings, and what it may start with.

It knows what the patterns of this grammar are made of; whatever else it meets, it takes for anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from re import _constants as ops
from re import _parser
from typing import Any, Final

_ASSERTIONS: Final = (ops.ASSERT, ops.ASSERT_NOT)
_REPEATS: Final = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)

_ANYTHING: Final = frozenset(map(chr, range(128)))
"""Each first character that matters to somebody who asks."""

Items = Iterable[tuple[Any, Any]]


def spellings(pattern: str) -> frozenset[str] | None:
    """All that a pattern can match, with one space for any number of them; None if there is no end to it."""
    return _spelt(_parser.parse(pattern))


def looks_ahead(pattern: str) -> bool:
    """Whether a pattern wants something to follow what it matches."""
    return any(op is ops.ASSERT for op, _ in _parser.parse(pattern))


def firsts(pattern: str) -> frozenset[str]:
    """The characters (of ASCII) that what a pattern matches can start with."""
    return _first(list(_parser.parse(pattern)))


def _spelt(items: Items) -> frozenset[str] | None:
    parts: list[frozenset[str]] = []
    for op, what in items:
        part = _spelt_by(op, what)
        if part is None:
            return None
        parts.append(part)
    return frozenset(map("".join, product(*parts)))


def _spelt_by(op: Any, what: Any) -> frozenset[str] | None:  # noqa: ANN401 - what Python makes of a pattern
    if op is ops.LITERAL:
        return frozenset(chr(what))
    if op in _ASSERTIONS:
        return frozenset({""})
    if op is ops.SUBPATTERN:
        return _spelt(what[-1])
    if op is ops.BRANCH:
        found = [_spelt(one) for one in what[1]]
        known = [one for one in found if one is not None]
        return frozenset[str]().union(*known) if len(known) == len(found) else None
    if op is ops.IN and all(sort is ops.LITERAL for sort, _ in what):
        return frozenset(chr(code) for _, code in what)
    if op in _REPEATS:
        least, most, inner = what
        found_inside = _spelt(inner)
        if found_inside == frozenset(" ") and least == 1:
            return found_inside
        if found_inside is not None and (least, most) == (0, 1):
            return found_inside | {""}
    return None


def _first(items: list[tuple[Any, Any]]) -> frozenset[str]:
    """Of a sequence: what its first part starts with, and if that may be empty, the next as well."""
    while items and items[0][0] in _ASSERTIONS:
        items = items[1:]
    if not items:
        return _ANYTHING
    op, what = items[0]
    if op is ops.LITERAL:
        return frozenset(chr(what))
    if op is ops.IN:
        return frozenset[str]().union(*(_in_class(sort, member) for sort, member in what))
    if op is ops.SUBPATTERN:
        return _first(list(what[-1]))
    if op is ops.BRANCH:
        return frozenset[str]().union(*(_first(list(one)) for one in what[1]))
    if op in _REPEATS and what[0] > 0:
        return _first(list(what[-1]))
    return _ANYTHING


def _in_class(sort: Any, member: Any) -> frozenset[str]:  # noqa: ANN401 - what Python makes of a pattern
    if sort is ops.LITERAL:
        return frozenset(chr(member))
    return frozenset(map(chr, range(member[0], member[1] + 1))) if sort is ops.RANGE else _ANYTHING
