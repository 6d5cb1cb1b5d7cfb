"""One statement of the model → the sentences of the page."""

from __future__ import annotations

from typing import Final

from policyc.model.policy import Policy, Statement
from policyc.sentences import names
from policyc.sentences.case import OBJECTS, Case
from policyc.sentences.clauses import RULES, examples
from policyc.sentences.heads import HEADS, Head, law
from policyc.sentences.parts import Paragraph, Passage, Phrase, Sentence, count_words, finish, is_long, say, text_of

ROOM: Final = 22
"""Words that a main sentence may have before clauses go into sentences of their own."""

_LEADING: Final = ("subjects", "place", "actor")
"""Fields that the opening of the sentence tells, or its data."""

_LAST: Final = ("purposes", "when", "unless")
"""Fields that end a main sentence, wherever they rank."""

_REPEATED: Final = frozenset({"subjects", "regarding", "surfaces", "recipients", "purposes", "laws", "hedge"})
"""Clauses that an author's own sentence may tell in its own words."""


def sentence(policy: Policy, statement: Statement) -> Sentence:
    """All that a statement says, in plain English: the main sentence, then one for each clause without room in it."""
    case = Case.of_statement(policy, statement)
    head = HEADS[statement.verb]
    opening = _opening(case, head)
    inline = _inline(case, head, opening)
    told = {*inline, *head.tells, *_LEADING, OBJECTS}
    rest = [_alone(case, head, field) for field in RULES if field not in told and _is_there(case, head, field)]
    return paragraphs([say(opening, *inline.values()), *examples(case), *rest], case.texts("text"))


def _opening(case: Case, head: Head) -> Phrase:
    """The people it is about, who says it, and the main sentence up to its object."""
    people = () if head.quotes and _is_said(case, "subjects") and not case.has("place") else names.people(case)
    said = () if head.quotes else law(case)
    return say(people, said, "that" if said else "", head.main(case))


def _inline(case: Case, head: Head, opening: Phrase) -> dict[str, Phrase]:
    """The clauses that the main sentence tells, in the order in which they stand there.

    What a sentence forbids must not look wider than it is: a prohibition keeps all of them.
    """
    if head.quotes:
        return {}
    fields = [field for field in (*head.core, *head.room) if _is_there(case, head, field) and field not in head.tells]
    phrases = {field: phrase for field in fields if (phrase := RULES[field].inline(case))}
    length = count_words(opening) + sum(count_words(phrases[field]) for field in head.core if field in phrases)
    kept = []
    for field in phrases:
        if field not in head.core and not case.negative:
            length += count_words(phrases[field])
            if length > ROOM:
                length -= count_words(phrases[field])
                continue
        kept.append(field)
    ordered = sorted(kept, key=lambda field: (field in _LAST, kept.index(field)))
    both = {"when", "unless"} <= set(kept)
    return {field: say("," if both and field == "unless" else "", phrases[field]) for field in ordered}


def _alone(case: Case, head: Head, field: str) -> Phrase:
    """A clause as a sentence of its own."""
    rule = RULES[field]
    phrase = rule.inline(case)
    return say(head.leads.get(field, rule.lead), phrase) if phrase else ()


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


def paragraphs(phrases: list[Phrase], texts: tuple[str, ...]) -> Sentence:
    """Phrases as the sentences of one paragraph; long texts of the author follow as they are."""
    line = say(*(finish(phrase) for phrase in phrases if phrase))
    return Sentence((*((Paragraph(line),) if line else ()), *(Passage(text) for text in texts if is_long(text))))
