"""What can only be seen once all terms are known: circles of terms, members, relations between statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import Force
from policyc.model.graph import Graph
from policyc.model.policy import Place, Policy, Section, Statement, Term, terms_of
from policyc.model.values import Terms

_RELATIONS: Final = {
    "except": ("a prohibition", "a permission"),
    "despite": ("a permission", "a prohibition"),
    "subject_to": ("a permission", "a prohibition"),
}
_FORCES: Final = {"a prohibition": Force.FORBID, "a permission": Force.PERMIT}


def check_model(policy: Policy) -> tuple[Diagnostic, ...]:
    """Errors of the whole policy. After a circle nothing else is looked at, for all would be below all."""
    circles = tuple(_circles(policy))
    if circles:
        return circles
    return (*_members(policy), *_relations(policy), *_sections(policy))


def _at(code: codes.Code, place: Place, message: str, help_: str) -> Diagnostic:
    return Diagnostic.at(code, place.source, place.span, message, help=help_)


def _circles(policy: Policy) -> Iterator[Diagnostic]:
    """Depth first over parents, without recursion; each circle is reported once, where it was closed."""
    done: set[str] = set()
    for start in policy.terms:
        path: list[str] = []
        pending = [(start, iter(policy.terms[start].parents))] if start not in done else []
        path += [start] if pending else []
        while pending:
            name, parents = pending[-1]
            parent = next(parents, None)
            if parent is None:
                pending.pop()
                path.pop()
                done.add(name)
            elif parent in path:
                circle = " is ".join(f"`{one}`" for one in [*path[path.index(parent) :], parent])
                yield _at(codes.TERM_CYCLE, policy.terms[name].place, f"a term is above itself: {circle}", "take one of them out")
            elif parent not in done:
                path.append(parent)
                pending.append((parent, iter(policy.terms[parent].parents)))


def _members(policy: Policy) -> Iterator[Diagnostic]:
    graph = Graph(policy.terms)
    for owner in (*policy.statements, *policy.terms.values()):
        for terms in _lists(owner):
            covered = graph.below(terms.ids) if terms.including or terms.excluding else frozenset()
            for name in terms.including + terms.excluding:
                if name not in covered:
                    shown = " or ".join(f"`{one}`" for one in terms.ids)
                    message = f"`{name}` does not lie below {shown}"
                    yield _at(codes.NOT_BELOW, owner.place, message, f"declare it with `is {terms.ids[0]}`, or name it beside")


def _lists(owner: Statement | Term) -> Iterator[Terms]:
    values = [*owner.fields.values(), *([owner.objects] if isinstance(owner, Statement) else [])]
    yield from (value for value in values if isinstance(value, Terms))


def _relations(policy: Policy) -> Iterator[Diagnostic]:
    labels = {statement.label: statement for statement in policy.statements if statement.label}
    for statement in policy.statements:
        for name, (mine, other) in _RELATIONS.items():
            for label in terms_of(statement.fields, name):
                key = name.replace("_", " ")
                target = labels.get(label)
                if target is None:
                    yield _at(codes.BAD_RELATION, statement.place, f"`{label}` labels no statement, and `{key}` takes one", "name a statement's label")
                elif statement.force is not _FORCES[mine] or (target.force is not _FORCES[other] and not _half(target, other)):
                    message = f"`{key}` stands in {mine} and names {other}; `{statement.id}` or `{label}` is none"
                    yield _at(codes.BAD_RELATION, statement.place, message, "an exception needs a statement that allows and one that forbids")


def _half(target: Statement, wanted: str) -> bool:
    """Whether a prohibition has a permitting half (`unless`), or a permission a forbidding one (`only`)."""
    if wanted == "a permission":
        return target.force is Force.FORBID and "unless" in target.fields
    return target.force is Force.PERMIT and bool(target.only)


def _sections(policy: Policy) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    queue = [item for item in policy.layout if isinstance(item, Section)]
    while queue:
        section = queue.pop(0)
        if section.id in seen:
            yield _at(codes.DUPLICATE_NAME, section.place, f"two sections are called “{section.title}”", "give one another title, or a label")
        seen.add(section.id)
        queue += [item for item in section.items if isinstance(item, Section)]
