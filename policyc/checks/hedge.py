"""A `hedge`: words that weaken what a statement says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import Said, Sentence, View, absolutes, finding, shown
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import MODALITIES, Force
from policyc.model.policy import Statement

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


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each hedge; one before a group is one. What promises too much weakens nothing."""
    for said in view.said("hedge"):
        if said.words.strip(" ,.").lower() not in _STANDARDS and next(absolutes(said.words), None) is None:
            yield _finding(said)


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
