"""Where things stand: the author's order, with each declaration where the author wrote it."""

from __future__ import annotations

from collections.abc import Iterator

from policyc.model.policy import Place, Policy, Section, Statement, Term
from policyc.sentences.references import walk

Item = str | Section


def items_of(policy: Policy, section: Section) -> Iterator[Item]:
    """The statements, prose and sections of a section, and the terms declared right in it, in the author's order."""
    terms = sorted(_declared_in(policy, section), key=lambda term: term.place.span.start)
    places = _places(policy)
    for item in section.items:
        start = (item.place if isinstance(item, Section) else places[item]).span.start
        while terms and terms[0].place.span.start < start:
            yield terms.pop(0).id
        yield item
    yield from (term.id for term in terms)


def _declared_in(policy: Policy, section: Section) -> list[Term]:
    inner = [item.place for item in section.items if isinstance(item, Section)]
    return [
        term
        for term in policy.terms.values()
        if term.is_local and _holds(section.place, term.place) and not any(_holds(place, term.place) for place in inner)
    ]


def _holds(outer: Place, inner: Place) -> bool:
    within = outer.span.start <= inner.span.start and inner.span.end <= outer.span.end
    return within and outer.source.name == inner.source.name


def _places(policy: Policy) -> dict[str, Place]:
    places = {statement.id: statement.place for statement in policy.statements}
    return places | {prose.id: prose.place for prose in policy.prose}


def loose_items(policy: Policy) -> tuple[str, ...]:
    """The statements and prose that stand in no section, in the author's order."""
    found = [item for item in policy.layout if isinstance(item, str)]
    placed = {*found, *(item for section in walk(policy.layout) for item in section.items if isinstance(item, str))}
    return (*found, *(name for name in _places(policy) if name not in placed))


def in_page_order(policy: Policy) -> tuple[Statement, ...]:
    """The statements in the order of the page."""
    order = {name: number for number, name in enumerate(_names(policy.layout))}
    return tuple(sorted(policy.statements, key=lambda statement: order.get(statement.id, len(order))))


def _names(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Section):
            yield from _names(item.items)
        else:
            yield item
