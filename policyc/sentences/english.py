"""English words and lists, without any knowledge of policies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from policyc.sentences.parts import Phrase, say, text_of


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_DETERMINERS: Final = frozenset(
    _words(
        "a an the this that these those my your our his her its their whose "
        "any all some no every each both either neither many most several "
        "what whatever which who whom when where whether why how if anything anyone everything everyone"
    )
)
_DEFINITE: Final = frozenset(_words("the these those my your our his her its their"))
_MONTHS: Final = _words("January February March April May June July August September October November December")
_READER: Final = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_QUOTED: Final = re.compile("“[^”]*”")
_JOINED: Final = re.compile(r"\b(?:and|or)\b")


def is_determined(label: str) -> bool:
    """Whether a noun phrase has its article, or needs none: "our website", "what you write to us"."""
    words = label.split(maxsplit=1)
    return bool(words) and words[0].lower() in _DETERMINERS


def is_definite(label: str) -> bool:
    """Whether a noun phrase names certain things, of which there can be some: "our partners"."""
    return label.split(maxsplit=1)[0].lower() in _DEFINITE if label else False


def names_reader(label: str) -> bool:
    """Whether a label speaks of the reader, as in "people in your address book"."""
    return _READER.search(label) is not None


def listed(items: Sequence[Phrase], conjunction: str) -> Phrase:
    """The items as a list: "a, b and c". Semicolons set apart items, but for the last, that have commas."""
    *most, last = items or [()]
    if not most:
        return last
    texts = [text_of(item) for item in items]
    separator = ";" if any("," in _QUOTED.sub("", text) for text in texts[:-1]) else ","
    phrase, *rest = most
    for item in rest:
        phrase = say(phrase, separator, item)
    closes = separator == ";" or any(_JOINED.search(_QUOTED.sub("", text)) for text in texts)
    return say(phrase, separator if closes else "", conjunction, last)


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 day", "30 days"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def one_or_more(count: int, one: str, more: str) -> str:
    """The wording for one thing or for several."""
    return one if count == 1 else more


def long_date(day: date) -> str:
    """A date as people write it: "31 January 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
