"""Sentences that lead elsewhere: to other statements, to sections and documents, to published authorities."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.model.policy import Policy, Section, Statement, tags_of
from policyc.sentences.case import Case
from policyc.sentences.english import listed
from policyc.sentences.heads import HEADS
from policyc.sentences.parts import Link, Phrase, Quote, Words, say, text_of

_WORDS: Final = 8
"""How many words name a statement that is no act."""


def describe(policy: Policy, statement: Statement) -> str:
    """A few words for a statement: "sharing your usage data with advertisers"."""
    case = Case.of_statement(policy, statement)
    head = HEADS[statement.verb]
    if head.gerund is not None:
        return text_of(head.gerund(case))
    words = text_of(head.main(case)).rstrip(".").split()
    return "“" + " ".join(words[:_WORDS]) + (" …”" if len(words) > _WORDS else "”")


def linked(case: Case, field: str) -> Phrase:
    """What the statements that a clause names are about, with a link to each."""
    found = [case.policy.statement(name) for name in case.terms(field).ids]
    return listed([(Link(describe(case.policy, statement), statement.id),) for statement in found], "and")


def exceptions(case: Case) -> Phrase:
    """The permissions that win over this prohibition."""
    return say("this does not apply to what we say about", linked(case, "except"))


def overriding(case: Case) -> Phrase:
    """The prohibitions over which this permission wins."""
    return say("this applies in spite of what we say about", linked(case, "despite"))


def overridden(case: Case) -> Phrase:
    """The prohibitions that win over this permission."""
    return say("but what we say about", linked(case, "subject_to"), "comes first")


def authorities(case: Case) -> Phrase:
    """Published authorities."""
    return say("the legal source:", listed([(Words(text),) for text in case.texts("cite")], "and"))


def see(case: Case) -> Phrase:
    """Sections, lists and documents; a section of this policy is linked."""
    items = [_target(case.policy, word, text) for word, text in tags_of(case.fields, "see")]
    return say("see", listed(items, "and"))


def _target(policy: Policy, word: str, text: str) -> Phrase:
    sections = {section.title.casefold(): section for section in walk(policy.layout)}
    if word == "section" and (section := sections.get(text.casefold())):
        return say("the section", Link(f"“{text}”", section.id))
    return say(f"the {word}", Quote(text))


def walk(items: tuple[str | Section, ...]) -> Iterator[Section]:
    """The sections of a layout and all sections inside them, in order."""
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from walk(item.items)
