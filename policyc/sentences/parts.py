"""What sentences are made of: parts that say who wrote them, so that each output can mark and escape them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from attrs import evolve, frozen


@frozen
class Plain:
    """Words of the compiler."""

    text: str


@frozen
class Label:
    """The label of a term; an output may link it to the term's definition."""

    text: str
    term: str


@frozen
class Words:
    """The author's own words as they stand, Markdown without blocks."""

    text: str


@frozen
class Quote:
    """The author's own words, in quotation marks."""

    words: str

    @property
    def text(self) -> str:
        """The words with their marks."""
        return f"“{self.words}”"


@frozen
class Link:
    """Words that lead to another place of the page: the id of a statement or section."""

    text: str
    target: str


@frozen
class Address:
    """An address of the author's, and what to put before it to open it (None: nothing opens it)."""

    text: str
    scheme: str | None


Part = Plain | Label | Words | Quote | Link | Address
Phrase = tuple[Part, ...]

_BLOCKS: Final = re.compile(r"\n[ \t]*(?:\n|[-*+>][ \t]|[0-9]+[.)][ \t]|```)|^(?:[-*+>][ \t]|[0-9]+[.)][ \t]|```)")
_CLOSERS: Final = tuple(",.;:?!")
_ENDINGS: Final = (".", "!", "?", "…", ".”", "!”", "?”", "…”", ".)", ".*", "._", '."', ".'")


def say(*pieces: str | Part | Iterable[Part]) -> Phrase:
    """The pieces as one phrase, with spaces between them except before punctuation."""
    parts: list[Part] = []
    for piece in pieces:
        for number, part in enumerate(_parts(piece)):
            if number == 0 and parts and not part.text.startswith(_CLOSERS):
                _append(parts, Plain(" "))
            _append(parts, part)
    return tuple(parts)


def _parts(piece: str | Part | Iterable[Part]) -> Phrase:
    if isinstance(piece, str):
        return (Plain(piece),) if piece else ()
    if isinstance(piece, Part):
        return (piece,)
    return tuple(piece)


def _append(parts: list[Part], part: Part) -> None:
    if isinstance(part, Plain) and parts and isinstance(last := parts[-1], Plain):
        parts[-1] = Plain(last.text + part.text)
    else:
        parts.append(part)


def text_of(phrase: Phrase) -> str:
    """The phrase as plain text."""
    return "".join(part.text for part in phrase)


def count_words(phrase: Phrase) -> int:
    """How many words the phrase has."""
    return len(text_of(phrase).split())


def finish(phrase: Phrase) -> Phrase:
    """The phrase as a sentence: a capital first, and a full stop unless it ends with one."""
    if not phrase:
        return ()
    return capitalise(phrase if text_of(phrase).rstrip().endswith(_ENDINGS) else say(phrase, "."))


def capitalise(phrase: Phrase) -> Phrase:
    """The phrase with a capital first, unless it starts with the author's own words."""
    first = phrase[0]
    if isinstance(first, Plain | Label | Link):
        first = evolve(first, text=capitalised(first.text))
    return (first, *phrase[1:])


def capitalised(text: str) -> str:
    """The text with a capital first, after an opening quotation mark too; names such as eBay stay as they are."""
    mark = text[: len(text) - len(text.lstrip("“"))]
    word = text[len(mark) :]
    return text if word[1:2].isupper() else mark + word[:1].upper() + word[1:]


def is_long(text: str) -> bool:
    """Whether a text of the author's has paragraphs, lists or other blocks, and so stands by itself."""
    return _BLOCKS.search(text.strip()) is not None


@frozen
class Paragraph:
    """One or more whole sentences."""

    parts: Phrase


@frozen
class Passage:
    """A longer text of the author, Markdown with blocks."""

    text: str


@frozen
class Sentence:
    """What the page says for one statement or declaration.

    `lead` says whom it is about ("For customers:"); a page may say it once for several sentences.
    """

    blocks: tuple[Paragraph | Passage, ...]
    lead: Phrase = ()

    @property
    def text(self) -> str:
        """All of it as plain text."""
        told = [text_of(block.parts) if isinstance(block, Paragraph) else block.text for block in self.blocks]
        return " ".join((text_of(self.lead), *told)).strip()
