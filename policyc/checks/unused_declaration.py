"""What a policy declares, and nothing speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from policyc.checks._view import View, finding
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.model.policy import Fields, Policy, Term, tags_of, texts_of
from policyc.model.values import Texts, names_in

_HEAD: Final = """\
language 1
party us "Us"
data email "email address"
purpose help "help you"
policy notice "Notice"
    controller us
answers: will use email for help
"""

UNUSED_DECLARATION: Final = Code(
    "PC405",
    "unused-declaration",
    what="The policy declares something, and no statement and no other declaration speaks of it.",
    why="Readers find a name and not what becomes of it; or a statement about it has been forgotten.",
    bad=_HEAD + 'party mailer "Mailer Inc"\n',
    good=_HEAD + 'party mailer "Mailer Inc"\nsent: will share email with mailer for help\n',
    level=Level.WARNING,
)

_SHOWN: Final = frozenset({"term", "channel", "document"})
"""Kinds that tell readers something by themselves: what a word means, an address, where to find more."""

_TELLS_NOTHING: Final = frozenset({"parents", "trace", "accept", "dpv", "holes"})


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each declaration, unless the page shows it for what it says itself, or it has a hole."""
    named = set(_named(view))
    reached = view.graph.below(named) | _above(view.policy, named)
    idle = [term for term in view.terms if term.id not in reached and not _is_shown(term) and not _is_open(term)]
    told = _texts(view.policy) if idle else ""
    for term in idle:
        if not any(words.casefold() in told for words in (term.label, *texts_of(term.fields, "aliases"))):
            yield finding(
                UNUSED_DECLARATION,
                term,
                f"`{term.id}` is declared, and nothing speaks of it",
                help="say in a statement what becomes of it, or delete the declaration",
            )


def _is_shown(term: Term) -> bool:
    return term.kind == "policy" or (term.kind in _SHOWN and not _TELLS_NOTHING.issuperset(term.fields))


def _is_open(term: Term) -> bool:
    """Whether it marks by itself that something is missing, which the check of holes reports."""
    return bool(tags_of(term.fields, "holes"))


def _named(view: View) -> Iterator[str]:
    """All that statements, tests and the author's declarations name; not what a declaration belongs to."""
    for one in view.policy.statements:
        if one.objects is not None:
            yield from names_in(one.objects)
        yield from _in(one.fields)
    for term in view.terms:
        yield from _in({name: value for name, value in term.fields.items() if name != "parents"})
    for test in view.policy.tests:
        for line in test.expectations:
            for names in line.question.terms.values():
                yield from names
            yield from (*line.question.facts, *line.question.to_come, *line.question.happened)


def _in(fields: Fields) -> Iterator[str]:
    for value in fields.values():
        yield from names_in(value)


def _above(policy: Policy, named: Iterable[str]) -> set[str]:
    """All that the names lie below: a group is spoken of through its members."""
    found: set[str] = set()
    queue = [name for name in named if name in policy.terms]
    while queue:
        for parent in policy.terms[queue.pop()].parents:
            if parent not in found:
                found.add(parent)
                queue.append(parent)
    return found


def _texts(policy: Policy) -> str:
    """All that is said in the author's own words, and the labels of declarations: they may speak of others."""
    texts: list[str] = []
    for one in policy.statements:
        texts += one.objects.texts if isinstance(one.objects, Texts) else ()
    fields = [one.fields for one in policy.statements] + [one.fields for one in policy.prose]
    for each in [*fields, *(term.fields for term in policy.terms.values())]:
        texts += (text for name, value in each.items() if name != "aliases" for text in _own(value))
        texts += (title for _, title in tags_of(each, "see"))
    return "\n".join(texts).casefold()


def _own(value: object) -> tuple[str, ...]:
    return value.texts if isinstance(value, Texts) else ()
