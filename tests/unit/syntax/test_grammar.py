"""The grammar, and the words that the tables put into it."""

from __future__ import annotations

from itertools import combinations

import pytest

from policyc.language.clauses import PREPOSITIONS, TWO_WORD_KEYS, clause_keys
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.language.words import UNITS
from policyc.source.text import Source
from policyc.syntax import nodes
from policyc.syntax.grammar import FLAGS, HOLE, LONGEST_NAME, RESERVED, WORDS, grammar_text
from policyc.syntax.lark_parser import make_parser
from policyc.syntax.parser import parser

NAMES = sorted(({*KINDS, *VERBS, *UNITS, *clause_keys(), "x" * LONGEST_NAME} - RESERVED) - {"", *TWO_WORD_KEYS})

PLACES = {
    "object": "may use {}",
    "object in a list": "may use logs, {}",
    "object with quantifier": "may use any {} for safety",
    "in a clause": "may use logs for {}",
    "in the list of a clause": "may use logs for safety, {} after visit",
    "declared": 'party {} "x"',
    "label": 'a: text "x"\n{}: text "y"',
    "imported": "import {} from std.data",
    "alias": "import logs as {} from std.data",
    "fact": "may use logs when {}",
    "compared": "may use logs when {} below 16 and since {} above 3 days",
    "tag": 'hole {} "x"',
    "verb": "may {} logs",
    "other": "may use other of {}",
}
"""Where a name stands."""


def read(text: str) -> nodes.Document | None:
    """The document, if nothing is wrong with it."""
    parsed = parser().parse(Source("a.policy", f"language 1\n{text}\n"))
    return None if parsed.diagnostics else parsed.value


def test_there_are_no_conflicts() -> None:
    make_parser(strict=True)


def test_it_is_small() -> None:
    assert len(grammar_text().splitlines()) <= 200


def test_a_word_is_of_one_sort() -> None:
    sorts = [set(KINDS), set(WORDS), set(FLAGS), {*PREPOSITIONS, *TWO_WORD_KEYS}, {HOLE}, {"language", "import"}]
    for one, other in combinations(sorts, 2):
        assert not one & other


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", NAMES)
def test_a_name_may_be_called_as_any_word_that_is_not_reserved(name: str, place: str) -> None:
    assert read(PLACES[place].replace("{}", name)) is not None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("word", [*sorted(RESERVED), "x" * (LONGEST_NAME + 1)])
def test_no_name_may_be_called_as_a_reserved_word(word: str, place: str) -> None:
    assert read(PLACES[place].replace("{}", word)) is None


@pytest.mark.parametrize("word", [*sorted(RESERVED), "x" * (LONGEST_NAME + 1)])
def test_a_module_may_be_called_as_any_word(word: str) -> None:
    assert read(f"import logs from {word}.{word}") is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("law says must keep logs", "law   says must keep logs"),
        ("may keep logs at most 3 days", "may keep logs at   most 3 days"),
        ("may keep logs at once", "may keep logs at  once"),
        ("may use other of logs", "may use other   of logs"),
        ("may use logs subject to a", "may use logs subject  to a"),
        ("may use logs for a, b", "may use logs\n  for\n   a # comment\n ,\n\n b"),
        ("subject to a {\n}", "subject  to\n a {\n}"),
    ],
)
def test_white_space_means_nothing_inside_a_sentence(one: str, other: str) -> None:
    assert read(one) is not None
    assert read(one) == read(other)


@pytest.mark.parametrize(
    "text", ["lawsays must keep logs", "may use logs forsafety", "mayuse logs", "may use logs 3days"]
)
def test_words_end_where_letters_end(text: str) -> None:
    assert read(text) is None


def test_a_word_that_starts_as_two_words_do_is_a_name() -> None:
    document = read("may use logs at mosts")
    assert document is not None
    statement = document.items[1]
    assert isinstance(statement, nodes.Statement)
    assert statement.clauses == (nodes.Clause(nodes.Word("at"), nodes.Names((nodes.Word("mosts"),))),)
