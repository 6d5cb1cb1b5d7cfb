"""The schema: fresh, strict, and wide enough for everything that the tables allow."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from jsonschema import Draft202012Validator

from policyc.backends import manifest as backend
from policyc.backends.manifest import manifest
from policyc.backends.manifest.schema import schema, stored, text
from policyc.language.clauses import CLAUSES, ONLY_GROUPS, Clause, Form
from policyc.language.kinds import KINDS, Kind
from policyc.language.verbs import VERBS, Verb
from policyc.language.words import Bound, Comparison, Unit
from policyc.model.policy import Place, Policy, Prose, Section, Statement, Term
from policyc.model.values import AllOf, Compared, Day, Flag, Holds, OneOf, Period, Tags, Terms, Texts, Value, Words
from policyc.pipeline import compile_path
from policyc.sentences.parts import Paragraph, Plain, Sentence
from policyc.source.text import Source, Span

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"

HERE = Place(Source("a.policy", ""), Span(0, 0))

GUARD = AllOf(
    (
        Holds("agreed"),
        OneOf((Compared("age", Comparison.BELOW, 16), Compared("closed", Comparison.ABOVE, 2, Unit.WEEK, since=True))),
    )
)
TERMS = Terms(("a", "b"), "any", ("c",), ("d",))


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def is_valid(node: Any) -> bool:
    """Whether an object of the manifest fits the definition for its kind; much faster than asking for the whole."""
    kind = node["kind"]
    name = f"verb_{kind}" if kind in VERBS else f"kind_{kind}" if kind in KINDS else kind
    return definition(name).is_valid(node)


@cache
def definition(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": schema()["$defs"]})


@pytest.fixture(autouse=True)
def _any_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements are made of all clauses at once here, which no sentence could tell."""
    said = Sentence((Paragraph((Plain("We do all of it."),)),))
    monkeypatch.setattr(backend, "sentence", lambda *_: said)


def value_of(row: Clause) -> Value:
    if row.form is Form.NAMES:
        return Words(row.words) if row.words and not row.kinds else TERMS
    values: dict[Form, Value] = {
        Form.TEXTS: Texts(("one", "two")),
        Form.TAGGED: Tags(tuple((word, "name") for word in row.words or ("contradiction",))),
        Form.PERIOD: Period(30, Unit.DAY, Bound.AT_MOST),
        Form.GUARD: GUARD,
        Form.DATE: Day(date(2026, 1, 31)),
        Form.FLAG: Flag(),
    }
    return values[row.form]


def fields_of(fields: frozenset[str]) -> dict[str, Value]:
    rows = (row for row in CLAUSES if row.field in fields - ONLY_GROUPS - {"holes"})
    return {row.field: value_of(row) for row in rows}


def holes() -> tuple[tuple[str, str], ...]:
    return tuple((row.field, "words") for row in CLAUSES if row.hole)


def term(kind: Kind) -> Term:
    fields = {name: value for name, value in fields_of(kind.fields).items() if name not in ("parents", "open")}
    fields["holes"] = Tags(holes())
    return Term(f"a_{kind.name}", kind.name, f"m.a_{kind.name}", "label", ("p",), True, fields, True, place=HERE)  # noqa: FBT003


def statement(verb: Verb) -> Statement:
    objects = TERMS if verb.kinds else Words(verb.words) if verb.words else Texts(("one",))
    only = tuple(row.field for row in CLAUSES if row.field in verb.fields and row.form in (Form.NAMES, Form.GUARD))
    return Statement(
        f"a-{verb.name}",
        None,
        "law says",
        "must",
        verb.name,
        objects,
        fields_of(verb.fields),
        (verb.object, *only),
        ((verb.object, ""), *holes()),
        place=HERE,
    )


def policy_of(*statements: Statement) -> Policy:
    terms = {one.id: one for one in map(term, KINDS.values())}
    own = ("text", "trace", "cite", "see", "hedge", "because")
    prose = Prose("text-1", {**fields_of(frozenset(own)), "holes": Tags(holes())}, place=HERE)
    inner = Section("inner", "Inner", ("text-1",), {}, place=HERE)
    outer = Section("outer", "Outer", (inner,), fields_of(frozenset(own[:4])), place=HERE)
    return Policy(terms["a_policy"], terms, statements, (prose,), (outer, "a-use"), ())


def whole() -> Any:
    return manifest(policy_of(*map(statement, VERBS.values())))


