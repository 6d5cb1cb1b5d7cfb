"""Runs the tests of rules: policies that break them, and policies that pass."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from policyc.checks._view import View
from policyc.diagnostics.codes import tool
from policyc.diagnostics.diagnostic import Diagnostic, Label
from policyc.model.rules import Rules, RuleTest
from policyc.rules.find import find
from policyc.rules.packs import holding


def failures(rules: Rules) -> Iterator[Diagnostic]:
    """The tests in which a rule does not do what is expected; those whose policy has errors are told of elsewhere."""
    held = holding(rules, rules.laws)
    for test in rules.tests:
        if test.policy is not None:
            yield from _failures(held, test)


def _failures(rules: Rules, test: RuleTest) -> Iterator[Diagnostic]:
    by_name = {rule.qualified: rule for rule in rules.rules}
    for name in test.rules:
        rule = by_name.get(name)
        if rule is None or test.policy is None:
            continue  # what is wrong with it is told elsewhere
        found = list(find(View(test.policy), evolve(rules, rules=(rule,))))
        if bool(found) is not test.breaks:
            does = "breaks" if found else "passes"
            yield Diagnostic(
                tool.FAILED_TEST,
                tool.FAILED_TEST.level,
                f"in “{test.title}”, the policy {does} `{rule.name}`",
                Label(test.place.source, test.place.span, f"it {does}"),
                tuple(label for one in found for label in (one.label, *one.more))
                or (Label(rule.place.source, rule.place.span, "the rule"),),
            )
