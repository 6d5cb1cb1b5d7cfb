"""What users type for a draft: cleaned, or refused with the reason."""

from __future__ import annotations

import re
from typing import Final

from policyc.syntax.decode import decode

LONGEST: Final = 200
"""In letters. A name of a company is shorter, and so are addresses that people can write down."""

_EMAIL: Final = re.compile(r"[^\s@<>()\"\\,;:]+@[^\s@<>()\"\\,;:]+\.[^\s@<>()\"\\,;:.]+")
_URL: Final = re.compile(r"https?://[^\s<>\"\\]+\.[^\s<>\"\\]+")


def name(text: str) -> str:
    """The name of a company; ValueError if a policy may not contain it."""
    return _plain(text, "the name")


def email(text: str) -> str:
    """An email address; ValueError if it is none."""
    return _matching(_EMAIL, _plain(text, "the email address"), "an email address such as `privacy@acme.example`")


def url(text: str) -> str:
    """The address of a website; ValueError if it is none."""
    return _matching(_URL, _plain(text, "the address"), "an address such as `https://acme.example`")


def _plain(text: str, what: str) -> str:
    """The text without white space around it: one line of characters that can be seen."""
    text = text.strip(" ")
    if not text:
        message = f"{what} is empty"
        raise ValueError(message)
    if len(text) > LONGEST:
        message = f"{what} has {len(text):,} letters; the limit is {LONGEST}"
        raise ValueError(message)
    bad = next((letter for letter in text if not _shows(letter)), None)
    if bad is not None:
        message = f"{what} contains a character that a name or an address cannot have, U+{ord(bad):04X}"
        raise ValueError(message)
    return text


def _shows(letter: str) -> bool:
    """Whether a policy may contain a character, in a text of one line."""
    if letter in "\n\r\t" or "\ud800" <= letter <= "\udfff":
        return False
    return not decode("", f"x{letter}".encode()).diagnostics


def _matching(pattern: re.Pattern[str], text: str, wanted: str) -> str:
    if not pattern.fullmatch(text):
        message = f"this is not {wanted}"
        raise ValueError(message)
    return text
