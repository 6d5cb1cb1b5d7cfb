"""Who is responsible, and how to reach them: what the head of the page cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import ADDRESSES, View, finding, named
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.capitals import BODIES, FORMS
from policyc.model.policy import Term, tags_of, terms_of, texts_of

_HEAD: Final = """\
language 1
channel desk "our desk" email "desk@us.example"
policy notice "Notice"
    controller us
    updated 2026-11-01
"""
_PARTY: Final = 'party us "Us" legal_name "Us Ltd"\n'

INCOMPLETE_CONTROLLER: Final = Code(
    "PC606",
    "incomplete-controller",
    what="The policy does not say who is responsible, under which name the company is registered, or how to reach it.",
    why="The head of the page says so to readers. Who wants to ask, or to sue, has to know whom.",
    bad=_HEAD + _PARTY,
    good=_HEAD + "    contact desk\n" + _PARTY,
    level=Level.WARNING,
)

_INSTITUTIONS: Final = BODIES | {"Association", "Church", "Club", "Hospital", "Hospitals", "School", "Society", "Trust"}


def check(view: View) -> Iterator[Diagnostic]:
    """What is missing about the controllers."""
    header = view.policy.header
    for said in view.said("holes"):
        if said.tag == "controllers":
            help_ = "declare the `party`, and name it with `controller`"
            yield finding(INCOMPLETE_CONTROLLER, said, "this policy does not say who is responsible", help=help_)
    for name in terms_of(header.fields, "controllers"):
        term = view.policy.terms[name]
        if not _is_registered(term):
            message = f"nothing says under which name `{name}` is registered"
            help_ = "write its `legal_name`"
            place = None if term.is_local else named(header, "controllers", name)
            about = term if term.is_local else header
            yield finding(INCOMPLETE_CONTROLLER, about, message, place=place, help=help_, level=Level.INFO)
    if "contact" not in header.fields and not _has_hole(header, "contact"):
        message = "the head of this policy does not say how to reach you"
        yield finding(INCOMPLETE_CONTROLLER, header, message, help=_help(view))


def _has_hole(term: Term, field: str) -> bool:
    return any(missing == field for missing, _ in tags_of(term.fields, "holes"))


def _is_registered(term: Term) -> bool:
    """Whether it has its registered name: in a clause, or as its label."""
    if "legal_name" in term.fields or _has_hole(term, "legal_name"):
        return True
    names = " ".join((term.label, *texts_of(term.fields, "aliases")))
    words = set(names.replace(".", "").replace(",", "").split())
    return not words.isdisjoint(FORMS | _INSTITUTIONS)


def _help(view: View) -> str:
    """With the channel that has an address, if there is one."""
    there = [term.id for term in view.terms if term.kind == "channel" and not ADDRESSES.isdisjoint(term.fields)]
    if there:
        return f"write `contact {there[0]}` in the policy's declaration, if that is for all questions"
    return "declare a `channel` with an address, and name it with `contact`"
