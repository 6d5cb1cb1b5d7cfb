"""Mistakes in periods, numbers and dates."""

from __future__ import annotations

import re
from typing import Final

from policyc.diagnostics.near import near
from policyc.language.clauses import Form, rows_of
from policyc.language.words import UNITS
from policyc.syntax.grammar import RESERVED
from policyc.syntax.messages.breaks import Break, Rule, Said

_UNITS: Final = "write minutes, hours, days, weeks, months or years"
_DIGITS: Final = "write digits, as in `30 days`"
_RANGE: Final = re.compile(r"(\d+)[-–—](\d+)")
_GLUED: Final = re.compile(r"(\d+)([a-z]+)")
_FRACTION: Final = re.compile(r"\d+[.,]\d+")


def _date(where: Break) -> Said | None:
    """After `updated` or `effective`: `2026/01/31`, `31 January 2026`, `January 2026`, `2026`."""
    if _takes_date(where.back(1)):
        first = where.word
        if not first.text[:1].isalnum() or first.text in RESERVED:
            return None
    elif _takes_date(where.back(2)) and where.back(1).isdigit():
        first = where.before[-1]
    else:
        return None
    help_ = (
        'write year, month and day, as in `2026-01-31`; for a date that is none, `hole date "…"` in place of the clause'
    )
    return Said("this is not a date", help_, first.span)


def _takes_date(key: str) -> bool:
    return any(row.form is Form.DATE for row in rows_of(key))


def _range(where: Break) -> Said | None:
    match = _RANGE.fullmatch(where.word.text)
    if match is None:
        return None
    range_ = f"{match.group(1)} to {match.group(2)}"
    return Said(f"{where.word.shown} is not a number", f"write `{range_}`", fix=range_)


def _glued(where: Break) -> Said | None:
    """A number and its unit without a space."""
    match = _GLUED.fullmatch(where.word.text)
    if match is None or match.group(2) not in UNITS:
        return None
    period = f"{match.group(1)} {match.group(2)}"
    return Said(f"{where.word.shown} is not a number", f"write `{period}`", fix=period)


def _fraction(where: Break) -> Said | None:
    if not _FRACTION.fullmatch(where.word.text):
        return None
    return Said(f"{where.word.shown} is not a whole number", "write it in a smaller unit, as in `18 months`")


def _unit(where: Break) -> Said | None:
    """After a number that must have a unit."""
    if "UNIT" not in where.expected or "PREPOSITION" in where.expected or not where.before:
        return None
    word = where.word.text
    close = near(word, UNITS) if word not in RESERVED else None
    if close:
        return Said(f"{where.word.shown} is not a unit of time", f"did you mean `{close}`?", fix=close)
    if word.isalpha() and word not in RESERVED and not rows_of(word):
        return Said(f"{where.word.shown} is not a unit of time", _UNITS)
    return Said(f"{where.before[-1].shown} has no unit of time", _UNITS, where.before[-1].span)


def _number(where: Break) -> Said | None:
    """A number in words, or none."""
    if "NUMBER" not in where.expected or "NAME" in where.expected:
        return None
    following = where.after.split()[:1]
    if where.word.text.isalpha() and following and following[0] in UNITS:
        return Said(f"{where.word.shown} is not a number", _DIGITS)
    if {"PREPOSITION", "COMMA"} & where.expected or not where.before:
        return None
    if where.word.text.isalpha() and where.word.text not in {*RESERVED, *UNITS}:
        return Said(f"{where.word.shown} is not a number", _DIGITS)
    bound = f"at {where.back(1)}" if where.back(2) == "at" else where.back(1)
    return Said(f"a number is missing after `{bound}`", _DIGITS, where.before[-1].span)


RULES: Final[tuple[Rule, ...]] = (_date, _range, _glued, _fraction, _unit, _number)
