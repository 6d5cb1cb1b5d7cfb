"""What sentences become."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from policyc.language.words import Bound, Comparison, Unit
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.parser import parser


def word(text: str) -> nodes.Word:
    return nodes.Word(text)


def names(*found: str) -> nodes.Names:
    return nodes.Names(tuple(map(word, found)))


def texts(*found: str) -> nodes.Texts:
    return nodes.Texts(tuple(map(nodes.Text, found)))


def clause(key: str, value: nodes.Value, *, only: bool = False) -> nodes.Clause:
    return nodes.Clause(word(key), value, only)


def statement(*clauses: nodes.Clause, **parts: object) -> nodes.Statement:
    made = {
        "label": None,
        "mood": None,
        "modality": word("may"),
        "verb": word("use"),
        "objects": names("a"),
        "only": False,
    }
    return nodes.Statement(**{**made, **parts}, clauses=clauses)  # type: ignore[arg-type]


def period(*parts: object, **more: object) -> nodes.Clause:
    return clause("", nodes.Period(*parts, **more))  # type: ignore[arg-type]


a, b, c = (nodes.Fact(word(name)) for name in "abc")

BECOMES: dict[str, nodes.Item] = {
    "import a, b as c from std.d": nodes.Import(
        (nodes.Imported(word("a")), nodes.Imported(word("b"), word("c"))), (word("std"), word("d"))
    ),
    "party a": nodes.Declaration(word("party"), word("a"), None, ()),
    'party a "x", "y" is b': nodes.Declaration(word("party"), word("a"), texts("x", "y"), (clause("is", names("b")),)),
    "fact a number": nodes.Declaration(word("fact"), word("a"), None, (clause("number", nodes.Nothing()),)),
    "may use a": statement(),
    "l: may use a": statement(label=word("l")),
    "l: law  says must keep a": statement(label=word("l"), mood="law says", modality=word("must"), verb=word("keep")),
    "allow use a": statement(modality=word("allow")),
    "may use only a, b": statement(objects=names("a", "b"), only=True),
    "never use any a": statement(modality=word("never"), objects=nodes.Names((word("a"),), "any")),
    "may use a, other of b": statement(objects=nodes.Names((word("a"), nodes.Word("b", other=True)))),
    'will claim "x", "y"': statement(modality=word("will"), verb=word("claim"), objects=texts("x", "y")),
    "may use hole object for b": statement(clause("hole", names("object")), clause("for", names("b")), objects=None),
    'may use hole object "x"': statement(
        clause("hole", nodes.Tagged((nodes.Tag(word("object"), nodes.Text("x")),))), objects=None
    ),
    "may use a for b, c only in d": statement(clause("for", names("b", "c")), clause("in", names("d"), only=True)),
    "may use a subject  to b": statement(clause("subject to", names("b"))),
    'may use a see list "x", section "y"': statement(
        clause(
            "see", nodes.Tagged((nodes.Tag(word("list"), nodes.Text("x")), nodes.Tag(word("section"), nodes.Text("y"))))
        )
    ),
    "may use a open": statement(clause("open", nodes.Nothing())),
    "may use a 30 days": statement(period(30, Unit.DAY)),
    "may use a at most 1 year": statement(period(1, Unit.YEAR, Bound.AT_MOST)),
    "may use a at  least 007 years": statement(period(7, Unit.YEAR, Bound.AT_LEAST)),
    "may use a about 2 weeks": statement(period(2, Unit.WEEK, Bound.ABOUT)),
    "may use a 30 to 90 minutes": statement(period(30, Unit.MINUTE, upper=90)),
    "may use a at once": statement(period(0, Unit.DAY)),
    "may use a 0 hours": statement(period(0, Unit.DAY)),
    "may use a at most 0 hours": statement(period(0, Unit.HOUR, Bound.AT_MOST)),
    "may use a within 3 months": statement(clause("within", nodes.Period(3, Unit.MONTH))),
    "may use a when b": statement(clause("when", b)),
    "may use a unless (((b)))": statement(clause("unless", b)),
    "may use a when a and b and c": statement(clause("when", nodes.AllOf((a, b, c)))),
    "may use a when a or (b and c)": statement(clause("when", nodes.OneOf((a, nodes.AllOf((b, c)))))),
    "may use a when (a and b) and c": statement(clause("when", nodes.AllOf((nodes.AllOf((a, b)), c)))),
    "may use a when age below 16": statement(clause("when", nodes.Compared(word("age"), Comparison.BELOW, 16))),
    "may use a when size above 3 hours": statement(
        clause("when", nodes.Compared(word("size"), Comparison.ABOVE, 3, Unit.HOUR))
    ),
    "may use a when since b above 1 day": statement(
        clause("when", nodes.Compared(word("b"), Comparison.ABOVE, 1, Unit.DAY, since=True))
    ),
    'policy p "x" updated 2024-02-29': nodes.Declaration(
        word("policy"), word("p"), texts("x"), (clause("updated", nodes.Day(date(2024, 2, 29))),)
    ),
    'n: text "x" cite "y"': nodes.Prose(word("n"), (clause("text", texts("x")), clause("cite", texts("y")))),
    'section "x" {\n    may use a\n}': nodes.Group(None, (clause("section", texts("x")),), (statement(),)),
    "g: in a {\n}": nodes.Group(word("g"), (clause("in", names("a")),), ()),
}


def read(text: str) -> nodes.Item:
    parsed = parser().parse(Source("a.policy", f"language 1\n{text}\n"))
    assert parsed.diagnostics == ()
    assert parsed.value is not None
    return parsed.value.items[1]


@pytest.mark.parametrize("text", BECOMES)
def test_what_a_sentence_becomes(text: str) -> None:
    assert read(text) == BECOMES[text]


SPANS = {
    "import a as b from c": "import a as b from c",
    'party a "x" is b # c': 'party a "x" is b',
    "l: law says must keep a for b": "l: law says must keep a for b",
    "may use only a": "may use only a",
    "may use a at most 3 days": "may use a at most 3 days",
    'n: text "x"': 'n: text "x"',
    "g: in a {\n    may use b\n} # c": "g: in a {\n    may use b\n}",
    "in a {\n}": "in a {\n}",
}


@pytest.mark.parametrize("text", SPANS)
def test_where_a_sentence_stands(text: str) -> None:
    span = read(text).span
    assert f"language 1\n{text}\n"[span.start : span.end] == SPANS[text]


@pytest.mark.parametrize("before", ["", "lost: wil use z\n"])
def test_every_part_stands_where_its_words_are(before: str) -> None:
    text = f"""language 1
{before}l: may use a, other of b only for any c within 3 days when since d above 1 day see list "x"
"""
    parsed = parser().parse(Source("a.policy", text))
    assert parsed.value is not None
    item = parsed.value.items[-1]
    assert isinstance(item, nodes.Statement)
    assert isinstance(item.objects, nodes.Names)
    assert item.label is not None
    clauses = item.clauses
    parts: list[Any] = [item.label, item.modality, item.verb, item.objects, *item.objects.words, *clauses]
    parts += [part for one in clauses for part in (one.key, one.value)]
    assert [text[part.span.start : part.span.end] for part in parts] == [
        *("l", "may", "use", "a, other of b", "a", "other of b"),
        *("only for any c", "within 3 days", "when since d above 1 day", 'see list "x"'),
        *("for", "any c", "within", "3 days", "when", "since d above 1 day", "see", 'list "x"'),
    ]
