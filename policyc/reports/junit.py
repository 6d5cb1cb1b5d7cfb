"""Findings as JUnit XML, for servers that show test reports: Jenkins, GitLab and others. It has no times.

A file is a suite, a finding a case. A case fails where `policyc check` fails; one that is accepted or known is skipped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from policyc.diagnostics.code import Level
from policyc.diagnostics.diagnostic import Diagnostic
from policyc.reports import NOTHING, Beside, text
from policyc.reports._cells import visible
from policyc.reports._places import path_of
from policyc.resources import SUFFIX
from policyc.source.text import Source

_ERROR: Final = ("PC0", "PC1", "PC2")
"""Families whose errors are errors of the case, and no failures: there the checks have not looked."""

_SOUND: Final = "nothing to report"
"""The case of a file that has no other."""

_NOT_HELD: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""


class _Case(NamedTuple):
    """A finding, or None where there is none; `skipped` says why it does not count."""

    found: Diagnostic | None
    skipped: str = ""

    @property
    def outcome(self) -> str:
        """The element that says what became of it."""
        if self.skipped:
            return "skipped"
        if self.found is None or self.found.level is not Level.ERROR:
            return "system-out"
        return "error" if self.found.code.number.startswith(_ERROR) else "failure"


def render(
    diagnostics: Sequence[Diagnostic],
    *,
    color: bool,  # noqa: ARG001 - one interface
    root: str = "",
    beside: Beside = NOTHING,
) -> str:
    """The suites, sorted by their files, and a newline. It is ASCII, so that no encoding of a pipe damages it."""
    suites: dict[str, list[_Case]] = {path_of(Source(path, "", path=path), root): [] for path in beside.checked}
    for found, skipped in _reported(diagnostics, beside):
        source = found.label.source
        suites.setdefault(path_of(source, root) if source.name else "", []).append(_Case(found, skipped))
    top = ET.Element("testsuites", name="policyc")
    for path, cases in sorted(suites.items()):
        top.append(_suite(visible(path) or "policyc", cases or [_Case(None)]))
    _count(top, [case for cases in suites.values() for case in cases or [_Case(None)]])
    ET.indent(top)
    written: bytes = ET.tostring(top, "us-ascii", xml_declaration=True)
    return f"{written.decode()}\n"


def _reported(diagnostics: Sequence[Diagnostic], beside: Beside) -> Iterator[tuple[Diagnostic, str]]:
    """All findings, each with why it does not count; with nothing, if it does."""
    yield from ((found, "") for found in diagnostics)
    yield from ((found, f"accepted: {visible(reason)}") for found, reason in beside.accepted)
    yield from ((found, "known by the baseline") for found in beside.known)


def _suite(path: str, cases: Sequence[_Case]) -> ET.Element:
    suite = ET.Element("testsuite", name=_held(path))
    seen: Counter[str] = Counter()
    for case in cases:
        name = _name(case.found)
        seen[name] += 1
        # Servers know a case by its name, and so each has one of its own.
        suite.append(_case(path, name if seen[name] == 1 else f"{name} ({seen[name]})", case))
    _count(suite, cases)
    return suite


def _count(element: ET.Element, cases: Sequence[_Case]) -> None:
    outcomes = Counter(case.outcome for case in cases)
    numbers = {"tests": len(cases), "failures": outcomes["failure"], "errors": outcomes["error"]}
    if element.tag == "testsuite":
        numbers["skipped"] = outcomes["skipped"]
    for name, number in numbers.items():
        element.set(name, str(number))


def _case(path: str, name: str, case: _Case) -> ET.Element:
    element = ET.Element("testcase", classname=_class(path), name=_held(name))
    if case.found is None:
        return element
    said = ET.SubElement(element, case.outcome)
    if case.skipped:
        said.set("message", _held(case.skipped))
    elif case.outcome != "system-out":
        said.set("type", case.found.code.key)
        said.set("message", _held(visible(case.found.message)))
    said.text = _held(text.render([case.found], color=False))
    return element


def _name(found: Diagnostic | None) -> str:
    """What stays the same when lines come or go."""
    return _SOUND if found is None else f"{found.code.number} {found.code.name}: {visible(found.message)}"


def _class(path: str) -> str:
    """The path as servers take a class, which they show in folders: `legal.notice`."""
    return _held(".".join(part for part in PurePath(path.removesuffix(SUFFIX)).parts if part != "/"))


def _held(said: str) -> str:
    """The text, with escapes for what XML cannot hold."""
    return _NOT_HELD.sub(lambda match: f"\\u{ord(match[0]):04x}", said)
