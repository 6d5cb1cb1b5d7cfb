"""Who does what, and when: "we may collect", "our partners will never collect", "we have collected"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from policyc.language.words import LATER, SO_FAR
from policyc.sentences import names
from policyc.sentences.case import Case
from policyc.sentences.english import listed
from policyc.sentences.parts import Phrase, say

_PARTICIPLES: Final = {
    "give access to": "given access to",
    "give you": "given you",
    "keep": "kept",
    "let you": "let you",
    "respond to": "responded to",
    "sell": "sold",
    "transfer": "transferred",
    "rent out": "rented out",
    "work out": "worked out",
}
"""Past forms of verbs that do not just take an ending."""


def _participle(verb: str) -> str:
    """The past form of a verb with the words that belong to it: "collected", "notified people"."""
    if verb in _PARTICIPLES:
        return _PARTICIPLES[verb]
    first, *rest = verb.split(" ")
    ending = f"{first[:-1]}ied" if first.endswith("fy") else f"{first}d" if first.endswith("e") else f"{first}ed"
    return " ".join([ending, *rest])


def does(case: Case, verbs: str | Sequence[str]) -> Phrase:
    """The actor and the verbs: "we may collect", "our partners will never sell or rent out"."""
    forms = [verbs] if isinstance(verbs, str) else list(verbs)
    is_done = case.mood == SO_FAR and case.modality != "must"
    told = [say(_participle(form) if is_done else form) for form in forms]
    return say(names.actor(case), _modal(case), case.only("ways"), listed(told, "or"))


_TENSES: Final = {
    SO_FAR: {"may": "may have", "will": "have", "must": "have had to", "never": "have never"},
    LATER: {
        "may": "may in future",
        "will": "will in future",
        "must": "must in future",
        "never": "will in future never",
    },
}
"""The words between the actor and the verb, where the author tells of the past or of plans."""


def _modal(case: Case) -> str:
    """The words between the actor and the verb."""
    if case.mood in _TENSES:
        return _TENSES[case.mood][case.modality]
    match case.modality:
        case "never":
            return "must never" if case.by_law else "never" if case.actor_is_us else "will never"
        case "will":
            return "" if case.actor_is_us and not case.by_law else "will"
        case modality:
            return modality
