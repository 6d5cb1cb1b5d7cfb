"""What is said of broken sentences, whole: one finding for one mistake, at its place, and what is lost with it."""

from __future__ import annotations

import re

import pytest

from tests.unit.syntax.golden import FOLDER, cases, told

CASES = cases(*sorted((FOLDER / "messages").glob("*.txt")))
SEVERAL = {"layout: two mistakes": 2}


@pytest.mark.parametrize("title", CASES)
def test_exactly_this_is_said(title: str) -> None:
    assert told(CASES[title].source) == CASES[title].outcome


@pytest.mark.parametrize("title", CASES)
def test_one_mistake_is_said_once(title: str) -> None:
    findings = [line for line in CASES[title].outcome.splitlines() if not line.startswith("lost")]
    assert len(findings) == SEVERAL.get(title, 1)


@pytest.mark.parametrize("title", CASES)
def test_wording(title: str) -> None:
    for line in CASES[title].outcome.splitlines():
        match = re.fullmatch(r"lost .*|\S+ PC\d+ (?P<message>.*) \| (?P<help>.*)", line)
        assert match, line
        for text in filter(None, match.groups()):
            assert text[0] == "`" or text[0].islower(), "lower case"
            assert not text.endswith("."), "no full stop"
            assert text.count("`") % 2 == 0
            assert not re.search(r"[A-Z]{3,}|_[A-Z]|Token|None", re.sub("`[^`]*`", "", text)), "no word of the grammar"


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 200
