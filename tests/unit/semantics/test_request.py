"""Questions and the requests that they stand for."""

import pytest

from policyc.model.graph import Graph
from policyc.model.policy import Question
from policyc.semantics.reference import Reference
from policyc.semantics.request import (
    ANY,
    CONTROLLER,
    NOBODY,
    OWN,
    PLAIN,
    Decision,
    Reading,
    Reason,
    Request,
    dimension_values,
    is_sharing,
    requests,
)
from tests.policies import policy_of, question_of
from tests.unit.semantics.asking import HEAD

BODY = """\
fact consent_given per purpose, recipient
fact told per purpose
right access including more_access
right more_access
purpose identifiable
surface service exactly site, app
"""
TEXT = HEAD + BODY
POLICY = policy_of(TEXT)


def asked(question: str) -> list[Request]:
    return list(requests(POLICY, question_of(TEXT, question)))


def test_a_question_stands_for_all_combinations_of_leaves() -> None:
    found = asked("use all_data for ads, help of people on site")
    assert [one.terms for one in found] == [
        {"data": data, "purpose": purpose, "subject": subject, "surface": "site"}
        for data in ("clicks", "profile")
        for purpose in ("help", "shop_ads")
        for subject in ("adults", "children")
    ]
    assert {one.verb for one in found} == {"use"}


def test_a_leaf_that_is_asked_for_twice_is_asked_once() -> None:
    assert len(asked("use all_data, clicks, clicks for help")) == 2


def test_closed_words_and_unlisted_members_stand_for_themselves() -> None:
    (one,) = asked("share profile with other of partners by access as identifiable")
    assert one.terms == {"data": "profile", "recipient": "other:partners", "way": "access", "state": "identifiable"}


def test_a_question_about_an_open_term_is_about_its_listed_members() -> None:
    assert [one.terms["recipient"] for one in asked("share profile with partners")] == ["friend"]


def test_what_is_left_out_means_this_or_is_unknown() -> None:
    (one,) = asked("use profile for help")
    meant = {"state": "identifiable", "actor": CONTROLLER, "role": OWN, "way": PLAIN}
    assert {name: one.get(name) for name in meant} == meant
    assert [one.get(name) for name in ("subject", "recipient", "place", "location", "source", "surface")] == [None] * 6


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("use profile for help when agreed", [("agreed", ANY, NOBODY)]),
        ("use profile for help when consent_given", [("consent_given", "help", NOBODY)]),
        ("use profile when consent_given", [("consent_given", ANY, NOBODY)]),
        ("share profile with friend for help when consent_given", [("consent_given", "help", "friend")]),
        ("share profile with friend when consent_given", [("consent_given", ANY, "friend")]),
        ("share profile for help when consent_given", [("consent_given", "help", ANY)]),
        ("share profile with friend for help when told", [("told", "help", NOBODY)]),
        ("store profile with friend for help when consent_given", [("consent_given", "help", NOBODY)]),
        (
            "use profile for ads, help unless told",
            [("told", "help", NOBODY), ("told", "shop_ads", NOBODY)],
        ),
    ],
)
def test_what_a_question_knows_is_about_its_own_purpose_and_recipient(
    question: str, keys: list[tuple[str, str, str]]
) -> None:
    assert [key for one in asked(question) for key in one.facts] == keys
    assert {value for one in asked(question) for value in one.facts.values()} == {"unless" not in question}


def test_values_of_a_dimension_are_leaves_of_its_kinds() -> None:
    graph = Graph(POLICY.terms)
    assert dimension_values(graph, "data") == ("clicks", "profile")
    assert dimension_values(graph, "recipient") == ("friend", "strangers", "us", "other:partners")
    assert dimension_values(graph, "location") == ("asia", "europe", "servers")
    assert dimension_values(graph, "way") == ("",)
    assert dimension_values(Graph({}), "purpose") == ("",)


def test_only_sharing_asks_for_consent_for_each_recipient() -> None:
    assert [verb for verb in ("share", "store", "transfer", "use", "keep") if is_sharing(verb)] == ["share"]


def test_a_denial_names_all_that_denied_for_the_strongest_reason() -> None:
    text = HEAD + "a: may use profile for help\nb: never use clicks\nc: will keep profile 3 days after visit\n"
    reference = Reference(policy_of(text), Reading.ENFORCED)
    assert reference.answer(question_of(text, "use all_data for help, ads")) == Decision(
        allowed=False, reason=Reason.FORBIDDEN, statements=("b", "c")
    )
    assert reference.answer(question_of(text, "use profile for help, ads")).reason is Reason.EXPIRED


def test_a_question_may_be_made_without_words() -> None:
    question = Question("use", {"data": ("profile",), "purpose": ("help",)}, {"agreed": True})
    text = HEAD + "may use profile for help when agreed\n"
    assert Reference(policy_of(text)).answer(question).allowed
