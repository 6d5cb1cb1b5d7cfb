"""The layout rule: where sentences end. It turns newlines and indentation into _END tokens.

A sentence starts a line and goes on while lines are indented deeper than its first line; that holds for the
lines inside its texts too. Blank lines and comments end nothing. `{` ends its line and opens a group, whose
sentences are indented deeper than the group's header. `}` stands on a line of its own, indented at least as
deep as that header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import define, field
from lark import Token
from lark.lark import PostLex

DEEPEST: Final = 40
"""How deep groups may be nested, and how many parentheses one sentence may have."""

_NO_HEADER: Final = -1

_TAB_WIDTH: Final = 4

_LINE_IN_TEXT: Final = re.compile(r"\n([ \t]*)(?=[^ \t\n])")


@define
class LayoutError(Exception):
    """The layout is broken at an offset; the file is then read sentence by sentence, which says how."""

    offset: int


class Layout(PostLex):
    """Lark's post-lexer for the rule. It holds no state between parses."""

    always_accept = ("_NL", "RBRACE")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens without newlines, with an _END after each sentence; raises LayoutError."""
        state = _State()
        for token in stream:
            yield from state.take(token)
        yield from state.finish()


@define(eq=False, repr=False)
class _State:
    """What is open at a token, and where its line starts."""

    headers: list[int] = field(factory=lambda: [_NO_HEADER])
    """The indentation of each open group's header."""
    sentence: int | None = None
    """The indentation of the open sentence."""
    parentheses: int = 0
    indent: int = 0
    fresh: bool = True
    """Whether the next token is the first of its line."""
    last: Token | None = None

    def take(self, token: Token) -> Iterator[Token]:
        if token.type == "_NL":
            self.indent, self.fresh = width(token[token.rindex("\n") + 1 :]), True
            if self.sentence is not None and self.indent <= self.sentence:
                yield self._end(token)
        elif token.type == "RBRACE":
            yield from self._close(token)
        else:
            self._go_on(token)
            yield token
        self.last = token

    def finish(self) -> Iterator[Token]:
        if self.last is not None:
            if self.sentence is not None:
                yield self._end(self.last)
            if len(self.headers) > 1:
                raise LayoutError(self.last.end_pos or 0)

    def _end(self, token: Token) -> Token:
        self.sentence, self.parentheses = None, 0
        return Token.new_borrow_pos("_END", "", token)

    def _close(self, token: Token) -> Iterator[Token]:
        if not self.fresh or len(self.headers) == 1 or self.indent < self.headers[-1]:
            raise LayoutError(token.start_pos or 0)
        if self.sentence is not None:
            yield self._end(token)
        self.headers.pop()
        self.fresh = False
        yield token

    def _go_on(self, token: Token) -> None:
        """A token of a sentence: of the open one, or the first of the next."""
        if self.last is None:
            self.indent = (token.column or 1) - 1
        if self.sentence is None:
            if not self.fresh or self.indent <= self.headers[-1]:
                raise LayoutError(token.start_pos or 0)
            self.sentence = self.indent
        self.fresh = False
        if token.type == "LBRACE":
            self.headers.append(self.sentence)
            self.sentence = None
        elif token.type == "LPAR":
            self.parentheses += 1
        elif token.type == "LONG_STRING":
            _check_lines(token, self.sentence)
        if len(self.headers) > DEEPEST + 1 or self.parentheses > DEEPEST:
            raise LayoutError(token.start_pos or 0)


def width(white: str) -> int:
    """The columns of white space at the start of a line. A tab has no width that all agree on: scan.py reports it."""
    return len(white.expandtabs(_TAB_WIDTH))


def _check_lines(text: Token, sentence: int) -> None:
    """The lines of a text belong to its sentence, so that a text that is not closed swallows no other."""
    for line in _LINE_IN_TEXT.finditer(text):
        if width(line.group(1)) <= sentence:
            raise LayoutError((text.start_pos or 0) + line.start() + 1)
