"""What an author writes is looked at in time that grows with its length, whatever it is."""

from time import process_time

import pytest

from policyc import checks
from policyc.checks._view import View
from tests.policies import resolve_text

HEAD = 'language 1\nparty us "Us Ltd"\nright r "r"\npolicy n "N" controller us\n'
LONG = 40_000
SECONDS = 10

ODD = [
    "a",
    "A",
    "Aa ",
    "“",
    "`",
    "[",
    "[name ",
    "{{",
    "<name ",
    "@",
    "a@",
    "a.",
    "a-",
    "1 ",
    "not ",
    "we always secure ",
]


def spent(text: str) -> float:
    policy = resolve_text(HEAD + text)[0].policy
    assert policy is not None
    view = View(policy)
    start = process_time()
    for name in checks.names():
        list(checks.load(name).check(view))
    return process_time() - start


@pytest.mark.parametrize("part", ODD)
def test_odd_texts(part: str) -> None:
    words = part * (LONG // len(part))
    assert spent(f'channel c "{words}" email "{words}"\nx: will claim "{words}"\ng: will grant r through c\n') < SECONDS


def test_many_references_that_lead_nowhere() -> None:
    sections = (f'section "S{one}" {{\n    x{one}: will claim "We" see section "T{one}"\n}}\n' for one in range(1000))
    assert spent("".join(sections)) < SECONDS


def test_many_channels_in_a_chain() -> None:
    channels = (f'channel c{one} "c" is c{one - 1}\ng{one}: will grant r through c{one}\n' for one in range(1, 800))
    assert spent('channel c0 "c"\n' + "".join(channels)) < SECONDS
