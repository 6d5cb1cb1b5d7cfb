"""Every verb with every clause that it takes: the sentence says what the statement says."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policyc.language.clauses import HOLES, row_of
from policyc.language.gaps import ELSE, GARBLED, UNSAID
from policyc.language.kinds import KINDS
from policyc.language.verbs import VERBS
from policyc.language.words import MODALITIES, MOODS, QUANTIFIERS
from policyc.model.policy import Statement
from policyc.model.values import Terms
from policyc.sentences.clauses import RULES
from policyc.sentences.declarations import FOLLOWED, UNPUBLISHED
from policyc.sentences.header import FACTS
from policyc.sentences.heads import HEADS
from policyc.sentences.statements import ORDER
from tests.unit.sentences.world import WORLD, missing, needed, table, told_by

MALFORMED = re.compile(r"  | [,.;:?!]|[,;:] ?\.|\.\.|,,|^[a-z]|\bNone\b|[^.!?”:]$|\[|\]|[a-z]_[a-z0-9]")
"""Two spaces, a space before a mark, two marks, no capital, no end, brackets, ids."""


def test_every_verb_has_a_head() -> None:
    assert set(HEADS) == set(VERBS)


def test_every_clause_of_a_statement_has_a_rule() -> None:
    told_by_the_opening = {"subjects", "actor", "place", "ways"}
    fields = {field for verb in VERBS.values() for field in told_by(verb)}
    assert fields - set(RULES) == told_by_the_opening


def test_every_clause_of_a_declaration_has_a_rule() -> None:
    for kind in KINDS.values():
        rows = {key.rpartition(".")[2] for key in FOLLOWED if key.rpartition(".")[0] in ("", kind.name)}
        addresses = {"url", "postal", "phone", "menu"}
        header = set(FACTS) | {"summary"}
        assert kind.fields <= rows | set(RULES) | UNPUBLISHED | addresses | header | {"parents"}, kind.name


def test_everything_that_can_be_missing_has_words() -> None:
    assert set(UNSAID) | {GARBLED} >= set(HOLES.values()) | {verb.object for verb in VERBS.values()}


def test_whatever_a_main_sentence_may_tell_has_its_place_in_it() -> None:
    for verb, head in HEADS.items():
        assert {*head.core, *head.room} <= set(ORDER), verb


@pytest.mark.parametrize(("verb", "field"), table())
def test_a_clause_is_told(verb: str, field: str) -> None:
    row = VERBS[verb]
    base = {name: value for name, value in needed(row).items() if name != field}
    objects = WORLD.objects(row)
    without = WORLD.say(verb, objects=objects, **base)
    for value in WORLD.values(row_of(field)):
        told = WORLD.say(verb, objects=objects, **{**base, field: value})
        assert told != without
        assert missing(value, told) == [], told
        assert MALFORMED.search(told) is None, told


@pytest.mark.parametrize("verb", VERBS)
def test_each_modality_and_mood_reads_differently(verb: str) -> None:
    objects = WORLD.objects(VERBS[verb])
    told = [WORLD.say(verb, word, mood, objects=objects) for word in MODALITIES for mood in (None, *MOODS)]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("verb", VERBS)
def test_missing_objects_are_said_to_be_missing(verb: str) -> None:
    told = WORLD.say(verb, holes=((VERBS[verb].object, "as needed"),), **needed(VERBS[verb]))
    assert "This policy does not say " in told
    assert "It only says “as needed”." in told
    assert MALFORMED.search(told) is None, told


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """Statements with any clauses of the tables."""
    verb = VERBS[draw(st.sampled_from(sorted(VERBS)))]
    optional = draw(st.sets(st.sampled_from(sorted(told_by(verb))), max_size=8))
    fields: dict[str, Any] = {}
    for field in sorted({*verb.needs, *optional}):
        fields[field] = draw(st.sampled_from(WORLD.values(row_of(field))))
        if isinstance(fields[field], Terms) and row_of(field).kinds != ("statement",):
            fields[field] = draw(modified(fields[field]))
    listed = sorted(field for field, value in fields.items() if isinstance(value, Terms) and field in ORDER)
    only = draw(st.sets(st.sampled_from(listed))) if listed else set()
    hole = st.tuples(st.sampled_from(sorted(HOLES.values())), st.sampled_from(["", "as needed"]))
    holes = draw(st.lists(hole, max_size=2))
    modality, mood = draw(st.sampled_from(sorted(MODALITIES))), draw(st.sampled_from([None, None, None, *MOODS]))
    objects = WORLD.objects(verb)
    if isinstance(objects, Terms):
        objects = draw(modified(objects))
    return WORLD.statement(verb.name, modality, mood, objects=objects, holes=holes, only=sorted(only), **fields)


@st.composite
def modified(draw: st.DrawFn, terms: Terms) -> Terms:
    """The terms with a quantifier, and one of them named as an exclusion or an example."""
    first, *rest = terms.ids
    quantifier = draw(st.sampled_from([None, None, *QUANTIFIERS.values()]))
    if not rest or draw(st.booleans()):
        return Terms(terms.ids, quantifier)
    return Terms((first,), quantifier, *draw(st.sampled_from([((), ()), (tuple(rest), ()), ((), tuple(rest))])))


@settings(max_examples=600, deadline=None)
@given(statements())
def test_a_sentence_says_all_that_its_statement_says(statement: Statement) -> None:
    told = WORLD.tell(statement)
    for value in (statement.objects, *statement.fields.values()):
        assert missing(value, told) == [], told
        if isinstance(value, Terms) and value.quantifier:
            assert value.quantifier in told.casefold(), told
    for field, words in statement.holes:
        assert f"“{words}”" in told or not words
        gap = {
            UNSAID.get(field, "whom we notify"),
            ELSE.get(field, UNSAID.get(field, "")),
            f"what “{words}” means",
            f"refers to: “{words}”",
        }
        assert any(one in told for one in gap if one) or field in {GARBLED, "recipients"}, told
    assert told.casefold().count("only") >= len(statement.only), told
    assert MALFORMED.search(told) is None, told
