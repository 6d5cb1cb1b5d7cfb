"""Draws small policies, and requests that meet them.

The terms are always the same few, so that statements overlap; the statements are drawn from the tables. A request is
drawn as a whole world, in which everything is known and nothing contradicts itself, and then partly forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import product
from typing import Final

from attrs import evolve, frozen
from hypothesis import strategies as st

from policyc.language.clauses import CLAUSES, STATES
from policyc.language.verbs import VERBS
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
PER_RECIPIENT: Final = ("consent_given", "explicit")
START: Final = datetime(2026, 1, 31, tzinfo=UTC)
EVENTS: Final = ("signup", "visit", "leaving")

_PLACE: Final = Place(Source("drawn", ""), Span(0, 0))
_CLAUSE: Final = {row.dimension: row for row in CLAUSES if row.dimension}
_NAMES: Final = {
    "data": ("profile", "clicks", "all_data"),
    "subject": ("adults", "children", "people"),
    "purpose": ("help", "ads", "shop_ads"),
    "recipient": ("partners", "friend", "strangers"),
    "source": ("people", "strangers"),
    "surface": ("site",),
    "place": ("europe", "asia"),
    "location": ("servers", "asia"),
    "actor": ("us", "processors", "host"),
    "role": ("partners", "strangers"),
}
_EXCLUDED: Final = {"data": "clicks", "subject": "children", "purpose": "shop_ads", "recipient": "friend"}
"""What may be taken out, where the names include the term above."""
_ABOVE: Final = {"data": "all_data", "subject": "people", "purpose": "ads", "recipient": "partners"}


@cache
def base() -> Policy:
    """The policy without statements."""
    roles = (ROOT / "stdlib" / "party" / "roles.policy").read_text(encoding="utf-8")
    policy = resolve_text(TEXT, {"std.party.roles": roles})[0].policy
    assert policy is not None
    return policy


# --- statements ------------------------------------------------------------------------------


def _rarely(value: st.SearchStrategy[bool]) -> st.SearchStrategy[bool]:
    return st.tuples(value, value).map(all)


def names(dimension: str) -> st.SearchStrategy[Terms]:
    """One or two names of a dimension, perhaps `some` of them, or without one that lies below."""
    chosen = st.lists(st.sampled_from(_NAMES[dimension]), min_size=1, max_size=2, unique=True)
    quantifiers = st.sampled_from([None, None, None, "any", "some"])

    def excluding(ids: list[str], quantifier: str | None, *, is_excluding: bool) -> Terms:
        taken = (_EXCLUDED[dimension],) if is_excluding and _ABOVE.get(dimension) in ids else ()
        return Terms(tuple(ids), quantifier, excluding=taken)

    return st.builds(excluding, chosen, quantifiers, is_excluding=_rarely(st.booleans()))


ATOMS: Final = st.one_of(
    st.sampled_from(("agreed", "signed", "consent_given", "objected")).map(Holds),
    st.builds(Compared, st.just("age"), st.sampled_from(Comparison), st.just(16)),
    st.builds(
        Compared,
        st.just("visit"),
        st.sampled_from(Comparison),
        st.just(1),
        st.just(Unit.MONTH),
        since=st.just(value=True),
    ),
)
GUARDS: Final[st.SearchStrategy[Guard]] = st.one_of(
    ATOMS,
    ATOMS,
    st.tuples(ATOMS, ATOMS).map(AllOf),
    st.tuples(ATOMS, ATOMS).map(OneOf),
)
PERIODS: Final = st.one_of(
    st.builds(Period, st.integers(0, 3), st.sampled_from((Unit.DAY, Unit.MONTH)), st.sampled_from(Bound)),
    st.builds(Period, st.just(1), st.just(Unit.DAY), st.just(Bound.EXACT), st.integers(2, 30)),
)
EVENT_LISTS: Final = st.builds(
    Terms,
    st.lists(st.sampled_from(EVENTS), min_size=1, max_size=2, unique=True).map(tuple),
    st.sampled_from((None, "any", "all")),
)


def words(dimension: str) -> st.SearchStrategy[Words]:
    """Closed words of a dimension."""
    known = _CLAUSE[dimension].words
    return st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True).map(lambda found: Words(tuple(found)))


@st.composite
def dimensions(draw: st.DrawFn, verb: str) -> tuple[dict[str, Value], list[tuple[str, str]]]:
    """What a statement says in the dimensions of its verb but for the data, and what it leaves out."""
    fields: dict[str, Value] = {}
    holes: list[tuple[str, str]] = []
    essential = VERBS[verb].essential
    for dimension in sorted(VERBS[verb].dimensions - {"data"}):
        chance = st.integers(0, 9 if dimension in essential else 5)
        number = draw(chance)
        if number == 1 and draw(st.booleans()):
            holes.append((_CLAUSE[dimension].field, ""))
        elif number == 0 or (dimension in essential and number > 1):
            value: Value = draw(words(dimension)) if dimension in {"state", "way"} else draw(names(dimension))
            fields[_CLAUSE[dimension].field] = value
    return fields, holes


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Value]:
    """A guard, perhaps."""
    found: dict[str, Value] = {}
    if draw(_rarely(st.booleans())):
        found["when"] = draw(GUARDS)
    if draw(_rarely(st.booleans())):
        found["unless"] = draw(GUARDS)
    return found


@st.composite
def clocks(draw: st.DrawFn, verb: str) -> dict[str, Value]:
    """Periods and events of a verb that takes them."""
    if verb not in {"keep", "delete"} or not draw(st.booleans()):
        return {}
    found: dict[str, Value] = {"period": draw(PERIODS), "event": draw(EVENT_LISTS)}
    if draw(_rarely(st.booleans())):
        found["lag"] = draw(PERIODS)
    if draw(_rarely(st.booleans())):
        found["until"] = draw(EVENT_LISTS)
    return found


DECIDED: Final = tuple(sorted(verb for verb, row in VERBS.items() if row.decided))
COMMON: Final = ("use", "use", "share", "share", "collect", "keep")
MODALITIES: Final = ("may", "will", "must", "never")


@st.composite
def statements(
    draw: st.DrawFn, name: str = "added", modalities: tuple[str, ...] = MODALITIES, verbs: tuple[str, ...] | None = None
) -> Statement:
    """One statement without relations."""
    verb = draw(st.sampled_from(verbs or (*COMMON, *DECIDED, "delete")))
    modality = draw(st.sampled_from(modalities))
    fields, holes = draw(dimensions(verb))
    fields |= draw(conditions()) | draw(clocks(verb))
    permits = modality != "never"
    if permits and draw(st.booleans()) and "basis" in VERBS[verb].fields:
        fields["basis"] = draw(
            st.lists(st.sampled_from(("consent", "explicit_consent", "interests", "contract")), min_size=1, max_size=2)
            .map(tuple)
            .map(Terms)
        )
    objects: Terms | None = draw(names("data"))
    if draw(st.integers(0, 19)) == 0:
        objects, holes = None, [("data", ""), *holes]
    return Statement(
        id=name,
        label=name,
        mood="law says" if draw(st.integers(0, 19)) == 0 else None,
        modality=modality,
        verb=verb,
        objects=objects,
        fields=dict(sorted(fields.items())),
        only=draw(_only(fields, objects)) if permits else (),
        holes=tuple(holes),
        place=_PLACE,
    )


def _only(fields: Mapping[str, Value], objects: Terms | None) -> st.SearchStrategy[tuple[str, ...]]:
    """Mostly nothing; else some of what a statement names."""
    dimensions = {row.field for row in CLAUSES if row.dimension}
    known = sorted(name for name in fields if name in dimensions or name == "when") + (["data"] if objects else [])
    if not known:
        return st.just(())
    chosen = st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True).map(lambda one: tuple(sorted(one)))
    return st.one_of(st.just(()), st.just(()), chosen)


def related(draw: st.DrawFn, one: Statement, others: Iterable[Statement]) -> Statement:
    """A statement, with relations to others that fit."""
    found = dict(one.fields)
    for key, mine, theirs in (("except", Force.FORBID, Force.PERMIT), ("despite", Force.PERMIT, Force.FORBID)):
        fitting = sorted(other.id for other in others if other.id != one.id and other.force is theirs)
        if one.force is mine and fitting and draw(_rarely(st.booleans())):
            found[key] = Terms((draw(st.sampled_from(fitting)),))
    return evolve(one, fields=dict(sorted(found.items())))


@st.composite
def policies(draw: st.DrawFn, most: int = 5) -> Policy:
    """A policy with a few statements and relations between them."""
    number = draw(st.integers(1, most))
    made = [draw(statements(f"s{index}")) for index in range(number)]
    return with_statements([related(draw, one, made) for one in made])


def with_statements(made: Iterable[Statement]) -> Policy:
    """The terms with these statements."""
    return evolve(base(), statements=tuple(sorted(made, key=lambda one: one.id)))


# --- requests --------------------------------------------------------------------------------


@frozen
class World:
    """A request of which everything is known, and what is forgotten of it in the two partial ones.

    `partial` knows no more than `fuller`, and `fuller` no more than `whole`.
    """

    whole: Request
    fuller: Request
    partial: Request


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A world, and what is known of it."""
    verb = draw(st.sampled_from((*COMMON, *DECIDED)))
    terms = {name: draw(_value(name)) for name in sorted(VERBS[verb].dimensions)}
    facts = _known_facts(draw)
    events = _known_events(draw)
    whole = Request(verb, terms, facts, events, START + timedelta(days=draw(st.integers(0, 120)), seconds=1))
    fuller = _forget(draw, whole)
    return World(whole, fuller, _forget(draw, fuller))


