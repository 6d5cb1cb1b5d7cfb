"""Signs that mean nothing here, and names that are not spelt as names are."""

from __future__ import annotations

import re
from typing import Final

from policyc.source.text import Span
from policyc.syntax.grammar import LONGEST_NAME
from policyc.syntax.messages.breaks import Break, Rule, Said

_QUOTES: Final = "“”„‟«»‹›‘’‚‛'`"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_WORD: Final = re.compile(r"[A-Za-z0-9_]+")
_COMMENTS: Final = ("//", "/*", "--", "<!--", "%")


def _foreign_quote(where: Break) -> Said | None:
    sign = where.word.text[:1]
    if not sign or sign not in _QUOTES:
        return None
    what = "this is" if sign == "`" else f"`{sign}` is"
    return Said(f"{what} not a straight quote", 'write `"` on both sides of the text', _first(where))


def _foreign_space(where: Break) -> Said | None:
    sign = where.word.text[:1]
    if not sign.isspace():
        return None
    return Said(f"there is a special space here, U+{ord(sign):04X}", "write a plain space", fix=" ")


def _foreign_comment(where: Break) -> Said | None:
    if where.before or not where.word.text.startswith(_COMMENTS):
        return None
    return Said(f"{where.word.shown} does not start a comment", "write `#` before a comment")


def _stop(where: Break) -> Said | None:
    """`;` or `.` as in prose or in other languages."""
    sign, start = where.word.text[-1:], where.word.span.end - 1
    if sign not in {";", ".", "!", "?"} or (sign != ";" and len(where.word.text) > 1 and not _ends_like_prose(where)):
        return None
    help_ = (
        "write a comma between names, or a new line for a new sentence"
        if where.after
        else "delete it: a sentence ends with its line"
    )
    return Said(f"`{sign}` ends nothing here", help_, Span(start, start + 1), fix=None if where.after else "")


def _ends_like_prose(where: Break) -> bool:
    return _WORD.fullmatch(where.word.text[:-1]) is not None


def _bad_name(where: Break) -> Said | None:
    word = where.word.text.rstrip(":")
    if not word or where.word.is_text or (len(word) == 1 and not word.isalnum()):
        return None
    if _NAME.fullmatch(word):
        if len(word) <= LONGEST_NAME:
            return None
        return Said(f"this name is longer than {LONGEST_NAME} letters", "choose a shorter one")
    colon = where.word.text[len(word) :]
    small = word.lower().replace("-", "_")
    if _WORD.fullmatch(word) and not word[0].isdigit():
        return Said(
            f"{where.word.shown} has capital letters",
            f"write `{small}{colon}`: names and words have small letters",
            fix=small + colon,
        )
    if "-" in word and _NAME.fullmatch(small):
        return Said(
            f"{where.word.shown} has a hyphen, which names cannot have", f"write `{small}{colon}`", fix=small + colon
        )
    if word[0].isdigit() and _WORD.fullmatch(word):
        return Said(f"{where.word.shown} starts with a digit, which names cannot do", "start it with a letter")
    if any(sign.isalpha() for sign in word):
        return Said(f"{where.word.shown} is not spelt as names are", "write small letters from a to z, digits and `_`")
    return None


def _sign(where: Break) -> Said | None:
    """A sign that has no use in the language, or none here."""
    if where.at_end or any(letter.isalnum() for letter in where.word.text):
        return None
    joins = where.word.text in {"&", "+", "/", "|", "&&", "||"}
    help_ = "write a comma between names, `and` or `or` between conditions" if joins else "delete it"
    return Said(f"{where.word.shown} means nothing here", help_)


def _first(where: Break) -> Span:
    start = where.word.span.start
    return Span(start, start + 1)


SIGNS: Final[tuple[Rule, ...]] = (_foreign_quote, _foreign_space, _foreign_comment, _stop)
NAMES: Final[tuple[Rule, ...]] = (_bad_name,)
OTHER_SIGNS: Final[tuple[Rule, ...]] = (_sign,)
