"""Findings, and what a pass returns."""

from __future__ import annotations

from policyc.diagnostics.code import Code, Level
from policyc.diagnostics.diagnostic import Diagnostic, Fix, Label
from policyc.diagnostics.outcome import Outcome
from policyc.source.text import Source, Span

ERROR = Code("PC999", "an-error", "what", "why", "bad", "good")
WARNING = Code("PC998", "a-warning", "what", "why", "bad", "good", Level.WARNING)
SOURCE = Source("b.policy", "text")


def test_a_diagnostic_has_the_level_of_its_code() -> None:
    fix = Fix(Span(0, 1), "x")
    found = Diagnostic.at(
        WARNING, SOURCE, Span(1, 2), "said", text="here", help="do", more=(Label(SOURCE, Span(2, 3)),), fixes=(fix,)
    )
    assert (found.level, found.label, found.fixes) == (Level.WARNING, Label(SOURCE, Span(1, 2), "here"), (fix,))


def test_a_diagnostic_may_have_another_level_statements_references_and_a_witness() -> None:
    found = Diagnostic.at(
        WARNING,
        SOURCE,
        Span(1, 2),
        "said",
        statements=("a", "b"),
        refs=("R-1",),
        witness="share `clicks`",
        level=Level.INFO,
    )
    assert found.level is Level.INFO
    assert (found.statements, found.refs, found.witness) == (("a", "b"), ("R-1",), "share `clicks`")


def test_findings_are_ordered_by_file_place_and_code() -> None:
    other = Source("a.policy", "text")
    expected = [
        Diagnostic.at(ERROR, other, Span(9, 9), "a"),
        Diagnostic.at(WARNING, SOURCE, Span(1, 2), "b"),
        Diagnostic.at(ERROR, SOURCE, Span(1, 2), "a"),
        Diagnostic.at(ERROR, SOURCE, Span(1, 2), "b"),
        Diagnostic.at(WARNING, SOURCE, Span(3, 4), "a"),
    ]
    mixed = [expected[place] for place in (3, 1, 4, 0, 2)]
    assert sorted(mixed, key=lambda one: one.order) == expected


def test_only_errors_count_as_errors() -> None:
    warning, error = (Diagnostic.at(code, SOURCE, Span(0, 1), "a") for code in (WARNING, ERROR))
    assert not Outcome(1).has_errors
    assert not Outcome(1, (warning,)).has_errors
    assert Outcome(None, (warning, error)).has_errors
