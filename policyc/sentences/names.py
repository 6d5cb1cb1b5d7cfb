"""Names in sentences: the labels of terms, with their articles, as lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from policyc.model.policy import Policy
from policyc.sentences.case import OBJECTS, Case
from policyc.sentences.english import is_definite, is_determined, listed, names_reader
from policyc.sentences.parts import Label, Phrase, Plain, capitalise, say, text_of

Namer = Callable[[str], Phrase]

DEEDS: Final = frozenset({"purpose", "right"})
"""Kinds whose labels are verb phrases: "manage your account"."""


def label(policy: Policy, name: str) -> Phrase:
    """The label of a term."""
    term = policy.terms[name]
    return (Label(" ".join(term.label.split()), term.id),)


def nouns(
    case: Case, field: str, joiner: str | None = None, namer: Namer | None = None, excluded: Namer | None = None
) -> Phrase:
    """The terms of a field as a list, with their quantifier and what they exclude: "any of our partners".

    `namer` makes the phrase of each term, `excluded` that of each that is excluded, if it is another.
    """
    terms = case.terms(field)
    named = namer or (lambda name: label(case.policy, name))
    items = [shown for name in terms.ids if (shown := named(name))]
    joined = listed(items, joiner or case.list_word)
    deeds = any(kind_of(case.policy, name) in DEEDS for name in terms.ids)
    if terms.quantifier:
        joined = _quantified(terms.quantifier, items, joined, deeds=deeds)
    if not terms.excluding:
        return joined
    out = listed([(excluded or named)(name) for name in terms.excluding], joiner or case.list_word)
    return say(joined, "other than to" if deeds else "other than", out)


def kind_of(policy: Policy, name: str) -> str:
    """The kind of a term."""
    return policy.terms[name].kind


def _quantified(quantifier: str, items: list[Phrase], joined: Phrase, *, deeds: bool) -> Phrase:
    """The list under any, all or some."""
    if deeds:
        return say(f"do {quantifier} of this:", joined)
    if len(items) > 1:
        return say(f"{quantifier} of these:", joined)
    return say(f"{quantifier} of", joined) if is_definite(text_of(joined)) else say(quantifier, joined)


# --- data ------------------------------------------------------------------------------------


def data(case: Case, field: str) -> Phrase:
    """Data as a list, with whose it is: "your name and email address", "the name of people in your address book"."""
    terms = case.terms(field)
    phrase = owned(case, terms.ids)
    if terms.quantifier:
        phrase = say(f"{terms.quantifier} of", phrase)
    phrase = say(case.only(field), phrase)
    if terms.excluding:
        phrase = say(phrase, "other than", owned(case, terms.excluding))
    if case.terms("subjects").ids and not case.speaks_to_reader:
        phrase = say(phrase, "of", case.only("subjects"), nouns(case, "subjects"))
    return phrase


def owned(case: Case, ids: Iterable[str], joiner: str | None = None) -> Phrase:
    """Data as a list; the first of each run of labels without an article says whose it is."""
    owner = _owner(case)
    items: list[Phrase] = []
    owns = False
    for name in ids:
        phrase = label(case.policy, name)
        determined, of_reader = is_determined(text_of(phrase)), names_reader(text_of(phrase))
        items.append(phrase if determined or (owns and not of_reader) else say("the" if of_reader else owner, phrase))
        owns = not determined and not of_reader
    return listed(items, joiner or case.list_word)


def _owner(case: Case) -> str:
    """The word before data: "your", unless the clauses say that it is, or comes from, other people."""
    if case.terms("subjects").ids:
        return "your" if case.speaks_to_reader else "the"
    from_people = any(kind_of(case.policy, name) == "subject" for name in case.terms("sources").ids)
    return "the" if from_people else "your"


def examples(case: Case, field: str) -> Phrase:
    """The members that the author names as examples, as a list."""
    names = case.terms(field).including
    if kind_of(case.policy, names[0]) == "data":
        return owned(case, names, "and")
    return listed([label(case.policy, name) for name in names], "and")


def matter(case: Case, name: str) -> Phrase:
    """What a right, a notice, a choice or a duty is about, as a noun."""
    shown = label(case.policy, name)
    match kind_of(case.policy, name):
        case "data":
            return owned(case, [name])
        case "purpose":
            return say("how we", shown)
        case "right":
            return say("your right to", shown)
        case "event":
            return say("what happens when", shown)
        case _:
            return shown


def matters(case: Case) -> Phrase:
    """All that the clause `regarding` names."""
    kinds = {kind_of(case.policy, name) for name in case.terms("regarding").ids}
    if kinds == {"data"}:
        return data(case, "regarding")
    return say(case.only("regarding"), nouns(case, "regarding", namer=lambda name: matter(case, name)))


# --- people and places -----------------------------------------------------------------------

_CONTAINERS: Final = ("account", "archive", "area", "cloud", "database", "databases", "directory", "folder", "inbox")
"""Last words of systems that data is in; it is on others."""


def located(case: Case, field: str, word: str, joiner: str | None = None) -> Phrase:
    """Places and systems, each with its preposition: "in Germany and on our servers"."""

    def named(name: str) -> Phrase:
        shown = label(case.policy, name)
        inside = kind_of(case.policy, name) == "place" or text_of(shown).casefold().endswith(_CONTAINERS)
        return say(word or ("in" if inside else "on"), shown)

    return nouns(case, field, joiner, named, lambda name: label(case.policy, name))


def toward(case: Case) -> str:
    """The word before who receives data: one shares and trades with somebody, and sells to them."""
    words = case.words("ways")
    return "with" if not words or words[-1] == "trade" else "to"


def way(case: Case, field: str) -> str:
    """The word before measures and channels: "through our website", "by signing in"."""
    first = [case.policy.terms[name].label.partition(" ")[0] for name in case.terms(field).ids]
    return "by" if first and all(word.endswith("ing") for word in first) else "through"


def party(case: Case, name: str) -> Phrase:
    """A party as the object of a preposition: "us" for the controller."""
    return (Plain("us"),) if case.controllers == (name,) else label(case.policy, name)


def actor(case: Case) -> Phrase:
    """Who acts: "we", "you", or the parties that the author names."""
    ours = case.controllers

    def named(name: str) -> Phrase:
        return (Plain("we"),) if ours == (name,) else label(case.policy, name)

    if case.actor_is_us:
        return say(case.only("actor"), "we")
    if case.actor_is_unsaid:
        return say("somebody")
    if case.actor_is_reader:
        return say("you")
    return say(case.only("actor"), nouns(case, "actor", "and", named))


def people(case: Case) -> Phrase:
    """The words that open a sentence about some people or some place: "For customers in California:"."""
    field = "actor" if case.actor_is_reader else OBJECTS if case.notifies_reader else "subjects"
    where = located(case, "place", "in", "or") if case.has("place") else ()
    if not case.has(field) or not (case.speaks_to_reader or not case.has_data):
        return finish_lead(say(case.only("place"), "if you are", where)) if where else ()
    who = nouns(case, field, "and")
    said = where and not case.only("place") and text_of(who).endswith(text_of(where))
    return finish_lead(say(case.only(field), "for", who, () if said else say(case.only("place"), where)))


def finish_lead(phrase: Phrase) -> Phrase:
    """The phrase with a capital and a colon."""
    return capitalise(say(phrase, ":"))
