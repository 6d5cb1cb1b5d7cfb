"""The nearest known name, if one is near."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_LONGEST: Final = 64
_LETTERS_FOR_AN_EDIT: Final = 3
_LIKE: Final = 0.6
_HALF: Final = 0.5


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None.

    Near is at most one edit for each three letters (one, if there are fewer), and never a word that shares less
    than half. Ties go to the alphabetically first, so that the answer does not depend on the order of `known`.
    """
    if len(word) > _LONGEST:
        return None
    ranks = (rank for candidate in known if (rank := _rank(word, candidate)) is not None)
    nearest = min(ranks, default=None)
    return nearest[-1] if nearest else None


def _rank(word: str, candidate: str) -> tuple[int, float, str] | None:
    """What orders candidates, the nearest first; None if it is too far away."""
    limit = max(1, len(word) // _LETTERS_FOR_AN_EDIT)
    if abs(len(candidate) - len(word)) > limit:
        return None
    distance = _distance(word, candidate, limit)
    if distance > limit:
        return None
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a misspelt word needs it

    likeness = SequenceMatcher(None, word, candidate).ratio()
    return None if likeness < (_HALF if distance == 1 else _LIKE) else (distance, -likeness, candidate)


def _distance(left: str, right: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) from left to right; more than limit if it exceeds it."""
    before_last: list[int] = []
    last = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        line = [row]
        for column, b in enumerate(right, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (a != b))
            if row > 1 and column > 1 and a == right[column - 2] and left[row - 2] == b:
                cost = min(cost, before_last[column - 2] + 1)
            line.append(cost)
        if min(line) > limit:
            return limit + 1
        before_last, last = last, line
    return last[-1]
