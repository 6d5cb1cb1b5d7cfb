"""The graphs of terms."""

import pytest

from policyc.model.graph import OTHER, Graph
from tests.policies import policy_of

TEXT = """\
language 1
party us "Us"
data all_data "all data"
data contact "contact" is all_data
data email "email" is contact
data phone "phone" is contact, device
data device "device" is all_data
party hosts "hosts" including alpha
party alpha "alpha"
party beta "beta" is hosts
party others "others" exactly hosts, gamma
party gamma "gamma"
purpose later "later" open
policy notice "Notice" controller us
"""
GRAPH = Graph(policy_of(TEXT).terms)


def test_children_are_what_is_declared_right_below_and_the_unlisted_members() -> None:
    assert GRAPH.children["contact"] == ("email", "phone")
    assert GRAPH.children["hosts"] == ("alpha", "beta", OTHER + "hosts")
    assert GRAPH.children["others"] == ("gamma", "hosts")
    assert GRAPH.children["email"] == ()


def test_below_is_itself_and_all_that_lies_below_at_any_remove() -> None:
    assert GRAPH.below(["all_data"]) == {"all_data", "contact", "email", "phone", "device"}
    assert GRAPH.below(["device", "email"]) == {"device", "phone", "email"}
    assert GRAPH.below(["others"]) == {"others", "hosts", "gamma", "alpha", "beta", OTHER + "hosts"}
    assert GRAPH.below([]) == frozenset()


@pytest.mark.parametrize(
    ("name", "leaves"),
    [
        ("all_data", ("email", "phone")),
        ("device", ("phone",)),
        ("email", ("email",)),
        ("others", ("alpha", "beta", "gamma")),
        ("later", ("later",)),
    ],
)
def test_listed_leaves_are_declared(name: str, leaves: tuple[str, ...]) -> None:
    assert GRAPH.listed_leaves(name) == leaves


def test_all_leaves_of_kinds_are_declared_ones_and_then_unlisted_ones() -> None:
    assert GRAPH.leaves(["data"]) == ("email", "phone")
    assert GRAPH.leaves(["party"]) == ("alpha", "beta", "gamma", "us", OTHER + "hosts")
    assert GRAPH.leaves(["purpose", "data"]) == ("email", "later", "phone", OTHER + "later")
    assert GRAPH.leaves(["event"]) == ()


def test_a_deep_graph_is_no_recursion() -> None:
    depth = 5000
    chain = "".join(f"data d{number + 1} is d{number}\n" for number in range(depth))
    graph = Graph(policy_of(f'language 1\nparty us\ndata d0\n{chain}policy notice "N" controller us\n').terms)
    assert len(graph.below(["d0"])) == depth + 1
    assert graph.listed_leaves("d0") == (f"d{depth}",)
