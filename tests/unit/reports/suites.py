"""Test reports that are valid: by a schema, and by what it cannot say."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import xmlschema
from attrs import frozen

SCHEMA = Path(__file__).parent / "junit" / "junit.xsd"


@frozen
class Case:
    """A case, as a server reads it."""

    suite: str
    classname: str
    name: str
    outcome: str = "passed"
    message: str = ""
    text: str = ""


def cases_of(text: str) -> list[Case]:
    """The cases of a report, once it is known to be valid."""
    assert text.isascii()
    top = ET.fromstring(text)  # noqa: S314 - policyc has written it
    _schema().validate(top)
    suites = list(top)
    names = [suite.get("name", "") for suite in suites]
    assert len(set(names)) == len(names)
    found = []
    for suite in suites:
        cases = [_case(suite.get("name", ""), one) for one in suite]
        assert cases, "a suite without a case says nothing of its file"
        assert _counts(suite) == _counted(cases)
        assert suite.get("skipped") == str(sum(one.outcome == "skipped" for one in cases))
        found += cases
    assert _counts(top) == _counted(found)
    return found


@cache
def _schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMA)


def _case(suite: str, element: ET.Element) -> Case:
    outcome = element[0] if len(element) else None
    named = (suite, element.get("classname", ""), element.get("name", ""))
    if outcome is None:
        return Case(*named)
    tag = "passed" if outcome.tag == "system-out" else outcome.tag
    return Case(*named, tag, outcome.get("message", ""), outcome.text or "")


def _counts(element: ET.Element) -> list[str | None]:
    return [element.get(name) for name in ("tests", "failures", "errors")]


def _counted(cases: list[Case]) -> list[str]:
    outcomes = Counter(one.outcome for one in cases)
    return [str(number) for number in (len(cases), outcomes["failure"], outcomes["error"])]
