"""The pieces of a line as layout sees them: words, texts, comments and braces.

What is to be known of a text that is not closed is found here: where it may be taken to end, and what to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import define, frozen

from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.kinds import KINDS
from policyc.language.words import EXPECTATIONS, MODALITIES, MOODS
from policyc.source.text import Source, Span
from policyc.syntax import problems
from policyc.syntax.grammar import RESERVED, WORDS, one_of
from policyc.syntax.layout import width
from policyc.syntax.texts import LONG_QUOTE, QUOTE

BLANK: Final = " \t"

_PIECE: Final = re.compile(
    r'(?P<words>[^"#{}\n]+)|(?P<text>"(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+")|(?P<long>""")|(?P<quote>")'
    r"|(?P<comment>#[^\n]*+)|(?P<open>\{)|(?P<close>\})"
)
_LONG_TEXT: Final = re.compile(r'"""[^"\\]*+(?:(?:\\(?:.|\n)|"(?!""))[^"\\]*+)*+"""')
_LINE: Final = re.compile(r"\n([ \t]*+)(?=[^ \t\n])")
_NAME: Final = "[a-z][a-z0-9_]*"
_SENTENCE: Final = re.compile(
    rf'{_NAME}:(?!(?:\s|#[^\n]*+)*+")|{one_of([*MODALITIES, *EXPECTATIONS, *MOODS])}'
    rf"|language[ ]+[0-9]|import[ ]+{_NAME}(?:,|[ ]+(?:as|from)[ ])"
    rf'|{one_of(KINDS)}[ ]+(?!{one_of([*RESERVED, *WORDS])}){_NAME}[ ]*"'
)
_GROUP: Final = re.compile(r'\}|(?:section|test)[ ]+"')
_CURLY: Final = re.compile("[“”„‟]")


@frozen
class Piece:
    """A part of a line, or of several for a long text. `problem`: it is a text that is not closed, or not indented."""

    kind: str
    span: Span
    """Without white space around words."""
    end: int
    """Where the next piece starts."""
    problem: Diagnostic | None = None

    @property
    def blank(self) -> bool:
        """Whether it is nothing but white space."""
        return self.span.start == self.span.end


def line_end(text: str, at: int) -> int:
    """Where the line ends that an offset is on."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def starts_sentence(text: str, at: int) -> bool:
    """Whether a sentence starts here for sure: no sentence goes on with these words."""
    return _SENTENCE.match(text, at) is not None


@define
class Pieces:
    """Reads the pieces of a source."""

    source: Source
    unending: bool = False
    """A long text was found not to end in this file: looking again for the end of each other takes too long."""

    def read(self, at: int, indent: int) -> Piece:
        """The piece that starts at an offset, where no newline is; `indent` is that of its sentence."""
        match = next(_PIECE.finditer(self.source.text, at))
        if match.lastgroup == "long":
            return self._long_text(at, indent)
        if match.lastgroup == "quote":
            return self._lone_quote(at)
        return Piece(match.lastgroup or "", _trimmed(self.source.text, at, match.end()), match.end())

    def _long_text(self, at: int, indent: int) -> Piece:
        """A text of several lines; one that is not closed ends before the first line that is not its sentence's."""
        text, start = self.source.text, at + len(LONG_QUOTE)
        closed = None if self.unending else _LONG_TEXT.match(text, at)
        self.unending = closed is None
        end = closed.end() if closed else len(text)
        shallow = _shallow_lines(text, at, end, indent)
        first = next(shallow, None)
        if closed and first is None:
            return Piece("text", Span(at, end), end)
        if closed and first is not None and not any(_ends_text(text, line) for line in (first, *shallow)):
            problem = problems.LONG_TEXT_NOT_INDENTED.at(self.source, first, line_end(text, first))
            return Piece("text", Span(at, end), end, problem)
        stop = len(text) if first is None else text.rindex("\n", at, first)
        lost = problems.LONG_TEXT_NOT_CLOSED if text[start:stop].strip() else problems.LONG_TEXT_NOT_OPENED
        return Piece("text", _trimmed(text, at, stop), stop, lost.at(self.source, at, start))

    def _lone_quote(self, at: int) -> Piece:
        """A quote without partner on its line; what follows is text, but for a `{` that ends the line."""
        text = self.source.text
        line = _trimmed(text, at, line_end(text, at))
        end = line.end - text.startswith("{", line.end - 1)
        problem = problems.TEXT_NOT_CLOSED
        if _CURLY.search(text, at, end):
            problem = problems.TEXT_CLOSED_BY_CURL
        elif QUOTE in text[text.rfind("\n", 0, at) + 1 : at]:
            problem = problems.LONE_QUOTE
        elif end == at + 1 and text[at - 1 : at].strip():
            problem = problems.TEXT_NOT_OPENED
        return Piece("text", _trimmed(text, at, end), end, problem.at(self.source, at, at + 1))


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end].rstrip()
    start += len(words) - len(words.lstrip(BLANK))
    return Span(start, start + len(words.strip(BLANK)))


def _shallow_lines(text: str, start: int, end: int, indent: int) -> Iterator[int]:
    """Where the first words are of the lines that are not indented deeper than a sentence."""
    return (line.end() for line in _LINE.finditer(text, start, end) if width(line.group(1)) <= indent)


def _ends_text(text: str, at: int) -> bool:
    """Whether a line belongs to no text, but goes on with the file."""
    return starts_sentence(text, at) or _GROUP.match(text, at) is not None
