"""Reads a file that does not parse, sentence by sentence, so that a broken one is lost and no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, cast

from attrs import define, field
from lark.exceptions import UnexpectedCharacters, UnexpectedToken

from policyc.diagnostics.diagnostic import Diagnostic
from policyc.source.text import Source, Span
from policyc.syntax import nodes, problems
from policyc.syntax.layout import LayoutError
from policyc.syntax.messages import describe
from policyc.syntax.scan import Chunk, Close, Event, Stop, scan

_NAMES: Final = re.compile(r"(?<![A-Za-z0-9_])[a-z][a-z0-9_]*(?![A-Za-z])")

Read = Callable[[Span], nodes.Item]


def recover(source: Source, read: Read, found: list[Diagnostic], most: int) -> nodes.Document:
    """The document of a source, with Broken for what could not be read; what is wrong is added to `found`.

    `read` reads one sentence; it raises Lark's UnexpectedInput, or LayoutError. With more than `most` problems the
    rest is not read.
    """
    rebuilding = _Rebuilding(source, read, found, most)
    for event in scan(source):
        rebuilding.take(event)
        if rebuilding.stopped:
            break
    return rebuilding.document()


@define
class _Open:
    """An open group, or (without header) the document."""

    start: int
    header: nodes.Item | None = None
    items: list[nodes.Item] = field(factory=list)


@define
class _Rebuilding:
    source: Source
    read: Read
    found: list[Diagnostic]
    most: int
    open: list[_Open] = field(factory=lambda: [_Open(0)])
    reached: int = 0
    stopped: bool = False

    def take(self, event: Event) -> None:
        """Go on by what the scan found next."""
        if isinstance(event, Diagnostic):
            self.found.append(event)
        elif isinstance(event, Chunk):
            self._take_chunk(event)
        elif isinstance(event, Close):
            self._close(event.offset)
        if isinstance(event, Stop) or len(self.found) > self.most:
            self._stop()

    def document(self) -> nodes.Document:
        """All that was read; groups that are still open end here."""
        while len(self.open) > 1:
            self._close(self.reached)
        return nodes.Document(tuple(self.open[0].items), span=Span(0, len(self.source.text)))

    def _stop(self) -> None:
        """Leave the rest unread, but remember the names in it."""
        self.stopped = True
        rest = Span(self.reached, len(self.source.text))
        self.open[-1].items.append(self._broken(rest))

    def _take_chunk(self, chunk: Chunk) -> None:
        item = self._sentence(chunk)
        self.reached = chunk.span.end
        if chunk.brace is None:
            self.open[-1].items.append(item)
            return
        if not chunk.reported and not isinstance(item, nodes.Prose | nodes.Broken):
            self.found.append(problems.SENTENCE_AS_HEADER.at(self.source, chunk.brace, chunk.brace + 1))
        self.open.append(_Open(chunk.span.start, item))

    def _close(self, end: int) -> None:
        group = self.open.pop()
        self.open[-1].items.append(_group(group, Span(group.start, end)))
        self.reached = max(self.reached, end)

    def _sentence(self, chunk: Chunk) -> nodes.Item:
        try:
            return self.read(chunk.span)
        except (UnexpectedToken, UnexpectedCharacters) as error:
            problem = _describe(self.source, chunk.span, error)
        except LayoutError as error:
            place = chunk.span.start + error.offset
            problem = problems.TOO_MANY_PARENTHESES.at(self.source, place, place + 1)
        if problem and not chunk.reported:
            self.found.append(problem)
        return self._broken(chunk.span)

    def _broken(self, span: Span) -> nodes.Broken:
        words = _NAMES.findall(self.source.text, span.start, span.end)
        return nodes.Broken(tuple(dict.fromkeys(words)), span=span)


def _group(group: _Open, span: Span) -> nodes.Group:
    header, items = group.header, tuple(group.items)
    if isinstance(header, nodes.Prose):
        return nodes.Group(header.label, header.clauses, items, span=span)
    lost = () if header is None else (header,)
    return nodes.Group(None, (), (*lost, *items), broken=True, span=span)


def _describe(source: Source, sentence: Span, error: UnexpectedToken | UnexpectedCharacters) -> Diagnostic | None:
    """What is wrong where Lark stopped. Lark's types end here."""
    if isinstance(error, UnexpectedCharacters):
        return describe(source, sentence, sentence.start + cast("int", error.pos_in_stream), frozenset(error.allowed))
    at_end = error.token.type in {"_END", "$END"}
    offset = sentence.end if at_end else sentence.start + (error.token.start_pos or 0)
    return describe(source, sentence, offset, frozenset(error.expected))
