"""What would allow a request that is denied because too little is known: for people who ask, and decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from policyc.language.verbs import entailed
from policyc.language.words import Force
from policyc.model.policy import Fields, Policy, Question, Statement, terms_of
from policyc.model.values import AllOf, Compared, Guard, Holds, OneOf, Terms
from policyc.semantics.clocks import starts_at, stops_at
from policyc.semantics.reference import Reference
from policyc.semantics.request import Request, requests

Needs = tuple[tuple[str, bool], ...]
"""Conditions, and whether each has to be true or false."""


@frozen
class Hint:
    """A permission that covers a request, and what is not known of its conditions."""

    statement: Statement
    needs: Needs

    @property
    def id(self) -> str:
        """The id of the statement."""
        return self.statement.id

    @property
    def is_askable(self) -> bool:
        """Whether a question can say all of it: names can be said, comparisons cannot."""
        return not any(" " in name for name, _ in self.needs)

    @property
    def words(self) -> str:
        """What a question would have to say: `when a and b unless c`."""
        parts = []
        for word, wanted, joint in (("when", True, " and "), ("unless", False, " or ")):
            found = [name for name, value in self.needs if value is wanted]
            parts += [f"{word} {joint.join(found)}"] if found else []
        return " ".join(parts)


def hints(policy: Policy, question: Question) -> tuple[Hint, ...]:
    """The permissions that cover each request of a question, and hold if more is known; by id."""
    reference = Reference(policy)
    asked = list(requests(policy, question))
    found = (hint for one in policy.statements if (hint := _hint(reference, one, asked)) is not None)
    return tuple(sorted(found, key=lambda hint: (len(hint.needs), hint.statement.id)))


def _hint(reference: Reference, one: Statement, asked: Sequence[Request]) -> Hint | None:
    needs: dict[tuple[str, bool], None] = {}
    for request in asked:
        covers = request.verb in entailed(one.verb) and reference.covers_all(one, request, permits=True)
        missing = _of_statement(reference, one, request) if one.force is Force.PERMIT and covers else None
        if missing is None:
            return None
        needs |= dict.fromkeys(missing)
    return Hint(one, tuple(needs)) if needs else None


def _of_statement(reference: Reference, one: Statement, request: Request) -> Needs | None:
    """What is not known of a permission's guard, its bases and its times; None if one of them is known not to hold."""
    named = (terms_of(one.fields, field) for field in ("basis", "special_basis"))
    parts = [
        _of_guards(reference, one.fields, request),
        *(_fewest(_of_basis(reference, name, request) for name in names) for names in named if names),
        *(
            _of_events(reference, events, request, wanted=wanted)
            for events, wanted in ((starts_at(one), True), (stops_at(one), False))
            if events
        ),
    ]
    return _all(parts)


def _of_guards(reference: Reference, fields: Fields, request: Request) -> Needs | None:
    guards = ((fields.get("when"), True), (fields.get("unless"), False))
    return _all(
        _missing(reference, guard, request, wanted=wanted)
        for guard, wanted in guards
        if isinstance(guard, Holds | Compared | AllOf | OneOf)
    )


def _of_basis(reference: Reference, name: str, request: Request) -> Needs | None:
    """A legal basis has its own conditions, and those of all that it lies below."""
    term = reference.policy.terms[name]
    own = _of_guards(reference, term.fields, request)
    return _all([own, *(_of_basis(reference, parent, request) for parent in term.parents)])


def _of_events(reference: Reference, events: Terms, request: Request, *, wanted: bool) -> Needs | None:
    known = reference.known(request)
    parts = [_of_truth(event, known.has_happened(event), wanted=wanted) for event in events.ids]
    return _fewest(parts) if (events.quantifier == "any") is wanted else _all(parts)


def _missing(reference: Reference, guard: Guard, request: Request, *, wanted: bool) -> Needs | None:
    truth = reference.truth(guard, request)
    if truth is wanted:
        return ()
    match guard:
        case Holds(fact):
            return _of_truth(fact, truth, wanted=wanted)
        case Compared():
            since = "since " if guard.since else ""
            unit = f" {guard.unit.value}s" if guard.unit else ""
            words = f"{since}{guard.subject} {guard.comparison.value} {guard.number}{unit}"
            return _of_truth(words, truth, wanted=wanted)
        case AllOf(parts) | OneOf(parts):
            found = [_missing(reference, part, request, wanted=wanted) for part in parts]
            return _all(found) if isinstance(guard, AllOf) is wanted else _fewest(found)


def _of_truth(name: str, truth: bool | None, *, wanted: bool) -> Needs | None:  # noqa: FBT001 - a truth value
    return () if truth is wanted else None if truth is not None else ((name, wanted),)


def _all(parts: Iterable[Needs | None]) -> Needs | None:
    found = list(parts)
    return None if None in found else tuple(_flat(found))


def _flat(found: Iterable[Needs | None]) -> Iterator[tuple[str, bool]]:
    for part in found:
        yield from part or ()


def _fewest(parts: Iterable[Needs | None]) -> Needs | None:
    return min((part for part in parts if part is not None), key=len, default=None)
