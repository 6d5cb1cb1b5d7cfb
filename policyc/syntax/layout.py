"""The layout rule: where sentences end. It turns newlines and indentation into _END tokens.

A sentence starts a line and goes on while lines are indented deeper than its first line; that holds for the
lines inside its texts too. Blank lines and comments end nothing. `{` ends its line and opens a group, whose
sentences are indented deeper than the group's header. `}` stands on a line of its own, indented at least as
deep as that header.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import define, field

NEWLINE: Final = "_NL"
CLOSE: Final = "RBRACE"
END: Final = "_END"
"""Terminals of the grammar: a line's end and a group's, which are tokens wherever they stand, and a sentence's."""

DEEPEST: Final = 40
"""How deep groups may be nested, and how many parentheses one sentence may have."""

_NO_HEADER: Final = -1

_TAB_WIDTH: Final = 4

_LINE_IN_TEXT: Final = re.compile(r"\n([ \t]*)(?=[^ \t\n])")


@define(eq=False, repr=False)
class LayoutError(Exception):
    """The layout is broken at an offset; the file is then read sentence by sentence, which says how."""

    offset: int


@define(eq=False, repr=False)
class Layout:
    """What is open at a place of a text, and where its line starts; whoever reads tokens tells it of each."""

    indent: int = 0
    """How deep the line is indented; at first, the column of the first token."""
    headers: list[int] = field(factory=lambda: [_NO_HEADER])
    """The indentation of each open group's header."""
    sentence: int | None = None
    """The indentation of the open sentence."""
    parentheses: int = 0
    fresh: bool = True
    """Whether the next token is the first of its line."""

    def end(self) -> bool:
        """End the open sentence; whether there was one."""
        is_open = self.sentence is not None
        self.sentence, self.parentheses = None, 0
        return is_open

    def newline(self, spelling: str) -> bool:
        """Take a new line, with the blank lines after it; whether it ends a sentence."""
        self.indent, self.fresh = width(spelling[spelling.rindex("\n") + 1 :]), True
        return self.sentence is not None and self.indent <= self.sentence and self.end()

    def close(self, offset: int) -> bool:
        """Take the `}` at an offset; whether it ends a sentence. Raises LayoutError."""
        if not self.fresh or len(self.headers) == 1 or self.indent < self.headers[-1]:
            raise LayoutError(offset)
        self.headers.pop()
        self.fresh = False
        return self.end()

    def go_on(self, kind: str, spelling: str, offset: int) -> None:
        """Take a token of a sentence: of the open one, or the first of the next. Raises LayoutError."""
        if self.sentence is None:
            if not self.fresh or self.indent <= self.headers[-1]:
                raise LayoutError(offset)
            self.sentence = self.indent
        self.fresh = False
        if kind == "LBRACE":
            self.headers.append(self.sentence)
            self.sentence = None
        elif kind == "LPAR":
            self.parentheses += 1
        elif kind == "LONG_STRING":
            _check_lines(spelling, offset, self.sentence)
        if len(self.headers) > DEEPEST + 1 or self.parentheses > DEEPEST:
            raise LayoutError(offset)

    def finish(self, offset: int) -> None:
        """Take the end of the text, after the last token. Raises LayoutError if a group is open."""
        if len(self.headers) > 1:
            raise LayoutError(offset)


def width(white: str) -> int:
    """The columns of white space at the start of a line. A tab has no width that all agree on: scan.py reports it."""
    return len(white.expandtabs(_TAB_WIDTH))


def _check_lines(text: str, offset: int, sentence: int) -> None:
    """The lines of a text belong to its sentence, so that a text that is not closed swallows no other."""
    for line in _LINE_IN_TEXT.finditer(text):
        if width(line.group(1)) <= sentence:
            raise LayoutError(offset + line.start() + 1)