def objects(node: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every object in a manifest."""
    if isinstance(node, Mapping):
        yield path
        for key, part in node.items():
            yield from objects(part, (*path, key))
    elif isinstance(node, list):
        for number, part in enumerate(node):
            yield from objects(part, (*path, number))


def at(node: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        node = node[step]
    return node


def test_the_stored_schema_is_that_of_the_tables() -> None:
    assert stored().read_text(encoding="utf-8") == text(), "run `make schema`"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


def test_all_that_the_tables_allow_fits(validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(whole())] == []


def test_every_clause_of_the_tables_has_its_field() -> None:
    made = whole()
    by_kind = {node["kind"]: node for node in (*made["statements"], *made["declarations"], made["policy"])}
    tables = {verb.name: verb.fields for verb in VERBS.values()} | {kind.name: kind.fields for kind in KINDS.values()}
    for name, fields in tables.items():
        assert fields - {"trace", "parents"} - set(by_kind[name]) == set(), name


def test_the_manifest_itself_takes_no_unknown_field(validator: Draft202012Validator) -> None:
    assert not validator.is_valid(whole() | {"unknown": True})


@pytest.mark.parametrize(
    ("errors", "fits"), [(["PC301", "PC305"], True), ([], False), (["PC301"] * 2, False), (["contradiction"], False)]
)
def test_errors_are_codes(errors: list[str], fits: bool, validator: Draft202012Validator) -> None:
    assert validator.is_valid(whole() | {"errors": errors}) is fits


def test_no_object_takes_an_unknown_field() -> None:
    made = whole()
    tried = 0
    for node in (made["policy"], *made["declarations"], *made["statements"]):
        assert is_valid(node)
        for path in objects(node):
            changed = deepcopy(node)
            at(changed, path)["unknown"] = True
            assert not is_valid(changed), (node["kind"], path)
            tried += 1
    assert tried > 500


@pytest.mark.parametrize("verb", VERBS)
def test_a_statement_needs_what_all_have(verb: str) -> None:
    node = manifest(policy_of(statement(VERBS[verb])))["statements"][0]
    for name in ("id", "sentence", "refs", "modality"):
        assert not is_valid({key: value for key, value in node.items() if key != name}), name


@pytest.mark.parametrize("kind", [name for name in KINDS if name != "policy"])
def test_a_declaration_needs_what_all_have(kind: str) -> None:
    node = next(one for one in manifest(policy_of())["declarations"] if one["kind"] == kind)
    for name in ("id", "refs", "label", "from", "parents"):
        assert not is_valid({key: value for key, value in node.items() if key != name}), name


def test_everything_needs_a_kind(validator: Draft202012Validator) -> None:
    for part in ("statements", "declarations"):
        made = manifest(policy_of())
        del made[part][0]["kind"]
        assert not validator.is_valid(made), part


@pytest.mark.parametrize(
    "period",
    [
        Period(0, Unit.DAY),
        Period(7, Unit.YEAR, Bound.AT_LEAST),
        Period(9999, Unit.MINUTE, Bound.ABOUT),
        Period(30, Unit.DAY, upper=90),
        Period(2, Unit.HOUR),
        Period(3, Unit.MONTH),
        Period(2, Unit.WEEK),
    ],
)
def test_every_period_fits(period: Period) -> None:
    one = statement(VERBS["keep"])
    made = manifest(policy_of(evolve(one, fields={**one.fields, "period": period})))
    assert is_valid(made["statements"][0])


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("modality", "may not"),
        ("mood", "law said"),
        ("period", {"duration": "30 days", "bound": "exact"}),
        ("period", {"duration": "P30D", "bound": "roughly"}),
        ("period", {"duration": "P30D", "bound": "exact", "upper": "P60D"}),
        ("period", {"duration": "P30D", "bound": "range"}),
        ("when", {"fact": "a", "all_of": []}),
        ("when", {"variable": "age", "comparison": "over", "number": 3}),
        ("when", {"all_of": [{"fact": "a"}]}),
        ("then", ["burn"]),
        ("then", []),
        ("data", ["email_address"]),
        ("data", {"ids": []}),
        ("data", {"ids": ["a"], "quantifier": "most"}),
        ("open", False),
        ("holes", [{"kind": "nothing", "words": ""}]),
        ("holes", [{"kind": "period"}]),
        ("only", ["text"]),
        ("see", [{"kind": "page", "name": "x"}]),
        ("purposes", None),
    ],
)
def test_wrong_values_do_not_fit(field: str, wrong: object) -> None:
    node = manifest(policy_of(statement(VERBS["keep"])))["statements"][0]
    assert is_valid(node)
    assert not is_valid(node | {field: wrong})


def test_the_examples_fit(validator: Draft202012Validator) -> None:
    paths = sorted(EXAMPLES.rglob("*.policy"))
    policies = [policy for path in paths if (policy := compile_path(path).policy)]
    assert policies
    for policy in policies:
        made = json.loads(backend.build(policy))
        assert [error.message for error in validator.iter_errors(made)] == []
