"""The definitions: every declaration that says more than its label, by kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from policyc.language.titles import GLOSSARY
from policyc.model.graph import Graph
from policyc.model.policy import Policy, Statement, Term, texts_of
from policyc.model.values import names_in
from policyc.page.author import one_line
from policyc.page.blocks import Chapter, Definition, Definitions
from policyc.sentences.declarations import definition, is_known, shown_members
from policyc.sentences.parts import Paragraph, Sentence, capitalised, say

TITLES: Final = {
    "term": "Words",
    "data": "Data",
    "subject": "People",
    "party": "Companies and others",
    "purpose": "Purposes",
    "legal_basis": "Legal bases",
    "law": "Laws",
    "right": "Rights",
    "surface": "Sites, apps and features",
    "system": "Systems",
    "place": "Places",
    "document": "Documents",
    "channel": "Ways to reach us and you",
    "message": "Messages",
    "measure": "Protection and contracts",
    "event": "Events",
    "fact": "Conditions",
}
"""The kinds of terms in the order of the page, each with its heading."""

ANCHOR: Final = "def-"
_TELLING: Final = frozenset({"when", "unless", "text", "hedge", "holes", "aliases"})
"""Clauses of an imported term that a reader of this policy should see."""


def definitions(policy: Policy) -> dict[str, Definition]:
    """The definitions by the id of their term."""
    return dict(_definitions(policy))


def glossary(policy: Policy, found: Mapping[str, Definition]) -> list[Chapter]:
    """The chapter of these definitions, by kind; none if there are none."""
    groups = []
    for kind, title in TITLES.items():
        entries = [made for name, made in found.items() if policy.terms[name].kind == kind]
        if entries:
            ordered = sorted(entries, key=lambda made: (made.name.casefold(), made.id))
            groups.append(Chapter(f"page-words-{kind}", title, (Definitions(tuple(ordered)),)))
    return [Chapter("page-words", GLOSSARY, tuple(groups))] if groups else []


def _definitions(policy: Policy) -> Iterator[tuple[str, Definition]]:
    graph = Graph(policy.terms)
    used = used_terms(policy)
    members = {name for term in policy.terms.values() if is_known(term) for name in shown_members(policy, graph, term)}
    for term in policy.terms.values():
        if term.id == policy.id or not _belongs(policy, graph, term, used):
            continue
        told = definition(policy, graph, term)
        if told is None and texts_of(term.fields, "trace") and term.id not in members | used:
            told = Sentence((Paragraph(say("This policy names it and says no more about it.")),))
        if told is not None:
            yield term.id, Definition(ANCHOR + term.id, capitalised(one_line(term.label)), told)


def _belongs(policy: Policy, graph: Graph, term: Term, used: frozenset[str]) -> bool:
    """Whether a reader should find the term: the author's own, and imported ones that the policy uses and extends.

    Events and conditions are told where they count; they stand here only if more is said of them.
    """
    if term.is_local and (term.kind not in {"event", "fact"} or "trace" in term.fields):
        return True
    extends = bool(shown_members(policy, graph, term)) or not _TELLING.isdisjoint(term.fields)
    return extends and (term.is_local or (term.imported and term.id in used))


def used_terms(policy: Policy) -> frozenset[str]:
    """The ids that statements, the header and the author's own declarations name."""
    found: set[str] = set()
    for statement in policy.statements:
        found.update(_names(statement))
    for term in policy.terms.values():
        if term.is_local:
            for value in term.fields.values():
                found.update(names_in(value))
    return frozenset(found)


def _names(statement: Statement) -> Iterator[str]:
    for value in (statement.objects, *statement.fields.values()):
        if value is not None:
            yield from names_in(value)
