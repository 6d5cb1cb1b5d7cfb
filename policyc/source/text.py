"""A file's text, and the places in it. Offsets count Unicode code points from 0; lines and columns from 1."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from attrs import define

from policyc.record import ValueRecord, unwritten


@unwritten(eq=False, repr=False)
class Span(ValueRecord):
    """A part of a text: offsets of its first code point and of the one after its last."""

    start: int
    end: int


class Position(NamedTuple):
    """A place as editors show it: line and column from 1, columns in code points."""

    line: int
    column: int


@define(eq=False, repr=False, slots=False)
class Source:
    """One file: the name under which messages show it, and its text with newlines as LF.

    `damaged`: the file held what no policy may contain; U+FFFD stands for it, and it has been reported.
    `path`: where the author's file is, whole and without symbolic links; empty for what is no file of the author's.
    """

    name: str
    text: str
    damaged: bool = False
    path: str = ""

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        position = find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = find("\n", position + 1)
        return starts

    def position(self, offset: int) -> Position:
        """Line and column of an offset; an offset beyond the end counts as the end."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line (from 1) without its newline; empty beyond the last."""
        starts = self._line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end]
