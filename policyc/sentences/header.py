"""What a page says at its top: who speaks, for whom and what it holds, since when, and how to reach them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import frozen

from policyc.language.tongues import LANGUAGES
from policyc.model.policy import Policy, texts_of
from policyc.model.values import Day
from policyc.sentences import clocks, names
from policyc.sentences.addresses import addresses
from policyc.sentences.case import Case
from policyc.sentences.clauses import RULES
from policyc.sentences.english import listed, long_date
from policyc.sentences.holes import tell_hole
from policyc.sentences.parts import Label, Phrase, Plain, Quote, Sentence, Words, finish, say, text_of
from policyc.sentences.statements import paragraphs

Tell = Callable[[Case], Phrase]


@frozen
class Fact:
    """One line of the summary."""

    name: str
    told: Phrase


def _names(field: str) -> Tell:
    return lambda case: names.nouns(case, field, "and")


def _controllers(case: Case) -> Phrase:
    """Who is responsible, each with the name under which it is registered."""

    def named(name: str) -> Phrase:
        shown = names.label(case.policy, name)
        registered = texts_of(case.policy.terms[name].fields, "legal_name")
        if not registered or registered[0] == text_of(shown):
            return shown
        return (*shown, Plain(" ("), Label(" ".join(registered[0].split()), name), Plain(")"))

    return names.nouns(case, "controllers", "and", named)


def _day(field: str) -> Tell:
    def tell(case: Case) -> Phrase:
        value = case.fields[field]
        return say(long_date(value.value)) if isinstance(value, Day) else ()

    return tell


def _contact(case: Case) -> Phrase:
    """The channels, each with its addresses."""

    def named(name: str) -> Phrase:
        shown = [(address,) for address in addresses(case.policy.terms[name].fields)]
        return say(names.label(case.policy, name), ":" if shown else "", listed(shown, "or"))

    return names.nouns(case, "contact", "or", named)


def _valid(case: Case) -> Phrase:
    return say(clocks.length(clocks.period_of(case, "validity")), clocks.after(case))


def _texts(field: str) -> Tell:
    return lambda case: listed([(Words(text),) for text in case.texts(field)], "and")


def _aliases(case: Case) -> Phrase:
    return listed([(Quote(text),) for text in case.texts("aliases")], "or")


def _languages(field: str) -> Tell:
    return lambda case: listed([say(LANGUAGES[code]) for code in case.words(field)], "and")


FACTS: Final = {
    "controllers": ("Responsible", _controllers),
    "contact": ("Contact", _contact),
    "updated": ("Last updated", _day("updated")),
    "effective": ("Applies from", _day("effective")),
    "version": ("Version", _texts("version")),
    "validity": ("Valid for", _valid),
    "representatives": ("Representative", _names("representatives")),
    "officers": ("Data protection officer", _names("officers")),
    "surfaces": ("Covers", _names("surfaces")),
    "outside": ("Does not cover", _names("outside")),
    "subjects": ("For", _names("subjects")),
    "laws": ("Laws", _names("laws")),
    "part_of": ("Part of", _names("part_of")),
    "yields_to": ("Comes first if they differ", _names("yields_to")),
    "prevails_over": ("Comes second if they differ", _names("prevails_over")),
    "replaces": ("Replaces", _names("replaces")),
    "languages": ("Languages", _languages("languages")),
    "prevailing": ("Language that counts", _languages("prevailing")),
    "aliases": ("Also called", _aliases),
}
"""The lines of the summary: a clause of the header, the line's name, and how it is told."""

ALWAYS: Final = ("controllers", "contact", "updated")
"""Lines that every policy has; if the policy is silent, they say so."""

SILENCE: Final = "What this policy does not allow, we do not do."


def facts(policy: Policy) -> tuple[Fact, ...]:
    """The lines of the summary that this policy has something to say in, or should have."""
    case = Case.of_term(policy, policy.header)
    missing = dict(case.holes)
    return tuple(
        Fact(name, _told(case, field, tell, missing))
        for field, (name, tell) in FACTS.items()
        if case.has(field) or field in missing or field in ALWAYS
    )


def _told(case: Case, field: str, tell: Tell, missing: dict[str, str]) -> Phrase:
    if case.has(field) and field not in missing:
        return tell(case)
    gap = tell_hole(case, field, missing.get(field, ""))
    return say(finish(tell(case)), gap) if case.has(field) else gap


def opening(policy: Policy) -> Sentence:
    """The first paragraph: who speaks, what "we" and "you" mean, and that silence forbids."""
    case = Case.of_term(policy, policy.header)
    who = names.nouns(case, "controllers", "and") or say("the company")
    told = [
        say("this policy tells you what", who, "may do with personal data, and what not"),
        say("“we”, “us” and “our” mean", who),
        say("“you” and “your” mean the person whom a sentence is about"),
        say(SILENCE),
    ]
    return Sentence(paragraphs(told, ()))


def notes(policy: Policy) -> Sentence | None:
    """What the header says beside its facts: texts, reasons, gaps that are no line of the summary."""
    case = Case.of_term(policy, policy.header)
    told = [RULES[field].inline(case) for field in RULES if case.has(field) and field not in {*FACTS, "holes", "event"}]
    gaps = [tell_hole(case, field, words) for field, words in case.holes if field not in FACTS]
    summary = [say("in short:", *((Words(text),) for text in case.texts("summary")))] if case.has("summary") else []
    blocks = paragraphs([*summary, *told, *gaps], case.texts("text"))
    return Sentence(blocks) if blocks else None
