"""What sentences become in the model: fields by their rows, groups merged in, the page's order."""

from datetime import date
from pathlib import Path

import pytest

from policyc.language.words import Bound, Comparison, Unit
from policyc.model.policy import Statement
from policyc.model.values import (
    AllOf,
    Compared,
    Day,
    Flag,
    Holds,
    OneOf,
    Period,
    Tags,
    Terms,
    Texts,
    Value,
    Words,
)
from tests.policies import compile_files
from tests.unit.resolve.cases import policy


def statement(body: str, name: str = "x") -> Statement:
    return policy(body).statement(name)


# --- rows ------------------------------------------------------------------------------------


def test_one_key_fills_several_fields() -> None:
    made = statement(
        "x: may share logs with partners by sale, us, rent under gdpr, locks"
        " as anonymous, permanent at servers, europe\n"
    )
    assert made.fields == {
        "actor": Terms(("us",)),
        "data_form": Words(("permanent",)),
        "laws": Terms(("gdpr",)),
        "location": Terms(("servers", "europe")),
        "recipients": Terms(("partners",)),
        "safeguards": Terms(("locks",)),
        "state": Words(("anonymous",)),
        "ways": Words(("sale", "rent")),
    }
    assert list(made.fields) == sorted(made.fields)


def test_the_verb_says_which_row_is_meant() -> None:
    assert statement("x: may collect logs from people, us for safety by manual\n").fields == {
        "sources": Terms(("people", "us")),
        "purposes": Terms(("safety",)),
        "means": Words(("manual",)),
    }
    assert statement("x: may derive logs from mails for safety\n").fields["derived_from"] == Terms(("mails",))
    assert statement("x: will protect logs by locks, us\n").fields == {
        "measures": Terms(("locks",)),
        "actor": Terms(("us",)),
    }


def test_a_closed_word_wins_over_a_declared_name_of_another_kind() -> None:
    made = statement("x: may share logs with partners by access\n")
    assert made.fields["ways"] == Words(("access",))
    assert policy("x: will grant access\n").statement("x").objects == Terms(("access",))


TWO_WEEKS = Compared("visit", Comparison.ABOVE, 2, Unit.WEEK, since=True)
VALUES: dict[str, tuple[str, Value]] = {
    "x: may use some of logs excluding mails for any safety, help": ("purposes", Terms(("safety", "help"), "any")),
    "x: may use logs for safety of people excluding minors": ("subjects", Terms(("people",), excluding=("minors",))),
    "x: may use logs for safety of people including minors": ("subjects", Terms(("people",), including=("minors",))),
    "x: will keep logs at most 30 days after visit": ("period", Period(30, Unit.DAY, Bound.AT_MOST)),
    "x: will keep logs about 1 month": ("period", Period(1, Unit.MONTH, Bound.ABOUT)),
    "x: will delete logs within at once after visit": ("deadline", Period(0, Unit.DAY)),
    "x: will keep logs then anonymise": ("then", Words(("anonymise",))),
    'x: will grant access text "a", "b" text "c"': ("text", Texts(("a", "b", "c"))),
    'x: will grant access see list "a", section "b" see document "c"': (
        "see",
        Tags((("list", "a"), ("section", "b"), ("document", "c"))),
    ),
    "x: may use logs for safety open": ("open", Flag()),
    "x: may use logs for safety when agreed": ("when", Holds("agreed")),
    "x: may use logs for safety unless agreed or age below 16": (
        "unless",
        OneOf((Holds("agreed"), Compared("age", Comparison.BELOW, 16))),
    ),
    "x: may use logs for safety when agreed and (refused or since visit above 2 weeks)": (
        "when",
        AllOf((Holds("agreed"), OneOf((Holds("refused"), TWO_WEEKS)))),
    ),
}  # fmt: skip


@pytest.mark.parametrize("line", VALUES)
def test_values(line: str) -> None:
    field, value = VALUES[line]
    assert statement(line + "\n").fields[field] == value


def test_objects_are_names_words_or_texts() -> None:
    assert statement("x: may use only some of logs excluding mails for safety\n").objects == Terms(
        ("logs",), "some", excluding=("mails",)
    )
    assert statement("x: may offer opt_in, opt_out\n").objects == Words(("opt_in", "opt_out"))
    assert statement('x: will claim "We care", "We do"\n').objects == Texts(("We care", "We do"))
    assert statement("x: will notify people, partners\n").objects == Terms(("people", "partners"))


def test_only_names_the_fields_that_it_limits() -> None:
    assert statement("x: may use only logs only for safety of people only when agreed\n").only == (
        "data",
        "purposes",
        "when",
    )
    assert statement("x: may share logs only with partners only by sale, us\n").only == ("actor", "recipients", "ways")


