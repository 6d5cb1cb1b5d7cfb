"""Nodes to text, in one layout: what `policyc fmt` writes.

A sentence stands on one line if it fits, else each of its units stands on a line. Nothing is reordered; comments
and the author's blank lines between sentences are put back where they belong.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from attrs import define, field

from policyc.diagnostics.outcome import Outcome
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.parser import Parser, paused_gc
from policyc.syntax.trivia import Trivium, find_trivia
from policyc.syntax.units import Unit, clauses_alone, sentence_units

WIDTH: Final = 100
STEP: Final = 4

_END: Final = sys.maxsize


def format_source(source: Source, parser: Parser | None = None) -> Outcome[str]:
    """The source in the one layout; no value if it has errors: what is not understood is not moved.

    A caller with many sources passes its parser, as making one takes a while.
    """
    with paused_gc():
        parsed = (parser or Parser()).parse(source)
        if parsed.has_errors or parsed.value is None:
            return Outcome(None, parsed.diagnostics)
        return Outcome(print_document(parsed.value, find_trivia(source.text)), parsed.diagnostics)


def print_document(document: nodes.Document, trivia: tuple[Trivium, ...] = ()) -> str:
    """The text of a document in which nothing is broken, with the comments and blank lines of its source."""
    printer = _Printer(trivia)
    printer.add_items(document.items, 0, _END)
    return "".join(f"{line}\n" for line in printer.lines)


def print_item(item: nodes.Item) -> str:
    """The text of one sentence, or of a group with its sentences, without a newline at its end."""
    printer = _Printer(())
    printer.add_item(item, 0, _END)
    return "\n".join(printer.lines)


@define
class _Laid:
    """A unit with the comments that stand above it, and the one at the end of its line."""

    unit: Unit
    above: list[str]
    beside: str


@define
class _Printer:
    """Writes lines; goes through the trivia as it goes through the nodes, as both are in the order of the source."""

    trivia: tuple[Trivium, ...]
    lines: list[str] = field(factory=list)
    next: int = 0
    """The first trivium that is not written yet."""
    block: int = 0
    """How many lines there were when the innermost group or the document began: no blank line stands there."""

    # --- sentences and groups ----------------------------------------------------------------

    def add_items(self, items: tuple[nodes.Item, ...], indent: int, end: int) -> None:
        """All sentences of a group or document that ends at an offset, and what stands after the last."""
        self.block = len(self.lines)
        for item, until in zip(items, _nexts(items, end), strict=True):
            self.add_item(item, indent, until)
        self.add_trivia(end, indent)
        while len(self.lines) > self.block and not self.lines[-1]:
            self.lines.pop()

    def add_item(self, item: nodes.Item, indent: int, until: int) -> None:
        """One sentence or group; `until` is where the next one starts."""
        self.add_trivia(item.span.start, indent)
        if isinstance(item, nodes.Group):
            self.add_group(item, indent, until)
        elif isinstance(item, nodes.Broken):
            message = "what could not be read cannot be printed"
            raise TypeError(message)
        else:
            self.add_sentence(sentence_units(item), indent, until)

    def add_group(self, group: nodes.Group, indent: int, until: int) -> None:
        header = clauses_alone(group.label, group.clauses)
        header[-1] = header[-1].followed_by(" {")
        self.add_sentence(header, indent, group.items[0].span.start if group.items else group.span.end)
        self.add_items(group.items, indent + STEP, group.span.end)
        self.lines.append(_indented(indent, "}") + self.take_beside(until))

    # --- comments and blank lines ------------------------------------------------------------

    def add_trivia(self, until: int, indent: int) -> None:
        """What stands before an offset, on lines of its own; of blank lines at most one, and none to begin with."""
        for text in self.take(until):
            if text:
                self.lines.append(_indented(indent, text))
            elif len(self.lines) > self.block and self.lines[-1]:
                self.lines.append("")

    def take(self, until: int) -> list[str]:
        """The comments before an offset, and (empty) the blank lines."""
        start = self.next
        while self.next < len(self.trivia) and self.trivia[self.next].offset < until:
            self.next += 1
        return [trivium.text for trivium in self.trivia[start : self.next]]

    def take_beside(self, until: int) -> str:
        """The comment at the end of the line that was just read, with a space before it; empty if there is none."""
        if self.next == len(self.trivia):
            return ""
        trivium = self.trivia[self.next]
        if not trivium.trailing or trivium.offset >= until:
            return ""
        self.next += 1
        return f" {trivium.text}"

    # --- lines -------------------------------------------------------------------------------

    def add_sentence(self, units: list[Unit], indent: int, until: int) -> None:
        """A sentence whose last unit ends before an offset."""
        laid = [self.lay(unit, following) for unit, following in zip(units, _nexts(units, until), strict=True)]
        self.lines += [_indented(indent, comment) for comment in laid[0].above]
        line = _one_line(laid)
        if line is not None and indent + len(line) <= WIDTH:
            self.lines.append(_indented(indent, line) + laid[-1].beside)
            return
        for one in laid:
            depth = indent
            if one is not laid[0]:
                depth += STEP
                self.lines += [_indented(depth, comment) for comment in one.above]
            self.lines += _wrapped(one.unit, depth, indent + 2 * STEP)
            self.lines[-1] += one.beside

    def lay(self, unit: Unit, until: int) -> _Laid:
        """A unit with its comments; what stands inside it goes above it."""
        above = [text for text in self.take(unit.span.end) if text]
        return _Laid(unit, above, self.take_beside(until))


def _nexts(parts: Sequence[nodes.Item | Unit], end: int) -> list[int]:
    """For each part where the next one starts; the last goes up to the end."""
    return [*(part.span.start for part in parts[1:]), end][: len(parts)]


def _one_line(laid: list[_Laid]) -> str | None:
    """The units on one line; None if a long text or a comment between them does not let them."""
    if any(one.above for one in laid[1:]) or any(one.beside for one in laid[:-1]):
        return None
    pieces = [piece for one in laid for piece in one.unit.pieces]
    return None if any(len(piece.lines) > 1 for piece in pieces) else " ".join(piece.lines[0] for piece in pieces)


def _wrapped(unit: Unit, depth: int, deeper: int) -> list[str]:
    """The lines of a unit: it wraps where it may when it is too long, and goes on at the deeper indentation."""
    lines: list[str] = []
    line, gap = " " * depth, ""
    for piece in unit.pieces:
        first, *others = piece.lines
        if piece.wraps and len(line) + 1 + len(first) > WIDTH:
            lines.append(line)
            line = _indented(deeper, first)
        else:
            line += gap + first
        gap = " "
        for text in others:
            lines.append(line)
            line = _indented(depth + STEP, text)
    return [*lines, line]


def _indented(depth: int, text: str) -> str:
    return " " * depth + text if text else ""
