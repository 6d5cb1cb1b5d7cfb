"""The JSON report: the fields of the contract."""

import json

from policyc import reports
from policyc.diagnostics.codes.syntax import UNEXPECTED
from policyc.diagnostics.diagnostic import Accepted, Diagnostic, Fix, Label
from policyc.reports import Beside
from policyc.reports.json import render
from policyc.source.text import Source, Span

PLACE = {"start": {"line": 2, "column": 7}, "end": {"line": 2, "column": 10}}
OTHER_PLACE = {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 2}}
SOURCE = Source("pölicy.policy", "language 1\nnote: wil claim “Wé”\n")


FOUND = Diagnostic(
    UNEXPECTED,
    UNEXPECTED.level,
    "`wil` cannot stand here",
    Label(SOURCE, Span(17, 20), "here"),
    (Label(Source("b.policy", "x"), Span(0, 1), "and here"),),
    "did you mean `will`?",
    (Fix(Span(17, 20), "will"),),
    ("note",),
    ("CON-001",),
    "claim “Wé” in the note",
)
AS_JSON = {
    "code": "PC101",
    "name": "unexpected-word",
    "severity": "error",
    "message": "`wil` cannot stand here",
    "file": "pölicy.policy",
    "start": {"line": 2, "column": 7},
    "end": {"line": 2, "column": 10},
    "labels": [
        {"file": "pölicy.policy", **PLACE, "text": "here"},
        {"file": "b.policy", **OTHER_PLACE, "text": "and here"},
    ],
    "statements": ["note"],
    "refs": ["CON-001"],
    "witness": "claim “Wé” in the note",
    "help": "did you mean `will`?",
    "fixes": [{"start": {"line": 2, "column": 7}, "end": {"line": 2, "column": 10}, "text": "will"}],
}


def test_all_fields_of_a_finding() -> None:
    assert json.loads(render([FOUND], color=True)) == {"version": 1, "findings": [AS_JSON], "accepted": [], "known": []}


def test_what_a_baseline_knows_has_a_list_of_its_own() -> None:
    made = json.loads(render([], color=True, beside=Beside(known=[FOUND])))
    assert made == {"version": 1, "findings": [], "accepted": [], "known": [AS_JSON]}


def test_what_is_accepted_has_its_reason() -> None:
    made = json.loads(render([], color=True, beside=Beside([Accepted(FOUND, "we mean “wil”")])))
    assert made == {"version": 1, "findings": [], "accepted": [{**AS_JSON, "reason": "we mean “wil”"}], "known": []}


def test_columns_count_code_points_and_not_bytes() -> None:
    source = Source("a.policy", "e\u0301🎉word\n")
    (found,) = json.loads(render([Diagnostic.at(UNEXPECTED, source, Span(3, 7), "x")], color=False))["findings"]
    assert found["start"] == {"line": 1, "column": 4}


def test_no_findings_are_an_empty_list() -> None:
    assert render([], color=False) == '{\n  "version": 1,\n  "findings": [],\n  "accepted": [],\n  "known": []\n}\n'


def test_text_is_not_escaped_and_what_utf8_cannot_say_is_replaced() -> None:
    text = render([Diagnostic.at(UNEXPECTED, Source("ä\udce4.policy", "x"), Span(0, 1), "x")], color=False)
    assert '"file": "ä?.policy"' in text


def test_formats_are_found_by_their_place() -> None:
    assert reports.names() == ("github", "json", "junit", "sarif", "text")
    made = {name: reports.load(name).render([], color=False, root="/") for name in reports.names()}
    assert [name for name in made if made[name]] == ["json", "junit", "sarif"]
