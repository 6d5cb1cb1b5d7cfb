"""One statement of the model → the sentences of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from policyc.model.policy import Policy, Statement
from policyc.sentences import names
from policyc.sentences.case import OBJECTS, Case
from policyc.sentences.clauses import RULES, examples
from policyc.sentences.clocks import CLOCKED
from policyc.sentences.heads import HEADS, Head, law
from policyc.sentences.parts import Paragraph, Passage, Phrase, Sentence, count_words, finish, is_long, say, text_of

ROOM: Final = 22
"""Words that a main sentence may have before clauses go into sentences of their own."""

_LEADING: Final = ("subjects", "place", "actor")
"""Fields that the opening of the sentence tells, or its data."""

ORDER: Final = (
    *("regarding", "derived_from", "sources", "state", "data_form", "location", "recipients", "measures", "against"),
    *("on_behalf_of", "means", "surfaces", "channels", "lookback"),
    *("period", "deadline", "event", "stage", "before", "until"),
    *("safeguards", "purposes", "when", "unless"),
)
"""How clauses follow each other in a main sentence."""

_SET_APART: Final = frozenset({"purposes", "when", "unless"})
"""Clauses that need a comma after a clause of English."""

_REPEATED: Final = frozenset({"subjects", "regarding", "surfaces", "recipients", "purposes", "laws", "hedge"})
"""Clauses that an author's own sentence may tell in its own words."""


def sentence(policy: Policy, statement: Statement) -> Sentence:
    """All that a statement says, in plain English: the main sentence, then one for each clause without room in it."""
    case = Case.of_statement(policy, statement)
    head = HEADS[statement.verb]
    opening = head.main(case) if head.quotes else say(law(case), head.main(case))
    inline = _inline(case, head, opening)
    told = {*inline, *head.tells, *head.hides(case), *_LEADING, OBJECTS}
    rest = [_alone(case, head, field) for field in RULES if field not in told and _is_there(case, head, field)]
    blocks = paragraphs([say(opening, *inline.values()), *examples(case), *rest], case.texts("text"))
    return Sentence(blocks, _lead(case, head))


def _lead(case: Case, head: Head) -> Phrase:
    """The people and the place it is about, unless the author's own sentence names them."""
    said = head.quotes and _is_said(case, "subjects") and not case.has("place")
    return () if said else names.people(case)


def _inline(case: Case, head: Head, opening: Phrase) -> dict[str, Phrase]:
    """The clauses that the main sentence tells, in the order in which they stand there.

    What a sentence forbids, by `never` or by `only`, must not look wider than it is: it keeps all of them, and no
    other sentence goes on as if it were not forbidden.
    """
    whole = head.leads if case.forbids else ()
    fields = {*head.core, *head.room, *whole} - {*head.tells, *head.hides(case)}
    there = [field for field in ORDER if field in fields and _is_there(case, head, field)]
    phrases = {field: phrase for field in there if (phrase := _phrase(case, head, field))}
    length = count_words(opening) + sum(count_words(phrases[field]) for field in phrases if field in head.core)
    kept: dict[str, Phrase] = {}
    for field, phrase in phrases.items():
        more = 0 if field in head.core else count_words(phrase)
        if more == 0 or case.forbids or length + more <= ROOM:
            apart = field in _SET_APART and _ends_in_clause(case, kept)
            twice = field == "when" and case.only(field) and any(case.only(name) for name in kept)
            kept[field] = say(", and" if twice else "," if apart else "", phrase)
            length += more
    return kept


def _ends_in_clause(case: Case, kept: Mapping[str, Phrase]) -> bool:
    """Whether the sentence so far has an event or a condition in it: "after you close your account"."""
    starts = () if kept.keys().isdisjoint(CLOCKED) else tuple(field for field in ("event", "stage") if case.has(field))
    return not {*kept, *starts}.isdisjoint(("event", "stage", "until", "when"))


def _alone(case: Case, head: Head, field: str) -> Phrase:
    """A clause as a sentence of its own."""
    phrase = _phrase(case, head, field)
    if field in head.own:
        return phrase
    if field in head.leads:
        return say(head.leads[field], phrase) if phrase else ()
    return RULES[field].sentence(case)


def _phrase(case: Case, head: Head, field: str) -> Phrase:
    return head.own.get(field, RULES[field].inline)(case)


def _is_there(case: Case, head: Head, field: str) -> bool:
    """Whether a clause is to be told: what the author's own sentence says is not said again."""
    if field == "holes":
        return bool(case.holes)
    if not case.has(field) or (field == "laws" and case.by_law):
        return False
    return not (head.quotes and _is_said(case, field))


def _is_said(case: Case, field: str) -> bool:
    """Whether the author's own sentence names all that a clause does."""
    terms = case.terms(field)
    if field not in _REPEATED or case.only(field) or terms.quantifier or terms.excluding or terms.including:
        return False
    own = " ".join(case.texts(OBJECTS)).casefold()
    words = case.texts(field) or tuple(text_of(names.label(case.policy, name)) for name in terms.ids)
    return bool(words) and all(word.casefold() in own for word in words)


def paragraphs(phrases: list[Phrase], texts: tuple[str, ...]) -> tuple[Paragraph | Passage, ...]:
    """Phrases as the sentences of one paragraph; long texts of the author follow as they are."""
    line = say(*(finish(phrase) for phrase in phrases if phrase))
    return (*((Paragraph(line),) if line else ()), *(Passage(text) for text in texts if is_long(text)))
