"""What is asked, and what is answered. Shared by the reference and whatever is compared with it: data, no rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import Enum
from itertools import product
from typing import Final

from attrs import field, frozen

from policyc.language.clauses import CLAUSES, STATES
from policyc.language.verbs import UNSAID, VERBS
from policyc.model.graph import OTHER, Graph
from policyc.model.policy import Policy, Question, words_of
from policyc.record import ValueRecord

ANY: Final = "*"
"""In the key of a fact: for every purpose, or every recipient."""

CONTROLLER: Final = ""
"""The actor of a request that names none."""

PROCESSORS: Final = "std.party.roles.processors"
"""The library's term for processors: those who act on the controller's instructions."""

OWN: Final = ""
"""The role of a request that names nobody on whose behalf it is."""

PLAIN: Final = ""
"""The way of sharing that is none of the named ways."""

DEFAULTS: Final[Mapping[str, str]] = {"state": STATES[0], "actor": CONTROLLER, "role": OWN, "way": PLAIN}
"""What a request that leaves a dimension out means by it; other dimensions left out are unknown."""

LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
"""When an event happened of which a question says that it has, and not when."""

NOBODY: Final = ""
"""In the key of a fact: it is not about sharing."""

_KINDS: Final = {row.dimension: row.kinds for row in CLAUSES if row.dimension}
_CLOSED: Final = frozenset(row.dimension for row in CLAUSES if row.dimension and row.words)

FactKey = tuple[str, str, str]
"""Fact, purpose and recipient. A fact that is not kept `per purpose` has ANY purpose."""


class Reading(Enum):
    """Enforced: only what is certain is allowed. Disclosed: all that a reader may expect to happen."""

    ENFORCED = "enforced"
    DISCLOSED = "disclosed"


class Reason(Enum):
    """Why a request is allowed or denied. Of several denials the first of these is told."""

    PERMITTED = "permitted"
    FORBIDDEN = "forbidden"
    EXPIRED = "expired"
    SILENCE = "silence"


@frozen(eq=False, repr=False)
class Request(ValueRecord):
    """One act: a verb, and for each dimension that is known a leaf (`other:T` for an unlisted member of T) or word.

    `facts` holds what is known: true or false, or a number. `events` holds times with a time zone, or None for an
    event that has not happened; an event that is not there has an unknown time.
    """

    verb: str
    terms: Mapping[str, str]
    facts: Mapping[FactKey, bool | int] = field(factory=dict)
    events: Mapping[str, datetime | None] = field(factory=dict)
    now: datetime | None = None

    def get(self, dimension: str) -> str | None:
        """The leaf or word in a dimension; None if it is unknown."""
        return self.terms.get(dimension, DEFAULTS.get(dimension))


@frozen(eq=False, repr=False)
class Decision(ValueRecord):
    """The answer, and the ids of the statements that made it, sorted; none for silence."""

    allowed: bool
    reason: Reason
    statements: tuple[str, ...] = ()


def requests(policy: Policy, question: Question, graph: Graph | None = None) -> Iterator[Request]:
    """A question about terms that are no leaves is about all combinations of their declared leaves.

    `graph` is that of the policy's terms, for those who have made it already.
    """
    graph = graph or Graph(policy.terms)
    asked = [
        sorted({leaf for name in names for leaf in _leaves(graph, dimension, name)})
        for dimension, names in question.terms.items()
    ]
    for values in product(*asked):
        terms = dict(zip(question.terms, values, strict=True))
        facts = {fact_key(policy, question.verb, terms, fact): known for fact, known in question.facts.items()}
        events = {**dict.fromkeys(question.to_come), **dict.fromkeys(question.happened, LONG_AGO)}
        yield Request(question.verb, terms, facts, events)


def _leaves(graph: Graph, dimension: str, name: str) -> tuple[str, ...]:
    """The declared leaves of a term; a closed word and the unlisted members of a term stand for themselves."""
    is_term = dimension not in _CLOSED and not name.startswith(OTHER)
    return graph.listed_leaves(name) if is_term else (name,)


def fact_key(policy: Policy, verb: str, terms: Mapping[str, str], fact: str) -> FactKey:
    """The key of a fact that a question says of its own act: its own purpose and, for sharing, its recipient."""
    per = words_of(policy.terms[fact].fields, "per")
    purpose = terms.get("purpose", ANY) if "purpose" in per else ANY
    recipient = terms.get("recipient", ANY) if "recipient" in per and is_sharing(verb) else NOBODY
    return fact, purpose, recipient


def dimension_values(graph: Graph, dimension: str) -> tuple[str, ...]:
    """All that a dimension may be that is left out: its leaves, or one without a name if there are none."""
    return UNSAID.get(dimension) or graph.leaves(("data",) if dimension == "data" else _KINDS[dimension]) or ("",)


def is_sharing(verb: str) -> bool:
    """Whether consents to the act are given for each recipient."""
    return "recipient" in VERBS[verb].essential