def test_holes_name_the_field_that_is_missing() -> None:
    made = statement('x: may share hole object "such data" hole recipient hole purpose "why", wording "odd" hole law\n')
    assert made.objects is None
    assert made.holes == (
        ("data", "such data"),
        ("recipients", ""),
        ("purposes", "why"),
        ("wording", "odd"),
        ("laws", ""),
    )
    assert statement('x: will claim hole object "we care"\n').holes == (("claims", "we care"),)
    assert statement("x: may share logs with partners hole recipient\n").holes == (("recipients", ""),)


def test_a_mood_is_kept() -> None:
    made = statement("x: law  says must use logs for safety\n")
    assert (made.mood, made.modality, made.label) == ("law says", "must", "x")


# --- declarations ----------------------------------------------------------------------------


def test_declarations() -> None:
    terms = policy("""\
party acme "Acme" is ours legal_name "Acme Ltd" alias "A", "B" contact post in europe hole address "there"
law old_law in europe effective 1998-10-24
data health special open
fact told per recipient, purpose implies agreed
data trails including logs, health open
""").terms
    acme = terms["acme"]
    assert (acme.kind, acme.label, acme.parents, acme.is_open) == ("party", "Acme", ("ours",), False)
    assert acme.fields == {
        "aliases": Texts(("A", "B")),
        "contact": Terms(("post",)),
        "holes": Tags((("address", "there"),)),
        "legal_name": Texts(("Acme Ltd",)),
        "place": Terms(("europe",)),
    }
    assert terms["old_law"].label == "old law"
    assert terms["old_law"].fields["effective"] == Day(date(1998, 10, 24))
    assert (terms["health"].is_open, terms["health"].fields, terms["health"].parents) == (
        True,
        {"special": Flag()},
        ("trails",),
    )
    assert terms["told"].fields == {"implies": Terms(("agreed",)), "per": Words(("recipient", "purpose"))}
    assert (terms["trails"].is_open, "open" in terms["trails"].fields) == (True, False)
    assert terms["logs"].parents == ("trails",)


def test_parents_are_sorted_and_come_from_both_sides() -> None:
    terms = policy("data b exactly a\ndata c including a\ndata a is logs, c\n").terms
    assert terms["a"].parents == ("b", "c", "logs")


def test_imports_bring_what_they_refer_to_and_nothing_more(tmp_path: Path) -> None:
    files = {
        "main.policy": 'language 1\nimport news from library\nparty us\npolicy notice "N" controller us\n',
        "library.policy": """\
language 1
import more from deeper
message news for answer through letters
message ads for sell
purpose answer is more
purpose sell
channel letters
""",
        "deeper.policy": "language 1\npurpose more including inner\npurpose inner\npurpose outer\n",
    }
    policy = compile_files(tmp_path, files).policy
    assert policy is not None
    assert sorted(policy.terms) == ["answer", "inner", "letters", "more", "news", "notice", "us"]
    assert [name for name, term in policy.terms.items() if term.imported] == ["news", "notice", "us"]


def test_names_of_hidden_terms_give_way(tmp_path: Path) -> None:
    files = {
        "main.policy": """\
language 1
import a, low as b from one
import c from two
party us
data base "my base"
base_too: never use base
data common is base
policy notice "N" controller us
""",
        "one.policy": "language 1\ndata a is base, base_too\ndata base\ndata base_too\ndata low is common\ndata common",
        "two.policy": "language 1\ndata c is mid, alone\ndata mid is top\ndata top\ndata alone is a\ndata a\n",
    }
    policy = compile_files(tmp_path, files).policy
    assert policy is not None
    # `base`, `base_too` and `common` are names of this file; two terms are called `a`, and one of them is imported.
    assert {name: term.parents for name, term in policy.terms.items() if term.kind == "data"} == {
        "a": ("one.base", "one.base_too"),
        "alone": ("two.a",),
        "b": ("one.common",),
        "base": (),
        "c": ("alone", "mid"),
        "common": ("base",),
        "mid": ("top",),
        "one.base": (),
        "one.base_too": (),
        "one.common": (),
        "top": (),
        "two.a": (),
    }
    assert policy.terms["b"].label == "low"


def test_two_hidden_terms_of_one_name_are_both_called_by_their_modules(tmp_path: Path) -> None:
    files = {
        "main.policy": 'language 1\nimport a from one\nimport b from two\nparty us\npolicy notice "N" controller us\n',
        "one.policy": "language 1\ndata a is base\ndata base\n",
        "two.policy": "language 1\ndata b is base\ndata base\n",
    }
    policy = compile_files(tmp_path, files).policy
    assert policy is not None
    assert [term.id for term in policy.of_kind("data")] == ["a", "b", "one.base", "two.base"]


def test_questions_may_name_hidden_terms(tmp_path: Path) -> None:
    text = """\
language 1
import email_address from std.data.contact
party us
purpose answer
policy notice "N" controller us
may use email_address for answer
test "hidden" {
    allow use contact_data for answer
    allow use personal_data for answer
}
"""
    policy = compile_files(tmp_path, {"main.policy": text}).policy
    assert policy is not None
    assert [line.question.terms["data"] for line in policy.tests[0].expectations] == [
        ("contact_data",),
        ("personal_data",),
    ]
