"""What decisions depend on in sentences and in policies, so that two of them can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import evolve, frozen

from policyc.language.clauses import CLAUSES
from policyc.language.words import Force
from policyc.model.digest import digest
from policyc.model.policy import Place, Policy, Statement, Term
from policyc.model.values import Terms, Texts, Value, Words
from policyc.resolve.bound import BoundStatement, BoundTerm
from policyc.source.text import Source, Span

RELATIONS: Final = ("except", "despite", "subject_to", "stage")
"""Fields that name labels of other statements."""

_DIMENSIONS: Final = frozenset(row.field for row in CLAUSES if row.dimension)
_TIMES: Final = frozenset({"event", "until"})
_DECIDING: Final = frozenset(
    (
        *(*_DIMENSIONS, *_TIMES, "when", "unless", "basis", "special_basis"),
        *("period", "deadline", "lag", "stage", "except", "despite", "implies", "per", "number", "controllers"),
    )
)
"""Fields of statements and declarations that the reference reads."""

_GRAPH: Final = frozenset({"parents", "including", "exactly", "open"})
"""Clauses of declarations that make the graph of terms."""

_TIMED: Final = ("keep", "delete")
"""Verbs that set a time even where they neither permit nor forbid."""

_NOWHERE: Final = Place(Source("", ""), Span(0, 0))


@frozen
class Meaning:
    """What a sentence says that decisions depend on: a digest of it, and the label by which others may name it."""

    label: str | None
    digest: str


def of_bound(one: BoundStatement | BoundTerm) -> Meaning:
    """The meaning of a sentence that was bound alone."""
    bound = one.bound
    if isinstance(one, BoundTerm):
        graph = {name: value for name, value in bound.fields.items() if name in _GRAPH}
        return Meaning(None, digest([one.symbol.kind, one.symbol.qualified, graph, _deciding(bound.fields)]))
    node = one.node
    statement = Statement(
        id="",
        label=node.label.text if node.label else None,
        mood=node.mood,
        modality=node.modality.text,
        verb=node.verb.text,
        objects=bound.objects if isinstance(bound.objects, Terms | Words | Texts) else None,
        fields=bound.fields,
        only=tuple(bound.only),
        holes=tuple(bound.holes),
        place=_NOWHERE,
    )
    return Meaning(statement.label, of_statement(statement))


def of_statement(one: Statement) -> str:
    """A digest of all in a statement that decisions depend on, but for its label; none if nothing does."""
    if one.force is Force.NONE and one.verb not in _TIMED:
        return ""
    reach = _DIMENSIONS | {one.row.object}
    only = sorted(set(one.only) & (reach | {"when"}))
    holes = sorted({name for name, _ in one.holes} & (reach | {"period"}))
    objects = plain(one.row.object, one.objects)
    return digest([one.mood, one.modality, one.verb, objects, _deciding(one.fields), only, holes])


def of_term(one: Term) -> str:
    """A digest of all in a term that decisions depend on."""
    return digest([one.id, one.kind, one.qualified, one.parents, one.is_open, _deciding(one.fields)])


def decisions(policy: Policy) -> str:
    """A digest of all that decisions depend on: policies with the same one decide everything alike."""
    named = labels_named(policy)
    said = sorted(digest([one.id if one.id in named else None, of_statement(one)]) for one in policy.statements)
    return digest([sorted(map(of_term, policy.terms.values())), said, policy.header.id])


def labels_named(policy: Policy) -> frozenset[str]:
    """The labels that relations of statements name."""
    found = (one.fields.get(field) for one in policy.statements for field in RELATIONS)
    return frozenset(name for value in found if isinstance(value, Terms) for name in value.ids)


def _deciding(fields: Mapping[str, Value]) -> Mapping[str, Value | None]:
    """The fields that decisions depend on."""
    return {name: plain(name, value) for name, value in fields.items() if name in _DECIDING}


def plain(field: str, value: Value | None) -> Value | None:
    """A value without what decides nothing: examples, `all`, and `any` but before several events."""
    if not isinstance(value, Terms):
        return value
    counts = "any" if field in _TIMES and len(value.ids) > 1 else "some"
    return evolve(value, quantifier=counts if value.quantifier == counts else None, including=())
