"""Where a sentence breaks, in the author's words, and what a rule has to say of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from attrs import frozen

from policyc.source.text import Source, Span

_LONGEST_SHOWN: Final = 40

_FURTHEST_BACK: Final = 2000
"""How much of a sentence before its break is looked at."""

_RUN: Final = r"[^\s\"#{}(),;]+"
_WORD: Final = re.compile(
    r'(?P<comment>#[^\n]*)|"""[^"\\]*+(?:(?:\\(?:.|\n)|"(?!""))[^"\\]*+)*+"""|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    rf"|[A-Za-z0-9_]+:?|{_RUN}|\S"
)
_AT_BREAK: Final = re.compile(rf'"[^"\n]*"?|{_RUN}|(?s:.)')


@frozen
class Word:
    """A word of a sentence, or a text or a sign, and where it stands."""

    text: str
    span: Span

    @property
    def shown(self) -> str:
        """As messages show it."""
        text = self.text if len(self.text) <= _LONGEST_SHOWN else self.text[: _LONGEST_SHOWN - 1] + "…"
        return "`" + text.replace("`", "'") + "`"

    @property
    def is_text(self) -> bool:
        """Whether it is a text in quotes."""
        return self.text.startswith('"')


@frozen
class Break:
    """A break: the words of the sentence before it, the word at it, the line after that, and what could stand there.

    `word` is empty if the sentence ends too early. `expected` are names of terminals of the grammar.
    """

    source: Source
    before: tuple[Word, ...]
    word: Word
    after: str
    expected: frozenset[str]

    @property
    def at_end(self) -> bool:
        """Whether the sentence ends too early."""
        return not self.word.text

    @property
    def place(self) -> Span:
        """The smallest part of the sentence to point at."""
        return self.before[-1].span if self.at_end and self.before else self.word.span

    def back(self, steps: int) -> str:
        """The word so many words before the break; empty if there are not so many."""
        return self.before[-steps].text if len(self.before) >= steps else ""


@frozen
class Said:
    """What a rule says: the message, what to do, the place (None: at the break), and what would mend it there."""

    message: str
    help: str | None = None
    place: Span | None = None
    fix: str | None = None


Rule = Callable[[Break], Said | None]


def make_break(source: Source, sentence: Span, offset: int, expected: frozenset[str]) -> Break:
    """The break at an offset of a sentence; its end means that the sentence ends too early."""
    text = source.text
    start = max(sentence.start, offset - _FURTHEST_BACK)
    found = _WORD.finditer(text, start, offset)
    before = [Word(match.group(), Span(*match.span())) for match in found if not match.group("comment")]
    if offset >= sentence.end:
        return Break(source, tuple(before), Word("", Span(offset, offset)), "", expected)
    if before and before[-1].span.end == offset and _is_one_word(text[offset - 1 : offset + 1]):
        offset = before.pop().span.start
    match = _AT_BREAK.match(text, offset, sentence.end)
    end = match.end() if match else offset + 1
    line = text[end : sentence.end].partition("\n")[0].strip()
    return Break(source, tuple(before), Word(text[offset:end], Span(offset, end)), line, expected)


def _is_one_word(pair: str) -> bool:
    return re.fullmatch(_RUN, pair) is not None
