"""What the policy does not say, as sentences."""

from __future__ import annotations

from typing import Final

from policyc.language import gaps
from policyc.language.gaps import GARBLED
from policyc.sentences.case import OBJECTS, Case
from policyc.sentences.english import listed
from policyc.sentences.parts import Phrase, Quote, finish, say

_MEANING: Final = "definition"
_REFERENCE: Final = "see"


def holes(case: Case) -> Phrase:
    """All that is missing, one sentence after the other; gaps without words share one."""
    silent = [say(unsaid(case, field)) for field, words in case.holes if not words and field != GARBLED]
    told = [tell_hole(case, field, words) for field, words in case.holes if words or field == GARBLED]
    if silent:
        told.insert(0, finish(say("this policy does not say", listed(silent, "or"))))
    return say(*told)


def tell_hole(case: Case, field: str, words: str) -> Phrase:
    """One thing that is missing, with the original words."""
    if field == GARBLED:
        return finish(say("the wording is unclear here", ":" if words else "", Quote(words) if words else ""))
    if field == _MEANING and words:
        return finish(say("this policy does not say what", Quote(words), "means"))
    if field == _REFERENCE and words:
        return finish(say("it is unclear what this refers to:", Quote(words)))
    gap = finish(say("this policy does not say", unsaid(case, field)))
    return say(gap, finish(say("it only says", Quote(words)))) if words else gap


def unsaid(case: Case, field: str) -> str:
    """What is missing, as a clause."""
    named = OBJECTS if case.statement is not None and field == case.statement.row.object else field
    return gaps.unsaid(field, partly=case.has(named), verb=case.verb)
