"""The tokens of a text, and what it becomes with one of them left out, or with two exchanged.

A token is what stands alone in a text: a word, with the colon that makes it a label; a number or a date; a text in
quotes; a mark. `at most` is two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from attrs import frozen

_TOKEN: Final = re.compile(
    r'(?P<text>"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*")|(?P<comment>#[^\n]*)|(?P<label>[a-z][a-z0-9_]*:)'
    r"|(?P<word>[a-z][a-z0-9_]*)|(?P<number>\d[\d-]*)|(?P<mark>\S)",
    re.DOTALL,
)
_BLANKS: Final = re.compile("[ ]*")


@frozen
class Token:
    """A token and where it stands. `kind` is text, label, word, number or mark."""

    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


@frozen
class Edit:
    """One mistake: what stands between two offsets becomes something else.

    `lost` are the tokens that it moves or leaves out. `in_list`: the one left out stands beside a comma.
    """

    kind: str
    lost: tuple[Token, ...]
    start: int
    end: int
    text: str
    in_list: bool = False

    def of(self, text: str, start: int, end: int) -> str:
        """The part of a text between two offsets, with the mistake."""
        return text[start : self.start] + self.text + text[self.end : end]

    def __str__(self) -> str:
        """What is done: `only` is left out."""
        return f"{self.kind}: {' '.join(token.text for token in self.lost)}"


def tokens(text: str) -> list[Token]:
    """All tokens but comments."""
    return [
        Token(match.lastgroup or "", match.group(), match.start())
        for match in _TOKEN.finditer(text)
        if match.lastgroup != "comment"
    ]


def deletions(text: str, found: list[Token]) -> Iterator[Edit]:
    """The text without each of its tokens, and without the blanks that only parted it from others."""
    for before, token, after in zip([None, *found], found, [*found[1:], None], strict=False):
        in_list = any(beside is not None and beside.text == "," for beside in (before, after))
        blanks = _BLANKS.match(text, token.end)
        is_parted = token.start == 0 or text[token.start - 1] in " \n"
        end = blanks.end() if blanks and is_parted else token.end
        yield Edit("deletion", (token,), token.start, end, "", in_list)


def swaps(text: str, found: list[Token]) -> Iterator[Edit]:
    """The text with each token in the place of the next; equal ones would change nothing."""
    for one, other in pairwise(found):
        if one.text != other.text:
            between = text[one.end : other.start]
            yield Edit("swap", (one, other), one.start, other.end, f"{other.text}{between}{one.text}")
