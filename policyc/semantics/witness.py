"""A request in which two statements meet: for the reference to confirm, and in words for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from policyc.language.clauses import CLAUSES, DIMENSIONS, row_of
from policyc.language.verbs import UNSAID, VERBS
from policyc.model.policy import Policy
from policyc.semantics.conditions import NOW, Case
from policyc.semantics.extents import DATA, Extents
from policyc.semantics.overlap import Meeting
from policyc.semantics.request import DEFAULTS, Request, fact_key

_KEYS: Final = {row.dimension: row.key for row in CLAUSES if row.dimension}


def request(policy: Policy, extents: Extents, meeting: Meeting) -> Request:
    """The request of a meeting of acts that are decided: declared leaves only."""
    verb = meeting.permission.verb
    terms = dict(_terms(extents, meeting))
    case = meeting.case
    facts = {fact_key(policy, verb, terms, fact): known for fact, known in _facts(case).items()}
    events = {event: case.time(event) if has else None for event, has in case.events.items()}
    return Request(verb, terms, facts, events, NOW)


def words(extents: Extents, meeting: Meeting) -> str:
    """The act, as it would be asked: "share clicks with advertisers by sale unless consent"."""
    verb = meeting.permission.verb
    if VERBS[verb].decided:
        terms = dict(_terms(extents, meeting))
        said = [f"{_KEYS[name]} {terms[name]}" for name in dict.fromkeys(DIMENSIONS) if terms.get(name)]
        return " ".join([verb, terms.get(DATA, ""), *said, *_known(meeting.case)])
    told = [
        f"{_key(axis, verb)} {name}".strip()
        for axis, leaves in sorted(meeting.region.items(), key=lambda pair: pair[0] != VERBS[verb].object)
        if leaves > 0 and axis != "actor" and (name := next(extents.names(leaves), ""))
    ]
    return " ".join([verb, *told, *_known(meeting.case)])


def _key(axis: str, verb: str) -> str:
    return "" if axis == VERBS[verb].object else row_of(axis).key


def _terms(extents: Extents, meeting: Meeting) -> Iterator[tuple[str, str]]:
    """A leaf for each dimension that one of the two restricts; what a request means anyway is left out."""
    for axis, leaves in meeting.region.items():
        universe = extents.universe(axis)
        within = leaves & universe
        usual = [DEFAULTS[axis]] if axis in DEFAULTS else list(UNSAID.get(axis, ()))
        if (axis == DATA or within != universe) and not (
            usual and all(extents.words([name]) & within for name in usual)
        ):
            found = next(extents.names(within), None)
            if found is not None:
                yield axis, found


def _facts(case: Case) -> Mapping[str, bool | int]:
    numbers = {fact: number for fact in case.counted if (number := case.number(fact)) is not None}
    return {**case.facts, **numbers}


def _known(case: Case) -> Iterator[str]:
    """What is the case, in the words of a question; numbers and times have none there, and are told all the same."""
    holds = [name for name, has in sorted({**case.facts, **case.events}.items()) if has]
    holds_not = [name for name, has in sorted({**case.facts, **case.events}.items()) if not has]
    if holds:
        yield f"when {' and '.join(holds)}"
    if holds_not:
        yield f"unless {' or '.join(holds_not)}"
    numbers = [f"{fact} {case.number(fact)}" for fact in case.counted]
    times = dict.fromkeys(one.compared.subject for one in case.numbers if one.compared.unit is not None)
    numbers += [f"{event} on {time:%Y-%m-%d}" for event in times if (time := case.time(event)) is not None]
    if numbers:
        yield f"with {', '.join(numbers)}"