def _value(dimension: str) -> st.SearchStrategy[str]:
    if dimension == "state":
        return st.sampled_from((STATES[0], *STATES))
    if dimension == "way":
        return st.sampled_from(("", "", *_CLAUSE["way"].words))
    values = dimension_values(Graph(base().terms), dimension)
    if dimension in DEFAULTS:
        return st.one_of(st.just(""), st.just(""), st.sampled_from([one for one in values if one]))
    return st.sampled_from(values)


def _known_facts(draw: st.DrawFn) -> dict[FactKey, bool | int]:
    """Every fact, of every purpose and recipient that it is kept for; what implies another agrees with it."""
    signed = draw(st.booleans())
    facts: dict[FactKey, bool | int] = {
        ("signed", ANY, NOBODY): signed,
        ("agreed", ANY, NOBODY): signed or draw(st.booleans()),
        ("age", ANY, NOBODY): draw(st.integers(15, 17)),
    }
    graph = Graph(base().terms)
    purposes = dimension_values(graph, "purpose")
    kept = list(product(purposes, (NOBODY, *dimension_values(graph, "recipient"))))
    objected, explicit, given = (_bits(draw, len(kept)) for _ in range(3))
    facts |= {("objected", purpose, NOBODY): bit for purpose, bit in zip(purposes, objected, strict=False)}
    for (purpose, recipient), is_explicit, is_given in zip(kept, explicit, given, strict=True):
        facts["explicit", purpose, recipient] = is_explicit
        facts["consent_given", purpose, recipient] = is_explicit or is_given
    return facts | _broader(facts)


