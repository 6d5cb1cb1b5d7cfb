"""Ids that nobody wrote: made of what a sentence says, and of nothing else."""

import re

import pytest

from policyc.model.policy import Policy
from tests.unit.resolve.cases import policy

ONE = "may use logs for safety when agreed\n"
TWO = "never share mails with partners by sale\n"
THREE = 'text "We care"\n'


def ids(body: str) -> list[str]:
    made: Policy = policy(body)
    return sorted([one.id for one in made.statements] + [one.id for one in made.prose])


def only_id(body: str) -> str:
    (found,) = ids(body)
    return found


def test_an_id_names_the_verb_and_the_first_object() -> None:
    assert re.fullmatch(r"use-logs-[0-9a-f]{8}", only_id(ONE))
    assert re.fullmatch(r"share-mails-[0-9a-f]{8}", only_id(TWO))
    assert re.fullmatch(r"text-[0-9a-f]{8}", only_id(THREE))
    assert re.fullmatch(r"offer-opt_in-[0-9a-f]{8}", only_id("will offer opt_in, opt_out\n"))
    assert re.fullmatch(r"claim-text-[0-9a-f]{8}", only_id('will claim "We care"\n'))
    assert re.fullmatch(r"use-text-[0-9a-f]{8}", only_id("may use hole object for safety\n"))


def test_a_label_is_the_id() -> None:
    assert only_id(f"mine: {ONE}") == "mine"
    assert only_id(f"mine: {THREE}") == "mine"


@pytest.mark.parametrize(
    "body",
    [
        TWO + ONE,
        f'# comment\n\n{ONE}    trace "T-1"\n',
        ONE.replace("when", "\n    # comment\n\n    when"),
        "may use logs when agreed for safety\n",
        f'section "S" trace "T" {{\n    {ONE}}}\n',
        "for safety {\n    may use logs when agreed\n}\n",
        f"data trail\n{ONE}{THREE}x: never use mails\n",
        "data logs_too is logs\n" + ONE,
    ],
)
def test_an_id_survives_what_changes_elsewhere(body: str) -> None:
    assert only_id(ONE) in ids(body)


@pytest.mark.parametrize(
    "body",
    [
        "will use logs for safety when agreed\n",
        "law says may use logs for safety when agreed\n",
        "may use logs for help when agreed\n",
        "may use only logs for safety when agreed\n",
        "may use any logs for safety when agreed\n",
        "may use logs for safety unless agreed\n",
        "may use logs for safety when agreed hole basis\n",
        'may use logs for safety when agreed text "x"\n',
    ],
)
def test_an_id_changes_with_the_content(body: str) -> None:
    assert only_id(body) != only_id(ONE)
    assert only_id(body).startswith("use-logs-")


def test_what_says_the_same_is_numbered() -> None:
    first = only_id(ONE)
    assert ids(ONE * 3) == [first, f"{first}-2", f"{first}-3"]
    prose = only_id(THREE)
    assert ids(THREE * 2) == [prose, f"{prose}-2"]


def test_numbers_do_not_depend_on_the_order() -> None:
    lines = [ONE.replace("\n", f' trace "T-{number}"\n') for number in range(4)]
    texts = [THREE.replace("\n", f' trace "T-{number}"\n') for number in range(3)]
    made, turned = policy("".join([*lines, *texts])), policy("".join(reversed([*lines, *texts])))
    assert made.statements == turned.statements
    assert made.prose == turned.prose
    assert made.hash == turned.hash


def test_the_same_with_a_label_takes_no_number() -> None:
    assert ids(f"mine: {ONE}{ONE}") == sorted(["mine", only_id(ONE)])
