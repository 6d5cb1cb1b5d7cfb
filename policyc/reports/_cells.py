"""How text looks on a terminal: the cells that each character takes, with nothing that a terminal would obey."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import Final, NamedTuple

WIDEST: Final = 120
"""Cells of a source line that are shown; longer ones are cut around what is marked."""

_TAB: Final = "    "
_CUT: Final = "…"
_BEFORE: Final = 20
"""Cells kept before the mark in a line that is cut."""

_WIDE: Final = frozenset("WF")
_NO_WIDTH: Final = frozenset({"Mn", "Me"})
_OBEYED: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_LAST_BYTE: Final = 0xFF
_BYTES: Final = range(0xDC80, 0xDD00)
"""Lone surrogates by which Python carries the bytes of a file name that is not UTF-8."""


def visible(text: str) -> str:
    """The text with characters that a terminal would obey as escapes, on one line."""
    return text if text.isprintable() else "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character == "\t":
        return _TAB
    if unicodedata.category(character) not in _OBEYED:
        return character
    number = ord(character)
    if number in _BYTES:
        number -= 0xDC00
    return f"\\x{number:02x}" if number <= _LAST_BYTE else f"\\u{number:04x}"


def _cells(shown: str) -> int:
    return len(shown) if shown.isascii() else sum(_width(character) for character in shown)


def _width(character: str) -> int:
    if unicodedata.category(character) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


class Line(NamedTuple):
    """A source line as it is shown: `shown`, and where the cells of each of its characters start in it."""

    shown: str
    starts: tuple[int, ...]
    left: int
    right: int

    @classmethod
    def around(cls, text: str, start: int, end: int) -> Line:
        """The line, cut if it is too wide, so that the columns from start to before end are seen."""
        parts = [_shown(character) for character in text]
        starts = tuple(accumulate((_cells(part) for part in parts), initial=0))
        left = 0
        if starts[-1] > WIDEST and starts[min(end, len(text))] > WIDEST:
            left = starts[bisect_right(starts, max(starts[min(start, len(text))] - _BEFORE, 0)) - 1]
        right = min(left + WIDEST, starts[-1])
        inside = "".join(
            part for part, at, end in zip(parts, starts, starts[1:], strict=False) if left <= at and end <= right
        )
        shown = (_CUT if left else "") + inside + (_CUT if right < starts[-1] else "")
        return cls(shown, starts, left - (1 if left else 0), right)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The first cell of `shown` below the columns from start to before end, and how many: at least one."""
        last = len(self.starts) - 1
        first = min(max(self.starts[min(start, last)], self.left), self.right)
        after = min(self.starts[min(end, last)], self.right)
        return first - self.left, max(after - first, 1)
