"""The report as JUnit writes it: what servers show as tests, and what a policy must not make of it."""

import re
from pathlib import Path
from typing import Any

import pytest

from policyc.codes import all_codes
from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.codes import names, tool
from policyc.diagnostics.diagnostic import Accepted, Diagnostic
from policyc.pipeline import check, compile_path
from policyc.reports import Beside
from policyc.reports.junit import render
from policyc.source.text import Source, Span
from tests.unit.reports.suites import Case, cases_of

CONTRADICTION = Code("PC999", "contradiction", what="", why="", bad="", good="")
POLICY = Source("notice.policy", "language 1\nno_sale: never share clicks by sale\nads: may share clicks\n")
LABEL = Span(11, 18)


def finding(source: Source = POLICY, span: Span = LABEL, message: str = "said", **more: Any) -> Diagnostic:
    return Diagnostic.at(CONTRADICTION, source, span, message, **more)


def cases(*found: Diagnostic, root: str = "", **beside: Any) -> list[Case]:
    return cases_of(render(found, color=True, root=root, beside=Beside(**beside)))


def test_an_error_is_a_failure_with_all_that_people_are_told() -> None:
    (case,) = cases(finding(message="`no_sale` forbids what `ads` allows", help="say less"))
    assert case == Case(
        "notice.policy",
        "notice",
        "PC999 contradiction: `no_sale` forbids what `ads` allows",
        "failure",
        "`no_sale` forbids what `ads` allows",
        "error[PC999] contradiction: `no_sale` forbids what `ads` allows\n"
        " --> notice.policy:2:1\n"
        "  |\n"
        "2 | no_sale: never share clicks by sale\n"
        "  | ^^^^^^^\n"
        "  = help: say less\n"
        "  = explain: policyc explain PC999\n",
    )


@pytest.mark.parametrize("level", [Level.WARNING, Level.INFO])
def test_what_stops_nothing_passes_and_says_so(level: Level) -> None:
    (case,) = cases(finding(level=level))
    assert (case.outcome, case.message) == ("passed", "")
    assert case.text.startswith(f"{level.value}[PC999] contradiction: said\n")


def test_where_the_checks_have_not_looked_it_is_an_error() -> None:
    found = [
        Diagnostic.at(tool.UNREADABLE, Source("gone.policy", ""), Span(0, 0), "gone"),
        Diagnostic.at(names.UNKNOWN_NAME, POLICY, LABEL, "said"),
        Diagnostic.at(names.UNUSED_IMPORT, POLICY, LABEL, "said"),
    ]
    assert [(one.suite, one.outcome) for one in cases(*found)] == [
        ("gone.policy", "error"),
        ("notice.policy", "error"),
        ("notice.policy", "passed"),
    ]


def test_what_is_accepted_or_known_is_skipped() -> None:
    one, two = finding(message="one"), finding(message="two")
    accepted, known = cases(accepted=[Accepted(one, "we\nknow")], known=[two])
    assert (accepted.outcome, accepted.message) == ("skipped", "accepted: we\\x0aknow")
    assert (known.outcome, known.message) == ("skipped", "known by the baseline")
    assert "PC999" in accepted.text


def test_a_file_without_findings_passes_and_suites_are_sorted() -> None:
    found = finding(Source("b.policy", "x", path="/repo/legal/b.policy"), Span(0, 1))
    checked = ("/repo/legal/c.policy", "/repo/legal/b.policy", "/repo/a.policy", "/other/d.policy")
    assert [(one.suite, one.classname, one.name) for one in cases(found, root="/repo", checked=checked)] == [
        ("/other/d.policy", "other.d", "nothing to report"),
        ("a.policy", "a", "nothing to report"),
        ("legal/b.policy", "legal.b", "PC999 contradiction: said"),
        ("legal/c.policy", "legal.c", "nothing to report"),
    ]
    assert cases() == []


def test_cases_that_are_alike_are_counted() -> None:
    found = [finding(), finding(span=Span(47, 50)), finding(message="else")]
    assert [one.name.partition(": ")[2] for one in cases(*found)] == ["said", "said (2)", "else"]


def test_a_finding_without_a_file_stands_in_a_suite_of_its_own() -> None:
    assert [one.suite for one in cases(finding(Source("", ""), Span(0, 0)))] == ["policyc"]


HOSTILE = ']]><x a="\'">&amp; \x00\x1b[2J\x85\u202e\ufffe\uffff\U0001fffe\ud800\udce4\r\n'
SHOWN = ']]><x a="\'">&amp; \\x00\\x1b[2J\\x85\\u202e\\ufffe\\uffff\U0001fffe\\ud800\\xe4\\x0d\\x0a'


def test_texts_are_shown_and_nothing_ends_an_element() -> None:
    source = Source(f"{HOSTILE}.policy", HOSTILE)
    found = finding(source, Span(0, 3), HOSTILE, help=HOSTILE)
    one, two = cases(found, accepted=[Accepted(found, HOSTILE)])
    assert (one.suite, one.message, two.message) == (f"{SHOWN}.policy", SHOWN, f"accepted: {SHOWN}")
    assert f"help: {SHOWN}\n" in one.text


def test_the_report_is_the_same_each_time_and_has_no_times() -> None:
    found = [finding(), finding(level=Level.WARNING)]
    text = render(found, color=False)
    assert text == render(found, color=True)
    assert text.startswith("<?xml version='1.0' encoding='us-ascii'?>\n<testsuites ")
    assert set(re.findall(r" (\w+)=\"", text)) == {
        *("name", "tests", "failures", "errors", "skipped", "classname", "type", "message")
    }


@pytest.mark.parametrize("code", [code for code in all_codes() if code.bad], ids=lambda code: code.number)
def test_the_example_of_every_code_makes_a_valid_report(code: Code, tmp_path: Path) -> None:
    path = tmp_path / "bad.policy"
    path.write_bytes(code.bad.encode("utf-8", "surrogateescape"))
    found = check(compile_path(path)).diagnostics
    made = cases(*found, root=str(tmp_path.resolve()), checked=[str(path.resolve())])
    assert [one.name.split()[0] for one in made] == [one.code.number for one in found]
    assert {one.suite for one in made} == {"bad.policy"}
    errors = sum(one.level is Level.ERROR for one in found)
    assert sum(one.outcome in {"error", "failure"} for one in made) == errors
