"""A `hedge`: words that weaken what a statement says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policyc.checks._view import Said, Sentence, View, absolutes, finding, holes, shown
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import MODALITIES, Force
from policyc.model.policy import Statement, Term
from policyc.model.values import Terms

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
data name "your name"
event ended "our contract ends"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
"""

HEDGE: Final = Code(
    "PC701",
    "hedge",
    what="Words weaken what a statement says, such as “where possible” or “strive to”.",
    why="Readers cannot tell what they can rely on. Of a prohibition, a right or a deletion, nothing may be left.",
    bad=_HEAD + 'gone: will delete name within 30 days after ended hedge "where possible"\n',
    good=_HEAD + "gone: will delete name within 30 days after ended\n",
    level=Level.INFO,
)

_OWED: Final = frozenset({"delete", "grant", "honour", "offer"})
"""Verbs whose promises people act upon."""

_STANDARDS: Final = frozenset({"intentionally", "knowingly", "where technically feasible", "without undue delay"})
"""Words that laws use, and courts have given a meaning: what they ask can be told."""


_PARTS: Final = r"\b(?:among others|for example|such as|some|certain|various|others?|etc)\b"
"""Words that leave open what all belongs to it, as an open list, a `some` and a hole do."""

_TIMES: Final = r"\b(?:reasonable|appropriate) (?:time|period|delay)\b"
"""Words that leave open how soon, as a hole for the deadline does."""

_CONDITION: Final = r"if there (?:is|are) (?:any|no)\b"
"""How a condition starts that can be looked up."""


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each hedge; one before a group is one. What promises too much weakens nothing."""
    for said in view.said("hedge"):
        words = said.words.strip(" ,.").lower()
        is_clear = words in _STANDARDS or re.match(_CONDITION, words) is not None
        if not is_clear and next(absolutes(words), None) is None and not all(_tells(one, words) for one in said.owners):
            yield _finding(said)


def _tells(one: Sentence, words: str) -> bool:
    """Whether no promise is weakened, or another finding in the same sentence says what the words leave open."""
    if isinstance(one, Term):
        return one.is_open and one.kind in {"data", "party"} and re.search(_PARTS, words) is not None
    if not isinstance(one, Statement):
        return False
    if one.verb == "disclaim":
        return True
    missing = holes(one)
    if re.search(_TIMES, words):
        return not missing.isdisjoint({"deadline", "period"})
    return re.search(_PARTS, words) is not None and (bool(missing) or _lists_parts(one))


def _lists_parts(one: Statement) -> bool:
    """Whether the check of `some`, or that of open lists, tells of it."""
    values = [one.objects, *one.fields.values()]
    lists = [value for value in (one.objects, one.fields.get("recipients")) if isinstance(value, Terms)]
    is_open = "open" in one.fields or any(value.including for value in lists)
    is_some = any(isinstance(value, Terms) and value.quantifier == "some" for value in values)
    return is_some or (is_open and one.force is Force.PERMIT)


def _finding(said: Said) -> Diagnostic:
    message = f"{shown(said.words)} leaves open how far this holds"
    is_promise = any(map(_is_promise, said.owners))
    help_ = "say when it does not hold, with `unless`, `when` or `except`; or promise less"
    return finding(
        HEDGE,
        said,
        message,
        help=help_ if is_promise else "say what is so, and when",
        level=Level.WARNING if is_promise else None,
    )


def _is_promise(one: Sentence) -> bool:
    """Whether it promises that something does not happen, or what people can demand."""
    if not isinstance(one, Statement) or one.mood is not None:
        return False
    return one.force is Force.FORBID or (MODALITIES[one.modality].promises and one.verb in _OWED)
