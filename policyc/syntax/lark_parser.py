"""Lark's parser of `grammar/policy.lark`. Only files with errors, and the making of tables, need it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lark import Lark, Token
from lark.lark import PostLex
from lark.lexer import PatternRE, TerminalDef

from policyc.syntax.grammar import PATTERNS, RESERVED, STARTS, grammar_text
from policyc.syntax.layout import CLOSE, END, NEWLINE, Layout


class LarkLayout(PostLex):
    """Lark's post-lexer for the layout rule. It holds no state between parses."""

    always_accept = (NEWLINE, CLOSE)

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens without newlines, with an _END after each sentence; raises LayoutError."""
        layout = Layout()
        last = None
        for token in stream:
            offset = token.start_pos or 0
            if last is None:
                layout.indent = (token.column or 1) - 1
            if token.type == NEWLINE:
                if layout.newline(token):
                    yield _end(token)
            elif token.type == CLOSE:
                if layout.close(offset):
                    yield _end(token)
                yield token
            else:
                layout.go_on(token.type, token, offset)
                yield token
            last = token
        if last is not None:
            if layout.end():
                yield _end(last)
            layout.finish(last.end_pos or 0)


def _end(token: Token) -> Token:
    return Token.new_borrow_pos(END, "", token)


def _fill(terminal: TerminalDef) -> None:
    if terminal.name in PATTERNS:
        terminal.pattern = PatternRE(PATTERNS[terminal.name])


def _no_reserved_word(name: Token) -> Token:
    """A reserved word where a name should stand becomes a token that fits nowhere.

    The pattern of names could say so too, but is compiled anew for each context at every start.
    """
    return Token.new_borrow_pos("RESERVED", name, name) if name in RESERVED else name


CALLBACKS: Final = {"NAME": _no_reserved_word}
"""What is done with tokens of a terminal once they are read."""


def make_parser(**options: Any) -> Lark:  # noqa: ANN401 - Lark's own options
    """A parser of whole documents, and of one sentence (`item`)."""
    return Lark(
        grammar_text(),
        parser="lalr",
        start=list(STARTS),
        postlex=LarkLayout(),
        maybe_placeholders=True,
        edit_terminals=_fill,
        lexer_callbacks=CALLBACKS,
        **{"propagate_positions": False, **options},
    )
