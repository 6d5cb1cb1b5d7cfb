"""Whatever a finding says, and wherever it is: each report can be read back, and says no more than one finding."""

from __future__ import annotations

import json
import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from policyc.codes import all_codes
from policyc.diagnostics.code import Level
from policyc.diagnostics.diagnostic import Accepted, Diagnostic, Fix, Label
from policyc.reports import Beside, github, junit, sarif
from policyc.reports import json as json_report
from policyc.source.text import Source, Span
from tests.unit.reports.logs import run
from tests.unit.reports.suites import cases_of

COMMAND = re.compile("::(?:error|warning|notice) [^:]*::.*")
SETTINGS = settings(max_examples=60, deadline=None)

# Lone surrogates too, which stand for bytes of names, and what has a meaning in one of the formats.
texts = st.text(st.characters(), max_size=12) | st.text("a%0:,[](){}1\\`\r\n\x1b\ud800\udce4./", max_size=24)
spans = st.builds(Span, st.integers(0, 30), st.integers(0, 30))
sources = st.builds(Source, texts, texts, path=st.just("") | texts.map(lambda text: f"/{text}"))
labels = st.builds(Label, sources, spans, texts)
findings = st.builds(
    Diagnostic,
    st.sampled_from(all_codes()),
    st.sampled_from(Level),
    texts,
    labels,
    st.lists(labels, max_size=3).map(tuple),
    st.none() | texts,
    st.lists(st.builds(Fix, spans, texts), max_size=2).map(tuple),
    st.lists(texts, max_size=2).map(tuple),
    st.lists(texts, max_size=2).map(tuple),
    st.none() | texts,
)
accepted = st.lists(st.builds(Accepted, findings, texts), max_size=2)
roots = st.sampled_from(("/", "/a"))


@SETTINGS
@given(st.lists(findings, max_size=3), accepted, roots)
def test_a_log_is_valid_and_has_a_result_for_each_finding(
    found: list[Diagnostic], known: list[Accepted], root: str
) -> None:
    results = run(sarif.render(found, color=False, root=root, beside=Beside(known)))["results"]
    assert [one["ruleId"] for one in results] == [one.code.number for one in (*found, *(one.finding for one in known))]
    assert [bool(one["suppressions"]) for one in results] == [False] * len(found) + [True] * len(known)


@SETTINGS
@given(st.lists(findings, max_size=3), roots)
def test_each_finding_is_one_command(found: list[Diagnostic], root: str) -> None:
    lines = github.render(found, color=False, root=root).split("\n")
    assert len(lines) == len(found) + 1
    for line, one in zip(lines, found, strict=False):
        assert COMMAND.fullmatch(line)
        assert f"title={one.code.number} {one.code.name}::" in line
        assert {unicodedata.category(character) for character in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"} == set()


@SETTINGS
@given(st.lists(findings, max_size=3), accepted, roots)
def test_json_can_be_read_back(found: list[Diagnostic], known: list[Accepted], root: str) -> None:
    text = json_report.render(found, color=False, root=root, beside=Beside(known))
    assert text.encode("utf-8")
    report = json.loads(text)
    assert [one["code"] for one in report["findings"]] == [one.code.number for one in found]
    assert [one["code"] for one in report["accepted"]] == [one.finding.code.number for one in known]


@SETTINGS
@given(st.lists(findings, max_size=3), accepted, roots)
def test_suites_are_valid_and_have_a_case_for_each_finding(
    found: list[Diagnostic], known: list[Accepted], root: str
) -> None:
    beside = Beside(known, [one.finding for one in known], ("/a/b.policy",))
    cases = cases_of(junit.render(found, color=False, root=root, beside=beside))
    sound = [one for one in cases if one.name == "nothing to report"]
    assert len(cases) - len(sound) == len(found) + 2 * len(known)
    assert sum(one.outcome == "skipped" for one in cases) == 2 * len(known)
