"""English words and lists, without any knowledge of policies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from policyc.sentences.parts import Phrase, say, text_of

_DETERMINERS: Final = frozenset(
    "a an the this that these those my your our his her its their whose "
    "any all some no every each both either neither many most several other such "
    "what whatever which who whom when where whether why how if anything anyone everything everyone".split()
)
_READER: Final = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_JOINED: Final = re.compile(r"\b(?:and|or)\b")


def is_determined(label: str) -> bool:
    """Whether a noun phrase has its article, or needs none: "our website", "what you write to us"."""
    words = label.split(maxsplit=1)
    return bool(words) and words[0].lower() in _DETERMINERS


def names_reader(label: str) -> bool:
    """Whether a label speaks of the reader, as in "people in your address book"."""
    return _READER.search(label) is not None


def listed(items: Sequence[Phrase], conjunction: str) -> Phrase:
    """The items as a list: "a, b and c". Items that have commas of their own are set apart by semicolons."""
    if len(items) < 2:
        return items[0] if items else ()
    texts = [text_of(item) for item in items]
    separator = ";" if any("," in text for text in texts) else ","
    close = separator if separator == ";" or (len(items) > 2 and any(_JOINED.search(text) for text in texts)) else ""
    phrase = items[0]
    for item in items[1:-1]:
        phrase = say(phrase, separator, item)
    return say(phrase, close, conjunction, items[-1])


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 day", "30 days"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def one_or_more(count: int, one: str, more: str) -> str:
    """The wording for one thing or for several."""
    return one if count == 1 else more
