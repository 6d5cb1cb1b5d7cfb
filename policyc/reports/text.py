"""Findings as people read them: the message, the lines that it is about with marks below them, and help."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import groupby
from typing import Final

from attrs import frozen

from policyc.diagnostics.code import Level
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.reports import NOTHING, Beside
from policyc.reports._cells import Line, visible

_COLORS: Final = {Level.ERROR: "1;31", Level.WARNING: "1;33", Level.INFO: "1;36"}
_QUIET: Final = "1;34"
_STRONG: Final = "1"
_PRIMARY: Final = "^"
_FURTHER: Final = "-"


def render(
    diagnostics: Sequence[Diagnostic],
    *,
    color: bool,
    root: str = "",  # noqa: ARG001 - people need none
    beside: Beside = NOTHING,  # noqa: ARG001 - it is counted there
) -> str:
    """The findings in the order given, a blank line between them; empty if there are none."""
    return "\n".join(_Finding(found, color).text() for found in diagnostics)


@frozen(eq=False, repr=False)
class _Mark:
    """A label, with the character that marks its place."""

    label: Label
    sign: str

    @property
    def number(self) -> int:
        return self.label.source.position(self.label.span.start).line

    @property
    def columns(self) -> tuple[int, int]:
        """The first column and the one after the last on its first line, from 0."""
        source, span = self.label.source, self.label.span
        start = source.position(span.start)
        end = source.position(max(span.end, span.start))
        last = end.column if end.line == start.line else len(source.line(start.line)) + 1
        return start.column - 1, max(last, start.column + 1) - 1


@frozen(slots=False, eq=False, repr=False)
class _Finding:
    found: Diagnostic
    color: bool

    def text(self) -> str:
        """Header, places, notes; each line ends with a newline."""
        return "".join(f"{line.rstrip()}\n" for line in (self._header(), *self._places(), *self._notes()))

    def _header(self) -> str:
        found = self.found
        what = self._paint(f"{found.level.value}[{found.code.number}]", _COLORS[found.level])
        return f"{what} {self._paint(f'{found.code.name}: {visible(found.message)}', _STRONG)}"

    @cached_property
    def _marks(self) -> list[_Mark]:
        """By file, that of the finding itself first, and by place."""
        found = self.found
        files = list(dict.fromkeys(id(label.source) for label in (found.label, *found.more)))
        marks = [_Mark(found.label, _PRIMARY), *(_Mark(label, _FURTHER) for label in found.more)]
        return sorted(marks, key=lambda mark: (files.index(id(mark.label.source)), mark.number))

    @cached_property
    def _width(self) -> int:
        """Of the widest line number."""
        return max(len(str(mark.number)) for mark in self._marks)

    def _places(self) -> list[str]:
        lines: list[str] = []
        for _, group in groupby(self._marks, key=lambda mark: id(mark.label.source)):
            marks = list(group)
            first = next((mark for mark in marks if mark.sign == _PRIMARY), marks[0])
            source, place = first.label.source, first.label.source.position(first.label.span.start)
            arrow = ":::" if lines else "-->"
            where = visible(source.name) + (f":{place.line}:{place.column}" if source.text else "")
            lines.append(" " * self._width + self._paint(arrow, _QUIET) + f" {where}")
            if source.text:
                lines += self._snippet(marks)
        return lines

    def _snippet(self, marks: list[_Mark]) -> list[str]:
        lines = [self._gutter("|")]
        before: int | None = None
        for number, group in groupby(marks, key=lambda mark: mark.number):
            if before is not None and number > before + 1:
                lines.append(self._gutter(":"))
            here = sorted(group, key=lambda mark: mark.sign != _PRIMARY)
            line = Line.around(here[0].label.source.line(number), *here[0].columns)
            lines.append(self._gutter("|", str(number)) + " " + line.shown)
            lines += [self._gutter("|") + " " + self._underline(mark, line) for mark in here]
            before = number
        return lines

    def _underline(self, mark: _Mark, line: Line) -> str:
        left, width = line.place(*mark.columns)
        said = f" {visible(mark.label.text)}" if mark.label.text else ""
        color = _COLORS[self.found.level] if mark.sign == _PRIMARY else _QUIET
        return " " * left + self._paint(mark.sign * width + said, color)

    def _notes(self) -> list[str]:
        found = self.found
        notes = {
            "witness": found.witness,
            "help": found.help,
            "explain": f"policyc explain {found.code.page}",
        }
        return [
            f"{self._gutter('=')} {self._paint(f'{name}:', _STRONG)} {visible(text)}"
            for name, text in notes.items()
            if text
        ]

    def _gutter(self, sign: str, number: str = "") -> str:
        return self._paint(f"{number:>{self._width}} {sign}", _QUIET)

    def _paint(self, text: str, color: str) -> str:
        return f"\x1b[{color}m{text}\x1b[0m" if self.color else text
