"""The layout rule: where sentences end. It turns newlines and indentation into _END tokens.

A sentence starts a line and goes on while lines are indented deeper than its first line. Blank lines and
comments end nothing. `{` ends its line and opens a group, whose sentences are indented deeper than the
group's header; `}` stands on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import define
from lark import Token
from lark.lark import PostLex

DEEPEST: Final = 40
"""How deep groups, or parentheses, may be nested."""


@define
class LayoutError(Exception):
    """The layout is broken at an offset; the parser then reads sentence by sentence and says how."""

    offset: int


class Layout(PostLex):
    """Lark's post-lexer for the rule. It holds no state between parses."""

    always_accept = ("_NL",)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens without newlines, with an _END after each sentence; raises LayoutError."""
        return layout(stream)


def layout(stream: Iterator[Token]) -> Iterator[Token]:
    """See Layout.process."""
    blocks = [-1]  # the indentation of each open group's header
    sentence: int | None = None  # the indentation of the open sentence
    indent, fresh, parentheses = 0, True, 0
    token = None
    for token in stream:
        kind = token.type
        if kind == "_NL":
            indent, fresh = _indent(token), True
            if sentence is not None and indent <= sentence:
                yield _end(token)
                sentence, parentheses = None, 0
            continue
        if kind == "RBRACE":
            if not fresh or len(blocks) == 1 or sentence is not None:
                raise LayoutError(token.start_pos or 0)
            blocks.pop()
            fresh = False
            yield token
            continue
        if sentence is None:
            if not fresh or indent <= blocks[-1]:
                raise LayoutError(token.start_pos or 0)
            sentence = indent
        fresh = False
        if kind == "LBRACE":
            blocks.append(sentence)
            sentence = None
        elif kind == "LPAR":
            parentheses += 1
        if len(blocks) > DEEPEST or parentheses > DEEPEST:
            raise LayoutError(token.start_pos or 0)
        yield token
    if sentence is not None and token is not None:
        yield _end(token)
    if len(blocks) > 1 and token is not None:
        raise LayoutError(token.end_pos or 0)


def _indent(newline: Token) -> int:
    """Columns of white space before the next word; a tab there has no width that all agree on."""
    white = newline[newline.rindex("\n") + 1 :]
    if "\t" in white:
        raise LayoutError((newline.end_pos or 0) - len(white))
    return len(white)


def _end(token: Token) -> Token:
    return Token.new_borrow_pos("_END", "", token)
