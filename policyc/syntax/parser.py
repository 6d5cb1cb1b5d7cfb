"""Text to nodes. A sound file is read in one go; one with errors is read again, sentence by sentence."""

from __future__ import annotations

import re
from typing import Final

from lark import Lark
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken
from lark.lexer import TextSlice

from policyc.diagnostics.codes import syntax as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.diagnostics.outcome import Outcome
from policyc.source.text import Source, Span
from policyc.syntax import nodes
from policyc.syntax.from_tree import ToNodes
from policyc.syntax.grammar import make_parser, paused_gc
from policyc.syntax.layout import LayoutError
from policyc.syntax.messages import Break, describe
from policyc.syntax.scan import Chunk, split

LANGUAGE: Final = 1
MOST_BROKEN: Final = 100
"""After so many broken sentences the rest of the file is left unread."""

_NAMES: Final = re.compile(r"[a-z][a-z0-9_]*")


class Parser:
    """A parser for any number of sources. Making one takes longer than using it on a page of text."""

    def __init__(self) -> None:
        """Build the tables of the grammar."""
        self._lark: Lark = make_parser()

    def parse(self, source: Source) -> Outcome[nodes.Document]:
        """The document of a source. There always is one; what could not be read stands in it as Broken."""
        found: list[Diagnostic] = []
        with paused_gc():
            try:
                document = self._read(source, Span(0, len(source.text)), "document", found)
            except (UnexpectedInput, LayoutError):
                found = []
                document = _Recovery(self, source, found).document()
        return Outcome(document, tuple(found) + tuple(_version(source, document)))

    def sentence(self, source: Source) -> Outcome[nodes.Item]:
        """One sentence, as `policyc ask` takes it; no value if it cannot be read."""
        document = self.parse(source)
        items = document.value.items if document.value else ()
        errors = tuple(found for found in document.diagnostics if found.code is not codes.NO_VERSION)
        return Outcome(items[0] if len(items) == 1 else None, errors)

    def _read(self, source: Source, span: Span, start: str, found: list[Diagnostic]) -> nodes.Document:
        """Parse a part of a source; raises Lark's UnexpectedInput, or LayoutError."""
        to_nodes = ToNodes(source)
        tree = self._lark.parse(TextSlice(source.text, span.start, span.end), start=start)
        document = to_nodes.transform(tree)
        found += to_nodes.found
        return document


class _Recovery:
    """Reads the sentences that layout finds, one by one."""

    def __init__(self, parser: Parser, source: Source, found: list[Diagnostic]) -> None:
        self._parser, self._source, self._found = parser, source, found
        self._broken = 0

    def document(self) -> nodes.Document:
        chunks, problems = split(self._source)
        self._found += problems
        return nodes.Document(self._items(chunks), span=Span(0, len(self._source.text)))

    def _items(self, chunks: list[Chunk]) -> tuple[nodes.Item, ...]:
        items: list[nodes.Item] = []
        for chunk in chunks:
            if self._broken == MOST_BROKEN:
                self._broken += 1
                help_ = "mend the errors above first"
                self._found.append(Diagnostic.at(codes.TOO_MANY, self._source, Span(chunk.start, chunk.end), "too many errors: the rest of the file is not read", help=help_))
            if self._broken > MOST_BROKEN:
                break
            items.append(self._sentence(chunk) if chunk.children is None else self._group(chunk, chunk.children))
        return tuple(items)

    def _sentence(self, chunk: Chunk) -> nodes.Item:
        span = Span(chunk.start, chunk.end)
        if chunk.sound:
            try:
                return self._parser._read(self._source, span, "item", self._found)  # type: ignore[return-value]  # noqa: SLF001
            except UnexpectedInput as error:
                self._found.append(describe(_break(self._source, chunk, error)))
            except LayoutError as error:
                help_ = "put `{` at the end of a header's last line, and `}` on a line of its own"
                self._found.append(Diagnostic.at(codes.INDENTATION, self._source, Span(error.offset, error.offset + 1), "this cannot stand in the middle of a line", help=help_))
        self._broken += 1
        return nodes.Broken(tuple(dict.fromkeys(_NAMES.findall(self._source.text, chunk.start, chunk.end))), span=span)

    def _group(self, chunk: Chunk, children: list[Chunk]) -> nodes.Group:
        header = self._sentence(Chunk(chunk.start, chunk.end, chunk.indent, sound=chunk.sound))
        if not isinstance(header, nodes.Prose | nodes.Broken):
            help_ = "only clauses stand before `{`: `basis contract {`"
            self._found.append(Diagnostic.at(codes.UNEXPECTED, self._source, Span(chunk.brace, chunk.brace + 1), "a sentence cannot open a group", help=help_))
        items = self._items(children)
        span = Span(chunk.start, children[-1].end if children else chunk.end)
        if isinstance(header, nodes.Prose):
            return nodes.Group(header.label, header.clauses, items, span=span)
        lost = (header,) if isinstance(header, nodes.Statement | nodes.Declaration | nodes.Broken) else ()
        return nodes.Group(None, (), (*lost, *items), broken=True, span=span)


def _break(source: Source, chunk: Chunk, error: UnexpectedInput) -> Break:
    """Where Lark stopped, without Lark's types."""
    offset = chunk.end
    expected: set[str] = set()
    if isinstance(error, UnexpectedCharacters):
        offset, expected = error.pos_in_stream or chunk.start, set(error.allowed or ())
    elif isinstance(error, UnexpectedToken):
        at_end = error.token.type in ("_END", "$END")
        offset = chunk.end if at_end else error.token.start_pos or 0
        expected = set(error.expected or ())
    return Break(source, chunk.start, offset, offset >= chunk.end, frozenset(expected))


def _version(source: Source, document: nodes.Document) -> list[Diagnostic]:
    """A document starts with `language 1`, once."""
    versions = [item for item in document.items if isinstance(item, nodes.Version)]
    first = document.items[0] if document.items else None
    if isinstance(first, nodes.Broken) and "language" in first.words:
        return []
    if not versions or first is not versions[0]:
        place = versions[0].span if versions else Span(0, min(len(source.text), 1))
        return [Diagnostic.at(codes.NO_VERSION, source, place, "the file does not start with its language version", help=f"write `language {LANGUAGE}` on the first line")]
    wrong = [version for version in versions if version.number != LANGUAGE] + versions[1:]
    message = "this policyc reads language 1, once in a file"
    return [Diagnostic.at(codes.NO_VERSION, source, version.span, message, help=f"write `language {LANGUAGE}` once") for version in wrong[:1]]
