"""A small policy with terms of every kind, and statements for every verb and clause of the tables."""

from collections.abc import Iterator
from typing import Any

from attrs import evolve, frozen

from policyc.language.clauses import CLAUSES, Clause, Form, row_of
from policyc.language.verbs import VERBS, Verb
from policyc.language.words import Bound, Comparison, Unit
from policyc.model.policy import Place, Policy, Statement, Term
from policyc.model.values import (
    AllOf,
    Compared,
    Flag,
    Holds,
    OneOf,
    Period,
    Tags,
    Terms,
    Texts,
    Value,
    Words,
    atoms,
)
from policyc.sentences import sentence
from policyc.source.text import Source, Span

PLACE = Place(Source("test.policy", ""), Span(0, 0))

LABELS = {
    "party": ("our partners", "Stripe"),
    "subject": ("customers", "visitors to our website"),
    "data": ("email address", "name"),
    "purpose": ("manage your account", "give you support"),
    "surface": ("our website", "our app"),
    "event": ("you close your account", "you leave us"),
    "fact": ("you have agreed", "a law requires it", "you have objected"),
    "place": ("California", "Germany"),
    "law": ("the GDPR", "the CCPA"),
    "legal_basis": ("our contract with you", "your consent"),
    "right": ("get a copy of your data", "complain"),
    "channel": ("our contact form", "our help centre"),
    "measure": ("encryption", "a data processing agreement"),
    "message": ("our newsletter", "security alerts"),
    "system": ("our servers", "your device"),
}
"""Labels as the table of kinds asks for them; the terms are named `data_0`, `data_1` …"""


def term(kind: str, name: str, label: str, **fields: Value) -> Term:
    return Term(name, kind, name, label, (), is_open=False, fields=fields, imported=False, place=PLACE)


def terms() -> dict[str, Term]:
    made = [term(kind, f"{kind}_{n}", label) for kind, labels in LABELS.items() for n, label in enumerate(labels)]
    more = [
        term("party", "us", "Contacto"),
        term("fact", "age", "your age", number=Flag()),
        term("subject", "contacts", "people in your address book"),
        term("data", "posts", "what you post"),
        term("channel", "mail", "our privacy team", email=Texts(("privacy@contacto.com",))),
        term("policy", "p", "Privacy policy", controllers=Terms(("us",))),
    ]
    return {one.id: one for one in sorted((*made, *more), key=lambda one: one.id)}


@frozen
class World:
    """What the tests of sentences say their statements in."""

    policy: Policy

    def statement(self, verb: str, modality: str = "will", mood: str | None = None, **fields: Any) -> Statement:
        """A statement; `objects`, `holes` and `only` go where they belong, all other keywords are clauses."""
        objects = fields.pop("objects", None)
        holes = tuple(fields.pop("holes", ()))
        only = tuple(fields.pop("only", ()))
        return Statement("s", None, mood, modality, verb, objects, fields, only, holes, place=PLACE)

    def say(self, verb: str, modality: str = "will", mood: str | None = None, **fields: Any) -> str:
        """The sentence of such a statement."""
        return self.tell(self.statement(verb, modality, mood, **fields))

    def tell(self, statement: Statement) -> str:
        return sentence(self.policy, statement).text

    def with_terms(self, *more: Term) -> "World":
        return World(evolve(self.policy, terms={**self.policy.terms, **{one.id: one for one in more}}))

    def with_statements(self, *more: Statement) -> "World":
        return World(evolve(self.policy, statements=more))

    def label(self, name: str) -> str:
        return self.policy.terms[name].label

    # --- values of the tables ----------------------------------------------------------------

    def objects(self, verb: Verb) -> Value:
        """Two objects of a verb."""
        if verb.object == "policies":
            return Terms(("p",))
        if verb.kinds:
            return Terms(tuple(f"{verb.kinds[0]}_{number}" for number in (0, 1)))
        return Words(verb.words[:2]) if verb.words else Texts(("Tell the truth", "Keep your word"))

    def values(self, row: Clause) -> list[Value]:
        """Values for a clause: one for each kind, word or shape that it takes."""
        if row.kinds == ("statement",):
            return [Terms(("other",))]
        if row.form is Form.NAMES:
            terms = [Terms((f"{kind}_0", f"{kind}_1")) for kind in row.kinds]
            return [*terms, *(Words((word,)) for word in row.words)]
        if row.form is Form.TAGGED:
            return [Tags(((word, "Further reading"),)) for word in row.words or ("contradiction",)]
        return SHAPES[row.form]


GUARDS: list[Value] = [
    Holds("fact_0"),
    Compared("age", Comparison.BELOW, 16),
    Compared("event_0", Comparison.ABOVE, 30, Unit.DAY, since=True),
    AllOf((Holds("fact_0"), OneOf((Holds("fact_1"), Holds("fact_2"))))),
]


SHAPES: dict[Form, list[Value]] = {
    Form.TEXTS: [Texts(("a text of the author",)), Texts(("first", "second"))],
    Form.PERIOD: [
        *(Period(30, Unit.DAY, bound) for bound in Bound),
        Period(1, Unit.YEAR),
        Period(30, Unit.DAY, upper=90),
    ],
    Form.GUARD: GUARDS,
    Form.FLAG: [Flag()],
}


def make_world() -> World:
    header = terms()["p"]
    bare = World(Policy(header, terms(), (), (), (), ()))
    other = bare.statement("share", "never", objects=Terms(("data_1",)), recipients=Terms(("party_1",)))
    return World(evolve(bare.policy, statements=(evolve(other, id="other"),)))


WORLD = make_world()


def table() -> list[tuple[str, str]]:
    """Every verb with every field that it takes and a reader sees."""
    return [(verb.name, row.field) for verb in VERBS.values() for row in CLAUSES if row.field in told_by(verb)]


def told_by(verb: Verb) -> frozenset[str]:
    return verb.fields - {"trace", "accept", "holes"}


def needed(verb: Verb) -> dict[str, Any]:
    """The clauses without which a verb may not stand."""
    return {name: WORLD.values(row_of(name))[0] for name in sorted(verb.needs)}


def words_in(value: Value | None) -> Iterator[str]:
    """What a reader must find of a value: labels, numbers and texts."""
    match value:
        case Terms():
            for name in (*value.ids, *value.excluding, *value.including):
                yield "sharing your name with Stripe" if name == "other" else WORLD.label(name)
        case Texts(texts):
            yield from texts
        case Tags(tags):
            yield from (text for _, text in tags)
        case Period():
            yield str(value.number)
            yield from () if value.upper is None else (str(value.upper),)
        case Holds() | Compared() | AllOf() | OneOf():
            for atom in atoms(value):
                yield WORLD.label(atom.fact if isinstance(atom, Holds) else atom.subject)
                yield from () if isinstance(atom, Holds) else (str(atom.number),)


def missing(value: Value | None, told: str) -> list[str]:
    """What of a value a sentence does not say."""
    return [word for word in words_in(value) if word.casefold() not in told.casefold()]
