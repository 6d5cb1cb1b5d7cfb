"""Mistakes in conditions: `when a and (b or c)`, `unless age below 16`."""

from __future__ import annotations

from typing import Final

from policyc.language.clauses import GUARD_KEYS, PREPOSITIONS
from policyc.syntax.messages.breaks import Break, Rule, Said, Word

_SIGNS: Final = frozenset({"<", ">", "=", "<=", ">=", "==", "!=", "≤", "≥"})
_IN_CONDITIONS: Final = frozenset({"_AND", "_OR", "COMPARISON", "LPAR", "RPAR", "UNIT"})
"""Terminals that could stand next where a condition is not surely over."""
_BEFORE_FACTS: Final = frozenset({*GUARD_KEYS, "and", "or", "("})
_COMPARE: Final = "compare by `below` or `above`, as in `age below 16`"


def _condition(where: Break) -> tuple[Word, ...]:
    """The words since the last `when` or `unless`; none, if the break is not in a condition."""
    starts = [place for place, word in enumerate(where.before) if word.text in GUARD_KEYS]
    return where.before[starts[-1] :] if starts and where.expected & _IN_CONDITIONS else ()


def _mixed(where: Break) -> Said | None:
    word = where.word.text
    if word not in {"and", "or"} or not {"_AND", "_OR"} & where.expected:
        return None
    return Said(
        "`and` and `or` are mixed without parentheses",
        "write `(` and `)` around what belongs together: `a and (b or c)`",
    )


def _not(where: Break) -> Said | None:
    if where.word.text != "not" or not _condition(where):
        return None
    return Said("`not` means nothing in a condition", "write `unless` in place of `when`")


def _comma(where: Break) -> Said | None:
    if where.word.text != "," or not {"_AND", "_OR"} & where.expected:
        return None
    return Said("a comma does not join conditions", "write `and` or `or`")


def _sign(where: Break) -> Said | None:
    if where.word.text not in _SIGNS or not _condition(where):
        return None
    return Said(f"{where.word.shown} does not compare anything", _COMPARE)


def _wrong_word(where: Break) -> Said | None:
    """`age under 16`: the preposition was read as a clause, whose period has no unit."""
    if not where.back(1).isdigit() or where.back(2) not in PREPOSITIONS or where.back(4) not in _BEFORE_FACTS:
        return None
    word = where.before[-2]
    return Said(f"{word.shown} does not compare anything", _COMPARE, word.span)


def _parenthesis(where: Break) -> Said | None:
    word = where.word.text
    if word == ")":
        return Said("this `)` closes nothing", "delete it, or write `(` where it belongs")
    if word == "(":
        return Said("this `(` is not in a condition", "delete it: only conditions have parentheses")
    unclosed: list[Word] = []
    for before in _condition(where):
        if before.text == "(":
            unclosed.append(before)
        elif before.text == ")" and unclosed:
            unclosed.pop()
    if not unclosed or "RPAR" not in where.expected:
        return None
    return Said("this `(` is not closed", "write `)` after the last condition that belongs to it", unclosed[-1].span)


def _empty(where: Break) -> Said | None:
    if "LPAR" not in where.expected or not where.before:
        return None
    return Said(
        f"{where.before[-1].shown} is followed by no condition",
        "write a fact, or a comparison such as `age below 16`",
        where.before[-1].span,
    )


RULES: Final[tuple[Rule, ...]] = (_mixed, _not, _comma, _sign, _wrong_word, _parenthesis)
AFTER_NAMES: Final[tuple[Rule, ...]] = (_empty,)
