"""What can only be seen once all terms are known: circles of terms, members, relations between statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import frozen

from policyc.diagnostics.code import Code
from policyc.diagnostics.codes import names as codes
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.language.words import Force
from policyc.model.graph import Graph
from policyc.model.policy import Fields, Place, Section, Statement, Term, terms_of
from policyc.model.values import Terms
from policyc.record import ValueRecord
from policyc.resolve.finish import Places

_RELATIONS: Final = {
    "except": ("a prohibition", "a permission"),
    "despite": ("a permission", "a prohibition"),
    "subject_to": ("a permission", "a prohibition"),
}
_FORCES: Final = {"a prohibition": Force.FORBID, "a permission": Force.PERMIT}

_ORDERS: Final = {
    "parents": ("a term is above itself", "is"),
    "event": ("an event comes after itself", "after"),
}
"""What must not go in circles: parents of terms, and the events that come before an event."""


@frozen(eq=False, repr=False)
class Whole(ValueRecord):
    """All that a file says. Each sentence stands with the places of its names, each section with that of its title."""

    terms: Mapping[str, Term]
    term_places: Mapping[str, Places]
    statements: Sequence[tuple[Statement, Places]]
    layout: Sequence[str | Section]
    titles: Sequence[tuple[Section, Place]]


def check_model(whole: Whole) -> tuple[Diagnostic, ...]:
    """Errors of the whole. After a circle nothing else is looked at, for all would be below all."""
    circles = tuple(found for field in _ORDERS for found in _circles(whole, field))
    if circles:
        return circles
    found = (_members, _closed, _numbers, _relations, _stages, _sections)
    return tuple(problem for check in found for problem in check(whole))


def _at(code: Code, place: Place, message: str, help_: str) -> Diagnostic:
    return Diagnostic.at(code, place.source, place.span, message, help=help_)


def _circles(whole: Whole, field: str) -> Iterator[Diagnostic]:
    """Depth first, without recursion; each circle is reported once, where it was closed."""
    what, word = _ORDERS[field]
    above = {term.id: _above(term, field) for term in whole.terms.values()}
    done: set[str] = set()
    for start in above:
        path = [] if start in done else [start]
        pending = [iter(above[name]) for name in path]
        while pending:
            parent = next(pending[-1], None)
            if parent is None:
                pending.pop()
                done.add(path.pop())
            elif parent in path:
                circle = f" {word} ".join(f"`{one}`" for one in [*path[path.index(parent) :], parent])
                yield _at(codes.TERM_CYCLE, whole.terms[path[-1]].place, f"{what}: {circle}", "take one of them out")
            elif parent not in done:
                path.append(parent)
                pending.append(iter(above[parent]))


def _above(term: Term, field: str) -> tuple[str, ...]:
    if field == "parents":
        return term.parents
    return terms_of(term.fields, field) if term.kind == "event" else ()


def _members(whole: Whole) -> Iterator[Diagnostic]:
    """`excluding` and `including` name what lies below the names before them."""
    graph = Graph(whole.terms)
    owners: list[tuple[str, Terms, Places]] = []
    for statement, places in whole.statements:
        if isinstance(statement.objects, Terms):
            owners.append(("", statement.objects, places))
        owners += _lists(statement.fields, places)
    for term in whole.terms.values():
        owners += _lists(term.fields, whole.term_places[term.id])
    for field, terms, places in owners:
        covered = graph.below(terms.ids) if terms.including or terms.excluding else frozenset()
        for key, names in (("including", terms.including), ("excluding", terms.excluding)):
            for name in (name for name in names if name not in covered):
                shown = " or ".join(f"`{one}`" for one in terms.ids)
                help_ = f"`{key}` takes all names after it: name it before, or declare it with `is {terms.ids[0]}`"
                message = f"`{name}` does not lie below {shown}"
                yield _at(codes.NOT_BELOW, places[f"{field}.{key}", name], message, help_)


def _lists(fields: Fields, places: Places) -> list[tuple[str, Terms, Places]]:
    return [(name, value, places) for name, value in fields.items() if isinstance(value, Terms)]


def _closed(whole: Whole) -> Iterator[Diagnostic]:
    """No term says that it belongs to one whose members are all listed, without it."""
    for term in whole.terms.values():
        for parent in term.parents:
            listed = whole.terms[parent].fields.get("exactly")
            if isinstance(listed, Terms) and term.id not in listed.ids:
                message = f"`{parent}` lists all its members, and `{term.id}` is not among them"
                place = whole.term_places[term.id]["parents", parent]
                yield _at(codes.NOT_BELOW, place, message, f"list it there, or write `including` in `{parent}`")


def _numbers(whole: Whole) -> Iterator[Diagnostic]:
    """No fact implies a number."""
    for term in whole.terms.values():
        for name in terms_of(term.fields, "implies"):
            if "number" in whole.terms[name].fields:
                place = whole.term_places[term.id]["implies", name]
                yield _at(codes.WRONG_FORM, place, f"`{name}` is a number", "name a fact that holds or not")


def _relations(whole: Whole) -> Iterator[Diagnostic]:
    labels = {one.label: one for one, _ in whole.statements if one.label}
    for statement, places in whole.statements:
        for field, (mine, other) in _RELATIONS.items():
            for label in terms_of(statement.fields, field):
                found = _relation(statement, field.replace("_", " "), labels.get(label), label, (mine, other))
                if found is not None:
                    yield _at(codes.BAD_RELATION, places[field, label], *found)


def _relation(
    statement: Statement, key: str, target: Statement | None, label: str, sides: tuple[str, str]
) -> tuple[str, str] | None:
    """What is wrong with one relation, and the help."""
    mine, other = sides
    if target is None:
        return f"`{label}` labels no statement, and `{key}` takes one", "name a statement's label"
    if target is statement:
        return "a statement cannot be an exception to itself", "name another statement"
    if statement.force is not _FORCES[mine]:
        return f"`{key}` stands in {mine}, and this statement is none", _REPAIR
    if target.force is not _FORCES[other] and not _has_half(target, other):
        return f"`{key}` names {other}, and `{label}` is none", _REPAIR
    return None


def _stages(whole: Whole) -> Iterator[Diagnostic]:
    """`after LABEL` names a statement that keeps data for some time, and no statement comes after itself."""
    timed = {one.label: one for one, _ in whole.statements if one.label and one.verb in _TIMED}
    circle = False
    for statement, places in whole.statements:
        for label in terms_of(statement.fields, "stage"):
            if label not in timed or not _ENDS & timed[label].fields.keys():
                message = f"`{label}` does not keep data for some time, and `after` takes a statement that does"
                help_ = "name an event, or a `keep` that has a period"
                yield _at(codes.BAD_RELATION, places["stage", label], message, help_)
            elif not circle and _comes_after(timed, label, statement.label):
                circle = True  # the others in it need no word of their own
                message = f"`{label}` comes after this statement itself"
                yield _at(
                    codes.BAD_RELATION, places["stage", label], message, "let the first of them start with an event"
                )


_TIMED: Final = ("keep", "delete")
_ENDS: Final = {"period", "deadline", "until"}


def _comes_after(timed: Mapping[str, Statement], label: str, wanted: str | None) -> bool:
    """Whether a chain of stages leads from a label back to another one."""
    seen: set[str] = set()
    queue = [label]
    while queue:
        name = queue.pop()
        if name == wanted:
            return True
        if name in timed and name not in seen:
            seen.add(name)
            queue += terms_of(timed[name].fields, "stage")
    return False


_REPAIR: Final = "an exception needs a statement that allows and one that forbids"


def _has_half(target: Statement, wanted: str) -> bool:
    """Whether a prohibition has a permitting half (`unless`), or a permission a forbidding one (`only`)."""
    if wanted == "a permission":
        return target.force is Force.FORBID and "unless" in target.fields
    return target.force is Force.PERMIT and bool(target.only)


def _sections(whole: Whole) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for section, place in sorted(whole.titles, key=lambda pair: pair[1].span.start):
        if section.id in seen:
            message = f"two sections are called “{section.title}”"
            yield _at(codes.DUPLICATE_NAME, place, message, "give one another title, or a label")
        seen.add(section.id)
