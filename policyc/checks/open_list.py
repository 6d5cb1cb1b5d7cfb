"""A list of data, or of those who get it or whom it comes from, that leaves open what else belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.checks._view import OBJECTS, View, finding, names, part
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import Force
from policyc.model.policy import Statement, Term
from policyc.model.values import Terms

_HEAD: Final = """\
language 1
party us "Us Ltd"
channel desk "our desk" email "desk@us.example"
data name "your name"
purpose sell "sell you things"
policy notice "Notice"
    controller us
    contact desk
    updated 2026-11-01
buying: may use details for sell
"""

OPEN_LIST: Final = Code(
    "PC702",
    "open-list",
    what="A list of data, of those who get it, or of what it comes from says by `including` or `open` that it goes on.",
    why="Readers cannot tell what else it is, and a program allows nothing that is not listed.",
    bad=_HEAD + 'data details "your details" including name\n',
    good=_HEAD + 'data details "your details" exactly name\n',
    level=Level.INFO,
)

_KINDS: Final = frozenset({"data", "party"})
_FIELDS: Final = ("recipients", "sources", "derived_from")


def check(view: View) -> Iterator[Diagnostic]:
    """One finding for each open term that a permission speaks of, and for each permission that gives examples only."""
    permissions = [one for one in view.statements if one.force is Force.PERMIT]
    for one in permissions:
        yield from _in_statement(one)
    used = view.graph.below(name for one in permissions for terms in _lists(one).values() for name in terms.ids)
    for term in view.terms:
        if term.is_open and term.kind in _KINDS and term.id in used:
            yield _in_term(term)


def _lists(one: Statement) -> dict[str, Terms]:
    values = {OBJECTS: one.objects, **{field: one.fields.get(field) for field in _FIELDS}}
    return {field: value for field, value in values.items() if isinstance(value, Terms)}


def _in_statement(one: Statement) -> Iterator[Diagnostic]:
    for field, terms in _lists(one).items():
        if terms.including:
            message = "`including` gives examples, and not all that is meant"
            help_ = f"name all in the place of {names(terms.ids)}, or leave the examples out"
            yield finding(OPEN_LIST, one, message, place=part(one, f"{field}.including"), help=help_)
    if "open" in one.fields:
        message = "this is about more than it lists"
        yield finding(OPEN_LIST, one, message, place=part(one, "open"), help="list all, and delete `open`")


def _in_term(term: Term) -> Diagnostic:
    message = f"more belongs to `{term.id}` than is listed"
    place = part(term, "including" if "including" in term.written else "open")
    return finding(OPEN_LIST, term, message, place=place, help="list all with `exactly`")
