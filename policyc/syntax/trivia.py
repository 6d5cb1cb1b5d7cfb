"""Comments and blank lines of a source text, which the tree leaves out and the printer puts back."""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen

_PIECE: Final = re.compile(
    r'"""[^"\\]*+(?:(?:\\(?:.|\n)|"(?!""))[^"\\]*+)*+(?:"""|\Z)|"(?!"")[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?'
    r"|(?P<own>^[ \t]*+#[^\n]*+)|(?P<trailing>#[^\n]*+)|(?P<blank>^[ \t]*+\n)|[^\"#\n]++|\n",
    re.MULTILINE,
)


@frozen
class Trivium:
    """A comment, or a blank line (without text), and where it starts.

    `trailing`: something stands before the comment on its line.
    """

    offset: int
    text: str = ""
    trailing: bool = False


def find_trivia(text: str) -> tuple[Trivium, ...]:
    """The comments and blank lines of a text, in order."""
    pieces = (piece for piece in _PIECE.finditer(text) if piece.lastgroup)
    return tuple(Trivium(one.start(), one.group().strip(" \t\n"), one.lastgroup == "trailing") for one in pieces)
