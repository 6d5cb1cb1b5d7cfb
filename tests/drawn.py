"""Draws small policies, and requests that meet them.

Hypothesis draws a tape of bytes, and plain code reads its choices from it: that is fast, and a shorter tape of smaller
bytes is a simpler case. The terms are always the same few, so that statements overlap; statements are made from the
tables. A request is drawn as a whole world, in which everything is known and nothing contradicts itself, and is then
partly forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from typing import Final, TypeVar

from attrs import define, evolve, frozen
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from policyc.language.clauses import CLAUSES, STATES
from policyc.language.verbs import UNSAID, VERBS
from policyc.language.words import Bound, Comparison, Force, Unit
from policyc.model.graph import Graph
from policyc.model.policy import Place, Policy, Statement
from policyc.model.values import AllOf, Compared, Guard, Holds, OneOf, Period, Terms, Value, Words
from policyc.semantics.request import ANY, DEFAULTS, NOBODY, FactKey, Request, dimension_values
from policyc.source.text import Source, Span
from tests.policies import ROOT, resolve_text

TEXT: Final = """\
language 1
import processors from std.party.roles
party us
party friend
party partners including friend
party strangers
party host is processors
subject adults
subject children
subject people exactly adults, children
data profile
data clicks
data all_data exactly profile, clicks
purpose help
purpose ads
purpose shop_ads is ads
purpose side_ads is ads
surface site
place europe
place asia
system servers
fact agreed
fact signed implies agreed
fact consent_given per purpose, recipient
fact explicit implies consent_given per purpose, recipient
fact objected per purpose
fact age number
event signup
event visit after signup
event leaving
legal_basis consent when consent_given
legal_basis explicit_consent is consent when explicit
legal_basis interests unless objected
legal_basis contract
policy notice controller us
"""
START: Final = datetime(2026, 1, 31, tzinfo=UTC)
EVENTS: Final = ("signup", "visit", "leaving")
MODALITIES: Final = ("may", "never", "will", "may", "must")
DECIDED: Final = tuple(sorted(verb for verb, row in VERBS.items() if row.decided))
OFTEN: Final = ("use", "share", "use", "share", "collect", "keep")

_PLACE: Final = Place(Source("drawn", ""), Span(0, 0))
_CLAUSE: Final = {row.dimension: row for row in CLAUSES if row.dimension}
_NAMES: Final = {
    "data": ("profile", "all_data", "clicks"),
    "subject": ("people", "adults", "children"),
    "purpose": ("help", "ads", "shop_ads"),
    "recipient": ("partners", "strangers", "friend"),
    "source": ("people", "strangers"),
    "surface": ("site",),
    "place": ("europe", "asia"),
    "location": ("servers", "asia"),
    "actor": ("us", "processors", "host"),
    "role": ("partners", "strangers"),
}
_EXCLUDED: Final = {"all_data": "clicks", "people": "children", "ads": "shop_ads", "partners": "friend"}
"""What may be taken out of a term."""

_T = TypeVar("_T")


@cache
def base() -> Policy:
    """The policy without statements."""
    roles = (ROOT / "stdlib" / "party" / "roles.policy").read_text(encoding="utf-8")
    policy = resolve_text(TEXT, {"std.party.roles": roles})[0].policy
    assert policy is not None
    return policy


@cache
def _graph() -> Graph:
    return Graph(base().terms)


@define
class Tape:
    """Choices; after its end, always the first option."""

    data: bytes
    at: int = 0

    def number(self) -> int:
        """The next byte."""
        self.at += 1
        return self.data[self.at - 1] if self.at <= len(self.data) else 0

    def pick(self, options: Sequence[_T]) -> _T:
        """One of some options."""
        return options[self.number() % len(options)]

    def rarely(self, one_in: int) -> bool:
        """True once in so many times."""
        return self.number() % one_in == one_in - 1

    def some(self, options: Sequence[_T], most: int) -> tuple[_T, ...]:
        """At least one and at most so many different options, in order."""
        chosen = {self.number() % len(options) for _ in range(1 + self.number() % most)}
        return tuple(options[index] for index in sorted(chosen))


# --- statements ------------------------------------------------------------------------------


def _terms(tape: Tape, dimension: str) -> Terms:
    ids = tape.some(_NAMES[dimension], 2)
    quantifier = tape.pick((None, None, None, None, None, "any", "all", "some"))
    taken = tuple(_EXCLUDED[name] for name in ids if name in _EXCLUDED) if tape.rarely(6) else ()
    return Terms(ids, quantifier, excluding=taken)


def _atom(tape: Tape) -> Holds | Compared:
    fact = tape.pick(("agreed", "signed", "consent_given", "objected", "age", "visit"))
    comparison = tape.pick(tuple(Comparison))
    if fact == "age":
        return Compared("age", comparison, 16)
    if fact == "visit":
        return Compared("visit", comparison, 1, Unit.MONTH, since=True)
    return Holds(fact)


def _guard(tape: Tape) -> Guard:
    shape = tape.pick((None, None, AllOf, OneOf))
    return shape((_atom(tape), _atom(tape))) if shape else _atom(tape)


def _period(tape: Tape) -> Period:
    number, unit, bound = tape.number() % 4, tape.pick((Unit.DAY, Unit.MONTH)), tape.pick(tuple(Bound))
    is_range = tape.rarely(5)
    return Period(number, unit, Bound.EXACT if is_range else bound, number + 1 if is_range else None)


def _events(tape: Tape) -> Terms:
    return Terms(tape.some(EVENTS, 2), tape.pick((None, "any", "all")))


def _dimensions(tape: Tape, verb: str) -> tuple[dict[str, Value], list[tuple[str, str]]]:
    """What a statement says in the dimensions of its verb but for the data, and what it leaves out."""
    fields: dict[str, Value] = {}
    holes: list[tuple[str, str]] = []
    for dimension in sorted(VERBS[verb].dimensions - {"data"}):
        is_essential = dimension in VERBS[verb].essential
        row = _CLAUSE[dimension]
        if tape.rarely(12) if is_essential else not tape.rarely(9):
            continue
        if row.kinds:
            fields[row.field] = _terms(tape, dimension)
        else:
            fields[row.field] = Words(tape.some(row.words, 2))
        if tape.rarely(8):
            holes.append((row.field, ""))
            if tape.rarely(2):
                del fields[row.field]
    return fields, holes


def _conditions(tape: Tape, verb: str, *, permits: bool) -> dict[str, Value]:
    """Guard, basis and clock."""
    found: dict[str, Value] = {}
    if tape.rarely(4):
        found["when"] = _guard(tape)
    if tape.rarely(5):
        found["unless"] = _guard(tape)
    if permits and tape.rarely(4):
        found["basis"] = Terms(tape.some(("consent", "explicit_consent", "interests", "contract"), 2))
    if verb in {"keep", "delete"} and tape.rarely(2):
        found |= {"period": _period(tape), "event": _events(tape)}
        found |= {"lag": _period(tape)} if tape.rarely(4) else {}
        found |= {"until": _events(tape)} if tape.rarely(4) else {}
    elif tape.rarely(5):
        found[tape.pick(("event", "until"))] = _events(tape)
    return found


def statement(
    tape: Tape, name: str, modalities: Sequence[str] = MODALITIES, verbs: Sequence[str] = (*OFTEN, *DECIDED, "delete")
) -> Statement:
    """One statement without relations."""
    verb, modality = tape.pick(verbs), tape.pick(modalities)
    fields, holes = _dimensions(tape, verb)
    fields |= _conditions(tape, verb, permits=modality != "never")
    objects = None if tape.rarely(20) else _terms(tape, "data")
    if objects is None or tape.rarely(20):
        holes = [("data", ""), *holes]
    limited = sorted({row.field for row in CLAUSES if row.dimension} & set(fields) | ({"when"} & set(fields)))
    limited += ["data"] if objects else []
    has_only = modality != "never" and limited and tape.rarely(5)
    return Statement(
        id=name,
        label=name,
        mood="law says" if tape.rarely(20) else None,
        modality=modality,
        verb=verb,
        objects=objects,
        fields=dict(sorted(fields.items())),
        only=tuple(sorted(tape.some(limited, 2))) if has_only else (),
        holes=tuple(holes),
        place=_PLACE,
    )


def _related(tape: Tape, one: Statement, others: Iterable[Statement]) -> Statement:
    """A statement, with relations to others that fit."""
    found = dict(one.fields)
    for key, mine, theirs in (("except", Force.FORBID, Force.PERMIT), ("despite", Force.PERMIT, Force.FORBID)):
        fitting = [other.id for other in others if other.id != one.id and other.force is theirs]
        if one.force is mine and fitting and tape.rarely(4):
            found[key] = Terms((tape.pick(fitting),))
    return evolve(one, fields=dict(sorted(found.items())))


def policy(tape: Tape, most: int = 5) -> Policy:
    """A policy with a few statements and relations between them."""
    made = [statement(tape, f"s{index}") for index in range(1 + tape.number() % most)]
    return with_statements([_related(tape, one, made) for one in made])


def with_statements(made: Iterable[Statement]) -> Policy:
    """The terms with these statements."""
    return evolve(base(), statements=tuple(sorted(made, key=lambda one: one.id)))


# --- requests --------------------------------------------------------------------------------


@frozen
class World:
    """A request of which everything is known, and two of which something is forgotten: most in `partial`."""

    whole: Request
    fuller: Request
    partial: Request

    @property
    def requests(self) -> tuple[Request, ...]:
        """From the least known to the best known."""
        return self.partial, self.fuller, self.whole


def world(tape: Tape, near: Policy) -> World:
    """A world that a statement of a policy is about, mostly."""
    one = tape.pick(near.statements)
    verb = one.verb if one.row.decided and not tape.rarely(8) else tape.pick((*OFTEN, *DECIDED))
    terms = {name: _value(tape, name, one) for name in sorted(VERBS[verb].dimensions)}
    now = START + timedelta(days=tape.number() % 120, seconds=1)
    whole = Request(verb, terms, _facts(tape), _times(tape), now)
    fuller = _forget(tape, whole)
    return World(whole, fuller, _forget(tape, fuller))


def _value(tape: Tape, dimension: str, one: Statement) -> str:
    """A value of a dimension; mostly one that a statement names, or what is meant by naming none."""
    named = one.objects if dimension == "data" else one.fields.get(_CLAUSE[dimension].field)
    if dimension in {"state", "way"}:
        words = named.words if isinstance(named, Words) else ()
        default = (DEFAULTS[dimension],)
        known = tape.pick((words or default, default, (*default, *_CLAUSE[dimension].words)))
        return tape.pick([word for word in known if word in STATES or dimension == "way"] or default)
    if dimension in UNSAID:
        return tape.pick(named.words if isinstance(named, Words) else _CLAUSE[dimension].words)
    values = dimension_values(_graph(), dimension)
    below = [name for name in values if isinstance(named, Terms) and name in _graph().below(named.ids)]
    if dimension in DEFAULTS:
        return tape.pick(("", *below)) if not tape.rarely(6) else tape.pick(values)
    return tape.pick(below) if below and not tape.rarely(5) else tape.pick(values)


def _facts(tape: Tape) -> dict[FactKey, bool | int]:
    """Every fact, for every purpose and recipient that it is kept for; what implies another agrees with it."""
    signed = tape.rarely(2)
    facts: dict[FactKey, bool | int] = {
        ("signed", ANY, NOBODY): signed,
        ("agreed", ANY, NOBODY): signed or tape.rarely(2),
        ("age", ANY, NOBODY): 15 + tape.number() % 3,
    }
    purposes = dimension_values(_graph(), "purpose")
    facts |= {("objected", purpose, NOBODY): tape.rarely(2) for purpose in purposes}
    for purpose, recipient in product(purposes, (NOBODY, *dimension_values(_graph(), "recipient"))):
        said = tape.number() % 4
        facts["explicit", purpose, recipient] = said == 2
        facts["consent_given", purpose, recipient] = said >= 2
    return facts | _broader(facts, purposes)


def _broader(facts: Mapping[FactKey, bool | int], purposes: Sequence[str]) -> dict[FactKey, bool | int]:
    """What holds alike for all purposes below `ads`, or for all purposes, is said of these as well."""
    found: dict[FactKey, bool | int] = {}
    for fact, recipient in {(key[0], key[2]) for key in facts if key[1] != ANY}:
        for broad, below in (("ads", ("shop_ads", "side_ads")), (ANY, purposes)):
            said = {facts[fact, purpose, recipient] for purpose in below}
            if len(said) == 1:
                found[fact, broad, recipient] = said.pop()
    return found


def _times(tape: Tape) -> dict[str, datetime | None]:
    """When every event happened; none before those that it comes after."""
    days = {name: tape.number() for name in EVENTS}
    found = {name: None if day % 3 == 2 else START + timedelta(days=day // 3) for name, day in days.items()}
    return found if found["signup"] else {**found, "visit": None}


def _forget(tape: Tape, request: Request) -> Request:
    """A request that knows no more. A dimension whose absence means something is left out if that is what it has."""
    terms = {
        name: value
        for name, value in request.terms.items()
        if (
            DEFAULTS[name] != value
            if name in DEFAULTS
            else value not in UNSAID.get(name, (value,)) or not tape.rarely(6)
        )
    }
    forgotten = tape.pick((0, 1, 2, 3))
    facts = {
        key: value for key, value in sorted(request.facts.items()) if not forgotten or tape.number() % 8 >= forgotten
    }
    events = {name: time for name, time in request.events.items() if not tape.rarely(6)}
    return Request(request.verb, terms, facts, events, None if tape.rarely(8) else request.now)


# --- cases -----------------------------------------------------------------------------------


@frozen
class Case:
    """A policy, a world, and a statement that may be added."""

    policy: Policy
    world: World
    added: Statement

    def __repr__(self) -> str:
        """What there is to see, without the terms."""
        parts = ("mood", "modality", "verb", "objects", "fields", "only", "holes")
        shown = [[one.id, *(getattr(one, part) for part in parts)] for one in (*self.policy.statements, self.added)]
        lines = [" ".join(map(str, line)) for line in shown]
        return "\n".join(["Case", *lines, *map(_shown, self.world.requests)])

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        """What Hypothesis prints."""
        del cycle
        printer.text(repr(self))


def _shown(request: Request) -> str:
    """A request with what it knows: false facts with a minus."""
    facts = sorted(f"{'' if value else '-'}{'/'.join(key)}" for key, value in request.facts.items())
    events = {name: str(time) for name, time in request.events.items()}
    return f"{request.verb} {request.terms} {' '.join(facts)} {events} {request.now}"


def cases(
    modalities: Sequence[str] = MODALITIES, verbs: Sequence[str] = (*OFTEN, *DECIDED, "delete")
) -> st.SearchStrategy[Case]:
    """Cases; the modalities and verbs are those of the statement to be added."""

    def read(data: bytes) -> Case:
        tape = Tape(data)
        added = statement(tape, "added", modalities, verbs)
        made = policy(tape)
        return Case(made, world(tape, with_statements([*made.statements, added])), added)

    return st.binary(min_size=_TAPE, max_size=_TAPE).map(read)


_TAPE: Final = 600
"""Longer than any case reads."""