def _bits(draw: st.DrawFn, number: int) -> list[bool]:
    """So many booleans, drawn as one number: it takes a fraction of the time."""
    drawn = draw(st.integers(0, 2**number - 1))
    return [bool(drawn >> index & 1) for index in range(number)]


def _broader(facts: Mapping[FactKey, bool | int]) -> dict[FactKey, bool | int]:
    """What holds alike for all purposes below `ads`, or for all purposes, is said of these as well."""
    found: dict[FactKey, bool | int] = {}
    purposes = dimension_values(Graph(base().terms), "purpose")
    for fact, recipient in {(key[0], key[2]) for key in facts if key[1] != ANY}:
        for broad, below in (("ads", ("shop_ads", "side_ads")), (ANY, purposes)):
            said = {facts[fact, purpose, recipient] for purpose in below}
            if len(said) == 1:
                found[fact, broad, recipient] = said.pop()
    return found


def _known_events(draw: st.DrawFn) -> dict[str, datetime | None]:
    """When every event happened; none before those that it comes after."""
    found: dict[str, datetime | None] = {
        name: draw(st.one_of(st.none(), st.integers(0, 90).map(lambda day: START + timedelta(days=day))))
        for name in EVENTS
    }
    if found["signup"] is None:
        found["visit"] = None
    return found


def _forget(draw: st.DrawFn, request: Request) -> Request:
    """A request that knows no more. What is meant by leaving a dimension out is left out only if it is meant."""
    terms = {
        name: value
        for name, value in request.terms.items()
        if (DEFAULTS[name] != value if name in DEFAULTS else draw(st.integers(0, 3)) > 0)
    }
    known = sorted(request.facts.items())
    kept = [one or other for one, other in zip(_bits(draw, len(known)), _bits(draw, len(known)), strict=True)]
    facts = {key: value for (key, value), bit in zip(known, kept, strict=True) if bit}
    events = {name: time for name, time in request.events.items() if draw(st.integers(0, 3)) > 0}
    return Request(request.verb, terms, facts, events, request.now if draw(st.integers(0, 4)) > 0 else None)
